import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "../config/project-folder";
import { CommandError } from "./command-error";

/** Of the largest stack a plan's JSON is some megabytes. */
const maxBuffer = 2 ** 30;

export interface Planned {
  /**
   * What `terraform show -json` says of the plan; of one that failed, up to its error.
   * @default - Terraform has saved none
   */
  readonly json?: string;
  /**
   * What stands in the `cdk.tf.json` that was planned.
   * @default - Terraform has saved no plan
   */
  readonly written?: string;
  /** Terraform has said why. */
  readonly failed: boolean;
}

/**
 * Plans a stack, as it was synthesised, with Terraform itself, whose terminal is this one. The plan is in a folder that only this user
 * can open, and is not left: it holds secrets in clear.
 */
export function planOf(stack: string): Planned {
  const folder = join(projectFolder(), "cdktf.out", "stacks", stack);
  const colour = process.stdout.isTTY && process.env.NO_COLOR === undefined ? [] : ["-no-color"];
  const closed = mkdtempSync(join(tmpdir(), "edx-analytics-plan-"));
  const plan = join(closed, "plan");
  // Ctrl-C ends Terraform, and this process goes on to remove the plan.
  const goOn = () => {};
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) {
    process.on(signal, goOn);
  }
  try {
    const planned =
      terraform(folder, ["init", "-input=false", ...colour]) !== undefined &&
      terraform(folder, ["plan", "-input=false", `-out=${plan}`, ...colour]) !== undefined;
    const json = existsSync(plan) ? terraform(folder, ["show", "-json", plan], "pipe") : undefined;
    const written = json === undefined ? undefined : readFileSync(join(folder, "cdk.tf.json"), "utf8");
    return { json, written, failed: !planned || json === undefined };
  } finally {
    rmSync(closed, { recursive: true });
    for (const signal of signals) {
      process.off(signal, goOn);
    }
  }
}

/** What it writes, empty where that goes to this terminal; undefined where it fails. */
function terraform(cwd: string, args: readonly string[], stdout: "inherit" | "pipe" = "inherit"): string | undefined {
  const program = process.env.TERRAFORM_BINARY_NAME || "terraform";
  const { status, error, ...written } = spawnSync(program, args, {
    cwd,
    stdio: ["inherit", stdout, "inherit"],
    encoding: "utf8",
    maxBuffer,
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
  });
  if (error !== undefined) {
    throw new CommandError(`${program} cannot be run (${error.message}). Install it, and put its folder on the PATH.`);
  }
  return status === 0 ? (written.stdout ?? "") : undefined;
}
