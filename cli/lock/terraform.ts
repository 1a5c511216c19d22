import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { terraformLockFile } from "../../stacks/provider-locks";
import { CommandError } from "../command-error";
import type { Terminal } from "../terminal";

/** The program that locks, and the registry that it looks into. */
interface Engine {
  readonly command: string;
  readonly registry: string;
}

/** What is locked. */
interface Locking {
  readonly required: Readonly<Record<string, { readonly source: string; readonly version: string }>>;
  /** Dependency lock file whose versions stay. */
  readonly kept: string;
  /** Arguments of `terraform providers lock`. */
  readonly args: readonly string[];
}

/**
 * Terraform, or OpenTofu, which has a registry of its own.
 * @throws CommandError where it is not installed
 */
export async function engine(): Promise<Engine> {
  // As cdktf, for OpenTofu.
  const command = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
  let version = "";
  const { status } = await run(command, ["version"], tmpdir(), (line) => {
    version += line;
  });
  if (status !== 0) {
    throw new CommandError(
      `\`${command} version\` ended with status ${status}. Install Terraform 1.11 or later again, or name another program in TERRAFORM_BINARY_NAME.`,
    );
  }
  return { command, registry: version.startsWith("OpenTofu") ? "registry.opentofu.org" : "registry.terraform.io" };
}

/**
 * Runs `terraform providers lock` in a folder of its own.
 * @returns the dependency lock file
 * @throws CommandError with what Terraform says
 */
export async function lockWith(
  command: string,
  { required, kept, args }: Locking,
  terminal: Terminal,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "edx-analytics-lock-"));
  const lockFile = join(folder, terraformLockFile);
  try {
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers: required } }));
    writeFileSync(lockFile, kept);
    const { status, stderr } = await run(command, ["providers", "lock", "-no-color", ...args], folder, (line) => {
      if (line.startsWith("- ")) {
        terminal.progress(`  ${line.slice(2)}`);
      }
    });
    if (status !== 0) {
      throw new CommandError(
        `\`${command} providers lock ${args.join(" ")}\` ended with status ${status}, and nothing was changed:\n\n${stderr.trim()}\n\n` +
          "Where the registry cannot be reached, name a mirror: `--fs-mirror` or `--net-mirror`; where a platform is missing there, name those that it has: `--platform`.",
      );
    }
    return readFileSync(lockFile, "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  line: (text: string) => void,
): Promise<{ status: number; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let stderr = "";
    createInterface(child.stdout).on("line", line);
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
    });
    child.on("error", ({ message }) =>
      reject(
        new CommandError(
          `\`${command}\` cannot be run (${message}). Install Terraform 1.11 or later, or name OpenTofu in TERRAFORM_BINARY_NAME.`,
        ),
      ),
    );
    child.on("close", (status, signal) => resolve({ status: status ?? 1, stderr: stderr || `ended by ${signal}` }));
  });
}
