import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parse } from "yaml";

interface Update {
  readonly "package-ecosystem": string;
  readonly directory?: string;
  readonly directories?: readonly string[];
}

const root = join(__dirname, "..");
const { updates } = parse(readFileSync(join(root, ".github/dependabot.yml"), "utf8")) as { updates: readonly Update[] };
const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");

describe("Dependabot", () => {
  it.each([
    ["npm", "package.json"],
    ["gomod", "go.mod"],
    ["pip", "requirements.txt"],
  ])("of %s looks at every folder that has a %s", (ecosystem, name) => {
    const folders = files.filter((file) => basename(file) === name).map((file) => join("/", dirname(file)));
    const looked = updates
      .filter((update) => update["package-ecosystem"] === ecosystem)
      .flatMap(({ directory, directories = [] }) => (directory === undefined ? directories : [directory]));

    expect(folders).not.toEqual([]);
    expect(looked.toSorted()).toEqual(folders.toSorted());
  });
});
