import { synthesize } from "../test/synth";
import { DataBucket, type DataBucketProps } from "./data-bucket";
import { DataBuckets, type DataBucketsProps } from "./data-buckets";

function bucket(props: Partial<DataBucketProps> = {}) {
  return synthesize((stack) => new DataBucket(stack, "lake", { bucketName: "acme-lake", ...props })).resource;
}

function buckets(props: Partial<DataBucketsProps> = {}) {
  return synthesize((stack) => {
    new DataBuckets(stack, "buckets", {
      trackingLogs: { bucketName: "acme-logs", existing: true },
      emr: { bucketName: "acme-emr" },
      edxanalytics: { bucketName: "acme-data" },
      region: "eu-west-1",
      ...props,
    });
  });
}

describe("data bucket", () => {
  it("is private, encrypted, versioned, protected, and drops old versions after 90 days", () => {
    const resource = bucket();

    expect(resource.aws_s3_bucket?.lake).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
    expect(resource.aws_s3_bucket_public_access_block?.lake).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(resource.aws_s3_bucket_versioning?.lake).toMatchObject({ versioning_configuration: { status: "Enabled" } });
    expect(resource.aws_s3_bucket_lifecycle_configuration?.lake?.rule).toEqual([
      expect.objectContaining({ id: "unfinished-uploads" }),
      expect.objectContaining({ id: "old-versions", noncurrent_version_expiration: [{ noncurrent_days: 90 }] }),
    ]);
  });

  it("has what it is given", () => {
    const resource = bucket({ expireAfterDays: 30, logPrefix: "logs/", protected: false });

    expect(resource.aws_s3_bucket?.lake).toMatchObject({ force_destroy: true, lifecycle: { prevent_destroy: false } });
    expect(resource.aws_s3_bucket_lifecycle_configuration?.lake?.rule).toContainEqual({
      id: "emr-logs",
      status: "Enabled",
      filter: [{ prefix: "logs/" }],
      expiration: [{ days: 30 }],
    });
  });

  it("that exists is looked up, where it is asked for in a region", () => {
    const { resource, data } = synthesize((stack) => {
      DataBucket.fromBucketName(stack, "any", "acme-any");
      DataBucket.fromBucketName(stack, "near", "acme-near", { requiredRegion: "eu-west-1" });
    });

    expect(resource).toBeUndefined();
    expect(data.aws_s3_bucket?.any).toMatchObject({ bucket: "acme-any" });
    expect(data.aws_s3_bucket?.any).not.toHaveProperty("lifecycle");
    expect(data.aws_s3_bucket?.near?.lifecycle.postcondition[0]).toMatchObject({
      condition: '${endswith(self.bucket_regional_domain_name, ".s3.eu-west-1.amazonaws.com")}',
      error_message: expect.stringMatching(/in eu-west-1 alone\. Name a bucket there\.$/),
    });
  });
});

describe("the runbook's buckets", () => {
  it("are the required ones, with EMR's logs in EMR's bucket and an empty blacklist", () => {
    const { resource } = buckets();

    expect(Object.keys(resource.aws_s3_bucket ?? {})).toEqual(["buckets_emr", "buckets_edxanalytics"]);
    expect(resource.aws_s3_bucket_lifecycle_configuration?.buckets_emr?.rule).toHaveLength(3);
    expect(resource.aws_s3_object?.buckets_enrollments_blacklist).toMatchObject({ key: "enrollments-blacklist/" });
  });

  it("take logs, Hadoop and reports to buckets of their own, and leave one that exists as it is", () => {
    const { resource, data } = buckets({
      edxanalytics: { bucketName: "acme-data", existing: true },
      emrLogs: { bucketName: "acme-emr-logs" },
      hadoop: { bucketName: "acme-hadoop", protected: false },
      apiReports: { bucketName: "acme-reports" },
      regionHint: "Move it.",
    });

    expect(Object.keys(resource.aws_s3_bucket ?? {})).toEqual([
      "buckets_emr",
      "buckets_emr_logs",
      "buckets_hadoop",
      "buckets_api_reports",
    ]);
    expect(resource.aws_s3_bucket_lifecycle_configuration?.buckets_emr?.rule).toHaveLength(2);
    expect(resource.aws_s3_bucket?.buckets_hadoop).toMatchObject({ force_destroy: true });
    expect(resource).not.toHaveProperty("aws_s3_object");
    expect(data.aws_s3_bucket?.buckets_edxanalytics?.lifecycle.postcondition[0].error_message).toMatch(/Move it\.$/);
    expect(data.aws_s3_bucket?.buckets_tracking_logs).not.toHaveProperty("lifecycle");
  });
});
