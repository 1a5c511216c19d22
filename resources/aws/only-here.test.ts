import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");
const sources = ["cli", "clients", "handoff", "modules", "resources"]
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  )
  .concat("main.ts")
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));

/** Whether a file has more of the AWS SDK than types. */
function asksAws(text: string): boolean {
  return /^(import (?!type )[^;]*from "@aws-sdk\/|export [^;]*from "@aws-sdk\/)|(require|import)\("@aws-sdk\//m.test(
    text,
  );
}

it("AWS is asked here, and nowhere else", () => {
  const asking = sources.filter((file) => asksAws(readFileSync(join(root, file), "utf8")));

  expect(asking.filter((file) => !file.startsWith(join("resources", "aws")))).toEqual([]);
  expect(asking.length).toBeGreaterThan(8);
});
