import {
  DescribeAvailabilityZonesCommand,
  DescribeImagesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
import { ListElasticsearchInstanceTypesCommand } from "@aws-sdk/client-elasticsearch-service";
import { DescribeOrderableDBInstanceOptionsCommand } from "@aws-sdk/client-rds";
import { GetBucketPolicyCommand, HeadBucketCommand } from "@aws-sdk/client-s3";
import { GetServiceQuotaCommand } from "@aws-sdk/client-service-quotas";
import type { ClientInput } from "../../clients/config/client";
import example from "../../clients/example";
import { asked, ec2, elasticsearch, failing, quotas, rds, readyAccount, s3, subnets } from "../../test/ready-account";

beforeEach(readyAccount);

describe("the policy of the grades bucket", () => {
  type Access = ClientInput["edxapp"]["gradesBucket"]["access"];
  const foreign = { Sid: "Theirs" };
  const own = { Sid: "EdxAnalyticsGradesDownloadExample" };

  it.each<[Access, object[] | undefined, string]>([
    ["new-policy", undefined, "ok policy of example-edxapp is none yet, as the client file says"],
    ["new-policy", [own], "ok policy of example-edxapp is ours alone"],
    [
      "new-policy",
      [own, foreign],
      'refused policy of example-edxapp has 1 statement of others, which "new-policy" would replace. Set `edxapp.gradesBucket.access` to "merge-policy".',
    ],
    ["merge-policy", [own, foreign], "ok policy of example-edxapp has 1 statement of others, kept"],
    [
      "leave-policy",
      [own],
      'refused policy of example-edxapp has no statement but ours, and S3 takes no empty policy. Set `edxapp.gradesBucket.access` to "new-policy", deploy, then to what you want.',
    ],
    ["leave-policy", [own, foreign], "ok policy of example-edxapp has 1 statement of others, kept"],
    [
      "merge-policy",
      undefined,
      'refused policy of example-edxapp is none, and `edxapp.gradesBucket.access` is "merge-policy". Set "new-policy".',
    ],
  ])("is compared with %s: %j", async (access, statements, expected) => {
    if (statements) {
      s3.on(GetBucketPolicyCommand).resolves({ Policy: JSON.stringify({ Statement: statements }) });
    } else {
      s3.on(GetBucketPolicyCommand).rejects(failing("NoSuchBucketPolicy"));
    }

    const { rows } = await asked({
      edxapp: { ...example.edxapp, gradesBucket: { name: "example-edxapp", access } },
    });

    expect(rows).toContain(expected);
  });

  it.each<[string, () => void, string]>([
    [
      "another region",
      () => s3.on(HeadBucketCommand, { Bucket: "example-edxapp" }).resolves({ BucketRegion: "us-east-1" }),
      "refused policy of example-edxapp the bucket is in us-east-1, and Terraform writes policies in eu-west-1 of this account.",
    ],
    [
      "another account",
      () => s3.on(HeadBucketCommand, { Bucket: "example-edxapp" }).rejects(failing("Forbidden", 403)),
      "refused policy of example-edxapp the bucket is another account's, and Terraform writes policies in eu-west-1 of this account.",
    ],
  ])("cannot be written in %s", async (_, given, expected) => {
    given();

    expect((await asked()).notOk).toContainEqual(expect.stringContaining(expected));
  });

  it("is not asked for where the bucket is not touched", async () => {
    await asked({ edxapp: { ...example.edxapp, gradesBucket: { name: "example-edxapp", access: "user-policy" } } });

    expect(s3.commandCalls(GetBucketPolicyCommand)).toEqual([]);
  });
});

describe("the network", () => {
  it.each<[string, Partial<ClientInput>, () => void, string]>([
    [
      "no default VPC",
      {},
      () => ec2.on(DescribeVpcsCommand).resolves({ Vpcs: [] }),
      "refused default VPC is missing in eu-west-1. Make one with `aws ec2 create-default-vpc`",
    ],
    [
      "no DNS hostnames",
      {},
      () => ec2.on(DescribeVpcAttributeCommand, { Attribute: "enableDnsHostnames" }).resolves({}),
      "refused DNS hostnames is off, so EMR clusters would stay in `provisioning`. aws ec2 modify-vpc-attribute --region eu-west-1 --vpc-id vpc-0a1b2c3d --enable-dns-hostnames",
    ],
    [
      "no subnet in a zone",
      {},
      () => ec2.on(DescribeSubnetsCommand).resolves({ Subnets: subnets.slice(0, 1) }),
      "refused subnet of eu-west-1b is missing.",
    ],
    [
      "no Internet route",
      {},
      () => ec2.on(DescribeRouteTablesCommand).resolves({ RouteTables: [{ RouteTableId: "rtb-1", Routes: [] }] }),
      "refused Internet route is missing, so EMR clusters would stay in `provisioning`. Attach a gateway to the VPC, then: aws ec2 create-route --region eu-west-1 --route-table-id rtb-1",
    ],
    [
      "a subnet of another VPC",
      {
        network: {
          vpc: "existing",
          vpcId: "vpc-0a1b2c3d",
          subnetId: "subnet-0a1b2c3d",
          databaseSubnetIds: ["subnet-0a1b2c3e", "subnet-0a1b2c3f"],
        },
      },
      () => ec2.on(DescribeSubnetsCommand).resolves({ Subnets: [{ ...subnets[0], VpcId: "vpc-99999999" }] }),
      "refused subnet-0a1b2c3d is in vpc-99999999, not in vpc-0a1b2c3d.",
    ],
    [
      "database subnets in one zone",
      {
        network: {
          vpc: "existing",
          vpcId: "vpc-0a1b2c3d",
          subnetId: "subnet-0a1b2c3d",
          databaseSubnetIds: ["subnet-0a1b2c3e", "subnet-0a1b2c3f"],
        },
      },
      () => ec2.on(DescribeSubnetsCommand).resolves({ Subnets: subnets.slice(0, 1) }),
      "refused database subnets are all in eu-west-1a; RDS wants two zones.",
    ],
    [
      "a zone that is not there",
      { network: { vpc: "new", zones: ["eu-west-1a", "eu-west-1p"] } },
      () =>
        ec2
          .on(DescribeAvailabilityZonesCommand)
          .resolves({ AvailabilityZones: [{ ZoneName: "eu-west-1a" }, { ZoneName: "eu-west-1b" }] }),
      "refused zones eu-west-1p not among eu-west-1's, eu-west-1a, eu-west-1b.",
    ],
  ])("does not suit: %s", async (_, overrides, given, expected) => {
    given();

    expect((await asked(overrides)).notOk).toContainEqual(expect.stringContaining(expected));
  });

  it("of a subnet without a route table is the VPC's main one", async () => {
    ec2
      .on(DescribeRouteTablesCommand, { Filters: [{ Name: "association.subnet-id", Values: ["subnet-0a1b2c3a"] }] })
      .resolves({ RouteTables: [] });

    expect((await asked()).rows).toContain("ok Internet route goes by igw-0a1b2c3d");
  });
});

describe("EMR's tag", () => {
  const v2 = { servicePolicy: "v2" } as const;
  const tags = [{ Key: "for-use-with-amazon-emr-managed-policies", Value: "true" }];
  const about = (rows: readonly string[]) => rows.filter((row) => row.includes("tag on"));
  const given = (Tags: typeof tags) => {
    ec2.on(DescribeSubnetsCommand).resolves({ Subnets: subnets.map((subnet) => ({ ...subnet, Tags })) });
    for (const [letter, name] of [
      ["a", "ElasticMapReduce-master"],
      ["b", "ElasticMapReduce-slave"],
    ] as const) {
      ec2
        .on(DescribeSecurityGroupsCommand, {
          Filters: [
            { Name: "vpc-id", Values: ["vpc-0a1b2c3d"] },
            { Name: "group-name", Values: [name] },
          ],
        })
        .resolves({ SecurityGroups: [{ GroupId: `sg-0000000${letter}`, Tags }] });
    }
  };

  it("is wanted with service policy v2 on what others make", async () => {
    const missing =
      "for-use-with-amazon-emr-managed-policies is missing, so with service policy v2 no EMR cluster starts.";
    given([]);

    expect(about((await asked({ sharing: "shared-stack", emr: v2 })).notOk)).toEqual([
      `warning tag on subnet-0a1b2c3a ${missing} Deploy shared-123456789012-eu-west-1 first.`,
      ...["a", "b"].map(
        (letter) => `warning tag on sg-0000000${letter} ${missing} Deploy shared-123456789012-eu-west-1 first.`,
      ),
    ]);
    expect(about((await asked({ emr: { ...v2, securityGroups: "existing" } })).notOk)).toEqual(
      ["a", "b"].map(
        (letter) =>
          `warning tag on sg-0000000${letter} ${missing} aws ec2 create-tags --region eu-west-1 --resources sg-0000000${letter} --tags Key=for-use-with-amazon-emr-managed-policies,Value=true`,
      ),
    );
  });

  it("is seen where it is", async () => {
    given(tags);

    expect(about((await asked({ sharing: "shared-stack", emr: v2 })).rows)).toEqual(
      ["subnet-0a1b2c3a", "sg-0000000a", "sg-0000000b"].map(
        (id) => `ok tag on ${id} for-use-with-amazon-emr-managed-policies is there`,
      ),
    );
  });

  it("is not looked for with service policy v1", async () => {
    given([]);

    expect(about((await asked({ sharing: "shared-stack" })).rows)).toEqual([]);
  });
});

describe("what AWS offers", () => {
  it("is asked to the patch, where the client file names one", async () => {
    const offered = async (engineVersion: string) =>
      (await asked({ database: { iterations: { "1": { engineVersion } } } })).rows.find((row) => /db\.t3/.test(row));

    expect(await offered("8.0.42")).toBe("ok db.t3.medium is offered in eu-west-1 with MySQL 8.0.42 on gp3");
    expect(await offered("8.0.41")).toBe(
      "refused db.t3.medium is not offered in eu-west-1 with MySQL 8.0.41 on gp3, but with 5.7.44, 8.0.42. Change `database.iterations.1`.",
    );
  });

  it.each<[string, () => void, string]>([
    [
      "an instance type",
      () => ec2.on(DescribeInstanceTypeOfferingsCommand).resolves({ InstanceTypeOfferings: [] }),
      "refused t3.medium is not offered in eu-west-1a. Change `hosts.iterations.1.instanceType`, or the zone.",
    ],
    [
      "a MySQL version",
      () =>
        rds
          .on(DescribeOrderableDBInstanceOptionsCommand)
          .resolves({ OrderableDBInstanceOptions: [{ EngineVersion: "8.4.5", StorageType: "gp3" }] }),
      "refused db.t3.medium is not offered in eu-west-1 with MySQL 8.0 on gp3, but with 8.4. Change `database.iterations.1`.",
    ],
    [
      "an Elasticsearch instance type",
      () => elasticsearch.on(ListElasticsearchInstanceTypesCommand).resolves({ ElasticsearchInstanceTypes: [] }),
      "refused t3.small.elasticsearch is not offered in eu-west-1 with Elasticsearch 7.10.",
    ],
    [
      "an image of Ubuntu",
      () => ec2.on(DescribeImagesCommand).resolves({ Images: [] }),
      "refused Ubuntu 20.04 has no image of Canonical's in eu-west-1.",
    ],
    [
      "vCPUs",
      () => quotas.on(GetServiceQuotaCommand, { QuotaCode: "L-1216C47A" }).resolves({ Quota: { Value: 3 } }),
      "refused vCPUs 3 granted to on-demand standard instances",
    ],
    [
      "vCPUs for a cluster",
      () => quotas.on(GetServiceQuotaCommand, { QuotaCode: "L-1216C47A" }).resolves({ Quota: { Value: 5 } }),
      "warning vCPUs 5 granted to on-demand standard instances; hosts take 4, a cluster of the runbook's size 8 more",
    ],
    [
      "Elastic IPs",
      () => quotas.on(GetServiceQuotaCommand, { QuotaCode: "L-0263D0A3" }).resolves({ Quota: { Value: 1 } }),
      "warning Elastic IPs 1 of 1 are in use, 1 wanted",
    ],
  ])("may not suffice: %s", async (_, given, expected) => {
    given();

    expect((await asked()).notOk).toContainEqual(expect.stringContaining(expected));
  });
});
