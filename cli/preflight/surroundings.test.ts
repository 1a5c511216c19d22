import { DescribeResourcePoliciesCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeAvailabilityZonesCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcsCommand,
  GetInstanceMetadataDefaultsCommand,
  type Instance,
} from "@aws-sdk/client-ec2";
import {
  ListElasticsearchInstanceTypesCommand,
  ListElasticsearchVersionsCommand,
} from "@aws-sdk/client-elasticsearch-service";
import { ListReleaseLabelsCommand } from "@aws-sdk/client-emr";
import { GetRolePolicyCommand, ListAttachedRolePoliciesCommand, ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import { DescribeDBInstancesCommand, DescribeOrderableDBInstanceOptionsCommand } from "@aws-sdk/client-rds";
import { GetBucketPolicyCommand } from "@aws-sdk/client-s3";
import { GetServiceQuotaCommand } from "@aws-sdk/client-service-quotas";
import example from "../../clients/example";
import type { ClientInput } from "../../config/schema/client";
import {
  asked,
  ec2,
  elasticsearch,
  emr,
  failing,
  iam,
  logs,
  ownTags,
  quotas,
  rds,
  readyAccount,
  s3,
  withState,
} from "../../test/ready-account";

beforeEach(readyAccount);

/** Instances that run in the region. */
function instances(...running: Instance[]): void {
  ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances: running }] });
}

/** The MySQL version of the edxapp server, and its port. */
function edxappRuns(EngineVersion: string, Port = 3306): void {
  rds.on(DescribeDBInstancesCommand, { DBInstanceIdentifier: "example-edxapp" }).resolves({
    DBInstances: [{ EngineVersion, Endpoint: { Port }, VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-0a1b2c3d" }] }],
  });
}

describe("room for a log policy", () => {
  const withLogs = { elasticsearch: { applicationLogs: {} } };
  const about = (rows: readonly string[]) => rows.filter((row) => row.includes("log resource policies"));
  const given = (...names: string[]) => {
    const pages = [names.slice(0, 5), names.slice(5)].map((page) => page.map((policyName) => ({ policyName })));
    logs.on(DescribeResourcePoliciesCommand).resolves({ resourcePolicies: pages[0], nextToken: "more" });
    logs.on(DescribeResourcePoliciesCommand, { nextToken: "more" }).resolves({ resourcePolicies: pages[1] });
  };
  const nine = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];

  it("exists while a region has fewer than ten", async () => {
    given(...nine);

    expect(about((await asked(withLogs)).rows)).toEqual([
      "ok log resource policies 9 of 10 are in use, the stack needs 1",
    ]);
  });

  it("is refused where ten others exist", async () => {
    given(...nine, "j");

    expect(about((await asked(withLogs)).rows)).toEqual([
      "refused log resource policies 10 of 10 are in use in eu-west-1, and AWS grants no more: a, b, c, d, e, f, g, h, i, j. Delete one that nothing needs, or set `elasticsearch.applicationLogs.resourcePolicy` to { existing: true } if one of them lets es.amazonaws.com write.",
    ]);
  });

  it("is not wanted once the policy exists", async () => {
    given(...nine, "example-elasticsearch-logs");

    expect(about((await asked(withLogs)).rows)).toEqual(["ok log resource policies example-elasticsearch-logs exists"]);
  });

  it.each<Partial<ClientInput>>([
    {},
    { elasticsearch: { applicationLogs: { resourcePolicy: { existing: true as const } } } },
    { ...withLogs, sharing: "shared-stack" },
  ])("is not asked for where none is made: %j", async (fields) => {
    expect(about((await asked(fields)).rows)).toEqual([]);
  });
});

describe("what AWS offers", () => {
  const inNewVpc: Partial<ClientInput> = {
    network: { vpc: "new", zones: ["eu-west-1a", "eu-west-1b"] },
    edxapp: { ...example.edxapp, database: { ...example.edxapp.database, access: "print" } },
  };

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
      "an Elasticsearch version",
      () => elasticsearch.on(ListElasticsearchVersionsCommand).resolves({ ElasticsearchVersions: ["5.6"] }),
      "refused Elasticsearch 7.10 is not offered in eu-west-1 any more.",
    ],
    [
      "a release of EMR",
      () =>
        emr.on(ListReleaseLabelsCommand, { Filters: { Prefix: "emr-4." } }).resolves({ ReleaseLabels: ["emr-4.8.0"] }),
      "warning emr-4.9.6 is not among the releases that EMR lists for eu-west-1, so clusters may not start. Set `emr.releaseLabel`: emr-4.8.0.",
    ],
    [
      "an account that enforces IMDSv2",
      () => ec2.on(GetInstanceMetadataDefaultsCommand).resolves({ AccountLevel: { HttpTokensEnforced: "enabled" } }),
      "refused IMDSv2 of the account is enforced in eu-west-1 (HttpTokensEnforced), so Jenkins' host does not start",
    ],
    [
      "groups that EMR's block of public access is against",
      () => {
        ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [{ GroupId: "sg-1", Tags: ownTags }] });
        const open = { IsEgress: false, IpProtocol: "tcp", CidrIpv4: "0.0.0.0/0" };
        ec2.on(DescribeSecurityGroupRulesCommand).resolves({
          SecurityGroupRules: [
            { ...open, FromPort: 22, ToPort: 22 },
            { ...open, FromPort: 8088, ToPort: 8088 },
          ],
        });
        withState();
      },
      "warning EMR's block of public access is on, and the world reaches 8088-8088 of ElasticMapReduce-master, 8088-8088 of ElasticMapReduce-slave: no EMR cluster starts.",
    ],
    [
      "the inline policies of a role",
      () => {
        iam.on(ListRolePoliciesCommand, { RoleName: "EMR_EC2_DefaultRole" }).resolves({ PolicyNames: ["others"] });
        iam.on(GetRolePolicyCommand).resolves({ PolicyDocument: encodeURIComponent(" x".repeat(9_000)) });
      },
      "refused inline policies of EMR_EC2_DefaultRole 9000 of 10240 characters are in use; the stack needs about",
    ],
    [
      "an image of Ubuntu",
      () => ec2.on(DescribeImagesCommand).resolves({ Images: [] }),
      "refused Ubuntu 20.04 has no image of Canonical's in eu-west-1.",
    ],
    [
      "vCPUs",
      () => quotas.on(GetServiceQuotaCommand, { QuotaCode: "L-1216C47A" }).resolves({ Quota: { Value: 3 } }),
      "refused vCPUs 0 of 3 of on-demand standard instances are in use; the hosts need 4 more",
    ],
    [
      "vCPUs for a cluster",
      () => quotas.on(GetServiceQuotaCommand, { QuotaCode: "L-1216C47A" }).resolves({ Quota: { Value: 5 } }),
      "warning vCPUs 0 of 5 of on-demand standard instances are in use; the hosts need 4 more, an EMR cluster of four m4.large 8",
    ],
    [
      "Elastic IPs",
      () => quotas.on(GetServiceQuotaCommand, { QuotaCode: "L-0263D0A3" }).resolves({ Quota: { Value: 1 } }),
      "refused Elastic IPs 1 of 1 are in use, the stack needs 1. Ask AWS for more",
    ],
    [
      "vCPUs that other instances leave",
      () => instances({ InstanceType: "m5.large", CpuOptions: { CoreCount: 19, ThreadsPerCore: 2 } }),
      "refused vCPUs 38 of 40 of on-demand standard instances are in use; the hosts need 4 more",
    ],
    [
      "rules of a group",
      () => quotas.on(GetServiceQuotaCommand, { QuotaCode: "L-0EA8095F" }).resolves({ Quota: { Value: 2 } }),
      "refused rules of group example-analytics 0 of 2 exist, the stack needs 3 more. Let fewer ranges in, or ask AWS for more",
    ],
    [
      "the edxapp server's MySQL",
      () => edxappRuns("8.4.5"),
      "warning RDS example-edxapp runs MySQL 8.4.5, which has mysql_native_password off",
    ],
    [
      "the edxapp server's port",
      () => edxappRuns("8.0.42", 3307),
      "warning RDS example-edxapp listens on 3307; the pipeline's import from there, by Sqoop, has no port in its URL and calls 3306.",
    ],
    [
      "the edxapp server's MySQL and its port",
      () => edxappRuns("8.4.5", 3307),
      "or keep 8.0. It listens on 3307; the pipeline's import",
    ],
  ])("may not suffice: %s", async (_, given, expected) => {
    given();

    expect((await asked()).notOk).toContainEqual(expect.stringContaining(expected));
  });

  it("counts on-demand instances of the quota's families alone, and knows what is deployed", async () => {
    const about = async () => (await asked()).rows.find((row) => row.includes(" vCPUs "));
    instances(
      { InstanceType: "t3.medium", CpuOptions: { CoreCount: 1, ThreadsPerCore: 2 } },
      { InstanceType: "m5.24xlarge", CpuOptions: { CoreCount: 48, ThreadsPerCore: 2 }, InstanceLifecycle: "spot" },
      { InstanceType: "p3.8xlarge", CpuOptions: { CoreCount: 16, ThreadsPerCore: 2 } },
    );

    expect(await about()).toContain(
      "ok vCPUs 2 of 40 of on-demand standard instances are in use; the hosts need 4 more",
    );
    withState();
    expect(await about()).toContain("the hosts need 0 more");
    quotas.on(GetServiceQuotaCommand, { QuotaCode: "L-0263D0A3" }).resolves({ Quota: { Value: 1 } });
    expect((await asked()).notOk).toContainEqual(
      expect.stringMatching(/^warning Elastic IPs 1 of 1 are in use, the stack needs 1, unless deployed already\./),
    );
  });

  it.each([
    ["8.0.43", "8.0.42"],
    ["5.7.44-rds.20250213", "5.7.44-rds.20240408"],
  ])("is no older MySQL than what RDS runs by now: %s, and %s in the file", async (EngineVersion, engineVersion) => {
    rds.on(DescribeDBInstancesCommand, { DBInstanceIdentifier: "example-analytics" }).resolves({
      DBInstances: [{ EngineVersion, TagList: ownTags }],
    });
    withState();

    expect((await asked({ database: { iterations: { "1": { engineVersion } } } })).notOk).toContain(
      `refused MySQL of example-analytics is ${EngineVersion}, and \`database.iterations.1.engineVersion\` is ${engineVersion}: RDS has moved on and refuses to go back, half-way through an apply. Write "${EngineVersion}".`,
    );
  });

  it("is compared with what there is on all pages", async () => {
    const ofRow = async (subject: string) => (await asked(inNewVpc)).rows.find((row) => row.includes(` ${subject} `));
    ec2.on(DescribeAvailabilityZonesCommand).resolves({ AvailabilityZones: [] });
    ec2.on(DescribeVpcsCommand).resolves({ Vpcs: Array(30).fill({}), NextToken: "more" });
    ec2.on(DescribeVpcsCommand, { NextToken: "more" }).resolves({ Vpcs: Array(10).fill({}) });
    rds
      .on(DescribeDBInstancesCommand, { DBInstanceIdentifier: undefined, Marker: undefined })
      .resolves({ DBInstances: Array(30).fill({}), Marker: "more" });
    rds.on(DescribeDBInstancesCommand, { Marker: "more" }).resolves({ DBInstances: Array(9).fill({}) });

    expect(await ofRow("VPCs")).toContain("refused VPCs 40 of 40 are in use, the stack needs 1. Ask AWS for more");
    expect(await ofRow("RDS instances")).toBe("ok RDS instances 39 of 40 are in use, the stack needs 1");
  });
});

describe("the bucket of the state", () => {
  it("is warned of where its policy lets in what clients run", async () => {
    s3.on(GetBucketPolicyCommand, { Bucket: "example-terraform-state" }).rejects(failing("NoSuchBucketPolicy"));

    expect((await asked()).notOk).toEqual([
      "warning policy of the bucket lets in what clients run (refuses nothing); required: TLS only, no EC2 instance, no client role (3). `npx edx-analytics state example` corrects it.",
    ]);
  });

  it("is warned of where a list of deployers is not in force yet", async () => {
    const state = { bucket: "example-terraform-state", deployers: ["arn:aws:iam::123456789012:user/operator"] };

    expect((await asked({ state })).notOk).toEqual([
      expect.stringMatching(/^warning policy of the bucket .*TLS only, no client role \(3\), only 1 deployer\./),
    ]);
  });
});

describe("EMR_EC2_DefaultRole", () => {
  it("is warned of where AWS's managed policy was attached to it, and stays beside the client's", async () => {
    const arn = "arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceforEC2Role";
    iam.on(ListAttachedRolePoliciesCommand, { RoleName: "EMR_EC2_DefaultRole" }).resolves({
      AttachedPolicies: [{ PolicyName: "AmazonElasticMapReduceforEC2Role", PolicyArn: arn }],
    });

    expect((await asked()).notOk).toEqual([
      `warning policies of EMR_EC2_DefaultRole have AmazonElasticMapReduceforEC2Role among them, by which clusters reach every bucket. If the plan does not destroy its attachment: \`aws iam detach-role-policy --role-name EMR_EC2_DefaultRole --policy-arn ${arn}\`.`,
    ]);
    expect((await asked({ emr: { instancePolicy: "AmazonElasticMapReduceforEC2Role" } })).notOk).toEqual([]);
  });
});
