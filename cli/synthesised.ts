import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, type TerraformStack } from "cdktf";

/** Makes stacks, and gives each with what it becomes: the bytes of its `cdk.tf.json`, read back. */
export function synthesised<S extends TerraformStack, T>(make: (app: App) => readonly S[]): { stack: S; json: T }[] {
  const outdir = mkdtempSync(join(tmpdir(), "edx-analytics-synth-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    const stacks = make(app);
    app.synth();
    return stacks.map((stack) => ({
      stack,
      json: JSON.parse(readFileSync(join(outdir, "stacks", stack.node.id, "cdk.tf.json"), "utf8")) as T,
    }));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
