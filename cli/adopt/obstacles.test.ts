import { DescribeKeyPairsCommand } from "@aws-sdk/client-ec2";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import {
  GetBucketAclCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  HeadBucketCommand,
} from "@aws-sdk/client-s3";
import { DescribeParametersCommand } from "@aws-sdk/client-ssm";
import example from "../../clients/example";
import { adopted, databaseIs, domainIs, emptyAccount, hostsAre, keysAre } from "../../test/hand-made-account";
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
});
