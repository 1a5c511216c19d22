import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportOf } from "./export-of";

const folder = mkdtempSync(join(tmpdir(), "edx-analytics-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ["exports.default = { a: 1 };", { a: 1 }],
  ["exports.other = 1;", undefined],
  ["process.exit(0);", new Error("it calls process.exit")],
  ['throw new Error("boom.");', new Error("boom")],
  ['throw "boom";', new Error("boom")],
  ["throw null;", new Error("null")],
  [`JSON.parse('{"MYSQL_PASSWORD": hunter2}');`, new Error("text that it parses is not valid JSON")],
  [
    `try { JSON.parse('{"A": 1, "B": 2, "C": 3, "MYSQL_PASSWORD": hunter2, "D": 4, "E": 5}'); } catch (e) { throw new Error("x: " + e.message); }`,
    new Error("x: text that it parses is not valid JSON"),
  ],
  ["throw Object.create(null);", new Error("it throws what cannot be shown")],
])("of %j is its default export, or what it throws", (text, expected) => {
  const file = join(folder, `${text.replaceAll(/\W/g, "-")}.js`);
  const { exit } = process;
  writeFileSync(file, text);

  expect(exportOf(file)).toEqual(expected);
  expect(process.exit).toBe(exit);
});
