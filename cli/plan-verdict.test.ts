import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeTerminal } from "../test/fake-terminal";
import { planOf } from "../test/plan-of";
import { main } from "./main";

const folder = mkdtempSync(join(tmpdir(), "plan-verdict-"));

afterAll(() => rmSync(folder, { recursive: true }));

/** What both commands say of a plan. */
async function verdicts(plan: object) {
  const file = join(folder, "plan.json");
  writeFileSync(file, JSON.stringify(plan));
  const run = async (...command: string[]) => {
    const terminal = fakeTerminal();
    const status = await main(command, terminal);
    return { status, text: terminal.errors.join("\n") };
  };
  return {
    summary: await run("plan-summary", "--format", "markdown", file),
    adoption: await run("adopt", "example", "--plan", file),
  };
}

const update = (type: string, before: object, after: object) => planOf(type, ["update"], before, after);
const versioning = (status: string) => ({ versioning_configuration: [{ status }] });
const policy = (...statements: object[]) => ({ policy: JSON.stringify({ Statement: statements }) });
const metadata = (http_tokens: string) => ({ metadata_options: [{ http_tokens }] });
const groups = (...vpc_security_group_ids: string[]) => ({ vpc_security_group_ids });
const encryption = (sse_algorithm: string) => ({
  rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm }] }],
});
const tlsOnly = { Sid: "TlsOnly", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
const secure = { ...tlsOnly, Condition: { Bool: { "aws:SecureTransport": "false" } } };
const audit = { Sid: "Audit", Effect: "Allow", Principal: { AWS: "arn:aws:iam::1:root" }, Action: "s3:GetObject" };
const everybody = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };

const allow = (Action: unknown, Resource: unknown = "arn:aws:s3:::data/*", more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const trust = (...statements: object[]) => ({
  assume_role_policy: JSON.stringify({
    Statement: statements.map((statement) => ({ Effect: "Allow", Action: "sts:AssumeRole", ...statement })),
  }),
});
const service = (name: string) => ({ Principal: { Service: name } });
const tokens = (Condition: object) => ({
  Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition,
});
const subject = "token.actions.githubusercontent.com:sub";
const stranger = { Principal: { AWS: "arn:aws:iam::999999999999:root" } };
const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const attachment = (policy_arn: string) => ({ role: "hosts", policy_arn });
const ssh = {
  security_group_id: "sg-1",
  ip_protocol: "tcp",
  from_port: 22,
  to_port: 22,
  cidr_ipv4: "10.0.0.0/8",
};
const kms = (kms_master_key_id: string) => ({
  rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms", kms_master_key_id }] }],
});
const owned = (object_ownership: string) => ({ rule: [{ object_ownership }] });
const volume = (volume_size: number) => ({ ebs_options: [{ volume_size }] });
const nodes = (instance_count: number) => ({ cluster_config: [{ instance_count }] });
const role = (before: object, after: object) => update("aws_iam_role", before, after);
const iamPolicy = (before: object, after: object) => update("aws_iam_policy", policy(before), policy(after));
const bucketPolicy = (...statements: object[]) =>
  update("aws_s3_bucket_policy", policy(tlsOnly), policy(tlsOnly, ...statements));
const domainPolicy = (...statements: object[]) => ({ access_policies: policy(...statements).policy });
const pending = (attribute: string) => ({ after_unknown: { [attribute]: true } });

const database = (before: object, after: object, more = {}) =>
  planOf("aws_db_instance", ["update"], before, after, more);
const host = (before: object, after: object) => update("aws_instance", before, after);
const https = { enforce_https: true, tls_security_policy: "Policy-Min-TLS-1-2-2019-07" };

describe("plan-summary and adopt --plan", () => {
  it.each<[string, object, string, number?]>([
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
    [
      "AWS's administrator policy, attached to a role",
      planOf("aws_iam_role_policy_attachment", ["create"], null, attachment(aws("AdministratorAccess"))),
      "attaches AWS's policy AdministratorAccess",
    ],
    [
      "AWS's administrator policy in the place of another one",
      planOf(
        "aws_iam_user_policy_attachment",
        ["delete", "create"],
        { user: "reports", policy_arn: aws("job-function/Billing") },
        { user: "reports", policy_arn: aws("PowerUserAccess") },
      ),
      "attaches AWS's policy PowerUserAccess",
      2,
    ],
    [
      "all of IAM, attached to a group",
      planOf("aws_iam_group_policy_attachment", ["create"], null, { group: "all", policy_arn: aws("IAMFullAccess") }),
      "attaches AWS's policy IAMFullAccess",
    ],
    [
      "an administrator in a list of a role",
      role({ managed_policy_arns: [] }, { managed_policy_arns: [aws("job-function/SystemAdministrator")] }),
      "attaches AWS's policy SystemAdministrator",
    ],
    [
      "a policy with every action",
      iamPolicy(allow("s3:GetObject"), allow(["s3:GetObject", "*"])),
      "allows every action on some resources: allow *",
    ],
    [
      "a policy with all of a service",
      iamPolicy(allow("s3:GetObject"), allow("S3:*")),
      "allows s3:* now: allow S3:* on arn:aws:s3:::data/*",
    ],
    [
      "a policy on every resource",
      iamPolicy(allow("s3:GetObject"), allow("s3:GetObject", ["arn:aws:s3:::data/*", "*"])),
      "allows * now: allow s3:GetObject on *",
    ],
    [
      "a policy of all but some actions",
      iamPolicy(allow("s3:GetObject"), { Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
      "allows all but what it names: allow all but iam:* on *",
    ],
    [
      "a policy to give oneself others",
      update("aws_iam_role_policy", policy(allow("s3:Get*")), policy(allow("s3:Get*"), allow("iam:Put*", "*"))),
      "may give itself other permissions: allow iam:Put* on *",
    ],
    [
      "a new policy of an administrator",
      planOf("aws_iam_role_policy", ["create"], null, policy(allow("*", "*"))),
      "allows every action on everything: allow * on *",
    ],
    [
      "a new policy of all of a service everywhere",
      planOf("aws_iam_user_policy", ["create"], null, policy(allow("s3:*", "*"))),
      "allows all of s3:* on everything",
    ],
    [
      "a policy inside a role",
      role({ inline_policy: [] }, { inline_policy: [{ name: "x", ...policy(allow("*", "*")) }] }),
      "allows every action on everything",
    ],
    [
      "a statement less in a role's policy",
      update("aws_iam_role_policy", policy(allow("s3:GetObject"), allow("sqs:*", "q")), policy(allow("s3:GetObject"))),
      "loses this statement: allow sqs:* on q",
    ],
    [
      "another service in a trust",
      role(trust(service("ec2.amazonaws.com")), trust(service("ec2.amazonaws.com"), service("lambda.amazonaws.com"))),
      "can be assumed by lambda.amazonaws.com too",
    ],
    [
      "tokens in a trust",
      role(
        trust(service("ec2.amazonaws.com")),
        trust(service("ec2.amazonaws.com"), tokens({ StringEquals: { [subject]: "repo:acme/x:environment:y" } })),
      ),
      "can be assumed by arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com too",
    ],
    [
      "tokens of a subject with a wildcard",
      planOf("aws_iam_role", ["create"], null, trust(tokens({ StringLike: { [subject]: "repo:acme/*" } }))),
      "can be assumed with tokens of each subject like repo:acme/*",
    ],
    [
      "tokens of anybody's repository",
      planOf("aws_iam_role", ["create"], null, trust(tokens({ StringEquals: { "x:aud": "sts.amazonaws.com" } }))),
      "can be assumed with tokens of any subject",
    ],
    [
      "another account in a new trust",
      planOf("aws_iam_role", ["create"], null, trust(stranger)),
      "lets in arn:aws:iam::999999999999:root, which is not of this account",
    ],
    [
      "a trust that loses its condition",
      role(
        trust({
          ...service("ec2.amazonaws.com"),
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        }),
        trust(service("ec2.amazonaws.com")),
      ),
      "can be assumed on other conditions than before",
    ],
    [
      "another account in a bucket's policy",
      bucketPolicy(allow("s3:GetObject", "arn:aws:s3:::data/*", stranger)),
      "lets in arn:aws:iam::999999999999:root, which is not of this account: allow s3:GetObject",
    ],
    [
      "another account in a domain's policy",
      update("aws_elasticsearch_domain", domainPolicy(), domainPolicy(allow("es:*", "*", stranger))),
      "lets in arn:aws:iam::999999999999:root",
    ],
    [
      "everybody by a condition that narrows nothing",
      bucketPolicy({ ...everybody, Condition: { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:*" } } }),
      "opens to the world: s3:GetObject to everybody, by its policy",
    ],
    [
      "everybody but somebody",
      bucketPolicy({ Effect: "Allow", NotPrincipal: { AWS: "arn:aws:iam::1:root" }, Action: "s3:*", Resource: "*" }),
      "opens to the world: s3:* to everybody",
    ],
    [
      "a key for everybody",
      update(
        "aws_kms_key",
        policy(),
        policy({ Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" }),
      ),
      "opens to the world: kms:Decrypt to everybody",
    ],
    [
      "logs that another service writes no more",
      update(
        "aws_cloudwatch_log_resource_policy",
        { policy_document: policy({ ...service("es.amazonaws.com"), ...allow("logs:Put*", "*") }).policy },
        { policy_document: policy().policy },
      ),
      "loses this statement: allow logs:Put* on * to es.amazonaws.com",
    ],
    [
      "a refusal that is taken back",
      update("aws_s3_bucket_policy", policy(secure, { ...everybody, Effect: "Deny" }), policy(secure)),
      "no longer denies what it did: deny s3:GetObject on * to everybody",
    ],
    [
      "HTTP to a bucket",
      update("aws_s3_bucket_policy", policy(secure), policy()),
      "accepts HTTP again: it loses TlsOnly: deny s3:* on * to everybody, if aws:SecureTransport is false",
    ],
    [
      "HTTP to a bucket, by a policy that is destroyed",
      planOf("aws_s3_bucket_policy", ["delete"], policy(secure), null),
      "accepts HTTP again",
    ],
    [
      "a policy that is destroyed",
      planOf("aws_iam_policy", ["delete"], { id: "p", ...policy(allow("sqs:*", "q")) }, null),
      "is destroyed, and with it this statement: allow sqs:* on q",
    ],
    [
      "a policy that nobody can read yet",
      planOf("aws_s3_bucket_policy", ["update"], policy(tlsOnly), {}, pending("policy")),
      "has a policy that is known after the apply alone: policy",
    ],
    [
      "a new policy that nobody can read yet",
      planOf("aws_iam_role", ["create"], null, {}, pending("assume_role_policy")),
      "has a policy that is known after the apply alone: assume_role_policy",
    ],
    [
      "a role without its boundary",
      role({ permissions_boundary: "arn:aws:iam::123456789012:policy/ci" }, { permissions_boundary: null }),
      "loses its permissions boundary arn:aws:iam::123456789012:policy/ci",
    ],
    ["an instance profile", host({}, { iam_instance_profile: "x" }), "gets the instance profile x"],
    [
      "an attachment that is destroyed",
      planOf("aws_iam_role_policy_attachment", ["delete"], attachment("arn:aws:iam::1:policy/x"), null),
      "takes the policy arn:aws:iam::1:policy/x from the role hosts",
    ],
    [
      "a rule that is destroyed",
      planOf("aws_vpc_security_group_ingress_rule", ["delete"], ssh, null),
      "no longer lets tcp 22 from 10.0.0.0/8 through: sg-1",
    ],
    [
      "a rule of fewer addresses",
      update("aws_vpc_security_group_ingress_rule", ssh, { ...ssh, cidr_ipv4: "10.1.0.0/16" }),
      "no longer lets tcp 22 from 10.0.0.0/8 through: sg-1",
    ],
    [
      "a rule of the older type that is destroyed",
      planOf("aws_security_group_rule", ["delete"], { ...ssh, type: "ingress", cidr_blocks: ["10.0.0.0/8"] }, null),
      "no longer lets tcp 22 from 10.0.0.0/8 through",
    ],
    [
      "a rule less inside a group",
      update("aws_security_group", { ingress: [{ ...ssh, cidr_blocks: ["10.0.0.0/8"] }] }, { ingress: [] }),
      "no longer lets tcp 22 from 10.0.0.0/8 through",
    ],
    [
      "KMS, by a destroy",
      planOf("aws_s3_bucket_server_side_encryption_configuration", ["delete"], kms("one"), null),
      "no longer encrypts new objects with a key of KMS",
    ],
    [
      "another key of KMS",
      update("aws_s3_bucket_server_side_encryption_configuration", kms("one"), kms("other")),
      "encrypts new objects with another key of KMS: other in the place of one",
    ],
    [
      "a smaller volume of a domain",
      update("aws_elasticsearch_domain", volume(50), volume(10)),
      "has less room for its indices: 10 GiB in the place of 50",
    ],
    ["fewer nodes", update("aws_elasticsearch_domain", nodes(3), nodes(1)), "has 1 nodes in the place of 3"],
    [
      "no password by RDS",
      database({ manage_master_user_password: true }, { manage_master_user_password: null }),
      "is no longer given its master password by RDS",
    ],
    [
      "ACLs",
      update("aws_s3_bucket_ownership_controls", owned("BucketOwnerEnforced"), owned("ObjectWriter")),
      "brings ACLs back",
    ],
    [
      "ACLs, by a destroy",
      planOf("aws_s3_bucket_ownership_controls", ["delete"], owned("BucketOwnerEnforced"), null),
      "brings ACLs back",
    ],
    [
      "older TLS",
      update(
        "aws_elasticsearch_domain",
        { domain_endpoint_options: [https] },
        { domain_endpoint_options: [{ ...https, tls_security_policy: "Policy-Min-TLS-1-0-2019-07" }] },
      ),
      "accepts older TLS again: Policy-Min-TLS-1-0-2019-07 in the place of Policy-Min-TLS-1-2-2019-07",
    ],
    [
      "a parameter in clear",
      update("aws_ssm_parameter", { type: "SecureString" }, { type: "String" }),
      "is no longer encrypted",
    ],
    [
      "a grant that is revoked",
      planOf("mysql_grant", ["delete"], { user: "reports", database: "reports", privileges: ["SELECT"] }, null),
      "takes SELECT on reports from reports",
    ],
    [
      "an address that leaves its host",
      planOf("aws_eip_association", ["delete"], { allocation_id: "eipalloc-1", public_ip: "203.0.113.1" }, null),
      "takes the address 203.0.113.1 from its host",
    ],
    [
      "a database that is gone, and made again",
      {
        ...planOf("aws_db_instance", ["create"], null, {}),
        resource_drift: planOf("aws_db_instance", ["delete"], {}, null).resource_changes,
      },
      "is gone, and with it its databases: an empty one takes its place",
    ],
    ["a part of a plan", { ...host({}, {}), complete: false }, "something is deferred, or not targeted"],
    [
      "a check that fails",
      {
        ...host({}, {}),
        checks: [
          {
            address: { to_display: "check.health" },
            status: "fail",
            instances: [
              {
                address: { to_display: "check.health" },
                status: "fail",
                problems: [{ message: "Elasticsearch answers 503." }],
              },
            ],
          },
        ],
      },
      "check.health fails: Elasticsearch answers 503.",
    ],
    [
      "a type that no stack has",
      planOf("aws_dynamodb_table", ["delete"], {}, null),
      "is destroyed, and with it whatever",
    ],
  ])("both have an alarm of %s", async (_, plan, alarm, alarms = 1) => {
    const { summary, adoption } = await verdicts(plan);

    expect(summary).toEqual({ status: 2, text: expect.stringContaining(alarm) });
    expect(adoption).toEqual({ status: 1, text: expect.stringContaining(alarm) });
    expect(summary.text).toMatch(new RegExp(`^${alarms} alarms? `));
  });

  it.each<[string, object]>([
    ["more backups", database({ backup_retention_period: 7 }, { backup_retention_period: 35 })],
    ["protection of a database", database({ deletion_protection: false }, { deletion_protection: true })],
    ["more storage", database({ max_allocated_storage: 100 }, { max_allocated_storage: 200 })],
    ["a standby", database({ multi_az: false }, { multi_az: true })],
    ["protection of a host", host({ disable_api_termination: false }, { disable_api_termination: true })],
    ["IMDSv2", host(metadata("optional"), metadata("required"))],
    ["versioning", update("aws_s3_bucket_versioning", versioning("Suspended"), versioning("Enabled"))],
    ["TLS only beside a statement", update("aws_s3_bucket_policy", policy(audit), policy(audit, tlsOnly))],
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
      "backups that RDS will tell",
      database(
        { backup_retention_period: 14, deletion_protection: true },
        {},
        {
          after_unknown: { backup_retention_period: true, deletion_protection: true, multi_az: true },
        },
      ),
    ],
    [
      "EMR's policy",
      planOf(
        "aws_iam_role_policy_attachment",
        ["create"],
        null,
        attachment(aws("service-role/AmazonElasticMapReduceforEC2Role")),
      ),
    ],
    ["statements in another order, and another form", iamPolicy(allow(["a:B", "c:D"]), allow(["C:D", "a:B"]))],
    [
      "a statement in two",
      update("aws_iam_policy", policy(allow(["a:B", "c:D"])), policy(allow("a:B"), { ...allow("c:D"), Sid: "Other" })),
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
