import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");
const page = readFileSync(join(root, "docs", "field-reports.md"), "utf8");
const rows = page
  .split("\n")
  .filter((line) => /^\| (?!symptom|---)/.test(line))
  .map((line) => line.split(" | ").map((cell) => cell.replaceAll(/^\| | \|$/g, "")));

describe("the field reports", () => {
  it.each(rows)("%s", (...cells) => {
    const [, source, remedy, tests = ""] = cells;

    expect(cells).toHaveLength(4);
    expect(source).not.toBe("");
    expect(remedy).not.toBe("");
    for (const named of tests.split("; ")) {
      const [, file = "", title = ""] = /^`([^`]+)`: (.+?)(?: \(by rule\))?$/.exec(named) ?? [];
      expect(readFileSync(join(root, file), "utf8").replaceAll('\\"', '"')).toContain(title);
    }
  });
});
