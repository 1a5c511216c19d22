import {
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeKeyPairsCommand,
  DescribeSecurityGroupsCommand,
} from "@aws-sdk/client-ec2";
import { DescribeElasticsearchDomainCommand } from "@aws-sdk/client-elasticsearch-service";
import { DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import { GetBucketPolicyCommand, ListBucketsCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { RunbookByHand } from "../runbook-by-hand";
import type { World } from "../world";
import { runbookSid } from "./buckets";
import { identities } from "./identities";
import { rulesOf } from "./security-groups";

/** Reads back, in a form to be compared, what an adoption has to leave as it is. */
export async function survivors(world: World, byHand: RunbookByHand) {
  return {
    iam: await identities(world),
    securityGroups: await groups(world, byHand),
    hosts: await hosts(world, byHand),
    keyPairs: await keyPairs(world),
    elasticIp: await elasticIp(world, byHand),
    databases: await databases(world, byHand),
    domain: await domain(world, byHand),
    buckets: await buckets(world, byHand),
    gradesBucket: await gradesBucket(world, byHand),
  };
}

/** The groups, and the rules made by hand: of unmanaged ones all, of the others what they let through, as texts may be put in order. */
async function groups(world: World, byHand: RunbookByHand) {
  const { ids, ruleIds, unmanagedRuleIds } = byHand.groups;
  const { SecurityGroups = [] } = await world.ec2.send(
    new DescribeSecurityGroupsCommand({ GroupIds: Object.values(ids) }),
  );
  const rules = await rulesOf(world, Object.values(ids));
  return {
    groups: sorted(SecurityGroups.map(({ GroupId, GroupName, Description }) => [GroupName, GroupId, Description])),
    rules: sorted(
      rules
        .filter(({ SecurityGroupRuleId }) => ruleIds.includes(SecurityGroupRuleId as string))
        .map((rule) => {
          const { Description, Tags, ...traffic } = rule;
          return unmanagedRuleIds.includes(rule.SecurityGroupRuleId as string)
            ? { ...traffic, Description, Tags }
            : traffic;
        }),
    ),
  };
}

/** Instances and their disks, by id; a launch time that has changed is a host that was stopped. */
async function hosts(world: World, byHand: RunbookByHand) {
  const { Reservations = [] } = await world.ec2.send(
    new DescribeInstancesCommand({ InstanceIds: Object.values(byHand.hosts.instanceIds) }),
  );
  return sorted(
    Reservations.flatMap(({ Instances = [] }) => Instances).map((instance) => ({
      id: instance.InstanceId,
      state: instance.State?.Name,
      launched: instance.LaunchTime,
      image: instance.ImageId,
      subnet: instance.SubnetId,
      privateIp: instance.PrivateIpAddress,
      volumes: instance.BlockDeviceMappings?.map(({ DeviceName, Ebs }) => [DeviceName, Ebs?.VolumeId]),
      groups: instance.SecurityGroups?.map(({ GroupId }) => GroupId).sort(),
      profile: instance.IamInstanceProfile?.Arn,
      keyPair: instance.KeyName,
    })),
  );
}

async function keyPairs(world: World) {
  const { KeyPairs = [] } = await world.ec2.send(new DescribeKeyPairsCommand({}));
  return sorted(KeyPairs.map(({ KeyName, KeyPairId, KeyFingerprint }) => [KeyName, KeyPairId, KeyFingerprint]));
}

/** Without the association's id: AWS takes the same association again, and does not say whether it keeps its id. */
async function elasticIp(world: World, { elasticIp: { allocationId } }: RunbookByHand) {
  const { Addresses = [] } = await world.ec2.send(new DescribeAddressesCommand({ AllocationIds: [allocationId] }));
  return Addresses.map(({ AllocationId, PublicIp, InstanceId }) => ({ AllocationId, PublicIp, InstanceId }));
}

/** The analytics RDS, and the edxapp RDS, whose groups are its owner's. */
async function databases(world: World, { client, database }: RunbookByHand) {
  const describe = async (DBInstanceIdentifier: string | undefined) => {
    const { DBInstances = [] } = await world.rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
    return DBInstances[0];
  };
  const analytics = await describe(database.identifier);
  const edxapp = await describe(client.edxapp.database.identifier);
  return {
    analytics: {
      identifier: analytics?.DBInstanceIdentifier,
      resourceId: analytics?.DbiResourceId,
      created: analytics?.InstanceCreateTime,
      endpoint: analytics?.Endpoint,
      masterUser: analytics?.MasterUsername,
      passwordManagedByRds: analytics?.MasterUserSecret !== undefined,
      engine: [analytics?.Engine, analytics?.EngineVersion],
      encrypted: analytics?.StorageEncrypted,
      subnetGroup: analytics?.DBSubnetGroup?.DBSubnetGroupName,
      groups: analytics?.VpcSecurityGroups?.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId).sort(),
    },
    edxapp: {
      resourceId: edxapp?.DbiResourceId,
      groups: edxapp?.VpcSecurityGroups?.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId).sort(),
    },
  };
}

async function domain(world: World, { domainName }: RunbookByHand) {
  const { DomainStatus: status } = await world.es.send(
    new DescribeElasticsearchDomainCommand({ DomainName: domainName }),
  );
  return { id: status?.DomainId, arn: status?.ARN, endpoint: status?.Endpoint, version: status?.ElasticsearchVersion };
}

/** Each bucket's age and what is in it. */
async function buckets(world: World, byHand: RunbookByHand) {
  const { Buckets = [] } = await world.s3.send(new ListBucketsCommand({}));
  return Promise.all(
    Object.values(byHand.buckets).map(async (Bucket) => {
      const { Contents = [] } = await world.s3.send(new ListObjectsV2Command({ Bucket }));
      return {
        name: Bucket,
        created: Buckets.find(({ Name }) => Name === Bucket)?.CreationDate,
        objects: Contents.map(({ Key, Size, ETag }) => [Key, Size, ETag]),
      };
    }),
  );
}

/** The policy of the grades bucket but for the client's statements, the runbook's among them. */
async function gradesBucket(world: World, { client: { edxapp } }: RunbookByHand) {
  const { Policy } = await world.s3.send(new GetBucketPolicyCommand({ Bucket: edxapp.gradesBucket.name }));
  const { Statement, ...rest } = JSON.parse(Policy as string);
  const isClients = (sid: string | undefined) => sid === runbookSid || sid?.startsWith("EdxAnalyticsGradesDownload");
  return { ...rest, unmanaged: [Statement].flat().filter(({ Sid }: { Sid?: string }) => !isClients(Sid)) };
}

/** In an order of their own, as AWS's is none. */
function sorted<T>(things: readonly T[]): T[] {
  return [...things].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
