import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";

/** As `cdktf get` is told it; stacks write a range of their own. */
const constraint = "petoju/mysql@~> 3.0";
const schema = join(__dirname, "petoju-mysql-3.0.94.json");
const bindings = join(__dirname, "mysql");

/** What is generated does not keep to all of this project's compiler options. */
const generated = "// @ts-nocheck";

/**
 * Makes the bindings of the provider's schema into a folder of its own; `cdktf get` reads that schema in the place of
 * Terraform's, so that neither Terraform nor the provider is needed.
 * @returns the folder with the bindings
 */
function generate(folder: string): string {
  const schemas = join(folder, "schemas");
  mkdirSync(schemas);
  cpSync(schema, join(schemas, `${constraint.split("/")[1]?.replaceAll(" ", "%20").replaceAll(">", "%3E")}.json`));
  const settings = { language: "typescript", app: "true", projectId: "bindings", terraformProviders: [constraint] };
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ ...settings, codeMakerOutput: "made" }));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [require.resolve("cdktf-cli/bundle/bin/cdktf"), "get", "--log-level", "OFF"],
    {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        CDKTF_EXPERIMENTAL_PROVIDER_SCHEMA_CACHE_PATH: schemas,
        CHECKPOINT_DISABLE: "1",
        CI: "1",
        FORCE_COLOR: "0",
      },
    },
  );
  if (status !== 0) {
    throw new Error(`cdktf get ended with ${status}:\n${stdout}${stderr}`);
  }
  const made = join(folder, "made", "providers", "mysql");
  for (const file of contents(made).keys()) {
    if (file.endsWith(".ts")) {
      const path = join(made, file);
      writeFileSync(path, `${generated}\n${readFileSync(path, "utf8")}`);
    }
  }
  return made;
}

/** The files of a folder by their paths, with their text. */
function contents(folder: string): Map<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(folder.length + 1), readFileSync(file, "utf8")]),
  );
}

/** Files that one of two folders has alone, or that differ. */
function differences(one: Map<string, string>, other: Map<string, string>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((file) => one.get(file) !== other.get(file)).sort();
}

new Command("bindings")
  .description("Makes providers/mysql of the schema beside it.")
  .option("--check", "write nothing; exit with status 1 where providers/mysql is not what the schema gives")
  .action(({ check }: { check?: boolean }) => {
    const folder = mkdtempSync(join(tmpdir(), "edx-analytics-bindings-"));
    try {
      const made = generate(folder);
      if (!check) {
        rmSync(bindings, { recursive: true, force: true });
        cpSync(made, bindings, { recursive: true });
        return;
      }
      const differing = differences(contents(made), contents(bindings));
      if (differing.length > 0) {
        console.error(
          `providers/mysql is not what its schema gives: ${differing.join(", ")}. Run \`npm run bindings\`; never edit it by hand.`,
        );
        process.exitCode = 1;
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  })
  .parse();
