import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import type { ClientConfig } from "../clients/config/client";
import { loadFleet } from "../clients/config/load";
import { type Prerequisites, prepare } from "./harness/prerequisites";
import { endAll } from "./harness/processes";
import { StepFailed, Steps } from "./harness/steps";
import { World } from "./harness/world";
import { brokenOff } from "./parts/broken-off";
import { deploy } from "./parts/deploy";
import { everyClient } from "./parts/every-client";
import { grades } from "./parts/grades";
import { refusals } from "./parts/refusals";
import { replacement } from "./parts/replacement";

type Part = (tools: Prerequisites) => Promise<void>;

// As in bin/edx-analytics.js.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

const { clients, shared } = loadFleet();
const example = clients.find(({ name }) => name === "example") as ClientConfig;

/** A part for each account that the client files name, with all its clients; and those about one thing. */
const parts: Record<string, Part> = {
  ...Object.fromEntries(
    [...new Set(clients.map(({ accountId }) => accountId))].map((accountId) => {
      const ofAccount = clients.filter((client) => client.accountId === accountId);
      const stack = shared.find((candidate) => candidate.accountId === accountId);
      const name = ofAccount.map((client) => client.name).join("+");
      return [
        name,
        inWorld(name, ofAccount[0] as ClientConfig, (steps, world) => everyClient(steps, world, ofAccount, stack)),
      ];
    }),
  ),
  ...Object.fromEntries(
    Object.entries({ "broken-off": brokenOff, deploy, grades, refusals, replacement }).map(([name, play]) => [
      name,
      inWorld(name, example, (steps, world) => play(steps, world, example)),
    ]),
  ),
};

function inWorld(
  name: string,
  { accountId, region }: ClientConfig,
  play: (steps: Steps, world: World) => Promise<void>,
): Part {
  return async (tools) => {
    const world = await World.start(tools, name, accountId, region);
    try {
      await play(new Steps(name), world);
    } finally {
      world.stop();
    }
  };
}

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in parts));
  if (unknown.length > 0) {
    throw new Error(`No such part: ${unknown.join(", ")}. Parts: ${Object.keys(parts).join(", ")}.`);
  }
  const folder = mkdtempSync(join(tmpdir(), "edx-analytics-e2e-"));
  const clean = () => {
    endAll();
    rmSync(folder, { recursive: true, force: true });
  };
  process.on("exit", clean);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => process.exit(130));
  }
  const tools = await prepare(folder, join(homedir(), ".cache", "edx-analytics-e2e"));
  const start = Date.now();
  const results = await Promise.allSettled(
    Object.entries(parts)
      .filter(([name]) => names.length === 0 || names.includes(name))
      .map(([, part]) => part(tools)),
  );
  const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason as Error] : []));
  for (const failure of failures) {
    console.error(`\n${failure instanceof StepFailed ? failure.message : failure.stack}`);
  }
  const seconds = Math.round((Date.now() - start) / 1000);
  console.log(`\n${results.length - failures.length} of ${results.length} parts passed in ${seconds} s.`);
  process.exit(failures.length === 0 ? 0 : 1);
}

new Command("e2e")
  .description("Deploys the clients into an emulated AWS with the real Terraform and its AWS provider.")
  .argument("[part...]", `parts to run: ${Object.keys(parts).join(", ")}; all by default`)
  .action(main)
  .parseAsync()
  .catch((error: Error) => {
    console.error(error.message);
    process.exit(1);
  });
