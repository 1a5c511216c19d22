import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import type { ClientConfig, ClientInput } from "../../clients/config/client";
import { edxappSide } from "../harness/before";
import { Project } from "../harness/project";
import { runbookByHand } from "../harness/runbook-by-hand";
import type { Steps } from "../harness/steps";
import { changed, writeOverride } from "../harness/workspace";
import type { World } from "../harness/world";

type Fields = { [field: string]: unknown };

/** A deployment that somebody made in the console years ago becomes Terraform's, and stays what it is. */
export async function adopted(steps: Steps, world: World, example: ClientConfig): Promise<void> {
  const step: Steps["step"] = (title, run) => steps.step(title, run);
  const name = "acme";
  const { accountId, region } = world;
  const project = new Project(world, "adopt");
  const client = changed(example, {
    name,
    naming: "runbook",
    release: "ficus",
    allowRetired: true,
    elasticsearch: undefined,
    buckets: {},
  });
  /** What its operator knows; AWS answers the rest. */
  const file: Fields = {
    name,
    region,
    accountId,
    release: "ficus",
    state: { bucket: "acme-terraform-state" },
    edxapp: {
      userArn: client.edxapp.userArn,
      gradesBucket: { name: client.edxapp.gradesBucket.name },
      database: { identifier: client.edxapp.database.identifier, user: "edxapp001" },
    },
  };
  const adopt = (...args: string[]) => project.run("node", ["bin/edx-analytics.js", "adopt", name, ...args]);
  const byHand = await step("the runbook was followed by hand", async () => {
    await edxappSide(world, client);
    return runbookByHand(world, client);
  });
  void byHand;
  project.client(file as unknown as ClientInput);
  const first = await adopt();
  console.error(first.output);
  const complete = merged(file, fieldsIn(first.stdout));
  project.client(complete as unknown as ClientInput);
  const second = await adopt();
  console.error(second.output);
  await project.succeed("node", ["bin/edx-analytics.js", "state", name]);
  const r = await project.run("npm", ["run", "synth"], { env: { CLIENT: name } });
  console.error(r.output);
  const folder = join(project.folder, "cdktf.out", "stacks", name);
  writeOverride(folder);
  const tf = (...args: string[]) => project.run("terraform", args, { cwd: folder });
  console.error((await tf("init", "-input=false", "-no-color")).output);
  console.error((await tf("plan", "-input=false", "-no-color", "-out=plan")).output);
  writeFileSync("/tmp/adopt-plan.json", (await tf("show", "-json", "plan")).stdout);
  console.error((await tf("apply", "-input=false", "-no-color", "plan")).output.split("\n").slice(-60).join("\n"));
  console.error((await tf("plan", "-input=false", "-no-color", "-detailed-exitcode")).output);
}

/** The fields that the command wants to have in the client file. */
function fieldsIn(output: string): Fields {
  const [, block = ""] = /^To be written into .*\n\n((?: {2}.*\n)+)/m.exec(output) ?? [];
  return runInNewContext(`({${block}})`) as Fields;
}

/** Writes fields beside those that are there, as an operator does. */
function merged(file: Fields, fields: Fields): Fields {
  const isObject = (value: unknown): value is Fields =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  return Object.entries(fields).reduce<Fields>((all, [key, value]) => {
    const before = all[key];
    return { ...all, [key]: isObject(before) && isObject(value) ? merged(before, value) : value };
  }, file);
}
