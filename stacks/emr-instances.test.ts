import type { ClientInput } from "../config/schema/client";
import { isAllowed, statementsOfDocument } from "../test/policy-evaluation";
import { synthesizeClient } from "../test/synth";

const literal = "AmazonElasticMapReduceforEC2Role";

/** What the instances of a client that shares its account may do on S3, by the client's policies on their role. */
function mayOn(fields: Partial<ClientInput> & { readonly name?: string } = {}) {
  const { data } = synthesizeClient({ sharing: "shared-stack", ...fields });
  const documents = data.aws_iam_policy_document ?? {};
  const statements = ["emr_roles_instances_statements", "emr_roles_elasticsearch_all_statements"].flatMap((id) =>
    statementsOfDocument(documents[id]),
  );
  const principal = "arn:aws:iam::123456789012:role/EMR_EC2_DefaultRole";
  return (action: string, resource: string) =>
    isAllowed({ principal, action, resource: resource.replace(/^s3:/, "arn:aws:s3:") }, statements);
}

/** What is to be tried with the key of a bucket. */
const object = (bucket: string, key = "x") => `s3:::${bucket}/${key}`;
const read = "s3:GetObject";
const write = "s3:PutObject";

describe("the instances of a client's clusters", () => {
  const may = mayOn({
    buckets: { emrLogs: {}, hadoop: {}, apiReports: {}, trackingLogs: { existing: "lms-logs" } },
  });

  it.each([
    ["example-analytics-emr"],
    ["example-analytics-emr-logs"],
    ["example-edxanalytics"],
    ["example-edxanalytics-hadoop"],
    ["example-analytics-api-reports"],
  ])("list, read, write and delete in %s, in parts too", async (bucket) => {
    for (const action of [read, write, "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]) {
      expect(await may(action, object(bucket))).toBe(true);
    }
    for (const action of ["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"]) {
      expect(await may(action, `s3:::${bucket}`)).toBe(true);
    }
  });

  it("read the tracking logs, and change nothing there", async () => {
    expect(await may(read, object("lms-logs"))).toBe(true);
    expect(await may("s3:ListBucket", "s3:::lms-logs")).toBe(true);
    for (const action of [write, "s3:DeleteObject"]) {
      expect(await may(action, object("lms-logs"))).toBe(false);
    }
  });

  it("write grades-download of edxapp's bucket, and read nothing else there", async () => {
    expect(await may(write, object("example-edxapp", "grades-download/course.csv"))).toBe(true);
    expect(await may("s3:ListBucket", "s3:::example-edxapp")).toBe(true);
    for (const action of [read, write]) {
      expect(await may(action, object("example-edxapp", "uploads/passport.jpg"))).toBe(false);
    }
  });

  it("read script-runner and Hive's scripts of the region", async () => {
    expect(await may(read, object("eu-west-1.elasticmapreduce", "libs/script-runner/script-runner.jar"))).toBe(true);
    expect(await may(read, object("us-east-1.elasticmapreduce", "libs/script-runner/script-runner.jar"))).toBe(false);
    expect(await may(write, object("eu-west-1.elasticmapreduce"))).toBe(false);
  });

  it("report metrics, and know their cluster", async () => {
    expect(await may("cloudwatch:PutMetricData", "*")).toBe(true);
    expect(
      await may("elasticmapreduce:DescribeCluster", "arn:aws:elasticmapreduce:eu-west-1:123456789012:cluster/j-1"),
    ).toBe(true);
    expect(
      await may("elasticmapreduce:AddJobFlowSteps", "arn:aws:elasticmapreduce:eu-west-1:123456789012:cluster/j-1"),
    ).toBe(false);
  });

  it.each([
    [read, object("example-terraform-state", "example/example.tfstate")],
    [write, object("example-terraform-state", "plans/example/deploy/plan")],
    ["s3:PutBucketPolicy", "s3:::example-edxanalytics"],
    ["s3:DeleteObjectVersion", object("example-edxanalytics")],
    ["s3:PutBucketVersioning", "s3:::example-edxanalytics"],
    ["s3:CreateBucket", "s3:::anything"],
    ["dynamodb:CreateTable", "arn:aws:dynamodb:eu-west-1:123456789012:table/EmrFSMetadata"],
    ["sqs:CreateQueue", "arn:aws:sqs:eu-west-1:123456789012:queue"],
    ["rds:DescribeDBInstances", "*"],
    ["ec2:DescribeInstances", "*"],
    ["iam:PassRole", "arn:aws:iam::123456789012:role/EMR_EC2_DefaultRole"],
    ["sts:AssumeRole", "arn:aws:iam::123456789012:role/example-ci-apply"],
  ])("may not do %s on %s", async (action, resource) => {
    expect(await may(action, resource)).toBe(false);
  });
});

describe("clients that share an account", () => {
  const one = mayOn({ name: "one" });
  const two = mayOn({ name: "two" });

  it("read their own buckets, and not each other's", async () => {
    const keyOf = (client: string) => object(`${client}-edxanalytics`, "edxapp_creds");

    expect(await Promise.all([one(read, keyOf("one")), two(read, keyOf("two"))])).toEqual([true, true]);
    expect(await Promise.all([one(read, keyOf("two")), two(read, keyOf("one"))])).toEqual([false, false]);
    for (const bucket of ["two-analytics-emr", "two-edxanalytics", "two-tracking-logs"]) {
      expect(await one("s3:ListBucket", `s3:::${bucket}`)).toBe(false);
    }
    expect(await one("es:ESHttpGet", "arn:aws:es:eu-west-1:123456789012:domain/two-analytics-es/_search")).toBe(false);
  });

  it("get no statement on S3 of the client's with AWS's managed policy, by which they read everything", async () => {
    expect(await mayOn({ emr: { instancePolicy: literal } })(read, object("example-edxanalytics"))).toBe(false);
  });
});

it("the policies of a client with the longest names fit on a role: 10,240 characters of inline policies", () => {
  const bucket = (ending: string) => ({ name: `${"b".repeat(63 - ending.length)}${ending}` });
  const { data } = synthesizeClient({
    sharing: "shared-stack",
    region: "ap-southeast-1",
    network: { vpc: "default", zones: ["ap-southeast-1a", "ap-southeast-1b"] },
    buckets: {
      emr: bucket("1"),
      emrLogs: bucket("2"),
      edxanalytics: bucket("3"),
      hadoop: bucket("4"),
      apiReports: bucket("5"),
      trackingLogs: bucket("6"),
    },
  });
  const documents = ["emr_roles_instances_statements", "emr_roles_elasticsearch_all_statements"].map((id) =>
    JSON.stringify(statementsOfDocument(data.aws_iam_policy_document?.[id])),
  );

  expect(documents.join("").length).toBeLessThan(4_000);
});
