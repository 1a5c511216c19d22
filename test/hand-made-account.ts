import {
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
} from "@aws-sdk/client-ec2";
import { DescribeElasticsearchDomainCommand } from "@aws-sdk/client-elasticsearch-service";
import { GetAccessKeyLastUsedCommand, GetUserCommand, ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import { GetBucketLifecycleConfigurationCommand, GetBucketPolicyCommand, HeadBucketCommand } from "@aws-sdk/client-s3";
import { DescribeParametersCommand } from "@aws-sdk/client-ssm";
import { adoptionOf, checkAnswerable } from "../cli/adopt/adoption";
import example from "../clients/example";
import shared from "../clients/shared-210987654321-eu-central-1";
import { Aws } from "../resources/aws/aws";
import { ec2, elasticsearch, failing, iam, rds, readyAccount, resourcesOnce, s3, ssm, subnets } from "./ready-account";

const date = new Date(0);

/** An account with nothing in it that is the client's. */
export function emptyAccount(): void {
  readyAccount();
  ec2.on(DescribeInstancesCommand).resolves({ Reservations: [] });
  ec2.on(DescribeAddressesCommand).resolves({ Addresses: [] });
  ec2.on(DescribeSecurityGroupRulesCommand).resolves({ SecurityGroupRules: [] });
  for (const command of [GetBucketPolicyCommand, GetBucketLifecycleConfigurationCommand]) {
    s3.on(command).rejects(failing("NoSuchBucket"));
  }
  s3.rejects(failing("NoSuchBucket"));
  s3.on(HeadBucketCommand).rejects(failing("NotFound"));
  ssm.on(DescribeParametersCommand).resolves({ Parameters: [] });
}

/** What is found of a client file: example's with some fields in the place of its own, or without them. */
export async function adopted(changes: object = {}, name = "example") {
  const input = Object.fromEntries(
    Object.entries({ ...(name === "example" ? example : shared), ...changes }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const file = { name, input };
  checkAnswerable(file);
  const aws = new Aws({ name, accountId: "123456789012" }, "eu-west-1");
  const { draft, outcomes, conflicts, unmanaged, imports } = await adoptionOf(file, aws, resourcesOnce);
  return {
    fields: Object.fromEntries(draft.suggestions.map(({ path, value }) => [path, value])),
    differences: draft.differences.map(({ path }) => path),
    outcome: (address: string) => {
      const { tags: _, ...outcome } = { tags: undefined, ...outcomes.get(address) };
      return outcomes.has(address) ? outcome : undefined;
    },
    imports,
    conflicts: conflicts.map(({ address, why }) => `${address}: ${why}`),
    unmanaged,
  };
}

/** One security group, in the client's VPC. */
export function groupIs(name: string, fields: object = {}) {
  ec2.on(DescribeSecurityGroupsCommand).callsFake(({ Filters }) => ({
    SecurityGroups: Filters?.[1].Values.includes(name) ? [{ GroupId: "sg-1", GroupName: name, ...fields }] : [],
  }));
}

/** Hosts that were made by hand, each by its name, with root disks. */
export function hostsAre(
  hosts: Readonly<Record<string, object>>,
  disk: object = { Size: 50, VolumeType: "gp2", Encrypted: false },
) {
  const instances = Object.entries(hosts).map(([name, fields], index) => ({
    InstanceId: `i-${index + 1}`,
    InstanceType: "t2.medium" as const,
    ImageId: "ami-0a1b2c3d",
    KeyName: "by-hand",
    VpcId: "vpc-0a1b2c3d",
    SubnetId: "subnet-0a1b2c3a",
    RootDeviceName: "/dev/sda1",
    BlockDeviceMappings: [{ DeviceName: "/dev/sda1", Ebs: { VolumeId: "vol-1" } }],
    SecurityGroups: [{ GroupName: "analytics" }],
    Tags: [{ Key: "Name", Value: name }],
    ...fields,
  }));
  ec2.on(DescribeInstancesCommand).callsFake(({ Filters, InstanceIds }) => {
    const [pattern = ""] = Filters?.[0].Values ?? [];
    const asked = instances.filter(({ InstanceId, Tags }) =>
      InstanceIds
        ? InstanceIds.includes(InstanceId)
        : new RegExp(`^${pattern.replace("*", ".*")}$`).test(Tags[0]?.Value ?? ""),
    );
    return { Reservations: [{ Instances: asked }] };
  });
  ec2.on(DescribeVolumesCommand).resolves({ Volumes: [disk] });
  ec2.on(DescribeSubnetsCommand).resolves({
    Subnets: subnets.map((subnet) => ({ ...subnet, DefaultForAz: true })),
  });
}

/** A user with active access keys, by the time at which each was used last. */
export function keysAre(user: string, lastUsed: Readonly<Record<string, number>>) {
  iam.on(GetUserCommand, { UserName: user }).resolves({
    User: {
      Path: "/",
      UserName: user,
      UserId: "AIDA",
      Arn: `arn:aws:iam::123456789012:user/${user}`,
      CreateDate: date,
    },
  });
  iam.on(ListAccessKeysCommand, { UserName: user }).resolves({
    AccessKeyMetadata: [
      { AccessKeyId: "AKIAOLD", Status: "Inactive" },
      ...Object.keys(lastUsed).map((id) => ({ AccessKeyId: id, Status: "Active" as const })),
    ],
  });
  iam.on(GetAccessKeyLastUsedCommand).callsFake(({ AccessKeyId }) => ({
    AccessKeyLastUsed: { LastUsedDate: new Date(lastUsed[AccessKeyId] ?? 0) },
  }));
}

/** A domain as the runbook has it. */
export function domainIs(fields: object) {
  elasticsearch.on(DescribeElasticsearchDomainCommand).resolves({
    DomainStatus: {
      DomainId: "x",
      DomainName: "example-analytics-es",
      ARN: "arn:es",
      ElasticsearchClusterConfig: {},
      ...fields,
    },
  });
}

/** An analytics RDS as the runbook has it, by another master user. */
export function databaseIs(fields: object) {
  rds.on(DescribeDBInstancesCommand, { DBInstanceIdentifier: "example-analytics" }).resolves({
    DBInstances: [
      {
        DBInstanceIdentifier: "example-analytics",
        Engine: "mysql",
        EngineVersion: "5.7.44",
        DBInstanceClass: "db.t2.medium",
        StorageType: "gp2",
        AllocatedStorage: 20,
        StorageEncrypted: false,
        MasterUsername: "admin",
        DBSubnetGroup: { DBSubnetGroupName: "default" },
        BackupRetentionPeriod: 7,
        ...fields,
      },
    ],
  });
}
