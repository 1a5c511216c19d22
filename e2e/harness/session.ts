import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { type Prerequisites, prepare } from "./prerequisites";
import { endAll } from "./processes";

export interface SessionOptions {
  /** Exit status with which a signal ends the process. */
  readonly onSignal: number;
  /** How long processes may take to end what they have started, milliseconds; more where one of them is a session itself. */
  readonly patience: number;
}

/**
 * Finds what the tests need, and sees that whatever they start ends with this process, and their files with it, also
 * after a failure or Ctrl-C.
 */
export async function begin({ onSignal, patience }: SessionOptions): Promise<Prerequisites> {
  // As in cli/edx-analytics.js.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  // Terraform and its provider run for seconds, of which Go's garbage collector takes a third.
  process.env.GOGC ??= "off";
  process.env.GOMEMLIMIT ??= "1GiB";
  const folder = mkdtempSync(join(tmpdir(), "edx-analytics-e2e-"));
  process.on("exit", () => {
    endAll(patience);
    rmSync(folder, { recursive: true, force: true });
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => process.exit(onSignal));
  }
  return prepare(folder, join(homedir(), ".cache", "edx-analytics-e2e"));
}
