import { DescribeImagesCommand, DescribeKeyPairsCommand, DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import { DescribeElasticsearchDomainCommand, ListTagsCommand } from "@aws-sdk/client-elasticsearch-service";
import {
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetRoleCommand,
  GetUserCommand,
  ListPoliciesCommand,
} from "@aws-sdk/client-iam";
import {
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-rds";
import { GetBucketTaggingCommand, HeadBucketCommand } from "@aws-sdk/client-s3";
import example from "../../clients/example";
import type { ClientInput } from "../../config/schema/client";
import { asked, ec2, elasticsearch, failing, iam, ownTags, rds, readyAccount, s3 } from "../../test/ready-account";

beforeEach(readyAccount);

it("a subnet group that is used as it is has to exist", async () => {
  const about = async () =>
    (await asked({ database: { subnetGroup: { existing: "default" } } })).rows.find((row) =>
      row.includes("subnet group"),
    );

  expect(await about()).toBe(
    "refused subnet group default does not exist. Correct `database.subnetGroup`, or remove it.",
  );
  rds
    .on(DescribeDBSubnetGroupsCommand, { DBSubnetGroupName: "default" })
    .resolves({ DBSubnetGroups: [{ VpcId: "vpc-0a1b2c3d" }] });
  expect(await about()).toBe("ok subnet group default exists, and is used as it is: vpc-0a1b2c3d");
});

it("with CI, the permissions boundary has to exist before the client's roles", async () => {
  const about = async () =>
    (await asked({ ci: { github: { repository: "acme/infrastructure" } } })).rows.filter((row) =>
      row.includes("boundary"),
    );

  expect(await about()).toEqual([
    "refused permissions boundary example-ci-boundary does not exist. Deploy example-ci first, with a person's credentials: docs/ci.md.",
  ]);
  iam.on(ListPoliciesCommand).resolves({ Policies: [{ PolicyName: "example-ci-boundary" }] });
  expect(await about()).toEqual(["ok permissions boundary example-ci-boundary exists"]);
});

describe("an RDS instance that keeps its master password", () => {
  const database = { iterations: { "1": { masterPassword: { existing: true as const } } } };
  const about = async () =>
    (await asked({ database })).rows.filter((row) => /(RDS|master password of) example-analytics /.test(row));

  it("has to exist, and to be imported", async () => {
    const command = rds.on(DescribeDBInstancesCommand, { DBInstanceIdentifier: "example-analytics" });

    command.rejects(failing("DBInstanceNotFound"));
    expect(await about()).toContain(
      "refused master password of example-analytics does not exist: there is no such instance, and a new one has no password to keep. Correct `database.iterations.1.identifier`, or remove `database.iterations.1.masterPassword`.",
    );
    command.resolves({ DBInstances: [{}] });
    expect(await about()).toContain(
      "refused RDS example-analytics exists, and is not managed by this stack. Set `database.iterations.1.identifier`. If it was made by hand, it can be imported: docs/adopting.md.",
    );
    command.resolves({ DBInstances: [{ TagList: ownTags }] });
    expect(await about()).toEqual([
      expect.stringMatching(/^refused RDS example-analytics exists, with this stack's tags, and the state is new/),
      "ok master password of example-analytics stays as it is",
    ]);
    command.resolves({ DBInstances: [{ TagList: [{ Key: "Client", Value: "acme" }] }] });
    expect(await about()).toContainEqual(
      expect.stringMatching(/^refused RDS example-analytics exists, and is managed by client acme\./),
    );
    command.resolves({ DBInstances: [{ TagList: ownTags, MasterUserSecret: {} }] });
    expect(await about()).toContain(
      "refused master password of example-analytics is managed by RDS. Remove `database.iterations.1.masterPassword`.",
    );
  });
});

describe("names that are taken", () => {
  const theirs = {
    Tags: [
      { Key: "Project", Value: "edx-analytics" },
      { Key: "Client", Value: "other" },
    ],
  };

  it.each<[string, () => void, string]>([
    [
      "a policy",
      () => {
        iam.on(ListPoliciesCommand).resolves({
          Policies: [{ PolicyName: "example-provision_emr_clusters", Path: "/", Arn: "arn:policy" }],
        });
        iam.on(GetPolicyCommand, { PolicyArn: "arn:policy" }).resolves({ Policy: {} });
      },
      "refused policy example-provision_emr_clusters exists, and is not managed by this stack. Set `hosts.role.policyName`.",
    ],
    [
      "a role of another client",
      () =>
        iam.on(GetRoleCommand, { RoleName: "EMR_DefaultRole" }).resolves({
          Role: { Path: "/", RoleName: "x", RoleId: "x", Arn: "x", CreateDate: new Date(0), ...theirs },
        }),
      "refused role EMR_DefaultRole exists, and is managed by client other. Set `emr.roles` to { existing: true }, or share them through a shared stack.",
    ],
    [
      "an instance profile",
      () =>
        iam.on(GetInstanceProfileCommand, { InstanceProfileName: "example-edxanalytics" }).resolves({
          InstanceProfile: {
            Path: "/",
            InstanceProfileName: "x",
            InstanceProfileId: "x",
            Arn: "x",
            CreateDate: new Date(0),
            Roles: [],
          },
        }),
      "refused profile example-edxanalytics exists, and is not managed by this stack.",
    ],
    [
      "a security group",
      () => ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [{ GroupId: "sg-1" }] }),
      "refused group example-EMR RDS exists, and is not managed by this stack. Set `emr.rdsSecurityGroup.name`",
    ],
    [
      "a key pair",
      () => ec2.on(DescribeKeyPairsCommand).resolves({ KeyPairs: [{}] }),
      'refused key pair example-analytics exists, and is not managed by this stack. Set `hosts.keyPair` to { existing: "example-analytics" } to use it.',
    ],
    [
      "an RDS instance",
      () =>
        rds
          .on(DescribeDBInstancesCommand, { DBInstanceIdentifier: "example-analytics" })
          .resolves({ DBInstances: [{}] }),
      "refused RDS example-analytics exists, and is not managed by this stack. Set `database.iterations.1.identifier`.",
    ],
    [
      "a subnet group",
      () => {
        rds.on(DescribeDBSubnetGroupsCommand).resolves({ DBSubnetGroups: [{ DBSubnetGroupArn: "arn:subgrp" }] });
        rds.on(ListTagsForResourceCommand).resolves({ TagList: [] });
      },
      "refused subnet group example-analytics exists, and is not managed by this stack. Rename the client, or delete the group.",
    ],
    [
      "a parameter group",
      () => {
        rds.on(DescribeDBParameterGroupsCommand).resolves({ DBParameterGroups: [{ DBParameterGroupArn: "arn:pg" }] });
        rds.on(ListTagsForResourceCommand).resolves({ TagList: theirs.Tags });
      },
      "refused parameter group example-analytics-mysql8-0 exists, and is managed by client other. Set `database.iterations.1.identifier`",
    ],
    [
      "a final snapshot",
      () => rds.on(DescribeDBSnapshotsCommand).resolves({ DBSnapshots: [{}] }),
      "warning snapshot example-analytics-final exists, of an earlier instance",
    ],
    [
      "a domain",
      () => {
        elasticsearch.on(DescribeElasticsearchDomainCommand).resolves({
          DomainStatus: { DomainId: "x", DomainName: "x", ARN: "arn:es", ElasticsearchClusterConfig: {} },
        });
        elasticsearch.on(ListTagsCommand).resolves({ TagList: [] });
      },
      "refused domain example-analytics-es exists, and is not managed by this stack. Set `elasticsearch.domainName`, or rename the client.",
    ],
    [
      "a bucket of another account",
      () => s3.on(HeadBucketCommand, { Bucket: "example-edxanalytics" }).rejects(failing("Forbidden", 403)),
      "refused bucket example-edxanalytics cannot be created: example-edxanalytics is another account's, or these credentials lack s3:ListBucket on it. Choose another name. Set `buckets.edxanalytics.name`, or",
    ],
    [
      "a bucket of this account",
      () => {
        s3.on(HeadBucketCommand, { Bucket: "example-edxanalytics" }).resolves({ BucketRegion: "eu-west-1" });
        s3.on(GetBucketTaggingCommand).rejects(failing("NoSuchTagSet"));
      },
      'refused bucket example-edxanalytics exists, and is not managed by this stack. Set `buckets.edxanalytics.name`, or `buckets.edxanalytics: { existing: "example-edxanalytics" }` to use it as it is.',
    ],
  ])("are refused: %s", async (_, given, expected) => {
    given();

    expect((await asked()).notOk).toContainEqual(expect.stringContaining(expected));
  });
});

describe("things that are used", () => {
  it.each<[string, Partial<ClientInput>, () => void, string]>([
    [
      "edxapp's user",
      {},
      () => iam.on(GetUserCommand, { UserName: "edxapp" }).rejects(failing("NoSuchEntityException")),
      "refused user edxapp does not exist. Correct `edxapp.userArn`.",
    ],
    [
      "edxapp's RDS",
      {},
      () => rds.on(DescribeDBInstancesCommand).rejects(failing("DBInstanceNotFoundFault")),
      "refused RDS example-edxapp does not exist in eu-west-1.",
    ],
    [
      "the tracking logs",
      {},
      () => s3.on(HeadBucketCommand, { Bucket: "example-tracking-logs" }).rejects(failing("NotFound")),
      "refused bucket example-tracking-logs does not exist. Correct `buckets.trackingLogs.existing`",
    ],
    [
      "the shared EMR roles",
      { sharing: "shared-stack" },
      () => {},
      "refused role EMR_DefaultRole does not exist. Deploy the account's shared stack first",
    ],
    [
      "the shared EMR groups",
      { sharing: "shared-stack" },
      () => {},
      "refused group ElasticMapReduce-master does not exist. Deploy the account's shared stack first",
    ],
    [
      "a key pair",
      { hosts: { keyPair: { existing: "by-hand" } } },
      () => {},
      "refused key pair by-hand does not exist in eu-west-1.",
    ],
    [
      "an image",
      { hosts: { ...example.hosts, iterations: { "1": { ami: "ami-0a1b2c3d" } } } },
      () => ec2.on(DescribeImagesCommand, { ImageIds: ["ami-0a1b2c3d"] }).rejects(failing("InvalidAMIID.NotFound")),
      "refused ami-0a1b2c3d does not exist in eu-west-1. Correct `hosts.iterations.1.ami`.",
    ],
    [
      "the director's group",
      { director: { existing: "sg-0a1b2c3d" } },
      () =>
        ec2.on(DescribeSecurityGroupsCommand, { GroupIds: ["sg-0a1b2c3d"] }).rejects(failing("InvalidGroup.NotFound")),
      "refused group sg-0a1b2c3d does not exist. Correct its id in the client file.",
    ],
    [
      "an additional group",
      { database: { iterations: { "1": { additionalSecurityGroupIds: ["sg-0a1b2c3d"] } } } },
      () =>
        ec2.on(DescribeSecurityGroupsCommand, { GroupIds: ["sg-0a1b2c3d"] }).rejects(failing("InvalidGroup.NotFound")),
      "refused group sg-0a1b2c3d does not exist. Correct its id in the client file.",
    ],
    [
      "the director's group, in another VPC",
      { director: { existing: "sg-0a1b2c3d" } },
      () =>
        ec2
          .on(DescribeSecurityGroupsCommand, { GroupIds: ["sg-0a1b2c3d"] })
          .resolves({ SecurityGroups: [{ VpcId: "vpc-99999999" }] }),
      "refused group sg-0a1b2c3d is in vpc-99999999, the client in vpc-0a1b2c3d.",
    ],
  ])("have to exist: %s", async (_, overrides, given, expected) => {
    given();

    expect((await asked(overrides)).notOk).toContainEqual(expect.stringContaining(expected));
  });

  it("names the several groups of the edxapp RDS, one of which gets the rules", async () => {
    rds.on(DescribeDBInstancesCommand, { DBInstanceIdentifier: "example-edxapp" }).resolves({
      DBInstances: [{ VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-1" }, { VpcSecurityGroupId: "sg-2" }] }],
    });

    expect((await asked()).notOk).toEqual([
      "refused RDS example-edxapp has the groups sg-1, sg-2. Name the one that gets the rules in `edxapp.database.ruleSecurityGroupId`.",
    ]);
  });
});
