import type { ClientConfig, SharedConfig } from "../../clients/config/client";
import { sharedStackName } from "../../clients/config/resolve";
import { expectEmptied } from "../expectations/emptied";
import { expectPermitted } from "../expectations/permitted";
import { expectPromised } from "../expectations/promised";
import { edxappSide } from "../harness/before";
import { commands } from "../harness/commands";
import type { Steps } from "../harness/steps";
import { changed, Workspace } from "../harness/workspace";
import type { World } from "../harness/world";

/**
 * Deploys the clients of one account as an operator does, looks at what AWS then holds, and destroys them on purpose;
 * with a shared stack, one client's end leaves the other client and what they share untouched.
 */
export async function everyClient(
  steps: Steps,
  world: World,
  clients: readonly ClientConfig[],
  shared: SharedConfig | undefined,
): Promise<void> {
  const step: Step = (title, run) => steps.step(title, run);
  const deployed: { config: ClientConfig; workspace: Workspace }[] = [];
  const before = await step("the edxapp side exists", async () => {
    const configs: ClientConfig[] = [];
    for (const client of clients) {
      configs.push(await edxappSide(world, client));
    }
    return configs;
  });
  for (const { name } of clients) {
    await step(`${name}: state bucket, by the project's own command`, async () => {
      await commands(world).succeed(["state", name]);
      await commands(world).succeed(["state", name, "--check"]);
    });
  }
  const sharedStack = shared && (await deployShared(step, world, shared, before[0] as ClientConfig));

  await together(
    before.map(async (config) => {
      const workspace = new Workspace(world, config.name);
      await step(`${config.name}: init and validate`, async () => {
        await workspace.client(config);
        await workspace.succeed(["validate", "-no-color"]);
      });
      await step(`${config.name}: plan destroys nothing`, async () => {
        const plan = await workspace.plan();
        none("destroy or replace", [...plan.destroyed, ...plan.replaced]);
      });
      await step(`${config.name}: apply`, () => workspace.apply());
      await step(`${config.name}: a second plan is empty`, () => workspace.unchanged());
      await step(`${config.name}: AWS holds what the runbook promises`, () => expectPromised(world, config, workspace));
      deployed.push({ config, workspace });
    }),
  );

  for (const { config, workspace } of deployed) {
    await step(`${config.name}: the keys that it gives out open what they should, and nothing else`, () =>
      expectPermitted(world, config, workspace),
    );
  }
  if (sharedStack) {
    await step(`${sharedStack.stack}: a destroy is refused while clients use it`, () =>
      sharedStack.refused(["plan", "-destroy", "-input=false", "-no-color"], /prevent_destroy/),
    );
  }
  await together(
    deployed.map(async ({ config, workspace }) => {
      await step(`${config.name}: destroy stops at plan while protected`, () =>
        workspace.refused(["plan", "-destroy", "-input=false", "-no-color"], /prevent_destroy/),
      );
      await step(`${config.name}: protection taken off`, () => takeProtectionOff(config, workspace));
    }),
  );
  for (const [index, { config, workspace }] of deployed.entries()) {
    await step(`${config.name}: destroyed on purpose`, () =>
      workspace.succeed(["destroy", "-auto-approve", "-input=false", "-no-color"]),
    );
    for (const other of deployed.slice(index + 1)) {
      await step(`${other.config.name}: untouched by ${config.name}'s end`, () => other.workspace.unchanged());
    }
    if (sharedStack) {
      await step(`${sharedStack.stack}: untouched by ${config.name}'s end`, () => sharedStack.unchanged());
    }
  }
  if (sharedStack && shared) {
    await step(`${sharedStack.stack}: destroyed last, on purpose`, async () => {
      await sharedStack.shared(sharedWithout(shared, before[0] as ClientConfig));
      await sharedStack.succeed(["apply", "-auto-approve", "-input=false", "-no-color"]);
      await sharedStack.succeed(["destroy", "-auto-approve", "-input=false", "-no-color"]);
    });
  }
  await step("the account is empty but for the state and final snapshots", () => expectEmptied(world, before));
}

type Step = Steps["step"];

/** Waits for all of them, so that a failure of one does not take the emulator from the others, then fails if any did. */
async function together(runs: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(runs)).find(({ status }) => status === "rejected");
  if (failed) {
    throw (failed as PromiseRejectedResult).reason;
  }
}

/** The first step of giving a client up; with a merged policy on the grades bucket, that is left too. */
async function takeProtectionOff(config: ClientConfig, workspace: Workspace): Promise<void> {
  const { gradesBucket } = config.edxapp;
  const open = changed(config, { protected: false });
  const grades = (access: typeof gradesBucket.access) =>
    changed(open, { edxapp: { ...config.edxapp, gradesBucket: { ...gradesBucket, access } } });
  await workspace.client(gradesBucket.access === "merge-policy" ? grades("leave-policy") : open);
  const plan = await workspace.plan();
  none("create, destroy or replace", [...plan.created, ...plan.destroyed, ...plan.replaced]);
  await workspace.apply();
  if (gradesBucket.access === "merge-policy") {
    await workspace.client(grades("print"));
    await workspace.plan();
    await workspace.apply();
  }
}

async function deployShared(step: Step, world: World, shared: SharedConfig, client: ClientConfig): Promise<Workspace> {
  const workspace = new Workspace(world, sharedStackName(shared));
  await step(`${workspace.stack}: deployed first`, async () => {
    await workspace.shared(sharedWith(shared, client));
    await workspace.plan();
    await workspace.apply();
    await workspace.unchanged();
  });
  return workspace;
}

/** The shared stack in the VPC that this account gave the client. */
function sharedWith(shared: SharedConfig, client: ClientConfig): SharedConfig {
  return shared.network.vpc === "existing" && client.network.vpc === "existing"
    ? { ...shared, network: { ...shared.network, vpcId: client.network.vpcId } }
    : shared;
}

function sharedWithout(shared: SharedConfig, client: ClientConfig): SharedConfig {
  return { ...sharedWith(shared, client), protected: false };
}

/** Fails where a plan would do what it must not. */
export function none(what: string, addresses: readonly string[]): void {
  if (addresses.length > 0) {
    throw new Error(`The plan would ${what}:\n${addresses.join("\n")}`);
  }
}
