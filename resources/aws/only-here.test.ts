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

it("clients of AWS are made in one file, and nowhere else", () => {
  const asking = sources.filter((file) => asksAws(readFileSync(join(root, file), "utf8")));

  expect(asking).toEqual([join("resources", "aws", "aws.ts")]);
});
