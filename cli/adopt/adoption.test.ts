import {
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeKeyPairsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
} from "@aws-sdk/client-ec2";
import { DescribeElasticsearchDomainCommand } from "@aws-sdk/client-elasticsearch-service";
import {
  GetAccessKeyLastUsedCommand,
  GetRoleCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListAttachedRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import {
  GetBucketAclCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  HeadBucketCommand,
} from "@aws-sdk/client-s3";
import { DescribeParametersCommand } from "@aws-sdk/client-ssm";
import example from "../../clients/example";
import shared from "../../clients/shared-210987654321-eu-central-1";
import { ec2, elasticsearch, failing, iam, rds, readyAccount, s3, ssm, subnets } from "../../test/ready-account";
import { Aws } from "../aws";
import { adoptionOf, checkAnswerable } from "./adoption";
import { Inventory } from "./inventory";

const date = new Date(0);

beforeEach(() => {
  readyAccount();
  // An account with nothing in it that is the client's; preflight's is asked less.
  ec2.on(DescribeInstancesCommand).resolves({ Reservations: [] });
  ec2.on(DescribeAddressesCommand).resolves({ Addresses: [] });
  ec2.on(DescribeSecurityGroupRulesCommand).resolves({ SecurityGroupRules: [] });
  for (const command of [GetBucketPolicyCommand, GetBucketLifecycleConfigurationCommand]) {
    s3.on(command).rejects(failing("NoSuchBucket"));
  }
  s3.rejects(failing("NoSuchBucket"));
  s3.on(HeadBucketCommand).rejects(failing("NotFound"));
  ssm.on(DescribeParametersCommand).resolves({ Parameters: [] });
});

/** What is found of a client file: example's with some fields in the place of its own, or without them. */
async function adopted(changes: object = {}, name = "example") {
  const input = Object.fromEntries(
    Object.entries({ ...(name === "example" ? example : shared), ...changes }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const file = { name, input };
  checkAnswerable(file);
  const aws = new Aws({ name, accountId: "123456789012" }, "eu-west-1");
  const { draft, outcomes, conflicts, leftAlone } = await adoptionOf(
    file,
    new Inventory(aws, "123456789012", "eu-west-1"),
  );
  return {
    fields: Object.fromEntries(draft.suggestions.map(({ path, value }) => [path, value])),
    differences: draft.differences.map(({ path }) => path),
    outcome: (address: string) => outcomes.get(address),
    conflicts: conflicts.map(({ address, why }) => `${address}: ${why}`),
    leftAlone,
  };
}

/** Hosts that somebody made, each by its name, with root disks. */
function hostsAre(
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
function keysAre(user: string, lastUsed: Readonly<Record<string, number>>) {
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

describe("adoption", () => {
  it("of an account with nothing in it makes everything, and drafts nothing", async () => {
    const { fields, conflicts, outcome } = await adopted();

    expect(fields).toEqual({});
    expect(conflicts).toEqual([]);
    expect(outcome("aws_instance.analytics_1")).toEqual({ kind: "missing" });
    expect(outcome("aws_iam_role_policy_attachment.emr_provisioning")).toEqual({ kind: "missing" });
  });

  it("drafts the hosts that are there, of which the one with the Elastic IP is active", async () => {
    hostsAre({ "example-analytics-2": {}, "example-analytics-4": {} });
    ec2.on(DescribeAddressesCommand, { Filters: [{ Name: "instance-id", Values: ["i-1"] }] }).resolves({
      Addresses: [{ AllocationId: "eipalloc-1" }],
    });
    const { fields, outcome } = await adopted({ hosts: undefined, network: undefined });

    expect(fields).toMatchObject({
      "hosts.active": "2",
      "hosts.retired": ["1", "3"],
      "hosts.keyPair": { existing: "by-hand" },
      "hosts.iterations.2.instanceType": "t2.medium",
      "hosts.iterations.2.diskEncrypted": false,
      "hosts.iterations.4.ami": "ami-0a1b2c3d",
      "network.vpc": "default",
      "network.zones": ["eu-west-1a", "eu-west-1b"],
    });
    expect(outcome("aws_instance.analytics_2")).toEqual({ kind: "found", id: "i-1" });
    expect(outcome("aws_eip.analytics")).toEqual({ kind: "found", id: "eipalloc-1" });
    expect(outcome("aws_eip_association.analytics")).toMatchObject({ kind: "made" });
  });

  it("leaves to the client file what it sets itself, unless AWS would make another host for it", async () => {
    hostsAre({ "example-analytics-1": {} });
    const iterations = { "1": { instanceType: "t3.large", diskEncrypted: true } };
    const { fields, differences } = await adopted({ hosts: { ...example.hosts, iterations } });

    expect(differences).toEqual(["hosts.iterations.1.instanceType"]);
    expect(fields).toMatchObject({
      "hosts.iterations.1.diskEncrypted": false,
      "hosts.keyPair": { existing: "by-hand" },
    });
    expect(fields).not.toHaveProperty(["hosts.iterations.1.instanceType"]);
  });

  it.each<[string, object, () => void, string]>([
    [
      "a host in a subnet of another VPC",
      {},
      () => hostsAre({ "example-analytics-1": { SubnetId: "subnet-99999999", VpcId: "vpc-99999999" } }),
      "aws_instance.analytics_1: i-1 is in subnet-99999999, the client file's network elsewhere",
    ],
    [
      "a key pair of the name that the stack would make",
      {},
      () => ec2.on(DescribeKeyPairsCommand).resolves({ KeyPairs: [{}] }),
      "aws_key_pair.analytics: the key pair example-analytics is there",
    ],
    [
      "an access key, where a PGP key would replace it",
      { pgpKey: "keybase:example" },
      () => keysAre("example-analytics_elasticsearch", { AKIANEW: 1 }),
      "aws_iam_access_key.elasticsearch: AKIANEW is there, and its secret cannot be encrypted any more",
    ],
    [
      "a password in SSM, which a random one would replace",
      {},
      () => ssm.on(DescribeParametersCommand).resolves({ Parameters: [{}] }),
      "aws_ssm_parameter.mysql_passwords_analytics: /edx-analytics/example/mysql/analytics is there",
    ],
    [
      "a domain inside a VPC",
      {},
      () => domainIs({ VPCOptions: { VPCId: "vpc-1" } }),
      "aws_elasticsearch_domain.elasticsearch: example-analytics-es is inside vpc-1",
    ],
    [
      "a domain of several nodes",
      {},
      () => domainIs({ ElasticsearchClusterConfig: { InstanceCount: 3 } }),
      "aws_elasticsearch_domain.elasticsearch: example-analytics-es has several nodes",
    ],
    [
      "a database of another engine",
      {},
      () => databaseIs({ Engine: "mariadb" }),
      "aws_db_instance.database_1: example-analytics is mariadb",
    ],
  ])("is stopped by %s", async (_, changes, given, expected) => {
    given();

    expect((await adopted(changes)).conflicts).toContainEqual(expect.stringContaining(expected));
  });

  it("keeps a database what it is, its passwords among it", async () => {
    databaseIs({});
    const { fields } = await adopted();

    expect(fields).toMatchObject({
      "database.iterations.1.engineVersion": "5.7.44",
      "database.iterations.1.encrypted": false,
      "database.iterations.1.masterUser": "admin",
      "database.iterations.1.masterPassword": "existing",
      "database.existingSubnetGroup": "default",
      "database.backupRetentionDays": 7,
      "mysql.existingPasswords": ["analytics", "edxapp_ro"],
      allowRetired: true,
    });
  });

  it("takes up the access key that was used last, and leaves the others alone", async () => {
    keysAre("example-analytics_elasticsearch", { AKIAUNUSED: 0, AKIAUSED: 5 });
    const { outcome, leftAlone } = await adopted();

    expect(outcome("aws_iam_access_key.elasticsearch")).toEqual({ kind: "found", id: "AKIAUSED" });
    expect(leftAlone).toEqual([
      "user example-analytics_elasticsearch: the access key AKIAOLD, inactive",
      "user example-analytics_elasticsearch: the access key AKIAUNUSED, active",
    ]);
  });

  it("tells EMR's newer policy by the role that has it, and what else is on a role", async () => {
    const role = { Path: "/", RoleName: "EMR_DefaultRole", RoleId: "x", Arn: "x", CreateDate: date };
    iam.on(GetRoleCommand, { RoleName: "EMR_DefaultRole" }).resolves({ Role: role });
    iam.on(ListAttachedRolePoliciesCommand, { RoleName: "EMR_DefaultRole" }).resolves({
      AttachedPolicies: [
        {
          PolicyName: "AmazonEMRServicePolicy_v2",
          PolicyArn: "arn:aws:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2",
        },
        { PolicyName: "theirs", PolicyArn: "arn:aws:iam::123456789012:policy/theirs" },
      ],
    });
    const { fields, outcome, leftAlone } = await adopted();

    expect(fields).toEqual({ "emr.servicePolicy": "v2" });
    expect(outcome("aws_iam_role_policy_attachment.emr_roles_service_managed")).toMatchObject({ kind: "found" });
    expect(leftAlone).toEqual(["role EMR_DefaultRole: the policy theirs"]);
  });

  it("takes up a rule by what it lets in, and keeps the group's description", async () => {
    ec2.on(DescribeSecurityGroupsCommand).callsFake(({ Filters }) => ({
      SecurityGroups: Filters?.[1].Values.includes("example-analytics")
        ? [{ GroupId: "sg-1", GroupName: "example-analytics", Description: "by hand" }]
        : [],
    }));
    const tcp = { GroupId: "sg-1", IsEgress: false, IpProtocol: "tcp" };
    ec2.on(DescribeSecurityGroupRulesCommand).resolves({
      SecurityGroupRules: [
        { ...tcp, SecurityGroupRuleId: "sgr-80", FromPort: 80, ToPort: 80, CidrIpv4: "0.0.0.0/0" },
        { ...tcp, SecurityGroupRuleId: "sgr-6", FromPort: 80, ToPort: 80, CidrIpv6: "::/0" },
        { ...tcp, SecurityGroupRuleId: "sgr-443", FromPort: 443, ToPort: 443, CidrIpv4: "10.0.0.0/8" },
        {
          ...tcp,
          SecurityGroupRuleId: "sgr-range",
          FromPort: 1,
          ToPort: 99,
          CidrIpv4: "0.0.0.0/0",
          Description: "old",
        },
      ],
    });
    const { fields, outcome, leftAlone } = await adopted();

    expect(fields).toEqual({ "securityGroupDescriptions.analytics": "by hand" });
    expect(outcome("aws_vpc_security_group_ingress_rule.analytics_http_from_anywhere")).toEqual({
      kind: "found",
      id: "sgr-80",
    });
    expect(outcome("aws_vpc_security_group_ingress_rule.analytics_https_from_anywhere")).toEqual({ kind: "missing" });
    expect(leftAlone).toEqual([
      "group example-analytics: tcp 80 from ::/0",
      "group example-analytics: tcp 443 from 10.0.0.0/8",
      'group example-analytics: tcp 1-99 from 0.0.0.0/0, "old"',
    ]);
  });

  it.each<[string, () => void, unknown]>([
    [
      "a policy of others",
      () => s3.on(GetBucketPolicyCommand).resolves({ Policy: '{"Statement":{"Sid":"Theirs"}}' }),
      false,
    ],
    [
      "a grant to others",
      () =>
        s3
          .on(GetBucketAclCommand)
          .resolves({ Owner: { ID: "me" }, Grants: [{ Grantee: { ID: "them", Type: "CanonicalUser" } }] }),
      false,
    ],
    ["nothing of others", () => {}, undefined],
  ])("leaves a bucket with %s as it is", async (_, given, create) => {
    s3.on(HeadBucketCommand, { Bucket: "example-edxanalytics" }).resolves({ BucketRegion: "eu-west-1" });
    s3.on(GetBucketAclCommand).resolves({
      Owner: { ID: "me" },
      Grants: [{ Grantee: { ID: "me", Type: "CanonicalUser" } }],
    });
    given();
    const { fields, outcome } = await adopted();

    expect(fields["buckets.edxanalytics.create"]).toBe(create);
    expect(outcome("aws_s3_bucket.buckets_edxanalytics")).toEqual(
      create === undefined ? { kind: "found", id: "example-edxanalytics" } : undefined,
    );
  });

  it("does not shorten the time that a bucket keeps its objects, unless the file says so", async () => {
    s3.on(HeadBucketCommand, { Bucket: "example-analytics-emr" }).resolves({ BucketRegion: "eu-west-1" });
    s3.on(GetBucketAclCommand).resolves({ Owner: { ID: "me" }, Grants: [] });
    s3.on(GetBucketLifecycleConfigurationCommand, { Bucket: "example-analytics-emr" }).resolves({
      Rules: [{ Status: "Enabled", Expiration: { Days: 400 } }],
    });

    expect((await adopted()).fields).toEqual({ "buckets.expireAfterDays": 400 });
    expect(await adopted({ buckets: { expireAfterDays: 90 } })).toMatchObject({
      fields: {},
      differences: ["buckets.expireAfterDays"],
    });
  });

  it("goes on where these credentials may not ask, and says what they lack", async () => {
    iam.on(GetRoleCommand, { RoleName: "example-edxanalytics" }).rejects(failing("AccessDenied", 403));

    expect((await adopted()).outcome("aws_iam_role.emr_provisioning")).toEqual({
      kind: "unknown",
      why: "these credentials lack iam:GetRole",
    });
  });

  it("does not choose between two hosts of one name", async () => {
    hostsAre({ "example-director": {}, other: { Tags: [{ Key: "Name", Value: "example-director" }] } });

    expect((await adopted()).outcome("aws_instance.director")).toMatchObject({
      kind: "unknown",
      why: expect.stringContaining("i-1, i-2 are all called example-director"),
    });
  });

  it("asks for what AWS cannot answer", () => {
    const { userArn, ...edxapp } = example.edxapp;
    const input = { ...example, naming: undefined, hosts: undefined, edxapp };

    expect(() => checkAnswerable({ name: "example", input })).toThrow(
      /^clients\/example\.ts: `edxapp\.userArn` is missing.*\n\n1 mistake/,
    );
  });

  it("takes up what clients share", async () => {
    ec2.on(DescribeSecurityGroupsCommand).callsFake(({ Filters }) => ({
      SecurityGroups: Filters?.[1].Values.includes("ElasticMapReduce-slave")
        ? [{ GroupId: "sg-1", GroupName: "ElasticMapReduce-slave", Description: "Slave group, created on a day" }]
        : [],
    }));
    const { fields, outcome } = await adopted({}, "shared-210987654321-eu-central-1");

    expect(fields).toEqual({ "securityGroupDescriptions.emrSlave": "Slave group, created on a day" });
    expect(outcome("aws_security_group.emr_slave")).toEqual({ kind: "found", id: "sg-1" });
  });
});

function domainIs(fields: object) {
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
function databaseIs(fields: object) {
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
