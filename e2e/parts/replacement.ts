import { DescribeAddressesCommand, DescribeInstancesCommand } from "@aws-sdk/client-ec2";
import { DescribeDBInstancesCommand, DescribeDBSnapshotsCommand } from "@aws-sdk/client-rds";
import type { ClientInput } from "../../config/schema/client";
import { equal, holds } from "../expectations/equal";
import { edxappSide, makeBucket } from "../harness/before";
import { changed, type Described } from "../harness/described";
import type { Steps } from "../harness/steps";
import { type Plan, Workspace } from "../harness/workspace";
import type { World } from "../harness/world";

/** What keeps the world from the API's and Jenkins' own hosts, created with the first of them. */
const groupsOfServices = [
  "aws_security_group.analytics_api",
  "aws_security_group.analytics_jenkins",
  "aws_vpc_security_group_egress_rule.analytics_api_everything_out",
  "aws_vpc_security_group_egress_rule.analytics_jenkins_everything_out",
  "aws_vpc_security_group_ingress_rule.analytics_api_http_from_analytics",
  "aws_vpc_security_group_ingress_rule.analytics_api_https_from_analytics",
  "aws_vpc_security_group_ingress_rule.analytics_api_ssh_from_director",
  "aws_vpc_security_group_ingress_rule.analytics_jenkins_ssh_from_director",
  "aws_vpc_security_group_ingress_rule.database_emr_rds_mysql_from_analytics_api",
  "aws_vpc_security_group_ingress_rule.emr_master_ssh_from_analytics_jenkins",
];
const nothing = { created: [], updated: [], destroyed: [], replaced: [], removed: [] } as const satisfies Plan;

/** A host and a database replaced as the runbook does it: after each step the plan touches nothing else. */
export async function replacement(steps: Steps, world: World, example: Described): Promise<void> {
  const step: Steps["step"] = (title, run) => steps.step(title, run);
  const workspace = new Workspace(world, example.name);
  let described = example;
  /** Deploys with other hosts and databases, and compares the plan, address by address. */
  const deploy = async (fields: Partial<ClientInput>, expected: Partial<Plan>) => {
    described = changed(described, fields);
    await workspace.client(described);
    equal("the plan", await workspace.plan(), { ...nothing, ...expected });
    await workspace.apply();
    await workspace.unchanged();
  };

  await step("the client is deployed", async () => {
    described = await edxappSide(world, example);
    await makeBucket(world, example.client.state.bucket);
    await workspace.client(described);
    await workspace.plan();
    await workspace.apply();
  });
  const { address, instanceId: first } = await elasticIp(world);
  const { keyPair } = example.input.hosts;

  await step("iteration 2 of hosts and database is added, and nothing else is touched", () =>
    deploy(
      {
        hosts: { keyPair, active: "1", iterations: { "1": {}, "2": { layout: "separate" } } },
        database: { active: "1", iterations: { "1": {}, "2": { engineVersion: "8.4" } } },
      },
      {
        created: [
          "aws_db_instance.database_2",
          "aws_db_parameter_group.database_2_parameters",
          "aws_instance.analytics_2_api",
          "aws_instance.analytics_2_insights",
          "aws_instance.analytics_2_jenkins",
          ...groupsOfServices,
        ],
      },
    ),
  );
  await step("the address is where it was", async () => {
    equal("Elastic IP", await elasticIp(world), { address, instanceId: first });
  });
  await step("the Elastic IP moves to iteration 2, and is the same", async () => {
    await deploy(
      {
        hosts: { keyPair, active: "2", iterations: { "1": {}, "2": { layout: "separate" } } },
        database: { active: "2", iterations: { "1": {}, "2": { engineVersion: "8.4" } } },
      },
      { replaced: ["aws_eip_association.analytics"] },
    );
    const now = await elasticIp(world);
    equal("Elastic IP", now.address, address);
    holds("it is on another host", now.instanceId !== first);
    equal("output elastic_ip", (await workspace.outputs()).elastic_ip, address);
  });
  await step(
    "a database that merely left the configuration while protected is not destroyed: AWS refuses",
    async () => {
      // What is no longer configured is not protected by its lifecycle: the API's own protection is what is left.
      const { database } = withoutFirst(described);
      await workspace.client(changed(described, { database }));
      const plan = await workspace.plan();
      equal("what a plan would destroy", [...plan.destroyed].sort(), [
        "aws_db_instance.database_1",
        "aws_db_parameter_group.database_1_parameters",
      ]);
      const result = await workspace.terraform(["apply", "-input=false", "-no-color", "plan"]);
      holds(
        "AWS refuses to delete the database",
        result.code !== 0 && /DeletionProtection|deletion protection/i.test(result.output),
      );
    },
  );
  await step("protection is taken off iteration 1", async () => {
    described = changed(described, {
      hosts: { ...described.input.hosts, iterations: { "1": { protected: false }, "2": { layout: "separate" } } },
      database: {
        ...described.input.database,
        iterations: { "1": { protected: false }, "2": { engineVersion: "8.4" } },
      },
    });
    await workspace.client(described);
    const plan = await workspace.plan();
    equal("what is created, destroyed or replaced", [...plan.created, ...plan.destroyed, ...plan.replaced], []);
    await workspace.apply();
    await workspace.unchanged();
  });
  await step("iteration 1 is retired, and nothing else is touched", () =>
    deploy(withoutFirst(described), { destroyed: firstIteration }),
  );
  await step("AWS has iteration 2, the address, and the final snapshot", async () => {
    equal("Elastic IP", (await elasticIp(world)).address, address);
    const { DBInstances = [] } = await world.rds.send(new DescribeDBInstancesCommand({}));
    equal("RDS instances", DBInstances.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier).sort(), [
      "example-analytics-2",
      "example-edxapp",
    ]);
    const { DBSnapshots = [] } = await world.rds.send(new DescribeDBSnapshotsCommand({ SnapshotType: "manual" }));
    equal(
      "snapshots",
      DBSnapshots.map(({ DBSnapshotIdentifier }) => DBSnapshotIdentifier),
      ["example-analytics-final"],
    );
    const { Reservations = [] } = await world.ec2.send(
      new DescribeInstancesCommand({ Filters: [{ Name: "instance-state-name", Values: ["running"] }] }),
    );
    const names = Reservations.flatMap(({ Instances = [] }) => Instances).map(
      ({ Tags = [] }) => Tags.find(({ Key }) => Key === "Name")?.Value,
    );
    equal("hosts", names.sort(), [
      "example-analytics-2-api",
      "example-analytics-2-insights",
      "example-analytics-2-jenkins",
      "example-director",
    ]);
  });
  await step("a database is restored from the final snapshot", async () => {
    const { hosts, database } = described.input;
    const iterations = { ...database?.iterations, "3": { restoreFrom: { snapshot: "example-analytics-final" } } };
    await deploy(
      { hosts, database: { ...database, iterations } },
      { created: ["aws_db_instance.database_3", "aws_db_parameter_group.database_3_parameters"] },
    );
    const { DBInstances = [] } = await world.rds.send(new DescribeDBInstancesCommand({}));
    equal("RDS instances", DBInstances.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier).sort(), [
      "example-analytics-2",
      "example-analytics-3",
      "example-edxapp",
    ]);
  });
}

const firstIteration = [
  "aws_db_instance.database_1",
  "aws_db_parameter_group.database_1_parameters",
  "aws_instance.analytics_1",
];

function withoutFirst({ input: { hosts, database } }: Described): Partial<ClientInput> {
  return {
    hosts: { ...hosts, active: "2", iterations: { "2": { layout: "separate" } }, retired: ["1"] },
    database: { ...database, active: "2", iterations: { "2": { engineVersion: "8.4" } }, retired: ["1"] },
  };
}

async function elasticIp(world: World): Promise<{ address: string; instanceId: string }> {
  const { Addresses = [] } = await world.ec2.send(new DescribeAddressesCommand({}));
  equal("Elastic IPs", Addresses.length, 1);
  return { address: Addresses[0]?.PublicIp as string, instanceId: Addresses[0]?.InstanceId as string };
}
