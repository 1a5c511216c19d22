import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { exportOf } from "../config/load/export-of";
import { checkFiles } from "../config/load/load";
import { fakeTerminal } from "../test/fake-terminal";
import { answersOf, makeRepository } from "./init";
import { packageSource } from "./init/package-source";
import { main } from "./main";
import type { Terminal } from "./terminal";

let folder: string;
const said: string[] = [];
const terminal: Terminal = {
  ...fakeTerminal(),
  result: (text) => void said.push(text),
  progress: (text) => void said.push(text),
};
const defaults = { client: "example", region: "eu-west-1", accountId: "123456789012", release: "nutmeg", ci: "github" };
const package_ = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8"));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "edx-analytics-init-"));
  said.length = 0;
});

afterEach(() => rmSync(folder, { recursive: true }));

const read = (path: string) => readFileSync(join(folder, path), "utf8");
const files = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

describe("init", () => {
  it("makes a repository of data, with this version of the project and the libraries that it is tested with", async () => {
    makeRepository(folder, await answersOf({ ci: "none" }), "1.2.3");

    expect(files()).toEqual([
      ".gitignore",
      ".nvmrc",
      "README.md",
      "cdktf.json",
      "clients/example.ts",
      "main.test.ts",
      "main.ts",
      "package.json",
      "providers/locks/aws.terraform.lock.hcl",
      "providers/locks/databases.terraform.lock.hcl",
      "providers/locks/versions.tf",
      "tsconfig.json",
    ]);
    const { dependencies, devDependencies } = JSON.parse(read("package.json"));
    const { "edx-analytics-aws": own, ...libraries } = dependencies;
    expect(own).toBe("1.2.3");
    expect({ ...package_.dependencies, ...package_.devDependencies }).toMatchObject({
      ...libraries,
      ...devDependencies,
    });
  });

  it.each([
    { ci: "github", expected: [".ci/", ".github/dependabot.yml", ".github/workflows/"] },
    { ci: "gitlab", expected: [".ci/", ".gitlab-ci.yml", ".gitlab/stack.yml"] },
  ])("has the workflows of $ci, which run the package's commands in the repository", async ({ ci, expected }) => {
    makeRepository(folder, { ...defaults, ci }, "1.2.3");

    const ciFiles = files().filter((path) => path.startsWith(".") && ![".gitignore", ".nvmrc"].includes(path));
    expect(new Set(ciFiles.map((path) => expected.find((prefix) => path.startsWith(prefix))))).toEqual(
      new Set(expected),
    );
    expect(ciFiles.filter((path) => /cli\/edx|npm run e2e|\.ci\/run|(?<!aws\/)docs\//.test(read(path)))).toEqual([]);
    expect(statSync(join(folder, ".ci/plan")).mode & 0o111).toBe(0o111);
  });

  it("writes a client's file without a mistake, of the values that are said", () => {
    makeRepository(
      folder,
      { ...defaults, client: "birch", region: "us-east-1", accountId: "210987654321", release: "olive" },
      "1.2.3",
    );
    const path = join(folder, "clients/birch.ts");
    writeFileSync(
      path,
      read("clients/birch.ts").replace('"edx-analytics-aws"', JSON.stringify(join(__dirname, "../config/define"))),
    );

    const { clients } = checkFiles([{ name: "birch", input: exportOf(path) }], { complete: true, others: [] });
    expect(clients).toMatchObject([
      { name: "birch", region: "us-east-1", accountId: "210987654321", release: "olive" },
    ]);
    expect(read("README.md")).toContain("npx edx-analytics preflight birch ");
  });

  it("asks for what no flag says", async () => {
    const asked: string[] = [];
    const answers = await answersOf({ client: "birch", ci: "gitlab" }, async (question, standard) => {
      asked.push(question);
      return standard;
    });

    expect(asked).toEqual(["AWS region", "Its AWS account", "Its Open edX release"]);
    expect(answers).toEqual({ ...defaults, client: "birch", ci: "gitlab" });
  });

  it("says all answers that are none, and writes nothing", () => {
    const answers = { client: "Acme Inc", region: "eu-west-9", accountId: "1234", release: "mapel", ci: "jenkins" };

    expect(() => makeRepository(folder, answers, "1.2.3")).toThrow(
      /^--client .*\n--region is "eu-west-9"; .*\n--account-id is "1234"; .*\n--release is "mapel"; .*maple.*\n--ci is "jenkins"; github, gitlab, none are allowed.*\n\nNothing was written\.$/,
    );
    expect(files()).toEqual([]);
  });

  it("leaves a folder that is not empty as it is, but for git's", async () => {
    writeFileSync(join(folder, "notes.txt"), "");
    mkdirSync(join(folder, ".git"));

    await expect(main(["init", folder], terminal)).resolves.toBe(1);
    expect(said).toEqual([
      `${folder} is not empty: it has notes.txt. Name an empty folder, or one that does not exist. Nothing was written.`,
    ]);
    rmSync(join(folder, "notes.txt"));
    await expect(main(["init", folder, "--ci", "none", "--package", "1.2.3"], terminal)).resolves.toBe(0);
  });
});

describe("what init installs the project from", () => {
  it.each(["1.2.3", "1.2.3-rc.1", "https://example.com/a.tgz", "git+ssh://git@example.com/a.git#v1"])(
    "may be %s",
    (source) => {
      expect(packageSource(source, folder)).toBe(source);
    },
  );

  it("may be a tarball, which npm finds from the new folder", () => {
    const tarball = join(folder, "a.tgz");
    writeFileSync(tarball, "");
    const here = relative(process.cwd(), tarball);

    expect(packageSource(tarball, join(folder, "insights"))).toBe(`file:${tarball}`);
    expect(packageSource(here, join(folder, "insights"))).toBe("file:../a.tgz");
    expect(packageSource(`file:${here}`, join(folder, "x", "insights"))).toBe("file:../../a.tgz");
  });

  it.each([undefined, "latest", "^1.2.3", "*", "", "./nowhere.tgz", "other-package@1.2.3"])(
    "is not %j, which npm would look for in its public registry, or not find",
    async (source) => {
      const flags = source === undefined ? [] : ["--package", source];

      await expect(main(["init", join(folder, "new"), "--ci", "none", ...flags], terminal)).resolves.toBe(1);
      expect(said.join("\n")).toMatch(/^--package is .*npm's public registry does not have this project\./);
      expect(files()).toEqual([]);
    },
  );

  it("is what the repository's README and Dependabot leave to a person", () => {
    makeRepository(folder, defaults, "1.2.3");

    expect(read("README.md")).not.toMatch(/edx-analytics-aws@/);
    expect(read(".github/dependabot.yml")).toMatch(/ignore:\n(\s+#.*\n)*\s+- dependency-name: edx-analytics-aws\n/);
  });
});
