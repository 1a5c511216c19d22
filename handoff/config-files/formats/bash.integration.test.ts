import { spawnSync } from "node:child_process";
import { hostileTexts } from "../../../test/hostile-texts";
import { Expression } from "../value";
import { bashFormat, sourcing } from "./bash";

function sourced(text: string): string {
  return spawnSync("bash", ["-c", text], { encoding: "utf8", env: { PATH: "/usr/bin:/bin" } }).stdout;
}

it("every text survives sourcing by bash, and ${NAME} of an expression alone is expanded", () => {
  const values = {
    AWS_REGION: "eu-west-1",
    ...Object.fromEntries(hostileTexts.map((text, index) => [`KEY_${index}`, text])),
    URL: new Expression("s3://${AWS_REGION}.x/$HOME`id`"),
  };
  const names = Object.keys(values);
  const text = bashFormat.write(values, ["A header"], [{ title: "A group", keys: names }]);

  expect(sourced(`${text}\nfor name in ${names.join(" ")}; do printf '%s\\n' "\${!name}"; done`)).toBe(
    ["eu-west-1", ...hostileTexts, "s3://eu-west-1.x/$HOME`id`", ""].join("\n"),
  );
});

it("a file that is sourced where it exists ends no script where it does not", () => {
  const text = bashFormat.write(
    { A: "a" },
    ["h"],
    [{ title: "A", keys: ["A"] }],
    [{ path: [], text: sourcing("/tmp/none"), value: null }],
  );

  expect(sourced(`set -eu\n${text}\nprintf %s "$A"`)).toBe("a");
});
