import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "../config/client";
import { loadOne } from "../config/load/load";
import { runbookSteps } from "./runbook-steps";
import { addressesOf, analyticsOf, databasesOf } from "./synth";

const root = join(__dirname, "..");
const map = readFileSync(join(root, "docs/runbook-map.md"), "utf8");
const client = loadOne("runbook") as Client;
const synthesised = analyticsOf(client);
const addresses = new Set([
  ...addressesOf(synthesised),
  ...addressesOf(databasesOf(client)),
  ...Object.keys(synthesised.output).map((name) => `output.${name}`),
]);

/** The rows under a heading, each as its cells. */
function rows(section: string): string[][] {
  const [, body = ""] = map.split(`\n## ${section}\n`);
  return (body.split("\n## ")[0] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| ---"))
    .slice(1)
    .map((line) =>
      line
        .slice(1, -1)
        .split(" | ")
        .map((cell) => cell.trim()),
    );
}

describe.each(runbookSteps.map(({ section, steps }) => [section, steps] as const))(
  "the runbook map, under %s",
  (section, steps) => {
    it("has every step of the runbook in its order", () => {
      expect(rows(section).map(([step]) => step)).toEqual(steps);
    });

    it("says of each what does it and where, or why it is done by hand", () => {
      const unclear = rows(section).filter(
        ([, what = "", where = ""]) =>
          what === "" || (what.includes("by hand") ? !what.includes("because") : where === ""),
      );

      expect(unclear).toEqual([]);
    });

    it("names addresses, files and outputs that exist", () => {
      const named = rows(section).flatMap(([, , where = ""]) =>
        [...where.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
      );

      expect(
        named.filter((name = "") => !(name.includes("/") ? existsSync(join(root, name)) : addresses.has(name))),
      ).toEqual([]);
    });
  },
);

it("the runbook map has no section that the runbook has not", () => {
  const sections = [...map.matchAll(/^## (.*)$/gm)].map(([, section]) => section);

  expect(sections).toEqual([...runbookSteps.map(({ section }) => section), "Outputs for the configuration files"]);
});

it("the runbook map names every output of use in the six files, and none that is not there", () => {
  const named = rows("Outputs for the configuration files").flatMap(([, outputs = ""]) =>
    [...outputs.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );

  expect(named.filter((name) => !addresses.has(`output.${name}`))).toEqual([]);
});
