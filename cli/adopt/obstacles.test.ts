import { DescribeAddressesCommand, DescribeKeyPairsCommand } from "@aws-sdk/client-ec2";
import { GetRoleCommand, ListPoliciesCommand } from "@aws-sdk/client-iam";
import {
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
} from "@aws-sdk/client-s3";
import { DescribeParametersCommand } from "@aws-sdk/client-ssm";
import example from "../../clients/example";
import { adopted, databaseIs, domainIs, emptyAccount, groupIs, hostsAre, keysAre } from "../../test/hand-made-account";
import { ec2, failing, iam, s3, ssm } from "../../test/ready-account";
import { checkAnswerable } from "./adoption";

beforeEach(emptyAccount);

describe("adoption", () => {
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
      "aws_key_pair.analytics: the key pair example-analytics exists",
    ],
    [
      "an access key, where a PGP key would replace it",
      { pgpKey: "keybase:example" },
      () => keysAre("example-analytics_elasticsearch", { AKIANEW: 1 }),
      "aws_iam_access_key.elasticsearch: AKIANEW exists, and its secret can no longer be encrypted",
    ],
    [
      "a password in SSM, which a random one would replace",
      {},
      () => ssm.on(DescribeParametersCommand).resolves({ Parameters: [{}] }),
      "aws_ssm_parameter.mysql_passwords_analytics: /edx-analytics/example/mysql/analytics exists",
    ],
    [
      "a domain inside a VPC",
      {},
      () => domainIs({ VPCOptions: { VPCId: "vpc-1", SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] } }),
      "aws_elasticsearch_domain.elasticsearch: example-analytics-es is inside vpc-1, and AWS moves no domain: set `elasticsearch.vpc` with its subnet, subnet-1, the name of its group, sg-1, and",
    ],
    [
      "a public domain that the file wants in the VPC",
      { elasticsearch: { vpc: {} } },
      () => domainIs({}),
      "aws_elasticsearch_domain.elasticsearch: example-analytics-es has a public endpoint, and AWS moves no domain: remove `elasticsearch.vpc`",
    ],
    [
      "a domain of several nodes",
      {},
      () => domainIs({ ElasticsearchClusterConfig: { InstanceCount: 3 } }),
      "aws_elasticsearch_domain.elasticsearch: example-analytics-es has several nodes",
    ],
    [
      "a domain that is encrypted by half",
      {},
      () => domainIs({ EncryptionAtRestOptions: { Enabled: true } }),
      "aws_elasticsearch_domain.elasticsearch: example-analytics-es is encrypted at rest, but not between nodes",
    ],
    [
      "a database of another engine",
      {},
      () => databaseIs({ Engine: "mariadb" }),
      "aws_db_instance.database_1: example-analytics is mariadb",
    ],
    [
      "a database in another VPC",
      {},
      () => {
        groupIs("example-EMR RDS");
        databaseIs({ DBSubnetGroup: { DBSubnetGroupName: "default", VpcId: "vpc-99999999" } });
      },
      "aws_db_instance.database_1: example-analytics is in vpc-99999999, the client file's network is vpc-",
    ],
    [
      "a replica",
      {},
      () => databaseIs({ ReadReplicaSourceDBInstanceIdentifier: "main" }),
      "aws_db_instance.database_1: example-analytics is a replica of main",
    ],
    [
      "a version that a client file cannot say",
      {},
      () => databaseIs({ EngineVersion: "5.5.62" }),
      "database.iterations.1.engineVersion: as the RDS instance example-analytics has it; another version is an upgrade",
    ],
    [
      "two hosts with different key pairs",
      { hosts: { ...example.hosts, iterations: { "1": {}, "2": {} } } },
      () => hostsAre({ "example-analytics-1": {}, "example-analytics-2": { KeyName: "another" } }),
      'hosts.keyPair: is {"existing":"by-hand"}, as i-1 has it; EC2 does not change it, and {"existing":"another"}',
    ],
    [
      "a host without a key pair",
      {},
      () => hostsAre({ "example-analytics-1": { KeyName: undefined } }),
      "aws_instance.analytics_1: i-1 has no key pair",
    ],
    [
      "an old host in another subnet than the live one's",
      { hosts: { ...example.hosts, active: "2", iterations: { "1": {}, "2": {} } } },
      () => hostsAre({ "example-analytics-1": { SubnetId: "subnet-0a1b2c3b" }, "example-analytics-2": {} }),
      "aws_instance.analytics_1: i-1 is in subnet-0a1b2c3b, the client file's network elsewhere, and a host does not move. Leave it out",
    ],
    [
      "an Elastic IP on a host that is not the active one",
      { hosts: { ...example.hosts, iterations: { "1": {}, "2": {} } } },
      () => {
        hostsAre({ "example-analytics-1": {}, "example-analytics-2": {} });
        ec2.on(DescribeAddressesCommand, { Filters: [{ Name: "instance-id", Values: ["i-2"] }] }).resolves({
          Addresses: [{ AllocationId: "eipalloc-1", PublicIp: "192.0.2.1" }],
        });
      },
      "aws_eip.analytics: 192.0.2.1 is the address of aws_instance.analytics_2",
    ],
    [
      "a role with a path",
      {},
      () =>
        iam.on(GetRoleCommand, { RoleName: "EMR_DefaultRole" }).resolves({
          Role: { Path: "/service-role/", RoleName: "x", RoleId: "x", Arn: "x", CreateDate: new Date(0) },
        }),
      "aws_iam_role.emr_roles_service: EMR_DefaultRole has the path /service-role/",
    ],
    [
      "a policy with a path, which has another ARN",
      {},
      () =>
        iam.on(ListPoliciesCommand).resolves({
          Policies: [{ PolicyName: "example-provision_emr_clusters", Path: "/edx/", Arn: "arn" }],
        }),
      "aws_iam_policy.emr_provisioning: example-provision_emr_clusters has the path /edx/",
    ],
    [
      "a bucket in another region",
      {},
      () => {
        s3.on(HeadBucketCommand, { Bucket: "example-analytics-emr" }).resolves({ BucketRegion: "us-east-1" });
        s3.on(GetBucketAclCommand).resolves({ Owner: { ID: "me" }, Grants: [] });
      },
      "aws_s3_bucket.buckets_emr: example-analytics-emr is in us-east-1",
    ],
  ])("is stopped by %s", async (_, changes, given, expected) => {
    given();

    expect((await adopted(changes)).conflicts).toContainEqual(expect.stringContaining(expected));
  });

  it.each<[string, () => void, unknown]>([
    [
      "a policy of its own",
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
    [
      "a key of KMS",
      () =>
        s3.on(GetBucketEncryptionCommand).resolves({
          ServerSideEncryptionConfiguration: {
            Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" } }],
          },
        }),
      false,
    ],
    [
      "a lifecycle rule that moves objects",
      () =>
        s3
          .on(GetBucketLifecycleConfigurationCommand)
          .resolves({ Rules: [{ Status: "Enabled", Transitions: [{ Days: 60, StorageClass: "GLACIER" }] }] }),
      false,
    ],
    [
      "a lifecycle rule that deletes more than EMR's logs",
      () =>
        s3
          .on(GetBucketLifecycleConfigurationCommand)
          .resolves({ Rules: [{ Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 30 } }] }),
      false,
    ],
    ["nothing of its own", () => {}, undefined],
  ])("leaves a bucket with %s as it is", async (_, given, create) => {
    s3.on(HeadBucketCommand, { Bucket: "example-edxanalytics" }).resolves({ BucketRegion: "eu-west-1" });
    s3.on(GetBucketAclCommand).resolves({
      Owner: { ID: "me" },
      Grants: [{ Grantee: { ID: "me", Type: "CanonicalUser" } }],
    });
    given();
    const { fields, outcome } = await adopted();

    expect(fields["buckets.edxanalytics"]).toEqual(create === false ? { existing: "example-edxanalytics" } : undefined);
    expect(outcome("aws_s3_bucket.buckets_edxanalytics")).toEqual(
      create === undefined ? { kind: "found", id: "example-edxanalytics" } : undefined,
    );
  });

  it("does not shorten the time that a bucket keeps its objects, unless the file says so", async () => {
    s3.on(HeadBucketCommand, { Bucket: "example-analytics-emr" }).resolves({ BucketRegion: "eu-west-1" });
    s3.on(GetBucketAclCommand).resolves({ Owner: { ID: "me" }, Grants: [] });
    s3.on(GetBucketLifecycleConfigurationCommand, { Bucket: "example-analytics-emr" }).resolves({
      Rules: [{ Status: "Enabled", Filter: { Prefix: "logs/" }, Expiration: { Days: 400 } }],
    });

    expect((await adopted()).fields).toEqual({ "buckets.expireAfterDays": 400 });
    expect(await adopted({ buckets: { expireAfterDays: 90 } })).toMatchObject({
      fields: {},
      differences: ["buckets.expireAfterDays"],
    });
  });

  it("keeps old versions as long as the longest of all buckets' rules does", async () => {
    for (const [bucket, NoncurrentDays] of [
      ["example-analytics-emr", 500],
      ["example-edxanalytics", 300],
    ] as const) {
      s3.on(HeadBucketCommand, { Bucket: bucket }).resolves({ BucketRegion: "eu-west-1" });
      s3.on(GetBucketVersioningCommand, { Bucket: bucket }).resolves({ Status: "Enabled" });
      s3.on(GetBucketLifecycleConfigurationCommand, { Bucket: bucket }).resolves({
        Rules: [
          { Status: "Enabled", Filter: { Prefix: "logs/" }, Expiration: { Days: 90 } },
          { Status: "Enabled", NoncurrentVersionExpiration: { NoncurrentDays } },
        ],
      });
    }
    s3.on(GetBucketAclCommand).resolves({ Owner: { ID: "me" }, Grants: [] });

    expect((await adopted()).fields).toEqual({ "buckets.expireAfterDays": 500 });
  });

  it.each<[string, string, "Enabled" | undefined, object]>([
    ["EMR's logs", "example-analytics-emr", undefined, { "buckets.expireAfterDays": 3650 }],
    ["old versions", "example-edxanalytics", "Enabled", { "buckets.expireAfterDays": 3650 }],
    ["neither", "example-edxanalytics", undefined, {}],
  ])("keeps what a bucket without rules keeps of %s", async (_, bucket, status, fields) => {
    s3.on(HeadBucketCommand, { Bucket: bucket }).resolves({ BucketRegion: "eu-west-1" });
    s3.on(GetBucketVersioningCommand, { Bucket: bucket }).resolves({ Status: status });
    s3.on(GetBucketAclCommand).resolves({ Owner: { ID: "me" }, Grants: [] });

    expect((await adopted()).fields).toEqual(fields);
  });

  it("changes what a client file cannot say, where AWS can be changed, and says so", async () => {
    hostsAre({ "example-analytics-1": {} }, { Size: 20, VolumeType: "standard", Encrypted: false });
    const iterations = { "1": { diskGiB: 50 } };
    const { fields, differences } = await adopted({ hosts: { ...example.hosts, iterations } });

    expect(differences).toEqual(["hosts.iterations.1.diskGiB", "hosts.iterations.1.diskType"]);
    expect(fields).not.toHaveProperty(["hosts.iterations.1.diskType"]);
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

  it("asks for the hosts' name, where none is found by it", async () => {
    await expect(adopted({ hosts: undefined })).rejects.toThrow(
      /^No host is called example-analytics-1, -2 and so on\. Write .* into `hosts\.name`/,
    );
  });

  it("asks for what AWS cannot answer", () => {
    const { userArn, ...edxapp } = example.edxapp;
    const input = { ...example, naming: undefined, hosts: undefined, edxapp };

    expect(() => checkAnswerable({ name: "example", input })).toThrow(
      /^clients\/example\.ts: `edxapp\.userArn` is missing.*\n\n1 mistake/,
    );
  });
});
