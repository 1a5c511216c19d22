import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFiles } from "./place";

const folder = mkdtempSync(join(tmpdir(), "edx-analytics-place-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("writes all files or none, and leaves nothing beside them", () => {
  writeFileSync(join(folder, "analytics-tasks"), "a file where a folder is wanted");

  expect(() => writeFiles(folder, { "vars-analytics.yml": "a", "analytics-tasks/jenkins_env": "b" })).toThrow();
  expect(readdirSync(folder)).toEqual(["analytics-tasks"]);
  rmSync(join(folder, "analytics-tasks"));
  mkdirSync(join(folder, "analytics-tasks"));
  writeFiles(folder, { "vars-analytics.yml": "a", "analytics-tasks/jenkins_env": "b" });
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual([
    "analytics-tasks",
    "analytics-tasks/jenkins_env",
    "vars-analytics.yml",
  ]);
});

it("says what cannot be written, and shows no stack", () => {
  writeFileSync(join(folder, "in-the-way"), "");

  expect(() => writeFiles(join(folder, "in-the-way"), { a: "" })).toThrow(
    /in-the-way\S* cannot be written \(E\w+\)\. Mend that, or name another place with --folder\. Nothing was written\.$/,
  );
});
