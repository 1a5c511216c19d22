import { expectEmptied } from "../expectations/emptied";
import { expectResources } from "../expectations/expected";
import { expectInstances } from "../expectations/instances";
import { expectPermitted } from "../expectations/permitted";
import { edxappSide } from "../harness/before";
import { commands } from "../harness/commands";
import { changed, changedShared, type Described, type DescribedShared } from "../harness/described";
import type { Steps } from "../harness/steps";
import { Workspace } from "../harness/workspace";
import type { World } from "../harness/world";

/**
 * Deploys the clients of one account as an operator does, looks at what AWS then holds, and destroys them on purpose;
 * with a shared stack, one client's end leaves the other client and what they share untouched.
 */
export async function everyClient(
  steps: Steps,
  world: World,
  clients: readonly Described[],
  shared: DescribedShared | undefined,
): Promise<void> {
  const step: Step = (title, run) => steps.step(title, run);
  const deployed: { described: Described; workspace: Workspace }[] = [];
  const before = await step("the edxapp side exists", async () => {
    const prepared: Described[] = [];
    for (const client of clients) {
      prepared.push(await edxappSide(world, client));
    }
    return prepared;
  });
  for (const { name } of clients) {
    await step(`${name}: state bucket, by the project's own command`, async () => {
      await commands(world).succeed(["state", name]);
      await commands(world).succeed(["state", name, "--check"]);
    });
  }
  const sharedStack = shared && (await deployShared(step, world, shared, before[0] as Described));

  await together(
    before.map(async (described) => {
      const { name, client } = described;
      const workspace = new Workspace(world, name);
      await step(`${name}: init and validate`, async () => {
        await workspace.client(described);
        await workspace.succeed(["validate", "-no-color"]);
      });
      await step(`${name}: plan destroys nothing`, async () => {
        const plan = await workspace.plan();
        none("destroy or replace", [...plan.destroyed, ...plan.replaced]);
      });
      await step(`${name}: the plan has no alarms but those that a first one deserves`, async () => {
        const { found, expected } = await workspace.alarms();
        none(
          "have other alarms",
          found.filter((alarm) => !expected.includes(alarm)),
        );
      });
      await step(`${name}: apply`, () => workspace.apply());
      await step(`${name}: a second plan is empty`, () => workspace.unchanged());
      await step(`${name}: AWS holds what the client file describes`, () => expectResources(world, client, workspace));
      deployed.push({ described, workspace });
    }),
  );

  for (const { described, workspace } of deployed) {
    await step(`${described.name}: the keys that it gives out open what they should, and nothing else`, () =>
      expectPermitted(world, described.client, workspace),
    );
    await step(`${described.name}: its clusters reach its buckets, not another client's, and never the state`, () =>
      expectInstances(
        world,
        described.client,
        deployed.map(({ described: { client } }) => client).filter(({ name }) => name !== described.name),
      ),
    );
  }
  if (sharedStack) {
    await step(`${sharedStack.stack}: a destroy is refused while clients use it`, () =>
      sharedStack.refused(["plan", "-destroy", "-input=false", "-no-color"], /prevent_destroy/),
    );
  }
  await together(
    deployed.map(async ({ described, workspace }) => {
      await step(`${described.name}: destroy stops at plan while protected`, () =>
        workspace.refused(["plan", "-destroy", "-input=false", "-no-color"], /prevent_destroy/),
      );
      await step(`${described.name}: protection taken off`, () => takeProtectionOff(described, workspace));
    }),
  );
  for (const [index, { described, workspace }] of deployed.entries()) {
    const { name } = described;
    await step(`${name}: destroyed on purpose`, () =>
      workspace.succeed(["destroy", "-auto-approve", "-input=false", "-no-color"]),
    );
    for (const other of deployed.slice(index + 1)) {
      await step(`${other.described.name}: untouched by ${name}'s end`, () => other.workspace.unchanged());
    }
    if (sharedStack) {
      await step(`${sharedStack.stack}: untouched by ${name}'s end`, () => sharedStack.unchanged());
    }
  }
  if (sharedStack && shared) {
    await step(`${sharedStack.stack}: destroyed last, on purpose`, async () => {
      await sharedStack.shared(sharedWithout(shared, before[0] as Described));
      await sharedStack.succeed(["apply", "-auto-approve", "-input=false", "-no-color"]);
      await sharedStack.succeed(["destroy", "-auto-approve", "-input=false", "-no-color"]);
    });
  }
  await step("the account is empty but for the state and final snapshots", () =>
    expectEmptied(
      world,
      before.map(({ client }) => client),
    ),
  );
}

type Step = Steps["step"];

/** Waits for all of them, so that a failure of one does not take the emulator from the others, then fails if any did. */
async function together(runs: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(runs)).find(({ status }) => status === "rejected");
  if (failed) {
    throw (failed as PromiseRejectedResult).reason;
  }
}

/** The first step of giving a client up; a merged policy on the grades bucket is left as well. */
async function takeProtectionOff(described: Described, workspace: Workspace): Promise<void> {
  const { edxapp } = described.input;
  const { gradesBucket } = edxapp;
  const open = changed(described, { protected: false });
  const grades = (access: typeof gradesBucket.access) =>
    changed(open, { edxapp: { ...edxapp, gradesBucket: { ...gradesBucket, access } } });
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

async function deployShared(step: Step, world: World, shared: DescribedShared, client: Described): Promise<Workspace> {
  const workspace = new Workspace(world, shared.name);
  await step(`${workspace.stack}: deployed first`, async () => {
    await workspace.shared(sharedWith(shared, client));
    await workspace.plan();
    await workspace.apply();
    await workspace.unchanged();
  });
  return workspace;
}

/** The shared stack in the VPC that this account gave the client. */
function sharedWith(shared: DescribedShared, client: Described): DescribedShared {
  const [ofShared, ofClient] = [shared.input.network, client.input.network];
  return ofShared.vpc === "existing" && ofClient.vpc === "existing"
    ? changedShared(shared, { network: { ...ofShared, vpcId: ofClient.vpcId } })
    : shared;
}

function sharedWithout(shared: DescribedShared, client: Described): DescribedShared {
  return changedShared(sharedWith(shared, client), { protected: false });
}

/** Fails where a plan would do what it must not. */
export function none(what: string, addresses: readonly string[]): void {
  if (addresses.length > 0) {
    throw new Error(`The plan would ${what}:\n${addresses.join("\n")}`);
  }
}
