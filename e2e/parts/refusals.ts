import {
  AuthorizeSecurityGroupIngressCommand,
  CreateRouteCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteRouteCommand,
  DescribeRouteTablesCommand,
  ModifyVpcAttributeCommand,
} from "@aws-sdk/client-ec2";
import { DescribeDBInstancesCommand, ModifyDBInstanceCommand } from "@aws-sdk/client-rds";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { Client } from "../../config/client";
import type { ClientInput } from "../../config/schema/client";
import { defaultVpc, edxappSide } from "../harness/before";
import { changed, type Described, describe } from "../harness/described";
import { Project } from "../harness/project";
import type { Steps } from "../harness/steps";
import { Workspace } from "../harness/workspace";
import type { World } from "../harness/world";

const plan = ["plan", "-input=false", "-no-color"];
const edxAnalytics = ["cli/edx-analytics.js"];

/** What stops a plan, with a message that says how to fix it; `preflight` finds the same before. */
export async function refusals(steps: Steps, world: World, example: Described): Promise<void> {
  const { name, input } = example;
  const step: Steps["step"] = (title, run) => steps.step(title, run);
  const project = new Project(world, "refusals");
  project.client(name, input);
  const preflight = (expected: RegExp) => project.refused("node", [...edxAnalytics, "preflight", name], expected);
  const workspace = new Workspace(world, name);

  const described = await step("the edxapp side exists, and the state's bucket", async () => {
    const prepared = await edxappSide(world, example);
    await project.succeed("node", [...edxAnalytics, "state", name]);
    return prepared;
  });
  await step("preflight lets the client pass", () => project.succeed("node", [...edxAnalytics, "preflight", name]));
  await step("a plan passes", async () => {
    await workspace.client(described);
    await workspace.succeed(plan);
  });

  await step("a lock that another run holds stops the plan, and says whose it is", async () => {
    await holdLock(world, described.client);
    await workspace.refused(plan, /Error acquiring the state lock.*somebody@elsewhere/);
    const { output } = await project.run("node", [...edxAnalytics, "preflight", name]);
    if (!/warning +lock +is held/.test(output)) {
      throw new Error(`preflight does not see the lock:\n${output}`);
    }
  });
  await step("force-unlock removes a stale lock", async () => {
    await workspace.succeed(["force-unlock", "-force", lockId]);
    await workspace.succeed(plan);
  });

  await step("another account's credentials reach nothing", async () => {
    const elsewhere = new Workspace(world, "elsewhere");
    const other = describe("elsewhere", {
      ...described.input,
      accountId: "999999999999",
      edxapp: { ...described.input.edxapp, userArn: "arn:aws:iam::999999999999:user/edxapp" },
    });
    await elsewhere.client(other).then(
      () => Promise.reject(new Error("terraform init accepted another account")),
      (error: Error) => {
        if (!/AWS [Aa]ccount ID (is )?not allowed/.test(error.message)) {
          throw error;
        }
      },
    );
    project.client(name, { ...input, accountId: "999999999999" });
    await preflight(/these credentials are of account 123456789012 .*, and 999999999999 is required/);
    project.client(name, input);
  });

  const vpc = await defaultVpc(world);
  await step("no DNS hostnames", async () => {
    const set = (Value: boolean) =>
      world.ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpc.id, EnableDnsHostnames: { Value } }));
    await set(false);
    await workspace.refused(plan, /DNS hostnames are off in VPC vpc-\w+.*--enable-dns-hostnames/);
    await preflight(/refused +DNS hostnames +is off/);
    await set(true);
  });
  await step("no Internet route", async () => {
    const { RouteTables = [] } = await world.ec2.send(
      new DescribeRouteTablesCommand({ RouteTableIds: [vpc.routeTableId] }),
    );
    const gateway = RouteTables[0]?.Routes?.find(({ GatewayId }) => GatewayId?.startsWith("igw-"))?.GatewayId;
    const internet = { RouteTableId: vpc.routeTableId, DestinationCidrBlock: "0.0.0.0/0" };
    await world.ec2.send(new DeleteRouteCommand(internet));
    await workspace.refused(plan, /has no route to an Internet gateway.*aws ec2 create-route/);
    await preflight(/refused +Internet route +is missing/);
    await world.ec2.send(new CreateRouteCommand({ ...internet, GatewayId: gateway }));
  });
  await step("a subnet of another VPC", async () => {
    const network = await withSubnetOfAnotherVpc(world, vpc);
    const lost = new Workspace(world, name);
    await lost.client(changed(described, { network }));
    await lost.refused(plan, /Subnet subnet-\w+ is in vpc-\w+, not in the VPC of the client file/);
    project.client(name, { ...input, network });
    await preflight(/refused +subnet-\w+ +is in vpc-\w+, not in vpc-\w+/);
    project.client(name, input);
    await workspace.client(described);
  });
  await step("an edxapp RDS with two groups, none of them named", async () => {
    await addGroup(world, vpc.id, described.client.edxapp.database.identifier as string);
    await workspace.refused(plan, /The edxapp RDS has several security groups: sg-\w+, sg-\w+\. Name the one/);
    await preflight(/has the groups sg-\w+, sg-\w+\. Name the one/);
  });
  await step('"new-policy" over an existing policy', async () => {
    const gradesBucket = { ...input.edxapp.gradesBucket, access: "new-policy" as const };
    project.client(name, { ...input, edxapp: { ...input.edxapp, gradesBucket } });
    await preflight(/has 1 statement besides this stack's, which "new-policy" would replace/);
  });
}

const lockId = "6f0e2a1c-6e0a-4a52-9d2c-3a1b5c7d9e0f";

/** A lock as Terraform writes it into the bucket. */
async function holdLock(world: World, { state, name }: Client): Promise<void> {
  const key = `${name}/${name}.tfstate`;
  await world.s3.send(
    new PutObjectCommand({
      Bucket: state.bucket,
      Key: `${key}.tflock`,
      Body: JSON.stringify({
        ID: lockId,
        Operation: "OperationTypeApply",
        Info: "",
        Who: "somebody@elsewhere",
        Version: "1.11.4",
        Created: "2026-11-24T12:00:00Z",
        Path: `${state.bucket}/${key}`,
      }),
    }),
  );
}

async function withSubnetOfAnotherVpc(
  world: World,
  vpc: { id: string; subnets: string[] },
): Promise<ClientInput["network"]> {
  const { Vpc } = await world.ec2.send(new CreateVpcCommand({ CidrBlock: "10.99.0.0/16" }));
  const { Subnet } = await world.ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: "10.99.0.0/24" }));
  return {
    vpc: "existing",
    vpcId: vpc.id,
    subnetId: Subnet?.SubnetId as string,
    databaseSubnetIds: vpc.subnets.slice(0, 2),
  };
}

async function addGroup(world: World, vpcId: string, identifier: string): Promise<void> {
  const { GroupId } = await world.ec2.send(
    new CreateSecurityGroupCommand({ VpcId: vpcId, GroupName: "edxapp-second", Description: "Existed before" }),
  );
  await world.ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpProtocol: "tcp",
      FromPort: 3306,
      ToPort: 3306,
      CidrIp: "10.0.0.0/8",
    }),
  );
  const { DBInstances } = await world.rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier }));
  const groups = (DBInstances?.[0]?.VpcSecurityGroups ?? []).map((group) => group.VpcSecurityGroupId as string);
  await world.rds.send(
    new ModifyDBInstanceCommand({
      DBInstanceIdentifier: identifier,
      VpcSecurityGroupIds: [...groups, GroupId as string],
    }),
  );
}
