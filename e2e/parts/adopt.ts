import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ModifyInstanceAttributeCommand } from "@aws-sdk/client-ec2";
import type { Client } from "../../config/client";
import type { Imports } from "../../config/load/imports";
import type { ClientInput } from "../../config/schema/client";
import { equal, says } from "../expectations/equal";
import { edxappSide } from "../harness/before";
import { survivors } from "../harness/by-hand/survivors";
import { type Described, describe } from "../harness/described";
import { type Fields, fieldsIn, merged } from "../harness/drafted";
import { Project } from "../harness/project";
import { runbookByHand } from "../harness/runbook-by-hand";
import type { Steps } from "../harness/steps";
import { init, writeOverride } from "../harness/workspace";
import type { World } from "../harness/world";
import { none } from "./every-client";

const name = "acme";
const plan = ["plan", "-input=false", "-no-color"];

/** A deployment that was made in the console years ago is imported, and stays what it is. */
export async function adopted(steps: Steps, world: World, example: Described): Promise<void> {
  const step: Steps["step"] = (title, run) => steps.step(title, run);
  const project = new Project(world, "adopt");
  const folder = join(project.folder, "cdktf.out", "stacks", name);
  const importsFile = join(project.folder, "clients", "imports", `${name}.json`);
  const described = describe(name, { ...example.input, naming: "runbook" });
  const { client } = described;
  const command = (...args: string[]) => project.run("node", ["cli/edx-analytics.js", ...args]);
  const succeed = (...args: string[]) => project.succeed("node", ["cli/edx-analytics.js", ...args]);
  const terraform = (...args: string[]) => project.succeed("terraform", args, { cwd: folder });
  const synthesise = async (file: Fields) => {
    project.client(name, file as unknown as ClientInput);
    await project.succeed("npm", ["run", "synth"], { env: { CLIENT: name } });
    writeOverride(folder);
  };
  /** Plans, and writes `plan.json`, which `adopt --plan` reads. */
  const planned = async () => {
    await terraform(...plan, "-out=plan");
    const { stdout } = await terraform("show", "-json", "plan");
    writeFileSync(join(project.folder, "plan.json"), stdout);
    return JSON.parse(stdout) as PlanJson;
  };

  const byHand = await step("the runbook was followed by hand", async () => {
    await edxappSide(world, described);
    return runbookByHand(world, client);
  });
  const before = await survivors(world, byHand);
  const complete = await step("adopt drafts what the client file lacks, and writes nothing", async () => {
    const file = known(world, client);
    project.client(name, file as unknown as ClientInput);
    const first = await command("adopt", name);
    equal("exit status", first.code, 1);
    says(first.output, /Nothing was written\. Write the \d+ fields above into clients\/acme\.ts, then repeat/);
    says(first.stdout, /group analytics: tcp 9100 from 10\.0\.0\.0\/8/);
    equal("a file of imports exists", existsSync(importsFile), false);
    return merged(file, fieldsIn(first.stdout));
  });
  const imports = await step("with the draft in the file, it writes the imports", async () => {
    project.client(name, complete as unknown as ClientInput);
    await succeed("adopt", name);
    const written = JSON.parse(readFileSync(importsFile, "utf8")) as Imports;
    equal("the database", written["aws_db_instance.database_1"], byHand.database.identifier);
    const active = byHand.accessKeys.analytics_reports.find(({ status }) => status === "Active");
    const rules = Object.keys(written).filter((address) => address.includes(".edxapp_database_mysql_from_"));
    equal("rules on edxapp's own group, one of its two, which `identifier` leads to", rules.length, 2);
    equal("the key in use", written["aws_iam_access_key.reports_user"], active?.id);
    return written;
  });
  await step("it changed nothing in AWS", async () => equal("what existed", await survivors(world, byHand), before));
  await step("preflight knows what is imported", async () => {
    await succeed("state", name);
    const { output } = await command("preflight", name);
    says(output, /role edxanalytics +exists, imported by/);
    says(output, /, 0 refused, 0 not asked\./);
  });

  await step("the plan destroys and replaces nothing", async () => {
    await synthesise(complete);
    await terraform(...init);
    const { resource_changes: changes } = await planned();
    const doing = (test: (actions: string) => boolean) =>
      changes.filter(({ change }) => test(change.actions.join(" "))).map(({ address }) => address);
    none(
      "destroy, replace or remove from the state",
      doing((actions) => /delete|forget/.test(actions)),
    );
    equal("imports", changes.filter(({ change }) => change.importing).length, Object.keys(imports).length);
  });
  await step("adopt --plan gives the reason of each addition and each change", async () => {
    const { stdout } = await succeed("adopt", name, "--plan", "plan.json");
    says(stdout, /Nothing is destroyed or replaced, and no credential changes\./);
    const { resource_changes: changes } = JSON.parse(
      readFileSync(join(project.folder, "plan.json"), "utf8"),
    ) as PlanJson;
    const touched = changes.filter(
      ({ mode, change }) => mode === "managed" && /create|update/.test(change.actions.join(" ")),
    );
    none(
      "touch what no reason is given for",
      touched.map(({ address }) => address).filter((address) => !stdout.includes(`\n  ${address}`)),
    );
  });
  await step("apply, and a second plan is empty", async () => {
    await terraform("apply", "-input=false", "-no-color", "plan");
    await terraform(...plan, "-detailed-exitcode");
  });
  await step("keys, passwords, hosts, addresses, data and unmanaged rules are as they were", async () =>
    equal("what existed", await survivors(world, byHand), before),
  );
  await step("without the file of imports the plan stays empty", async () => {
    rmSync(importsFile);
    await synthesise(complete);
    await terraform(...plan, "-detailed-exitcode");
  });
  await step(
    "a plan that changes a password, replaces a host, or takes its group, is more than an adoption",
    async () => {
      const { director, default: own } = byHand.groups.ids;
      const InstanceId = byHand.hosts.instanceIds.director;
      const Groups = [own, director, byHand.groups.ids["EMR RDS"]];
      await world.ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, Groups }));
      await synthesise(
        merged(complete, {
          database: { iterations: { "1": { masterPassword: "managed" } } },
          hosts: { iterations: { "3": { diskEncrypted: true } } },
          protected: false,
        }),
      );
      await planned();
      const { code, output } = await command("adopt", name, "--plan", "plan.json");
      equal("exit status", code, 1);
      says(output, /aws_db_instance\.database_1 gets another master password/);
      says(output, /aws_instance\.analytics_3 is replaced/);
      says(output, /aws_instance\.director leaves the security group sg-/);
    },
  );
}

interface PlanJson {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly mode: string;
    readonly change: { readonly actions: readonly string[]; readonly importing?: unknown };
  }[];
}

/** What an operator knows of a deployment; AWS answers the rest. */
function known({ region, accountId }: World, { edxapp }: Client): Fields {
  return {
    region,
    accountId,
    release: "ficus",
    state: { bucket: "acme-terraform-state" },
    edxapp: {
      userArn: edxapp.userArn,
      gradesBucket: { name: edxapp.gradesBucket.name },
      database: { identifier: edxapp.database.identifier, user: edxapp.database.user },
    },
  };
}
