import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { type Prerequisites, prepare } from "./prerequisites";
import { endAll } from "./processes";

/**
 * Finds what the tests need, and sees that whatever they start ends with this process, and their files with it, also
 * after a failure or Ctrl-C.
 * @param exitStatus status with which a signal ends the process
 */
export async function begin(exitStatus: { readonly onSignal: number }): Promise<Prerequisites> {
  // As in bin/edx-analytics.js.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const folder = mkdtempSync(join(tmpdir(), "edx-analytics-e2e-"));
  process.on("exit", () => {
    endAll();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => process.exit(exitStatus.onSignal));
  }
  return prepare(folder, join(homedir(), ".cache", "edx-analytics-e2e"));
}
