import {
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateKeyPairCommand,
  CreateRouteCommand,
  CreateSecurityGroupCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  ModifyVpcAttributeCommand,
} from "@aws-sdk/client-ec2";
import { CreateRoleCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import { CreateDBInstanceCommand, DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import { CreateHostedZoneCommand } from "@aws-sdk/client-route-53";
import { CreateBucketCommand, HeadBucketCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import { bucketsOf } from "../../config/buckets";
import { isExisting } from "../../config/existing";
import { changed, type Described } from "./described";
import type { World } from "./world";

/** An unmanaged policy with everything that a careless merge loses: the old version, one statement, a number in a condition. */
export const unmanagedPolicy = {
  Version: "2008-10-17",
  Id: "edxapp",
  Statement: {
    Sid: "OldTls",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: "arn:aws:s3:::BUCKET/uploads/*",
    Condition: { NumericLessThan: { "s3:TlsVersion": 1.2 } },
  },
};

/**
 * Creates what an account has before analytics: a VPC with DNS hostnames and an Internet route, and the edxapp side.
 * @returns the client with the ids that this account gave to what exists
 */
export async function edxappSide(world: World, described: Described): Promise<Described> {
  const vpc = await preparedVpc(world);
  const { name, input, client } = described;
  const { gradesBucket, userArn, database } = client.edxapp;
  for (const [key, bucket] of bucketsOf(client.buckets)) {
    if (bucket.exists || key === "trackingLogs") {
      await makeBucket(world, bucket.name);
    }
  }
  await makeBucket(world, gradesBucket.name);
  if (gradesBucket.access === "merge-policy") {
    await putUnmanagedPolicy(world, gradesBucket.name);
  }
  await makePrincipal(world, userArn);
  if (client.dns) {
    await world.route53.send(new CreateHostedZoneCommand({ Name: client.dns.zone, CallerReference: name }));
  }
  const hosts = isExisting(client.director) ? [client.hosts] : [client.hosts, client.director];
  for (const { keyPair } of hosts) {
    if (isExisting(keyPair)) {
      await makeKeyPair(world, keyPair.existing);
    }
  }
  const group = (purpose: string) => makeGroup(world, vpc.id, `${name}-${purpose}`);
  if (database.identifier !== undefined) {
    await makeDatabase(world, database.identifier, await group("edxapp-rds"));
  }
  return changed(described, {
    network:
      input.network.vpc === "existing"
        ? {
            ...input.network,
            vpcId: vpc.id,
            subnetId: vpc.subnets[0] as string,
            databaseSubnetIds: vpc.subnets.slice(0, 2),
          }
        : input.network,
    director: isExisting(input.director) ? { existing: await group("director") } : input.director,
    edxapp:
      database.securityGroupIds === undefined
        ? input.edxapp
        : { ...input.edxapp, database: { ...input.edxapp.database, securityGroupIds: [await group("edxapp-rds")] } },
  });
}

/** The account's default VPC, its first route table and its subnets. */
export async function defaultVpc(world: World): Promise<{ id: string; routeTableId: string; subnets: string[] }> {
  const { Vpcs = [] } = await world.ec2.send(
    new DescribeVpcsCommand({ Filters: [{ Name: "is-default", Values: ["true"] }] }),
  );
  const id = Vpcs[0]?.VpcId as string;
  const filter = { Filters: [{ Name: "vpc-id", Values: [id] }] };
  const { RouteTables = [] } = await world.ec2.send(new DescribeRouteTablesCommand(filter));
  const { Subnets = [] } = await world.ec2.send(new DescribeSubnetsCommand(filter));
  return {
    id,
    routeTableId: RouteTables[0]?.RouteTableId as string,
    subnets: Subnets.map(({ SubnetId }) => SubnetId as string),
  };
}

/** Prepares the VPC for EMR, as AWS's own default VPCs are; the emulator's is not. */
async function preparedVpc(world: World) {
  const vpc = await defaultVpc(world);
  await setDnsHostnames(world, true);
  const { RouteTables = [] } = await world.ec2.send(
    new DescribeRouteTablesCommand({ RouteTableIds: [vpc.routeTableId] }),
  );
  if (!RouteTables[0]?.Routes?.some(({ DestinationCidrBlock }) => DestinationCidrBlock === "0.0.0.0/0")) {
    const { InternetGateway } = await world.ec2.send(new CreateInternetGatewayCommand({}));
    const gateway = InternetGateway?.InternetGatewayId as string;
    await world.ec2.send(new AttachInternetGatewayCommand({ VpcId: vpc.id, InternetGatewayId: gateway }));
    await world.ec2.send(
      new CreateRouteCommand({ RouteTableId: vpc.routeTableId, DestinationCidrBlock: "0.0.0.0/0", GatewayId: gateway }),
    );
  }
  return vpc;
}

/** Whether the account's default VPC gives its hosts names, which EMR needs. */
export async function setDnsHostnames(world: World, on: boolean): Promise<void> {
  const { id: VpcId } = await defaultVpc(world);
  await world.ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: on } }));
}

/** Creates a key pair unless it exists. */
export async function makeKeyPair(world: World, name: string): Promise<void> {
  await ignoring("InvalidKeyPair.Duplicate", () => world.ec2.send(new CreateKeyPairCommand({ KeyName: name })));
}

/** Creates a bucket in the world's region unless it exists. */
export async function makeBucket(world: World, name: string): Promise<void> {
  if (await bucketExists(world, name)) {
    return;
  }
  const { region } = world;
  await world.s3.send(
    new CreateBucketCommand({
      Bucket: name,
      CreateBucketConfiguration: region === "us-east-1" ? undefined : { LocationConstraint: region as "eu-west-1" },
    }),
  );
}

/** Whether a bucket of that name exists. */
export async function bucketExists(world: World, name: string): Promise<boolean> {
  return world.s3.send(new HeadBucketCommand({ Bucket: name })).then(
    () => true,
    () => false,
  );
}

/** Gives a bucket the unmanaged policy. */
export async function putUnmanagedPolicy(world: World, bucket: string): Promise<void> {
  const policy = JSON.stringify(unmanagedPolicy).replace("BUCKET", bucket);
  await world.s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: policy }));
}

async function makePrincipal(world: World, arn: string): Promise<void> {
  const name = arn.split("/").at(-1) as string;
  await ignoring("EntityAlreadyExists", async () =>
    arn.includes(":user/")
      ? await world.iam.send(new CreateUserCommand({ UserName: name }))
      : await world.iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: "{}" })),
  );
}

async function makeGroup(world: World, vpcId: string, name: string): Promise<string> {
  const { GroupId } = await world.ec2.send(
    new CreateSecurityGroupCommand({ VpcId: vpcId, GroupName: name, Description: "Existed before" }),
  );
  await world.ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [{ IpProtocol: "tcp", FromPort: 3306, ToPort: 3306, IpRanges: [{ CidrIp: "10.0.0.0/8" }] }],
    }),
  );
  return GroupId as string;
}

async function makeDatabase(world: World, identifier: string, groupId: string): Promise<void> {
  await world.rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: identifier,
      DBInstanceClass: "db.t3.medium",
      Engine: "mysql",
      EngineVersion: "5.7",
      AllocatedStorage: 20,
      MasterUsername: "root",
      MasterUserPassword: "before-analytics",
      VpcSecurityGroupIds: [groupId],
    }),
  );
  await world.rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier }));
}

async function ignoring(name: string, make: () => Promise<unknown>): Promise<void> {
  await make().catch((error: Error) => {
    if (!error.name.startsWith(name)) {
      throw error;
    }
  });
}
