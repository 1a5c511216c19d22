import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readIfThere, refuseLinks, writeFiles } from "./place";

const folder = mkdtempSync(join(tmpdir(), "edx-analytics-place-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("writes all files or none, and leaves nothing beside them", () => {
  writeFileSync(join(folder, "analytics-tasks"), "a file where a folder is wanted");

  const files = [
    { path: "vars-analytics.yml", content: "a" },
    { path: "analytics-tasks/jenkins_env", content: "b" },
  ];

  expect(() => writeFiles(folder, files)).toThrow();
  expect(readdirSync(folder)).toEqual(["analytics-tasks"]);
  rmSync(join(folder, "analytics-tasks"));
  mkdirSync(join(folder, "analytics-tasks"));
  writeFiles(folder, files);
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual([
    ".config-files.json",
    "analytics-tasks",
    "analytics-tasks/jenkins_env",
    "vars-analytics.yml",
  ]);
});

it("says what cannot be written, and shows no stack", () => {
  writeFileSync(join(folder, "in-the-way"), "");

  expect(() => writeFiles(join(folder, "in-the-way"), [{ path: "a", content: "" }])).toThrow(
    /in-the-way\S* cannot be written \(E\w+\)\. Correct that, or name another place with --folder\. No file was written\.$/,
  );
});

it("reads text in UTF-8 alone, as no other comes out as it was", () => {
  writeFileSync(join(folder, "latin-1"), Buffer.from([0x61, 0xe4]));

  expect(() => readIfThere(folder, "latin-1")).toThrow("latin-1 is no text in UTF-8. Correct that, or move it away.");
  expect(readIfThere(folder, "none")).toBeUndefined();
});

it("removes of its list what it can have written alone, and no file of the operator's", () => {
  const home = mkdtempSync(join(folder, "home-"));
  const foreign = ["analytics.pem", "vars-analytics.extra.yml"];
  writeFiles(home, [{ path: "RUN.md", content: "a" }]);
  const list = JSON.parse(readFileSync(join(home, ".config-files.json"), "utf8"));
  for (const path of foreign) {
    writeFileSync(join(home, path), "a");
    list[path] = list["RUN.md"];
  }
  writeFileSync(join(home, ".config-files.json"), JSON.stringify(list));
  writeFiles(home, []);

  expect(readdirSync(home).sort()).toEqual([".config-files.json", ...foreign]);
});

it("takes no symbolic link for the folder of the tasks, which would lead secrets elsewhere", () => {
  const home = realpathSync(mkdtempSync(join(folder, "home-")));
  mkdirSync(join(home, "elsewhere"));
  symlinkSync(join(home, "elsewhere"), join(home, "analytics-tasks"));

  expect(() => refuseLinks("acme", home, "analytics-tasks/edxapp_creds")).toThrow(
    `acme: ${join(home, "analytics-tasks")} is a symbolic link to ${join(home, "elsewhere")}, where secrets would be written.`,
  );
  expect(() => refuseLinks("acme", home, "vars-analytics.yml")).not.toThrow();
});
