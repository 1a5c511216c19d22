import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import fc from "fast-check";
import { exportFleet } from "../../cli/export";
import type { Fleet } from "../../config/load/load";
import { sharedStackName } from "../../config/names";
import { writeFolder } from "../../handoff/terraform/folder";
import { plainBlock, writtenFile } from "../../handoff/terraform/hcl/body";
import type { Json } from "../../handoff/terraform/hcl/value";
import { makeStacks } from "../../stacks/stacks";
import { adversarialText, value } from "../../test/adversarial-values";
import { equal, says } from "../expectations/equal";
import { clean, passesTests, validates } from "../expectations/exported-folder";
import { changesInPlace, nothing, refusesOthers } from "../expectations/variables";
import { edxappSide, makeBucket } from "../harness/before";
import { commands } from "../harness/commands";
import { changedShared, type Described, type DescribedShared, shipped } from "../harness/described";
import { buildGoTool } from "../harness/go-tool";
import { succeed } from "../harness/processes";
import type { Steps } from "../harness/steps";
import { Tflint } from "../harness/tflint";
import { Workspace } from "../harness/workspace";
import { World } from "../harness/world";

/**
 * The exported HCL, as the team has it that continues with a client in plain Terraform: what Terraform and TFLint say of it, that it plans the
 * same as the JSON form, attribute by attribute, and that both forms work on one state.
 */
export async function exported(steps: Steps, world: World, example: Described): Promise<void> {
  const step: Steps["step"] = (title, play) => steps.step(title, play);
  const { clients, shared } = shipped();
  const tflint = await step("TFLint is built from its Go module", () => Tflint.build(world.tools.cache));
  const docs = await step("terraform-docs is built from its Go module", () =>
    buildGoTool(world.tools.cache, { name: "terraform-docs", module: "github.com/terraform-docs/terraform-docs" }),
  );
  const out = join(world.tools.folder, "exported");
  for (const name of [...clients, ...shared].map((file) => file.name)) {
    const folders = await step(`${name}: npx edx-analytics export`, () => writtenBy(world, name, out));
    for (const folder of folders) {
      await step(`${basename(folder)}: fmt, TFLint and terraform-docs are clean`, async () => {
        await clean(world, tflint, folder);
        await succeed(docs, ["--output-check", folder]);
      });
      const validated = await validates(world, folder);
      await step(
        `${basename(folder)}: ${validated ? "validate is content" : "not validated, as petoju/mysql cannot be had here"}`,
        async () => {},
      );
      // CI's stacks have the tests of the tags alone, which the others have too.
      if (validated && !basename(folder).endsWith("-ci")) {
        await step(`${basename(folder)}: terraform test passes, and asks AWS for nothing`, () =>
          passesTests(world, folder),
        );
      }
    }
  }
  await step("example: what was edited in a folder is named by the client file's fields", () => roundTrip(world, out));
  await step("adversarial strings are the same values in both forms", () => adversarialStrings(world));

  const placeOf = ({ client }: Described) => sharedStackName(client);
  const places = [...new Set(clients.map(placeOf))];
  for (const place of places) {
    const ofPlace = clients.filter((described) => placeOf(described) === place);
    const stack = shared.find((candidate) => candidate.name === place);
    const [{ client }] = ofPlace as [Described];
    const own = await World.start(world.tools, `export-${place}`, client.accountId, client.region);
    try {
      await samePlans(step, own, ofPlace, stack);
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

/** What a team sets and edits in a folder is what `export --check` says of it. */
async function roundTrip(world: World, out: string): Promise<void> {
  const args = ["export", "example", "--out", join(out, "example"), "--check"];
  await commands(world).succeed(args);
  const file = (name: string) => join(out, "example", "example", name);
  writeFileSync(file("terraform.tfvars"), 'director_instance_type = "t3.small"\n');
  writeFileSync(file("more.tf"), 'output "more" {\n  value = 1\n}\n');
  const { code, output } = await commands(world).run(args);
  equal("the exit status", code, 1);
  says(output, /director\.instanceType +"t3\.micro" +"t3\.small" +terraform\.tfvars/);
  says(output, /more\.tf: 3 lines of the folder's own/);
}

/** Outputs with values of every kind, written in both forms, as Terraform itself reads them. */
async function adversarialStrings(world: World): Promise<void> {
  // A seed, so that a failure can be had again.
  const values = [
    ...fc.sample(
      adversarialText.map((text) => text.replaceAll(/([$%])\{/g, "$1$1{")),
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
  ofPlace: readonly Described[],
  shared?: DescribedShared,
): Promise<void> {
  const clients: Described[] = [];
  await step(`${world.name}: the edxapp side exists`, async () => {
    for (const described of ofPlace) {
      clients.push(await edxappSide(world, described));
      await makeBucket(world, described.client.state.bucket);
    }
  });
  if (shared) {
    const { network } = (clients[0] as Described).input;
    const moved =
      network.vpc === "existing"
        ? changedShared(shared, { network: { vpc: network.vpc, vpcId: network.vpcId } })
        : shared;
    const fleet = { clients: [], shared: [moved.shared] };
    const json = new Workspace(world, shared.name);
    await step(`${json.stack}: both forms plan the same, attribute by attribute`, async () => {
      await json.shared(moved);
      await comparePlans(json, await hclForm(json, fleet));
    });
    // What clients look up has to exist.
    await step(`${json.stack}: one state for both forms`, () => alternate(json, fleet));
  }
  for (const { name, client } of clients) {
    const json = new Workspace(world, name);
    await step(`${name}: both forms plan the same, attribute by attribute`, async () => {
      const fleet = { clients: [client], shared: [] };
      await json.write((app) => makeStacks(app, fleet));
      await comparePlans(json, await hclForm(json, fleet));
    });
  }
}

/** The state of the JSON form, worked on in HCL, and then in JSON again. */
async function oneState(step: Step, world: World, example: Described): Promise<void> {
  const { name } = example;
  const described = await step(`${name}: the edxapp side exists`, async () => {
    await makeBucket(world, example.client.state.bucket);
    return edxappSide(world, example);
  });
  const json = new Workspace(world, name);
  const hcl = await step(`${name}: deployed in the JSON form, planned in HCL without a change`, async () => {
    await json.client(described);
    await json.plan();
    await json.apply();
    const taken = await hclForm(json, { clients: [described.client], shared: [] });
    await taken.unchanged();
    return taken;
  });
  await step(`${name}: an instance type by variable is a plan of that change alone`, async () => {
    writeFileSync(join(hcl.folder, "terraform.tfvars"), 'director_instance_type = "t3.small"\n');
    const plan = await hcl.plan();
    equal("the plan", plan, { ...nothing, updated: ["aws_instance.director"] });
    await hcl.apply();
    await hcl.unchanged();
  });
  await step(`${name}: another value of every variable changes in place what it is of`, () => changesInPlace(hcl));
  await step(`${name}: values that would replace something, or cannot be, are refused in words`, () =>
    refusesOthers(hcl),
  );
  await step(`${name}: back to the JSON form, without a change`, async () => {
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
