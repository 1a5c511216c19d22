import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packSources } from "./sources";

const root = join(__dirname, "..");
const dist = join(root, "dist");

/** What the package has besides compiled code, at the same paths as here. */
const asTheyAre = [
  ".ci/apply",
  ".ci/plan",
  ".ci/report",
  ".github/workflows",
  ".gitlab",
  ".gitlab-ci.yml",
  ".nvmrc",
  "cli/edx-analytics.js",
  "handoff/sql/script.sh",
  "package/jest-environment.js",
  "package/jest-preset.js",
  "package/template",
  "providers/locks",
  "docs",
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
];

interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** The package's manifest: this repository's, with compiled entry points. `init` reads its libraries' versions. */
function manifest(): Manifest {
  const {
    private: _,
    scripts,
    exports,
    ...published
  } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
  return { ...published, exports: Object.fromEntries(Object.entries(exports).map(compiled)) };
}

function compiled([name, source]: [string, string]) {
  const file = source.replace(/\.ts$/, "");
  return [name, source === file ? source : { types: `${file}.d.ts`, default: `${file}.js` }];
}

rmSync(dist, { recursive: true, force: true });
execFileSync(join(root, "node_modules", ".bin", "tsc"), ["--project", __dirname], { stdio: "inherit" });
packSources(root, dist);
for (const path of asTheyAre) {
  cpSync(join(root, path), join(dist, path), { recursive: true });
}
writeFileSync(join(dist, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);
