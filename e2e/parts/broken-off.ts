import { existsSync } from "node:fs";
import { join } from "node:path";
import { DescribeAddressesCommand, DescribeInstancesCommand } from "@aws-sdk/client-ec2";
import { ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import { HeadObjectCommand } from "@aws-sdk/client-s3";
import type { Client } from "../../config/client";
import { equal, holds, says } from "../expectations/equal";
import { edxappSide, makeBucket } from "../harness/before";
import { changed, type Described } from "../harness/described";
import { end, type Result } from "../harness/processes";
import { FaultyCloud } from "../harness/proxy";
import type { Steps } from "../harness/steps";
import { Workspace } from "../harness/workspace";
import type { World } from "../harness/world";

const apply = ["apply", "-input=false", "-no-color", "-auto-approve"];

/** Applies that break off, by AWS, by Ctrl-C, by a kill, by a state that cannot be written: nothing is lost, nothing doubled. */
export async function brokenOff(steps: Steps, world: World, example: Described): Promise<void> {
  const step: Steps["step"] = (title, run) => steps.step(title, run);
  const cloud = await FaultyCloud.before(world.endpoint);
  try {
    await play(step, world, example, cloud);
  } finally {
    cloud.stop();
  }
}

async function play(step: Steps["step"], world: World, example: Described, cloud: FaultyCloud): Promise<void> {
  const workspace = new Workspace(world, example.name);
  const throughProxy = { env: { AWS_ENDPOINT_URL: cloud.endpoint } };
  let described = await step("the edxapp side exists", async () => {
    await makeBucket(world, example.client.state.bucket);
    return edxappSide(world, example);
  });

  await step("calls that AWS refuses break an apply off", async () => {
    await workspace.client(described);
    cloud.refuse(
      ({ method, path, body }) =>
        body.includes("Action=CreateDBInstance&") ||
        body.includes("Action=CreateAccessKey&") ||
        (method === "PUT" && path.includes("example-edxanalytics?versioning")),
    );
    const result = await workspace.terraform(apply, throughProxy);
    holds("the apply fails", result.code !== 0);
    holds("it says why", result.output.includes("ServiceUnavailable") || result.output.includes("503"));
    for (const address of [
      "aws_db_instance.database_1",
      "aws_iam_access_key.elasticsearch",
      "aws_s3_bucket_versioning.buckets_edxanalytics",
    ]) {
      says(result.output, new RegExp(`with ${address},`));
    }
    cloud.refuse(() => false);
    await expectNothingDoubled(world);
  });
  await step("Ctrl-C in the middle of the next: Terraform ends what it has begun", async () => {
    const result = await broken(workspace, "SIGINT", /aws_db_instance\.database_1: Still creating/);
    holds("the apply fails", result.code !== 0);
    holds("no lock is left", !(await lockExists(world, described.client)));
  });
  await step("the database that was being created is tainted, and protected: a plan that would replace it stops", () =>
    workspace.refused(
      ["plan", "-input=false", "-no-color"],
      /aws_db_instance\.database_1 has lifecycle\.prevent_destroy/,
    ),
  );
  await step("untainted and applied again: it continues, and nothing is lost or created twice", async () => {
    await workspace.succeed(["untaint", "aws_db_instance.database_1"]);
    await workspace.succeed(apply);
    await workspace.unchanged();
    await expectNothingDoubled(world);
    const { DBInstances = [] } = await world.rds.send(new DescribeDBInstancesCommand({}));
    equal("RDS instances", DBInstances.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier).sort(), [
      "example-analytics",
      "example-edxapp",
    ]);
  });

  await step("Terraform killed in the middle of an apply leaves a lock", async () => {
    described = changed(described, { database: { active: "1", iterations: { "1": {}, "2": {} } } });
    await workspace.client(described);
    await broken(workspace, "SIGKILL", /aws_db_instance\.database_2: Still creating/);
    holds("the lock is left", await lockExists(world, described.client));
    await workspace.refused(["plan", "-input=false", "-no-color"], /Error acquiring the state lock/);
  });
  await step("force-unlock, import of what the state does not know, apply", async () => {
    const { output } = await workspace.terraform(["plan", "-input=false", "-no-color"]);
    const id = /ID: +([0-9a-f-]{36})/.exec(output)?.[1];
    await workspace.succeed(["force-unlock", "-force", id as string]);
    const plan = await workspace.plan();
    holds("the plan would create the database again", plan.created.includes("aws_db_instance.database_2"));
    // Terraform writes the state every 20 seconds: what was created since is in AWS alone.
    for (const [address, name] of [
      ["aws_db_parameter_group.database_2_parameters", "example-analytics-2-mysql8-0"],
      ["aws_db_instance.database_2", "example-analytics-2"],
    ] as const) {
      if (plan.created.includes(address)) {
        await workspace.succeed(["import", "-input=false", "-no-color", address, name]);
      }
    }
    const next = await workspace.plan();
    equal("what is created, destroyed or replaced", [...next.created, ...next.destroyed, ...next.replaced], []);
    await workspace.apply();
    await workspace.unchanged();
    const { DBInstances = [] } = await world.rds.send(new DescribeDBInstancesCommand({}));
    equal("RDS instances", DBInstances.length, 3);
  });

  await step("a state that cannot be written is left as errored.tfstate", async () => {
    described = changed(described, { tags: { Team: "analytics" } });
    await workspace.client(described);
    cloud.refuse(({ method, path }) => method === "PUT" && /\/example\/example\.tfstate(\?|$)/.test(path));
    const result = await workspace.terraform(apply, throughProxy);
    cloud.refuse(() => false);
    holds("the apply fails", result.code !== 0);
    holds("it says where the state is", result.output.includes("errored.tfstate"));
    holds("errored.tfstate exists", existsSync(join(workspace.folder, "errored.tfstate")));
  });
  await step("terraform state push errored.tfstate brings it back", async () => {
    if (await lockExists(world, described.client)) {
      const { output } = await workspace.terraform(["plan", "-input=false", "-no-color"]);
      await workspace.succeed(["force-unlock", "-force", /ID: +([0-9a-f-]{36})/.exec(output)?.[1] as string]);
    }
    await workspace.succeed(["state", "push", "errored.tfstate"]);
    await workspace.unchanged();
  });
}

/** Applies, and sends a signal once Terraform says something. */
function broken(workspace: Workspace, signal: NodeJS.Signals, when: RegExp): Promise<Result> {
  return workspace.terraform(apply, {
    onStart: (child) => {
      let output = "";
      let sent = false;
      child.stdout?.on("data", (chunk) => {
        output += chunk;
        if (!sent && when.test(output)) {
          sent = true;
          end(child, signal);
        }
      });
    },
  });
}

async function lockExists(world: World, { state, name }: Client): Promise<boolean> {
  return world.s3.send(new HeadObjectCommand({ Bucket: state.bucket, Key: `${name}/${name}.tfstate.tflock` })).then(
    () => true,
    () => false,
  );
}

/** What has no name of its own, so that AWS would take a second one. */
async function expectNothingDoubled(world: World): Promise<void> {
  const { Addresses = [] } = await world.ec2.send(new DescribeAddressesCommand({}));
  holds(`Elastic IPs: ${Addresses.length}`, Addresses.length <= 1);
  const { Reservations = [] } = await world.ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: "instance-state-name", Values: ["running"] }] }),
  );
  const names = Reservations.flatMap(({ Instances = [] }) => Instances).map(
    ({ Tags = [] }) => Tags.find(({ Key }) => Key === "Name")?.Value,
  );
  equal("hosts", names.sort(), ["example-analytics-1", "example-director"]);
  const keys = await world.iam
    .send(new ListAccessKeysCommand({ UserName: "example-analytics_elasticsearch" }))
    .then(({ AccessKeyMetadata = [] }) => AccessKeyMetadata.length);
  holds(`access keys: ${keys}`, keys <= 1);
}
