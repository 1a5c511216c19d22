import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { aligned } from "../cli/layout";
import { configFilePaths } from "../handoff/config-files/config-files";
import { edxappSide } from "./harness/before";
import { type Described, shipped } from "./harness/described";
import { start, tail } from "./harness/processes";
import { Project } from "./harness/project";
import { begin } from "./harness/session";
import { writeOverride } from "./harness/workspace";
import { World } from "./harness/world";

/** Deploys the example client into an emulated AWS, for users without a cloud account, and lets them look around. */
async function main(): Promise<void> {
  const tools = await begin({ onSignal: 0, patience: 2_000 });
  const example = shipped().clients.find(({ name }) => name === "example") as Described;
  const { name, client } = example;
  heading("An AWS account of your own, emulated on this machine, with an Open edX that has no analytics yet");
  const world = await World.start(tools, "try", client.accountId, client.region);
  await edxappSide(world, example);
  const project = new Project(world, "try");
  project.client(name, example.input);
  const folder = join(project.folder, "cdktf.out", "stacks", name);
  const environment = writeEnvironment(world, tools.folder);
  console.log(`  account ${client.accountId}, ${client.region}, at ${world.endpoint}`);

  const show = async (command: string, args: readonly string[]) => {
    const { stdout } = await project.succeed(command, args);
    console.log(stdout.trimEnd());
  };
  heading("npx edx-analytics state example: the bucket of the Terraform state");
  await show("node", ["cli/edx-analytics.js", "state", name]);
  heading("npx edx-analytics preflight example: what a plan cannot know");
  await show("node", ["cli/edx-analytics.js", "preflight", name]);

  heading("npm run synth: clients/example.ts becomes Terraform");
  await project.succeed("npm", ["run", "synth"], { env: { CLIENT: name } });
  writeOverride(folder);
  const terraform = (...args: string[]) => project.succeed("terraform", args, { cwd: folder });
  await terraform("init", "-input=false");
  console.log(`  ${join(folder, "cdk.tf.json")}`);

  heading("terraform plan");
  await terraform("plan", "-input=false", "-out=plan");
  console.log(planSummary((await terraform("show", "-json", "plan")).stdout));

  heading("terraform apply: two minutes, most of them for the RDS instance");
  await apply(world, folder);
  heading("terraform output");
  console.log((await terraform("output", "-no-color")).stdout.trimEnd());

  heading("npx edx-analytics config-files example --make-secrets: what Ansible, Jenkins and EMR need");
  await show("node", ["cli/edx-analytics.js", "config-files", name, "--make-secrets"]);
  console.log("\nThe files as they are; their secrets are this emulated account's.");
  const secrets = join(project.folder, "secrets", name);
  for (const path of configFilePaths) {
    heading(path);
    console.log(readFileSync(join(secrets, path), "utf8").trimEnd());
  }

  heading("It is deployed. Look around in another terminal");
  console.log(
    [
      `  source ${environment}`,
      `  cd ${folder}`,
      "  terraform state list",
      "  terraform plan",
      `  ls -lR ${secrets}`,
      "  aws ec2 describe-security-groups      # with AWS's command line",
      `\n  or in a browser: ${world.endpoint}/moto-api/`,
      "\nCtrl-C stops the emulator and removes everything.",
    ].join("\n"),
  );
  // The emulator's process keeps this one alive.
}

function heading(text: string): void {
  console.log(`\n── ${text}`);
}

/** A file to be sourced by a shell that is to talk to the emulator. */
function writeEnvironment(world: World, folder: string): string {
  const file = join(folder, "environment");
  // AWS's command line reads the region under another name than Terraform and the SDK.
  const variables = { ...world.environment(), AWS_DEFAULT_REGION: world.region };
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'`);
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

/** How many resources of each type a plan creates. */
function planSummary(json: string): string {
  const { resource_changes: changes } = JSON.parse(json) as {
    resource_changes: { type: string; change: { actions: string[] } }[];
  };
  const created = changes.filter(({ change }) => change.actions.includes("create"));
  const counts = new Map<string, number>();
  for (const { type } of created) {
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const rows = [...counts].sort(([one], [other]) => one.localeCompare(other));
  return [
    ...aligned(rows.map(([type, count]) => ["  ", type, String(count)])),
    `\n  ${created.length} to add, ${changes.filter(({ change }) => change.actions.includes("update")).length} to change, ${changes.filter(({ change }) => change.actions.includes("delete")).length} to destroy`,
  ].join("\n");
}

/** Applies the plan, and passes on what Terraform says of each resource that is created. */
async function apply(world: World, cwd: string): Promise<void> {
  const child = start("terraform", ["apply", "-input=false", "-no-color", "plan"], { cwd, env: world.environment() });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      const text = String(chunk);
      output += text;
      for (const line of text
        .split("\n")
        .filter((one) => /Creation complete|Still creating|Apply complete/.test(one))) {
        console.log(`  ${line}`);
      }
    });
  }
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) {
    throw new Error(`terraform apply ended with ${code}:\n${tail(output)}`);
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
