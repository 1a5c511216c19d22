import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { StagedFile } from "../../handoff/whole-files";
import { type ClientValues, clientFile } from "./client-file";
import type { PackageSource } from "./package-source";

/** Where CI runs; `none` for a repository without CI. */
export const ciHosts = ["github", "gitlab", "none"] as const;

export type CiHost = (typeof ciHosts)[number];

/** This package's folder, whose files the repository gets. */
const packageFolder = join(__dirname, "..", "..");
const template = "package/template";

/** Files of CI by host: in the repository, and where the package has them. */
const ciFiles: Readonly<Record<CiHost, readonly (readonly [string, string])[]>> = {
  github: [
    ...["deploy", "drift", "plan", "stack", "stacks", "synth"].map((name) => asItIs(`.github/workflows/${name}.yml`)),
    [".github/workflows/check.yml", `${template}/github/workflows/check.yml`],
    [".github/dependabot.yml", `${template}/github/dependabot.yml`],
  ],
  gitlab: [asItIs(".gitlab-ci.yml"), asItIs(".gitlab/stack.yml")],
  none: [],
};

/** Scripts that CI runs, which are executable. */
export const ciScripts = [".ci/apply", ".ci/plan", ".ci/report"];

/**
 * All files of a new repository.
 * @param client the first client
 * @param source what npm installs this package from
 */
export function repositoryFiles(client: ClientValues, ci: CiHost, source: PackageSource): StagedFile[] {
  const copies = [
    [".gitignore", `${template}/gitignore`],
    ...["cdktf.json", "main.test.ts", "main.ts", "tsconfig.json"].map((name) => [name, `${template}/${name}`]),
    asItIs(".nvmrc"),
    ...readdirSync(join(packageFolder, "providers", "locks")).map((name) => asItIs(`providers/locks/${name}`)),
    ...ciFiles[ci],
    ...(ci === "none" ? [] : ciScripts.map(asItIs)),
  ] as const;
  return [
    { path: "package.json", content: manifest(source.dependency) },
    ...source.files,
    { path: `clients/${client.name}.ts`, content: clientFile(client) },
    { path: "README.md", content: readme(client, ci) },
    ...copies.map(([path = "", from = ""]) => ({ path, content: read(from) })),
  ];
}

function asItIs(path: string): readonly [string, string] {
  return [path, path];
}

/** A file's text; pages of this package by the paths that they have from the repository. */
function read(path: string): string {
  return textOf(path).replaceAll(/(?<![\w/])docs\/(\w+\.md)/g, "node_modules/edx-analytics-aws/docs/$1");
}

/** Its commands with the first client's name, and what to set up where CI runs. */
function readme({ name }: ClientValues, ci: CiHost): string {
  const turnOnCi = ci === "none" ? "" : `${textOf(`${template}/ci-${ci}.md`)}\n`;
  return textOf(`${template}/README.md`)
    .replace("<!-- Turn on CI -->\n", () => turnOnCi)
    .replaceAll("acme", name);
}

function textOf(path: string): string {
  return readFileSync(join(packageFolder, path), "utf8");
}

/** Its libraries, in the versions that this package is tested with. */
const libraries = {
  dependencies: ["@cdktf/provider-aws", "cdktf", "constructs", "tsx"],
  devDependencies: ["@swc/core", "@swc/jest", "@types/jest", "@types/node", "cdktf-cli", "jest", "typescript"],
};

function manifest(dependency: string): string {
  const { engines, dependencies, devDependencies } = ownManifest();
  const versions: Versions = { ...dependencies, ...devDependencies };
  const of = (names: readonly string[]) => names.map((name) => [name, versions[name]] as const);
  const own = ["edx-analytics-aws", dependency] as const;
  const fields = {
    private: true,
    engines,
    scripts: {
      synth: "tsx main.ts",
      diff: "edx-analytics diff",
      deploy: "edx-analytics deploy",
      destroy: "edx-analytics destroy",
      test: "tsc && jest",
    },
    jest: { preset: "edx-analytics-aws" },
    dependencies: Object.fromEntries([...of(libraries.dependencies), own].sort()),
    devDependencies: Object.fromEntries(of(libraries.devDependencies)),
  };
  return `${JSON.stringify(fields, null, 2)}\n`;
}

type Versions = Readonly<Record<string, string>>;

function ownManifest() {
  return JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as {
    readonly engines: object;
    readonly dependencies: Versions;
    readonly devDependencies: Versions;
  };
}
