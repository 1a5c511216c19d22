import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { exportOf } from "../config/load/export-of";
import { checkFiles } from "../config/load/load";
import { fakeTerminal } from "../test/fake-terminal";
import { makeRepository } from "./init";
import { answersOf } from "./init/answers";
import { type PackageSource, packageFault, packageSource } from "./init/package-source";
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
const url = "https://example.com/a.tgz";
const version: PackageSource = { dependency: "1.2.3", files: [] };
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
    makeRepository(folder, await answersOf({ ci: "none", package: url }), version);

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
    makeRepository(folder, { ...defaults, ci }, version);

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
      version,
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

  it.each([
    [
      "github",
      /## Turn on CI\n[^#]*npm run deploy -- acme-x --stack acme-x-ci[^#]*`production`[^#]*`DEPLOY_ENVIRONMENT`/,
    ],
    [
      "gitlab",
      /## Turn on CI\n[^#]*npm run deploy -- acme-x --stack acme-x-ci[^#]*`production`[^#]*`PLAN_COMMENT_TOKEN`/,
    ],
    ["none", /^(?![\s\S]*## Turn on CI)/],
  ])("has a README that says what to set up for CI on %s, and links nothing that git does not have", (ci, expected) => {
    makeRepository(folder, { ...defaults, client: "acme-x", ci }, version);
    const readme = read("README.md");

    expect(readme).toMatch(expected);
    expect(readme).not.toMatch(/\]\(|<!--/);
    const pages = [...readme.matchAll(/`(docs\/[\w-]+\.md)`/g)].map(([, page = ""]) => join(__dirname, "..", page));
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.filter((page) => !existsSync(page))).toEqual([]);
  });

  it("says all options that are wrong, with their values, and writes nothing", async () => {
    const flags = { "--client": "Acme Inc", "--region": "eu-west-9", "--account-id": "1234", "--release": "mapel" };

    await expect(main(["init", folder, ...Object.entries(flags).flat(), "--ci", "jenkins"], terminal)).resolves.toBe(1);
    expect(said.join("\n")).toMatch(
      /^--client is "Acme Inc", which is no .*\n--region is "eu-west-9"; .*\n--account-id is "1234"; .*\n--release is "mapel"; .*maple.*\n--ci is "jenkins"; github, gitlab, none are allowed.*\n--package is missing; .*\n\nNothing was written\.$/,
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
    await expect(
      main(["init", folder, "--ci", "none", "--package", "https://example.com/a.tgz"], terminal),
    ).resolves.toBe(0);
  });
});

describe("what init installs the project from", () => {
  it.each(["https://example.com/a.tgz", "git+ssh://git@example.com/a.git#v1"])("may be %s", (source) => {
    expect(packageFault(source)).toBeUndefined();
    expect(packageSource(source, undefined)).toEqual({ dependency: source, files: [] });
  });

  it("may be a tarball, which the repository then has: CI's npm finds nothing beside it", async () => {
    const tarball = join(folder, "edx-analytics-aws-1.2.3.tgz");
    const content = Buffer.from([0x1f, 0x8b, 0x08, 0xff, 0xfe]);
    writeFileSync(tarball, content);

    for (const [index, path] of [tarball, relative(process.cwd(), tarball), `file:${tarball}`].entries()) {
      const repository = join(folder, `insights-${index}`);
      await expect(main(["init", repository, "--ci", "none", "--package", path], terminal)).resolves.toBe(0);
      expect(JSON.parse(read(`insights-${index}/package.json`)).dependencies["edx-analytics-aws"]).toBe(
        "file:vendor/edx-analytics-aws-1.2.3.tgz",
      );
      expect(readFileSync(join(repository, "vendor/edx-analytics-aws-1.2.3.tgz"))).toEqual(content);
      // Others may ignore archives in all of their repositories.
      expect(
        read(`insights-${index}/.gitignore`)
          .split("\n")
          .filter((line) => line.includes("gz")),
      ).toEqual(["!vendor/*.tgz", "!vendor/*.tar.gz"]);
    }
  });

  it.each(["1.2.3", "1.2.3-rc.1"])("may be the version %s of a registry, which .npmrc then names", (source) => {
    const { dependency, files: needed } = packageSource(source, "https://npm.example.com/group");

    expect(dependency).toBe(source);
    expect(needed).toEqual([
      { path: ".npmrc", content: expect.stringMatching(/^;.*\nregistry=https:\/\/npm\.example\.com\/group\/\n$/) },
    ]);
  });

  it("may be a version with a scope, whose registry is asked for that scope alone", async () => {
    const source = "@acme/edx-analytics-aws@1.2.3";
    const flags = ["--ci", "none", "--package", source, "--registry", "https://npm.example.com"];

    await expect(main(["init", folder, ...flags], terminal)).resolves.toBe(0);
    // Client files import it by the name without a scope.
    expect(JSON.parse(read("package.json")).dependencies["edx-analytics-aws"]).toBe(`npm:${source}`);
    expect(read(".npmrc")).toBe("@acme:registry=https://npm.example.com/\n");
  });

  it.each([
    [["--package", "@acme/edx-analytics-aws@1.2.3"], /^--package is "@acme.*, and --registry is missing;/],
    [["--package", "1.2.3"], /^--package is "1\.2\.3", and --registry is missing;/],
    [["--package", "1.2.3", "--registry", "npm.example.com"], /^--registry is "npm\.example\.com"; a URL is allowed/],
    [["--package", "1.2.3", "--registry", "ftp://npm.example.com"], /^--registry is "ftp:.*; a URL is allowed/],
    [["--package", "1.2.3", "--registry", "https://a:hidden@example.com/"], /^--registry has a password/],
    [["--package", "https://a:hidden@example.com/a.tgz"], /^--package has a password/],
    [["--package", "git+https://hidden@example.com/a.git"], /^--package has a password/],
    [
      ["--package", "https://example.com/a.tgz", "--registry", "https://example.com/"],
      /^--registry is for an exact version/,
    ],
  ])("is refused of %j, and nothing is written", async (flags, message) => {
    await expect(main(["init", join(folder, "new"), "--ci", "none", ...flags], terminal)).resolves.toBe(1);

    expect(said.join("\n")).toMatch(message);
    expect(said.join("\n")).toMatch(/\n\nNothing was written\.$/);
    expect(said.join("\n")).not.toContain("hidden");
    expect(files()).toEqual([]);
  });

  it.each([
    undefined,
    "latest",
    "^1.2.3",
    "*",
    "",
    "./nowhere.tgz",
    "other-package@1.2.3",
    "@acme/other@latest",
    "@acme/other",
  ])("is not %j, which npm would look for in its public registry, or not find", async (source) => {
    const flags = source === undefined ? [] : ["--package", source];

    await expect(main(["init", join(folder, "new"), "--ci", "none", ...flags], terminal)).resolves.toBe(1);
    expect(said.join("\n")).toMatch(/^--package is .*npm's public registry does not have this project\./);
    expect(files()).toEqual([]);
  });

  it("is what the repository's README and Dependabot leave to a person", () => {
    makeRepository(folder, defaults, version);

    expect(read("README.md")).not.toMatch(/edx-analytics-aws@/);
    expect(read(".github/dependabot.yml")).toMatch(/ignore:\n(\s+#.*\n)*\s+- dependency-name: edx-analytics-aws\n/);
  });
});
