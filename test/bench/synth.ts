import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { App } from "cdktf";
import { loadFleet } from "../../config/load/load";
import { AnalyticsStack } from "../../stacks/analytics-stack";
import { addCiStacks } from "../../stacks/ci-stack";
import { SharedStack } from "../../stacks/shared-stack";
import { bareStack, type StackJson } from "./bare-stack";
import { median } from "./measure";

/**
 * Seconds of CPU that a synth of the shipped clients takes, and one of the same resources with cdktf alone. Stacks of
 * MySQL databases are left out, since they consist of what cdktf has no constructs for.
 */
export function compareSynth(rounds: number): { project: number; bare: number } {
  const fleet = loadFleet();
  const project = () =>
    synth((app) => {
      for (const config of fleet.shared) new SharedStack(app, config);
      for (const config of fleet.clients) new AnalyticsStack(app, config);
      addCiStacks(app, fleet);
    });
  const { written } = project();
  const bare = () =>
    synth((app) => {
      for (const [id, json] of Object.entries(written)) bareStack(app, id, json);
    });
  checkSame(written, bare().written);

  const seconds = { project: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    process.stderr.write(`synth against cdktf alone: ${round + 1} of ${rounds}\n`);
    seconds.project.push(project().seconds);
    seconds.bare.push(bare().seconds);
  }
  return { project: median(seconds.project), bare: median(seconds.bare) };
}

/** Synthesises into a temporary folder, and reads back what was written, which takes no time. */
function synth(build: (app: App) => void): { seconds: number; written: Record<string, StackJson> } {
  const outdir = mkdtempSync(join(tmpdir(), "edx-analytics-bench-"));
  try {
    const before = process.cpuUsage();
    const app = new App({ outdir, stackTraces: false });
    build(app);
    app.synth();
    const { user, system } = process.cpuUsage(before);
    const read = (id: string) => JSON.parse(readFileSync(join(outdir, "stacks", id, "cdk.tf.json"), "utf8"));
    return {
      seconds: (user + system) / 1e6,
      written: Object.fromEntries(app.node.children.map(({ node: { id } }) => [id, read(id)])),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** A comparison with less or other work would say nothing. */
function checkSame(project: Record<string, StackJson>, bare: Record<string, StackJson>): void {
  const comparable = (json: StackJson | undefined) =>
    JSON.parse(
      JSON.stringify([json?.resource, json?.data, json?.output], (key, value) => (key === "//" ? undefined : value)),
    );
  for (const id of Object.keys(project)) {
    if (!isDeepStrictEqual(comparable(project[id]), comparable(bare[id]))) {
      throw new Error(`${id}: cdktf alone synthesises something else; correct test/bench/bare-stack.ts.`);
    }
  }
}
