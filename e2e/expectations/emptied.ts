import {
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeKeyPairsCommand,
  DescribeSecurityGroupsCommand,
} from "@aws-sdk/client-ec2";
import { ListDomainNamesCommand } from "@aws-sdk/client-elasticsearch-service";
import {
  ListInstanceProfilesCommand,
  ListPoliciesCommand,
  ListRolesCommand,
  ListUsersCommand,
} from "@aws-sdk/client-iam";
import {
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
} from "@aws-sdk/client-rds";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { DescribeParametersCommand } from "@aws-sdk/client-ssm";
import { bucketsOf } from "../../config/buckets";
import type { Client, Hosts } from "../../config/client";
import { isExisting } from "../../config/existing";
import type { World } from "../harness/world";
import { equal } from "./equal";

/** Fails unless an account holds what existed before, the states and the final snapshots, and nothing else. */
export async function expectEmptied(world: World, clients: readonly Client[]): Promise<void> {
  const before = (names: (client: Client) => (string | undefined)[]) =>
    [...new Set(clients.flatMap(names))].filter((name) => name !== undefined).sort();

  const { Buckets = [] } = await world.s3.send(new ListBucketsCommand({}));
  const existing = (client: Client) =>
    bucketsOf(client.buckets).flatMap(([, { name, exists }]) => (exists ? [name] : []));
  equal(
    "buckets",
    Buckets.map(({ Name }) => Name).sort(),
    before((client) => [client.state.bucket, client.edxapp.gradesBucket.name, ...existing(client)]),
  );

  const { DBInstances = [] } = await world.rds.send(new DescribeDBInstancesCommand({}));
  equal(
    "RDS instances",
    DBInstances.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier).sort(),
    before(({ edxapp }) => [edxapp.database.identifier]),
  );
  const { DBSnapshots = [] } = await world.rds.send(new DescribeDBSnapshotsCommand({ SnapshotType: "manual" }));
  equal(
    "final snapshots",
    DBSnapshots.map(({ DBSnapshotIdentifier }) => DBSnapshotIdentifier).sort(),
    before((client) => client.database.iterations.map(({ identifier }) => `${identifier}-final`)),
  );

  const { Users = [] } = await world.iam.send(new ListUsersCommand({}));
  const { Roles = [] } = await world.iam.send(new ListRolesCommand({}));
  const edxapp =
    (kind: string) =>
    ({ edxapp: { userArn } }: Client) => [userArn.includes(`:${kind}/`) ? userArn.split("/").at(-1) : undefined];
  equal("IAM users", Users.map(({ UserName }) => UserName).sort(), before(edxapp("user")));
  equal("IAM roles", Roles.map(({ RoleName }) => RoleName).sort(), before(edxapp("role")));

  const { Policies = [] } = await world.iam.send(new ListPoliciesCommand({ Scope: "Local" }));
  equal("IAM policies", names(Policies, "PolicyName"), []);
  const { InstanceProfiles = [] } = await world.iam.send(new ListInstanceProfilesCommand({}));
  equal("instance profiles", names(InstanceProfiles, "InstanceProfileName"), []);
  const { DBSubnetGroups = [] } = await world.rds.send(new DescribeDBSubnetGroupsCommand({}));
  equal("subnet groups", names(DBSubnetGroups, "DBSubnetGroupName"), []);
  const { DBParameterGroups = [] } = await world.rds.send(new DescribeDBParameterGroupsCommand({}));
  equal(
    "parameter groups",
    names(DBParameterGroups, "DBParameterGroupName").filter((name) => !name?.startsWith("default.")),
    [],
  );

  const { Reservations = [] } = await world.ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: "instance-state-name", Values: ["running", "stopped"] }] }),
  );
  const running = Reservations.flatMap(({ Instances = [] }) => Instances);
  equal(
    "EC2 instances",
    running.map(({ InstanceId, State, Tags }) => [
      InstanceId,
      State?.Name,
      Tags?.find(({ Key }) => Key === "Name")?.Value,
    ]),
    [],
  );
  const { Addresses = [] } = await world.ec2.send(new DescribeAddressesCommand({}));
  equal("Elastic IPs", Addresses.length, 0);
  const { KeyPairs = [] } = await world.ec2.send(new DescribeKeyPairsCommand({}));
  equal(
    "key pairs",
    KeyPairs.map(({ KeyName }) => KeyName).sort(),
    before(({ hosts, director }) => [existingOf(hosts), isExisting(director) ? undefined : existingOf(director)]),
  );
  const { SecurityGroups = [] } = await world.ec2.send(new DescribeSecurityGroupsCommand({}));
  equal(
    "security groups",
    SecurityGroups.map(({ GroupName }) => GroupName)
      .filter((name) => name !== "default")
      .sort(),
    before(({ name, director, edxapp: { database } }) => [
      isExisting(director) ? `${name}-director` : undefined,
      (database.identifier ?? database.securityGroupIds) && `${name}-edxapp-rds`,
    ]),
  );
  const { Parameters = [] } = await world.ssm.send(new DescribeParametersCommand({}));
  equal("parameters", Parameters.length, 0);
  const { DomainNames = [] } = await world.es.send(new ListDomainNamesCommand({}));
  equal("Elasticsearch domains", DomainNames.length, 0);
}

/** Name of an existing key pair. */
function existingOf({ keyPair }: Pick<Hosts, "keyPair">): string | undefined {
  return isExisting(keyPair) ? keyPair.existing : undefined;
}

function names<T>(things: readonly T[], field: keyof T): (string | undefined)[] {
  return things.map((thing) => thing[field] as string | undefined).sort();
}
