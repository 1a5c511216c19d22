import { existsSync } from "node:fs";
import { join } from "node:path";
import { DescribeAddressesCommand } from "@aws-sdk/client-ec2";
import { ListDomainNamesCommand } from "@aws-sdk/client-elasticsearch-service";
import { DescribeDBInstancesCommand, DescribeDBSnapshotsCommand } from "@aws-sdk/client-rds";
import type { ClientInput } from "../../config/schema/client";
import { upgradeSteps } from "../../test/upgrade-steps";
import { equal, holds, says } from "../expectations/equal";
import { edxappSide } from "../harness/before";
import { changed, type Described } from "../harness/described";
import { Project } from "../harness/project";
import type { Steps } from "../harness/steps";
import { init, writeOverride } from "../harness/workspace";
import { World } from "../harness/world";
import { none } from "./every-client";

type Step = Partial<ClientInput>;

/** One upgrade: the client files of its steps, and iterations before and after. */
interface Upgrade {
  readonly release: string;
  readonly from: string;
  readonly to: string;
  readonly before: Step;
  readonly add: Step;
  /** As `add`, with both `active` moved. */
  readonly move: Step;
  readonly unprotect: Step;
  readonly retire: Step;
}

/** Open edX upgraded twice, as docs/operations.md has it, with its files and commands. */
export async function upgraded(steps: Steps, world: World, example: Described): Promise<void> {
  const { keyPair } = example.input.hosts;
  const [add, move, unprotect, retire, addOlive, unprotectOlive, retireOlive] = upgradeSteps(keyPair) as [
    Step,
    Step,
    Step,
    Step,
    Step,
    Step,
    Step,
  ];
  const before: Step = { release: "maple", hosts: { keyPair } };
  const moveOlive = {
    ...addOlive,
    database: { ...addOlive.database, active: "3" },
    hosts: { ...(addOlive.hosts as ClientInput["hosts"]), active: "3" },
  };
  // Side by side: both wait for RDS more than they work.
  const second = await World.start(world.tools, "upgrade-to-olive", world.accountId, world.region);
  try {
    await Promise.all([
      upgrade(steps, world, example, { release: "nutmeg", from: "1", to: "2", before, add, move, unprotect, retire }),
      upgrade(steps, second, example, {
        release: "olive",
        from: "2",
        to: "3",
        before: retire,
        add: addOlive,
        move: moveOlive,
        unprotect: unprotectOlive,
        retire: retireOlive,
      }),
    ]);
  } finally {
    second.stop();
  }
}

async function upgrade(steps: Steps, world: World, example: Described, { release, from, to, ...files }: Upgrade) {
  const step: Steps["step"] = (title, run) => steps.step(`${release}: ${title}`, run);
  const { name } = example;
  const { input } = await step("the edxapp side exists", () => edxappSide(world, changed(example, files.before)));
  const project = new Project(world, world.name);
  const folder = join(project.folder, "cdktf.out", "stacks", name);
  const command = (...args: string[]) => project.run("node", ["cli/edx-analytics.js", ...args]);
  const terraform = (...args: string[]) => project.succeed("terraform", [...args], { cwd: folder });
  const write = (fields: Step) => project.client(name, { ...input, ...fields } as ClientInput);
  /** Writes a step's file and plans it; what the plan destroys or replaces. */
  const planned = async (fields: Step) => {
    write(fields);
    await project.succeed("node", ["--require", "tsx/cjs", "main.ts"], { env: { CLIENT: name } });
    writeOverride(folder);
    await terraform(...init);
    await terraform("plan", "-input=false", "-no-color", "-out=plan");
    const { resource_changes: changes } = JSON.parse((await terraform("show", "-json", "plan")).stdout) as PlanJson;
    const doing = (...actions: string[]) =>
      changes.filter(({ change }) => actions.includes(change.actions.join(" "))).map(({ address }) => address);
    return {
      created: doing("create"),
      gone: doing("delete", "delete create", "create delete"),
      updated: doing("update"),
    };
  };
  const deploy = async (fields: Step) => {
    const plan = await planned(fields);
    await terraform("apply", "-input=false", "-no-color", "plan");
    return plan;
  };

  await step("the former release is deployed", async () => {
    write(files.before);
    await project.succeed("node", ["cli/edx-analytics.js", "state", name]);
    await deploy(files.before);
  });
  const address = await elasticIp(world);
  await step("1, add: preflight is content, and nothing of what runs changes", async () => {
    write(files.add);
    says((await command("preflight", name)).output, /what a deploy destroys +is nothing that holds data/);
    const { created, gone, updated } = await deploy(files.add);
    holds("a new database and host", created.includes(`aws_db_instance.database_${to}`));
    holds("a new host", created.includes(`aws_instance.analytics_${to}`));
    none("are destroyed or changed", [...gone, ...updated]);
  });
  await step("2, set up: the files of the new host, and RUN.md", async () => {
    const secure = join(world.tools.folder, `${world.name}-secure`);
    const { output } = await command("config-files", name, "--iteration", to, "--folder", secure);
    holds(`RUN.md is written:\n${output}`, existsSync(join(secure, "RUN.md")));
  });
  await step("3, move: the Elastic IP goes to the new host, and could go back", async () => {
    const { created, gone, updated } = await deploy(files.move);
    equal("what is replaced", gone, ["aws_eip_association.analytics"]);
    none("are created or changed", [...created, ...updated]);
    equal("the address", await elasticIp(world), address);
    equal("the way back", (await planned(files.add)).gone, ["aws_eip_association.analytics"]);
  });
  await step("retired while they are protected: preflight refuses what RDS would refuse half-way", async () => {
    write(files.retire);
    const { code, output } = await command("preflight", name);
    equal("exit status", code, 1);
    says(output, new RegExp(`refused +aws_db_instance\\.database_${from} .*with its databases\\. AWS refuses`));
  });
  await step("4, unprotect: nothing is destroyed", async () => {
    const { created, gone } = await deploy(files.unprotect);
    none("are destroyed or created", [...gone, ...created]);
  });
  await step("5, retire: preflight names what goes with its data, and the plan has nothing else", async () => {
    write(files.retire);
    const { output } = await command("preflight", name);
    says(output, new RegExp(`warning +aws_db_instance\\.database_${from} .*a deploy destroys it with its databases`));
    says(output, new RegExp(`warning +aws_instance\\.analytics_${from} .*a deploy destroys it with its disks`));
    if (release === "olive") {
      says(output, /warning +aws_elasticsearch_domain\.\w+ .*a deploy destroys it/);
    }
    const { created, gone } = await deploy(files.retire);
    none("are created", created);
    none(
      "are destroyed besides",
      gone.filter((one) => !new RegExp(`_${from}(_parameters)?$|elasticsearch`).test(one)),
    );
  });
  await step("the new release is what is left, at the same address, with a final snapshot", async () => {
    equal("the address", await elasticIp(world), address);
    const { DBInstances = [] } = await world.rds.send(new DescribeDBInstancesCommand({}));
    const identifiers = DBInstances.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier).sort();
    equal("RDS instances", identifiers, [`${name}-analytics-${to}`, `${name}-edxapp`]);
    const { DBSnapshots = [] } = await world.rds.send(new DescribeDBSnapshotsCommand({ SnapshotType: "manual" }));
    equal("final snapshots", DBSnapshots.length, 1);
    const { DomainNames = [] } = await world.es.send(new ListDomainNamesCommand({}));
    equal("domains", DomainNames.length, release === "olive" ? 0 : 1);
    equal("a plan", await planned(files.retire), { created: [], gone: [], updated: [] });
  });
}

interface PlanJson {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

async function elasticIp(world: World): Promise<string | undefined> {
  const { Addresses = [] } = await world.ec2.send(new DescribeAddressesCommand({}));
  return Addresses[0]?.PublicIp;
}
