import { planOf } from "../test/plan-of";
import {
  allow,
  audit,
  bothHave,
  database,
  encryption,
  everybody,
  expiring,
  groups,
  host,
  https,
  iamPolicy,
  metadata,
  ofBucket,
  policy,
  role,
  secure,
  service,
  tlsOnly,
  trust,
  update,
  verdicts,
  versioning,
} from "../test/plan-verdicts";

describe("plan-summary and adopt --plan", () => {
  it.each<[string, object, string]>([
    [
      "fewer backups",
      database({ backup_retention_period: 35 }, { backup_retention_period: 7 }),
      "keeps automated backups 7 days, and no longer 35",
    ],
    [
      "versioning off",
      update("aws_s3_bucket_versioning", versioning("Enabled"), versioning("Suspended")),
      "no longer keeps what is overwritten or deleted",
    ],
    [
      "versioning off, by a replacement",
      planOf("aws_s3_bucket_versioning", ["delete", "create"], versioning("Enabled"), versioning("Suspended")),
      "no longer keeps what is overwritten or deleted",
    ],
    [
      "a bucket's statement lost, by a replacement",
      planOf("aws_s3_bucket_policy", ["delete", "create"], policy(audit, tlsOnly), policy(tlsOnly)),
      "loses this statement",
    ],
    [
      "a public database",
      database({ publicly_accessible: false }, { publicly_accessible: true }),
      "opens to the world: the database",
    ],
    [
      "a private database",
      database({ publicly_accessible: true }, { publicly_accessible: false }),
      "loses its public address",
    ],
    ["no standby", database({ multi_az: true }, { multi_az: false }), "loses its standby"],
    [
      "no protection of a database",
      database({ deletion_protection: true }, { deletion_protection: false }),
      "loses its protection",
    ],
    [
      "another master password",
      database({ manage_master_user_password: null }, { manage_master_user_password: true }),
      "gets another master password",
    ],
    [
      "no final snapshot",
      database({ skip_final_snapshot: false }, { skip_final_snapshot: true }),
      "leaves no snapshot behind",
    ],
    [
      "no protection of a host",
      host({ disable_api_termination: true }, { disable_api_termination: false }),
      "loses its protection",
    ],
    ["no instance profile", host({ iam_instance_profile: "x" }, {}), "loses the instance profile x"],
    ["a security group less", host(groups("sg-1", "sg-2"), groups("sg-1")), "leaves the security group sg-2"],
    ["a security group more", host(groups("sg-1"), groups("sg-1", "sg-2")), "joins the security group sg-2"],
    ["IMDSv1", host(metadata("required"), metadata("optional")), "accepts IMDSv1 again"],
    [
      "an address range in an existing group",
      planOf("aws_vpc_security_group_ingress_rule", ["create"], null, {
        security_group_id: "sg-1",
        cidr_ipv4: "203.0.113.0/24",
        ip_protocol: "tcp",
        from_port: 22,
        to_port: 22,
      }),
      "opens tcp 22 of sg-1, an existing group, from 203.0.113.0/24",
    ],
    [
      "a statement less in a bucket's policy",
      update("aws_s3_bucket_policy", policy(audit, tlsOnly), policy(tlsOnly)),
      "loses this statement: Audit: allow s3:GetObject to arn:aws:iam::1:root",
    ],
    [
      "a bucket's policy that is destroyed",
      planOf("aws_s3_bucket_policy", ["delete"], policy(audit), null),
      "is destroyed, and with it this statement: Audit: allow s3:GetObject",
    ],
    [
      "a bucket for everybody",
      update("aws_s3_bucket_policy", policy(tlsOnly), policy(tlsOnly, everybody)),
      "opens to the world: s3:GetObject to everybody",
    ],
    [
      "no block of public access",
      update("aws_s3_bucket_public_access_block", { block_public_acls: true }, { block_public_acls: false }),
      "opens to the world: the bucket: block_public_acls is off",
    ],
    [
      "a bucket that may be destroyed",
      update("aws_s3_bucket", { force_destroy: false }, { force_destroy: true }),
      "loses its protection",
    ],
    [
      "no key of KMS",
      update("aws_s3_bucket_server_side_encryption_configuration", encryption("aws:kms"), encryption("AES256")),
      "no longer encrypts new objects with a key of KMS",
    ],
    [
      "HTTP beside HTTPS",
      update(
        "aws_elasticsearch_domain",
        { domain_endpoint_options: [https] },
        { domain_endpoint_options: [{ ...https, enforce_https: false }] },
      ),
      "answers HTTP again",
    ],
    [
      "fewer logs",
      update("aws_cloudwatch_log_group", { retention_in_days: 30 }, { retention_in_days: 7 }),
      "deletes logs after 7 days",
    ],
    [
      "another access key",
      planOf("aws_iam_access_key", ["create"], null, { user: "reports" }),
      "is a new access key of reports, an existing user",
    ],
    [
      "another password",
      update("aws_ssm_parameter", { value_wo_version: 1 }, { value_wo_version: 2 }),
      "gets another password",
    ],
    ["a host that is destroyed", planOf("aws_instance", ["delete"], {}, null), "is destroyed, and with it its disks"],
  ])("both have an alarm of %s", async (_, plan, alarm) => {
    await bothHave(plan, alarm);
  });

  it.each<[string, object]>([
    ["more backups", database({ backup_retention_period: 7 }, { backup_retention_period: 35 })],
    ["protection of a database", database({ deletion_protection: false }, { deletion_protection: true })],
    ["more storage", database({ max_allocated_storage: 100 }, { max_allocated_storage: 200 })],
    ["a standby", database({ multi_az: false }, { multi_az: true })],
    ["protection of a host", host({ disable_api_termination: false }, { disable_api_termination: true })],
    ["IMDSv2", host(metadata("optional"), metadata("required"))],
    ["versioning", update("aws_s3_bucket_versioning", versioning("Suspended"), versioning("Enabled"))],
    ["TLS only beside a statement", update("aws_s3_bucket_policy", policy(audit), policy(audit, secure))],
    [
      "a block of public access",
      update("aws_s3_bucket_public_access_block", { block_public_acls: false }, { block_public_acls: true }),
    ],
    [
      "encryption",
      update("aws_s3_bucket_server_side_encryption_configuration", encryption("none"), encryption("AES256")),
    ],
    ["HTTPS only", update("aws_elasticsearch_domain", {}, { domain_endpoint_options: [https] })],
    [
      "backups that RDS will tell, because the configuration does not",
      {
        ...database(
          { backup_retention_period: 14, deletion_protection: true },
          {},
          {
            after_unknown: { backup_retention_period: true, deletion_protection: true, multi_az: true },
          },
        ),
        configuration: { root_module: { resources: [{ address: "aws_db_instance.one", expressions: {} }] } },
      },
    ],
    ["statements in another order, and another form", iamPolicy(allow(["a:B", "c:D"]), allow(["C:D", "a:B"]))],
    [
      "a statement in two",
      update("aws_iam_policy", policy(allow(["a:B", "c:D"])), policy(allow("a:B"), { ...allow("c:D"), Sid: "Other" })),
    ],
    [
      "an account in another form",
      update(
        "aws_s3_bucket_policy",
        policy(tlsOnly, { ...everybody, Principal: { AWS: "123456789012" } }),
        policy(tlsOnly, { ...everybody, Principal: { AWS: "arn:aws:iam::123456789012:root" } }),
      ),
    ],
    [
      "a narrower trust",
      role(
        trust(service("elasticmapreduce.amazonaws.com")),
        trust({
          ...service("elasticmapreduce.amazonaws.com"),
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        }),
      ),
    ],
    [
      "lifecycle rules that delete after ten years, of a bucket that exists",
      ofBucket("acme-reports", planOf("aws_s3_bucket_lifecycle_configuration", ["create"], null, expiring(3650))),
    ],
    ["tags", host({ tags: {} }, { tags: { Project: "analytics" } })],
  ])("neither has one of %s", async (_, plan) => {
    const { summary, adoption } = await verdicts(plan);

    expect([summary, adoption]).toEqual([
      { status: 0, text: "" },
      { status: 0, text: "" },
    ]);
  });

  it.each<[string, object]>([
    ["RDS's own upgrades", database({ auto_minor_version_upgrade: false }, { auto_minor_version_upgrade: true })],
    ["untagged snapshots", database({ copy_tags_to_snapshot: true }, { copy_tags_to_snapshot: false })],
    ["performance insights", database({ performance_insights_enabled: false }, { performance_insights_enabled: true })],
    ["a host's replacement, later", host({}, { user_data_replace_on_change: true })],
  ])("an adoption has reasons for one direction alone, not for %s", async (_, plan) => {
    const { summary, adoption } = await verdicts(plan);

    expect(summary.status).toBe(0);
    expect(adoption).toEqual({ status: 1, text: expect.stringContaining("no reason is known") });
  });

  it("an adoption destroys and creates nothing that is no part of it, whether it holds something or not", async () => {
    const destroyed = await verdicts(planOf("aws_iam_role_policy", ["delete"], {}, null));
    const created = await verdicts(planOf("aws_vpc", ["create"], null, {}));

    expect(destroyed.adoption.text).toContain("aws_iam_role_policy.one is destroyed");
    expect(created.adoption.text).toContain("aws_vpc.one: it is created, and an adoption keeps the network");
    expect([destroyed, created].map(({ summary, adoption }) => [summary.status, adoption.status])).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it("both hide what may be made of a secret", async () => {
    const plan = planOf(
      "aws_db_instance",
      ["update"],
      { password: "first-secret", parameter_group_name: "first-secret-group" },
      { password: "second-secret", parameter_group_name: "default.mysql8.0" },
      { before_sensitive: { password: true }, after_sensitive: { password: true } },
    );
    const { summary, adoption } = await verdicts(plan);

    expect(summary.text + adoption.text).not.toContain("secret");
    expect(summary.text).toContain("loses what is set in the parameter group (sensitive)");
  });
});
