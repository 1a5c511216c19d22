import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { run } from "./processes";
import { virtualEnvironment } from "./virtual-environment";

/** What the tests run with, found or made. */
export interface Prerequisites {
  /** Folder of this run's files, emptied by `clean`. */
  readonly folder: string;
  /** Folder of what is kept from run to run. */
  readonly cache: string;
  /** Python of the emulator's virtual environment. */
  readonly python: string;
  /** Terraform's CLI configuration, which says where providers come from. */
  readonly cliConfig: string;
  /**
   * Unpacked mirror that the AWS provider comes from.
   * @default - Terraform's registry
   */
  readonly mirror?: string;
}

const aws = "registry.terraform.io/hashicorp/aws";

/** This machine, as providers are named for it. */
export const providerPlatform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;

/**
 * Finds Terraform and Python, and makes the emulator's virtual environment once.
 * @param folder where this run's files are kept
 * @param cache where the virtual environment is kept from run to run
 * @throws Error naming everything that is missing and how to get it
 */
export async function prepare(folder: string, cache: string): Promise<Prerequisites> {
  const missing = [...(await missingTerraform()), ...(await missingPython())];
  if (missing.length > 0) {
    throw new Error(`The end-to-end tests need:\n${missing.map((line) => `  - ${line}`).join("\n")}`);
  }
  mkdirSync(cache, { recursive: true });
  const mirror = providerMirror();
  console.log(
    mirror === undefined ? "The AWS provider comes from the registry." : "The AWS provider comes from a local mirror.",
  );
  const cliConfig = join(folder, "terraform.rc");
  writeCliConfig(cliConfig, mirror);
  return {
    folder,
    cache,
    python: await virtualEnvironment(cache, "emulator"),
    cliConfig,
    mirror,
  };
}

async function missingTerraform(): Promise<string[]> {
  const hint = "Terraform 1.11 or later: https://developer.hashicorp.com/terraform/install";
  const version = await run("terraform", ["version", "-json"]).catch(() => undefined);
  if (version?.code !== 0) {
    return [hint];
  }
  const found = (JSON.parse(version.stdout) as { terraform_version: string }).terraform_version;
  const [major = 0, minor = 0] = found.split(".").map(Number);
  return major > 1 || minor >= 11 ? [] : [`${hint}; found ${found}`];
}

async function missingPython(): Promise<string[]> {
  const check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";
  const result = await run("python3", ["-c", check]).catch(() => undefined);
  return result?.code === 0 ? [] : ["Python 3.10 or later with venv, for the AWS emulator: Debian's python3-venv"];
}

/**
 * Writes a CLI configuration.
 * @param mirror that the AWS provider comes from; everything does from registries where it is undefined
 * @param provider the name that the AWS provider has there
 */
export function writeCliConfig(file: string, mirror: string | undefined, provider = aws): void {
  const installation =
    mirror === undefined
      ? ""
      : // Other providers than AWS's come from the registry, where it can be reached.
        `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n    include = ["${provider}"]\n  }\n  direct {\n    exclude = ["${provider}"]\n  }\n}\n`;
  writeFileSync(file, `disable_checkpoint = true\n${installation}`);
}

/** An unpacked mirror of the AWS provider; undefined where Terraform asks its registry. */
function providerMirror(): string | undefined {
  const named = process.env.TF_PROVIDER_MIRROR;
  const implied = [
    join(homedir(), ".terraform.d", "plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
  ];
  const roots = ["/opt", "/usr/local/share"].flatMap((root) =>
    existsSync(root) ? readdirSync(root).map((name) => join(root, name)) : [],
  );
  return [...(named === undefined ? [] : [named]), ...implied, ...roots].find((folder) =>
    existsSync(join(folder, aws)),
  );
}
