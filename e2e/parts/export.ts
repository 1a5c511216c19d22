import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import fc from "fast-check";
import { exportFleet } from "../../cli/export";
import type { ClientConfig, SharedConfig } from "../../clients/config/client";
import { type Fleet, loadFleet } from "../../clients/config/load";
import { sharedStackName } from "../../clients/config/resolve";
import { writeFolder } from "../../handoff/terraform/folder";
import { plainBlock, writtenFile } from "../../handoff/terraform/hcl/body";
import type { Json } from "../../handoff/terraform/hcl/value";
import { AnalyticsStack } from "../../stacks/analytics-stack";
import { SharedStack } from "../../stacks/shared-stack";
import { hurtingText, value } from "../../test/hurting-values";
import { equal, says } from "../expectations/equal";
import { changesInPlace, nothing, refusesOthers } from "../expectations/variables";
import { edxappSide, makeBucket } from "../harness/before";
import { commands } from "../harness/commands";
import { impatient } from "../harness/databases-workspace";
import { run, succeed } from "../harness/processes";
import type { Steps } from "../harness/steps";
import { Tflint } from "../harness/tflint";
import { Workspace } from "../harness/workspace";
import { World } from "../harness/world";

/**
 * The exported HCL, as the team has it that takes a client over: what Terraform and TFLint say of it, that it plans the
 * same as the JSON form, attribute by attribute, and that both forms work on one state.
 */
export async function exported(steps: Steps, world: World, example: ClientConfig): Promise<void> {
  const step: Steps["step"] = (title, play) => steps.step(title, play);
  const { clients, shared } = loadFleet();
  const tflint = await step("TFLint is built from its Go module", () => Tflint.build(world.tools.cache));
  const out = join(world.tools.folder, "exported");
  for (const name of [...clients.map((client) => client.name), ...shared.map(sharedStackName)]) {
    const folders = await step(`${name}: npx edx-analytics export`, () => writtenBy(world, name, out));
    for (const folder of folders) {
      await step(`${basename(folder)}: fmt and TFLint are clean`, () => clean(world, tflint, folder));
      const validated = await validates(world, folder);
      await step(
        `${basename(folder)}: ${validated ? "validate is content" : "not validated, as petoju/mysql cannot be had here"}`,
        async () => {},
      );
    }
  }
  await step("strings that hurt are the same values in both forms", () => hurtingValues(world));

  const places = [...new Set(clients.map(sharedStackName))];
  for (const place of places) {
    const there = clients.filter((client) => sharedStackName(client) === place);
    const stack = shared.find((candidate) => sharedStackName(candidate) === place);
    const [{ accountId, region }] = there as [ClientConfig];
    const own = await World.start(world.tools, `export-${place}`, accountId, region);
    try {
      await samePlans(step, own, there, stack);
    } finally {
      own.stop();
    }
  }
  await oneState(step, world, example);
}

type Step = Steps["step"];

/** The folders of a client as it is shipped, one for each of its stacks. */
async function writtenBy(world: World, name: string, out: string): Promise<string[]> {
  await commands(world).succeed(["export", name, "--out", join(out, name)]);
  return readdirSync(join(out, name))
    .sort()
    .map((stack) => join(out, name, stack));
}

async function clean(world: World, tflint: Tflint, folder: string): Promise<void> {
  await succeed("terraform", ["fmt", "-check", "-diff", "-no-color"], { cwd: folder, env: world.environment() });
  await tflint.clean(folder);
}

/**
 * Validates a folder.
 * @returns whether its providers could be had
 */
async function validates(world: World, folder: string): Promise<boolean> {
  const options = { cwd: folder, env: { ...world.environment(), ...impatient } };
  const { code, output } = await run("terraform", ["init", "-backend=false", "-input=false", "-no-color"], options);
  if (code !== 0) {
    says(output, /petoju\/mysql/);
    return false;
  }
  await succeed("terraform", ["validate", "-no-color"], options);
  return true;
}

/** Outputs with values of every kind, written in both forms, as Terraform itself reads them. */
async function hurtingValues(world: World): Promise<void> {
  // A seed, so that a failure can be had again.
  const values = [
    ...fc.sample(
      hurtingText.map((text) => text.replaceAll(/([$%])\{/g, "$1$1{")),
      { seed: 1, numRuns: 300 },
    ),
    ...fc.sample(value, { seed: 2, numRuns: 300 }),
  ].map(
    (sample) => JSON.parse(JSON.stringify(sample).replaceAll(/var\.name|aws_vpc\.main\.id/g, "local.name")) as Json,
  );
  const named = values.map((sample, index) => [`output_${index}`, sample] as const);
  const json = {
    locals: { name: "a name" },
    output: Object.fromEntries(named.map(([name, sample]) => [name, { value: sample }])),
  };
  const blocks = [
    plainBlock("locals", [], [{ name: "name", value: "a name", comments: [] }]),
    ...named.map(([name, sample]) => plainBlock("output", [name], [{ name: "value", value: sample, comments: [] }])),
  ];
  const read = async (form: string, file: string, content: string) => {
    const folder = join(world.tools.folder, `values-${form}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, file), content);
    const terraform = (...args: string[]) => succeed("terraform", args, { cwd: folder, env: world.environment() });
    if (form === "hcl") {
      await terraform("fmt", "-check", "-diff", "-no-color");
    }
    await terraform("plan", "-input=false", "-no-color", "-out=plan");
    const { stdout } = await terraform("show", "-json", "plan");
    return (JSON.parse(stdout) as PlanJson).planned_values.outputs;
  };
  const [inJson, inHcl] = [
    await read("json", "main.tf.json", JSON.stringify(json, null, 1)),
    await read("hcl", "main.tf", writtenFile([], blocks)),
  ];
  for (const [name, sample] of named) {
    equal(`${JSON.stringify(sample)} in HCL`, inHcl?.[name], inJson?.[name]);
  }
}

/** The stacks of one account and region, planned in both forms on an empty state. */
async function samePlans(
  step: Step,
  world: World,
  there: readonly ClientConfig[],
  shared?: SharedConfig,
): Promise<void> {
  const clients: ClientConfig[] = [];
  await step(`${world.name}: the edxapp side exists`, async () => {
    for (const client of there) {
      clients.push(await edxappSide(world, client));
      await makeBucket(world, client.state.bucket);
    }
  });
  if (shared) {
    const { network } = clients[0] as ClientConfig;
    const moved =
      network.vpc === "existing" ? { ...shared, network: { vpc: network.vpc, vpcId: network.vpcId } } : shared;
    const json = new Workspace(world, sharedStackName(shared));
    await step(`${json.stack}: both forms plan the same, attribute by attribute`, async () => {
      await json.write((app) => new SharedStack(app, moved));
      await comparePlans(json, await hclForm(json, { clients: [], shared: [moved] }));
    });
    // What clients look up has to be there.
    await step(`${json.stack}: one state for both forms`, () => alternate(json, { clients: [], shared: [moved] }));
  }
  for (const client of clients) {
    const json = new Workspace(world, client.name);
    await step(`${client.name}: both forms plan the same, attribute by attribute`, async () => {
      await json.write((app) => new AnalyticsStack(app, client));
      await comparePlans(json, await hclForm(json, { clients: [client], shared: [] }));
    });
  }
}

/** The state that the JSON form left behind, taken over, worked on, and given back. */
async function oneState(step: Step, world: World, client: ClientConfig): Promise<void> {
  const config = await step(`${client.name}: the edxapp side exists`, async () => {
    await makeBucket(world, client.state.bucket);
    return edxappSide(world, client);
  });
  const json = new Workspace(world, client.name);
  const hcl = await step(`${client.name}: deployed in the JSON form, taken over without a change`, async () => {
    await json.client(config);
    await json.plan();
    await json.apply();
    const taken = await hclForm(json, { clients: [config], shared: [] });
    await taken.unchanged();
    return taken;
  });
  await step(`${client.name}: an instance type by variable is a plan of that change alone`, async () => {
    writeFileSync(join(hcl.folder, "terraform.tfvars"), 'director_instance_type = "t3.small"\n');
    const plan = await hcl.plan();
    equal("the plan", plan, { ...nothing, updated: ["aws_instance.director"] });
    await hcl.apply();
    await hcl.unchanged();
  });
  await step(`${client.name}: another value of every variable changes in place what it is of`, () =>
    changesInPlace(hcl),
  );
  await step(`${client.name}: values that would replace something, or cannot be, are refused in words`, () =>
    refusesOthers(hcl),
  );
  await step(`${client.name}: back to the JSON form, without a change`, async () => {
    writeFileSync(join(hcl.folder, "terraform.tfvars"), "");
    await hcl.plan();
    await hcl.apply();
    await json.unchanged();
  });
}

/** Deploys in one form, and plans in both. */
async function alternate(json: Workspace, fleet: Fleet): Promise<void> {
  await json.plan();
  await json.apply();
  const hcl = await hclForm(json, fleet);
  await hcl.unchanged();
  await json.unchanged();
}

/** The stack in a folder of its own as HCL, with what talking to the emulator takes. */
async function hclForm(json: Workspace, fleet: Fleet): Promise<Workspace> {
  const hcl = new Workspace(json.world, `${json.stack}-hcl`);
  const stack = exportFleet(fleet, json.world.tools.folder).find(({ name }) => name === json.stack);
  writeFolder(hcl.folder, stack?.files ?? []);
  cpSync(join(json.folder, "zz_override.tf.json"), join(hcl.folder, "zz_override.tf.json"));
  await hcl.succeed(["init", "-input=false", "-no-color", "-reconfigure"]);
  return hcl;
}

interface PlanJson {
  readonly planned_values: { readonly outputs?: Readonly<Record<string, unknown>> };
  readonly prior_state?: { readonly values?: unknown };
  readonly resource_changes?: unknown;
  readonly output_changes?: unknown;
  readonly checks?: readonly { readonly address: { readonly kind: string } }[];
}

/** Fails where the two forms' plans differ in anything but the validation of variables, which one of them has. */
async function comparePlans(json: Workspace, hcl: Workspace): Promise<void> {
  const [inJson, inHcl] = [await planOf(json), await planOf(hcl)];
  for (const part of Object.keys(inJson) as (keyof typeof inJson)[]) {
    compare(part, inHcl[part], inJson[part]);
  }
}

async function planOf(workspace: Workspace) {
  await workspace.succeed(["plan", "-input=false", "-no-color", "-out=plan"]);
  const { stdout } = await workspace.succeed(["show", "-json", "plan"]);
  const { planned_values, prior_state, resource_changes, output_changes, checks = [] } = JSON.parse(stdout) as PlanJson;
  return {
    planned_values,
    read: prior_state?.values,
    resource_changes,
    output_changes,
    checks: checks.filter(({ address }) => address.kind !== "var"),
  };
}

/** Compares value by value, so that a difference is named by its path. */
function compare(path: string, found: unknown, expected: unknown): void {
  const keys = (of: unknown) => (typeof of === "object" && of !== null ? Object.keys(of) : []);
  const all = [...new Set([...keys(found), ...keys(expected)])];
  if (all.length === 0) {
    equal(path, found, expected);
  }
  for (const key of all) {
    const at = (of: unknown) => (of as Record<string, unknown> | undefined | null)?.[key];
    compare(`${path}.${key}`, at(found), at(expected));
  }
}
