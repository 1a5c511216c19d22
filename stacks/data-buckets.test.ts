import { synthesizeClient } from "../test/synth";

describe("buckets", () => {
  it("are the runbook's two, and the tracking logs as they are", () => {
    const { resource, data } = synthesizeClient();

    expect(resource.aws_s3_bucket).toEqual({
      buckets_emr: expect.objectContaining({ bucket: "example-analytics-emr" }),
      buckets_edxanalytics: expect.objectContaining({ bucket: "example-edxanalytics" }),
    });
    expect(data.aws_s3_bucket).toEqual({
      buckets_tracking_logs: expect.objectContaining({ bucket: "example-tracking-logs" }),
    });
  });

  it("are made for logs, Hadoop and reports on request", () => {
    const { resource } = synthesizeClient({ buckets: { emrLogs: {}, hadoop: {}, apiReports: {} } });

    expect(resource.aws_s3_bucket).toMatchObject({
      buckets_emr_logs: { bucket: "example-analytics-emr-logs" },
      buckets_hadoop: { bucket: "example-edxanalytics-hadoop" },
      buckets_api_reports: { bucket: "example-analytics-api-reports" },
    });
  });

  it.each([
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_ownership_controls",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_versioning",
    "aws_s3_bucket_policy",
    "aws_s3_bucket_lifecycle_configuration",
  ])("each have %s", (type) => {
    const { resource } = synthesizeClient();

    expect(Object.keys(resource[type] ?? {})).toEqual(expect.arrayContaining(["buckets_emr", "buckets_edxanalytics"]));
  });

  it("are private, encrypted, versioned, TLS only, and their owner's", () => {
    const { resource, data } = synthesizeClient();

    expect(resource.aws_s3_bucket_public_access_block?.buckets_emr).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(resource.aws_s3_bucket_ownership_controls?.buckets_emr?.rule).toEqual({
      object_ownership: "BucketOwnerEnforced",
    });
    expect(
      resource.aws_s3_bucket_server_side_encryption_configuration?.buckets_emr?.rule[0]
        .apply_server_side_encryption_by_default,
    ).toEqual({ sse_algorithm: "AES256" });
    expect(resource.aws_s3_bucket_versioning?.buckets_emr?.versioning_configuration).toEqual({ status: "Enabled" });
    expect(data.aws_iam_policy_document?.buckets_emr?.statement).toEqual([
      {
        sid: "TlsOnly",
        effect: "Deny",
        actions: ["s3:*"],
        principals: [{ type: "*", identifiers: ["*"] }],
        resources: ["arn:aws:s3:::example-analytics-emr", "arn:aws:s3:::example-analytics-emr/*"],
        condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
      },
    ]);
  });

  it("keep EMR's logs and old versions for the days that the client file says, all else for good", () => {
    const { resource } = synthesizeClient({ buckets: { expireAfterDays: 30 } });
    const rules = (name: string) => resource.aws_s3_bucket_lifecycle_configuration?.[name]?.rule;

    expect(rules("buckets_emr")).toEqual([
      expect.objectContaining({
        id: "unfinished-uploads",
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      }),
      expect.objectContaining({ id: "old-versions", noncurrent_version_expiration: [{ noncurrent_days: 30 }] }),
      expect.objectContaining({ id: "emr-logs", filter: [{ prefix: "logs/" }], expiration: [{ days: 30 }] }),
    ]);
    expect(rules("buckets_edxanalytics").map(({ id }: { id: string }) => id)).toEqual([
      "unfinished-uploads",
      "old-versions",
    ]);
  });

  it("keep EMR's logs in a bucket of their own on request, of which they alone expire", () => {
    const { resource, output } = synthesizeClient({ buckets: { emrLogs: {} } });
    const ids = (name: string) =>
      resource.aws_s3_bucket_lifecycle_configuration?.[name]?.rule.map(({ id }: { id: string }) => id);

    expect(ids("buckets_emr")).not.toContain("emr-logs");
    expect(resource.aws_s3_bucket_lifecycle_configuration?.buckets_emr_logs?.rule).toContainEqual(
      expect.objectContaining({ id: "emr-logs", filter: [{ prefix: "logs/" }] }),
    );
    expect(output.emr_logs_bucket?.value).toBe("${aws_s3_bucket.buckets_emr_logs.bucket}");
  });

  it("have the names that the client file gives", () => {
    const { resource } = synthesizeClient({ buckets: { edxanalytics: { name: "acme-data" } } });

    expect(resource.aws_s3_bucket?.buckets_edxanalytics?.bucket).toBe("acme-data");
  });

  it("that exist are looked up in the client's region, and left as they are", () => {
    const { resource, data, output } = synthesizeClient({ buckets: { emr: { existing: "example-analytics-emr" } } });

    expect(resource.aws_s3_bucket).not.toHaveProperty("buckets_emr");
    expect(resource.aws_s3_bucket_policy).not.toHaveProperty("buckets_emr");
    expect(data.aws_s3_bucket?.buckets_emr?.lifecycle.postcondition).toEqual([
      {
        condition: '${endswith(self.bucket_regional_domain_name, ".s3.eu-west-1.amazonaws.com")}',
        error_message:
          "Bucket ${self.id} is ${self.bucket_regional_domain_name}; the pipeline reads and writes in eu-west-1 alone. Name a bucket there, or leave the field out for a managed one.",
      },
    ]);
    expect(data.aws_s3_bucket?.buckets_tracking_logs).not.toHaveProperty("lifecycle");
    expect(output.emr_bucket?.value).toBe("${data.aws_s3_bucket.buckets_emr.bucket}");
  });

  it("are not destroyed while they are protected, and go with their objects when they are not", () => {
    const { resource } = synthesizeClient({ buckets: { emr: { protected: false } } });

    expect(resource.aws_s3_bucket?.buckets_emr).toMatchObject({
      force_destroy: true,
      lifecycle: { prevent_destroy: false },
    });
    expect(resource.aws_s3_bucket?.buckets_edxanalytics).toMatchObject({
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
  });

  it("hold the empty enrollments-blacklist/ that the enrollment task lists", () => {
    expect(synthesizeClient().resource.aws_s3_object?.buckets_enrollments_blacklist).toMatchObject({
      bucket: "${aws_s3_bucket.buckets_edxanalytics.bucket}",
      key: "enrollments-blacklist/",
    });
    expect(
      synthesizeClient({ buckets: { edxanalytics: { existing: "example-edxanalytics" } } }).resource,
    ).not.toHaveProperty("aws_s3_object");
  });

  it("for Hive and Hadoop are in the client's region too", () => {
    const { data } = synthesizeClient({ buckets: { hadoop: { existing: "example-edxanalytics-hadoop" } } });

    expect(data.aws_s3_bucket?.buckets_hadoop?.lifecycle.postcondition).toHaveLength(1);
  });
});
