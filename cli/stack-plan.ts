import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../config/project-folder";
import { CommandError } from "./command-error";

/** Of the largest stack a plan's JSON is some megabytes. */
const maxBuffer = 2 ** 30;

/**
 * Plans a stack, as it was synthesised, with Terraform itself, whose terminal is this one. No plan is left: it holds secrets in clear.
 * @returns what `terraform show -json` says of the plan; undefined where Terraform failed, which has said why
 */
export function planOf(stack: string): string | undefined {
  const folder = join(projectFolder(), "cdktf.out", "stacks", stack);
  const colour = process.stdout.isTTY && process.env.NO_COLOR === undefined ? [] : ["-no-color"];
  const plan = join(folder, "plan");
  process.umask(0o077);
  // Ctrl-C ends Terraform, and this process goes on to remove the plan.
  const goOn = () => {};
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) {
    process.on(signal, goOn);
  }
  try {
    const planned =
      terraform(folder, ["init", "-input=false", ...colour]) !== undefined &&
      terraform(folder, ["plan", "-input=false", "-out=plan", ...colour]) !== undefined;
    return planned ? terraform(folder, ["show", "-json", "plan"], "pipe") : undefined;
  } finally {
    rmSync(plan, { force: true });
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
