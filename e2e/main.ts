import { Command } from "commander";
import { sharedStackName } from "../config/names";
import { type Described, shipped } from "./harness/described";
import type { Prerequisites } from "./harness/prerequisites";
import { begin } from "./harness/session";
import { StepFailed, Steps } from "./harness/steps";
import { World } from "./harness/world";
import { adopted } from "./parts/adopt";
import { attacks } from "./parts/attacks";
import { brokenOff } from "./parts/broken-off";
import { scanned } from "./parts/checkov";
import { ciRoles } from "./parts/ci";
import { configFiles } from "./parts/config-files";
import { databases } from "./parts/databases";
import { deploy } from "./parts/deploy";
import { everyClient } from "./parts/every-client";
import { exported } from "./parts/export";
import { exportedCi } from "./parts/exported-ci";
import { grades } from "./parts/grades";
import { https } from "./parts/https";
import { jenkins } from "./parts/jenkins";
import { kmsKeys } from "./parts/kms-keys";
import { lostState } from "./parts/lost-state";
import { networks } from "./parts/networks";
import { isInPath, openTofu } from "./parts/opentofu";
import { options } from "./parts/options";
import { packaged } from "./parts/package";
import { refusals } from "./parts/refusals";
import { replacement } from "./parts/replacement";
import { runFileRead } from "./parts/run-file";
import { tryOut } from "./parts/try-out";
import { upgraded } from "./parts/upgrade";
import { verified } from "./parts/verify";
import { linted } from "./parts/workflows";

type Part = (tools: Prerequisites) => Promise<void>;

const { clients, shared } = shipped();
const example = clients.find(({ name }) => name === "example") as Described;

/** A part for each account and region that the client files name, with all its clients; and those about one thing. */
const parts: Record<string, Part> = {
  // The longest first, so that none of them is left alone at the end.
  ...aboutOneThing({ "broken-off": brokenOff, replacement, upgrade: upgraded, export: exported }),
  ...Object.fromEntries(
    [...new Set(clients.map(placeOf))].map((place) => {
      const ofPlace = clients.filter((described) => placeOf(described) === place);
      return [ofPlace.map(({ name }) => name).join("+"), clientPart(ofPlace)];
    }),
  ),
  ...aboutOneThing({
    adopt: adopted,
    "lost-state": lostState,
    ci: ciRoles,
    "exported-ci": exportedCi,
    attacks,
    deploy,
    package: packaged,
    "config-files": configFiles,
    jenkins,
    run: runFileRead,
    verify: verified,
    databases,
    options,
    "kms-keys": kmsKeys,
    https,
    networks,
    grades,
    try: tryOut,
    refusals,
    opentofu: openTofu,
    checkov: scanned,
    workflows: linted,
  }),
};

/** Parts that run when they are named, with the reason that the others are run without them. */
const onRequest: Readonly<Record<string, string>> = {
  upgrade: "It takes as long as three others; the unit tests compare what each of its steps synthesises. To run it:",
  https: "Together with the others it takes too long for CI; the unit tests compare what it synthesises. To run it:",
  options: "The same. To run it:",
  networks: "The same. To run it:",
  "kms-keys": "The same. To run it:",
  complete: "The same, and the parts `https` and `options`. To run it:",
  ...(isInPath()
    ? {}
    : { opentofu: "No `tofu` is in PATH. To run it, with one that is built from its Go module in ten minutes:" }),
};

type Play = (steps: Steps, world: World, described: Described) => Promise<void>;

/** Parts that deploy the example client, or some of it, in an account of their own. */
function aboutOneThing(plays: Readonly<Record<string, Play>>): Record<string, Part> {
  return Object.fromEntries(
    Object.entries(plays).map(([name, play]) => [
      name,
      inWorld(name, example, (steps, world) => play(steps, world, example)),
    ]),
  );
}

/** Clients of one account and region, with the stack that they share. */
function clientPart(ofPlace: readonly Described[]): Part {
  const name = ofPlace.map((described) => described.name).join("+");
  const first = ofPlace[0] as Described;
  const sharedStack = ofPlace.map(({ client }) => client.sharedStack).find((used) => used !== undefined);
  const stack = shared.find((candidate) => candidate.name === sharedStack);
  return inWorld(name, first, (steps, world) => everyClient(steps, world, ofPlace, stack));
}

/** What tells the accounts and regions apart: the name that a shared stack has there. */
function placeOf({ client }: Described): string {
  return sharedStackName(client);
}

function inWorld(
  name: string,
  { client: { accountId, region } }: Described,
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

interface Options {
  /** Name of the one client to deploy, in the place of the parts. */
  readonly client?: string;
}

async function main(names: readonly string[], options: Options): Promise<void> {
  const chosen = choose(names, options);
  const tools = await begin({ onSignal: 130, patience: 5_000 });
  const start = Date.now();
  const results = await settled(chosen, tools);
  const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason as Error] : []));
  const seconds = Math.round((Date.now() - start) / 1000);
  for (const failure of failures) {
    console.error(`failed: ${failure instanceof StepFailed ? failure.message : failure.stack}`);
  }
  console.log(`\nin ${seconds} s:\n${results.length - failures.length} passed, ${failures.length} failed`);
  process.exit(failures.length === 0 ? 0 : 1);
}

/** Parts at one time: two thirds of their time they wait for RDS, and a machine of two cores takes so many. */
const atOnce = 9;

/** Runs the parts side by side, the next one whenever another ends. */
async function settled(chosen: readonly Part[], tools: Prerequisites): Promise<PromiseSettledResult<void>[]> {
  const results: PromiseSettledResult<void>[] = [];
  const queue = [...chosen];
  const runner = async () => {
    for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
      results.push(...(await Promise.allSettled([part(tools)])));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, runner));
  return results;
}

function choose(names: readonly string[], { client: clientName }: Options): Part[] {
  if (clientName !== undefined) {
    const client = clients.find(({ name }) => name === clientName);
    if (client === undefined) {
      throw new Error(`No such client: ${clientName}. Clients: ${clients.map(({ name }) => name).join(", ")}.`);
    }
    return [clientPart([client])];
  }
  const unknown = names.filter((name) => !(name in parts));
  if (unknown.length > 0) {
    throw new Error(`No such part: ${unknown.join(", ")}. Parts: ${Object.keys(parts).join(", ")}.`);
  }
  if (names.length > 0) {
    return names.map((name) => parts[name] as Part);
  }
  for (const [name, reason] of Object.entries(onRequest)) {
    console.log(`Left out: ${name}. ${reason} npm run e2e -- ${name}`);
  }
  return Object.entries(parts).flatMap(([name, part]) => (name in onRequest ? [] : [part]));
}

new Command("e2e")
  .description("Deploys the clients into an emulated AWS with the real Terraform and its AWS provider.")
  .argument(
    "[part...]",
    `parts to run: ${Object.keys(parts).join(", ")}; all but ${Object.keys(onRequest).join(", ")} by default`,
  )
  .option("--client <name>", "deploy this client alone, and what it shares, in the place of the parts")
  .action(main)
  .parseAsync()
  .catch((error: Error) => {
    console.error(error.message);
    process.exit(1);
  });
