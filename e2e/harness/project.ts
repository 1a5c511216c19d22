import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClientInput } from "../../config/schema/client";
import { providerPlatform } from "./prerequisites";
import { type Result, type RunOptions, run, tail } from "./processes";
import type { World } from "./world";

const root = join(__dirname, "..", "..");
const parts = [
  ".ci",
  "cli",
  "config",
  "handoff",
  "modules",
  "providers",
  "resources",
  "stacks",
  "main.ts",
  "cdktf.json",
  "package.json",
  "tsconfig.json",
];

/** A copy of the project with client files of a test's own, in which commands run as README prints them. */
export class Project {
  readonly folder: string;

  constructor(
    readonly world: World,
    name: string,
  ) {
    this.folder = join(world.tools.folder, `project-${name}`);
    mkdirSync(join(this.folder, "clients"), { recursive: true });
    for (const part of parts) {
      cpSync(join(root, part), join(this.folder, part), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
    this.lockMirror();
  }

  /** A mirror may have another version than the committed lock file, or a package of its own making. */
  private lockMirror(): void {
    const { mirror } = this.world.tools;
    if (mirror === undefined) {
      return;
    }
    const args = [
      "cli/edx-analytics.js",
      "lock",
      "aws",
      "--upgrade",
      "--platform",
      providerPlatform,
      "--fs-mirror",
      mirror,
    ];
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd: this.folder,
      env: { ...process.env, ...this.world.environment() },
      encoding: "utf8",
    });
    if (status !== 0) {
      throw new Error(`edx-analytics lock ended with ${status}:\n${tail(stderr)}`);
    }
  }

  /** Writes `clients/<name>.ts`, in the place of a former one. */
  client(name: string, input: ClientInput): void {
    writeFileSync(
      join(this.folder, "clients", `${name}.ts`),
      `import { defineClient } from "edx-analytics-aws";\n\nexport default defineClient(${JSON.stringify(input, null, 2)});\n`,
    );
  }

  /** Runs a command, whatever its exit status. */
  run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Result> {
    return run(command, args, {
      cwd: this.folder,
      ...options,
      env: { ...this.world.environment(), ...options.env },
    });
  }

  /** Runs a command, which has to succeed. */
  async succeed(command: string, args: readonly string[], options: RunOptions = {}): Promise<Result> {
    const result = await this.run(command, args, options);
    if (result.code !== 0) {
      throw new Error(`${command} ${args.join(" ")} ended with ${result.code}:\n${tail(result.output)}`);
    }
    return result;
  }

  /** Runs a command, which has to fail, and to say something. */
  async refused(command: string, args: readonly string[], expected: RegExp, options: RunOptions = {}): Promise<void> {
    const result = await this.run(command, args, options);
    // Terraform and cdktf break lines, and draw a rule beside them.
    const said = result.output.replaceAll(/\s*\n(.*[│╷╵])?\s*/g, " ");
    if (result.code === 0 || !expected.test(said)) {
      throw new Error(
        `${command} ${args.join(" ")} ended with ${result.code}, expected a refusal that says ${expected}:\n${tail(result.output)}`,
      );
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
