import { taken } from "../../test/alarms-of-changes";

const update = { actions: ["update"], importing: {} };
const utf8 = { parameter: [{ name: "character_set_server", value: "utf8" }] };

describe("a change in place", () => {
  const allow = (statement: object) => JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] });
  const mine = { actions: ["no-op"], before: { arn: "arn:mine" } };
  const profile = { actions: ["no-op"], before: { name: "edxanalytics" }, after: { name: "edxanalytics" } };
  const parameters = { actions: ["create"], after: { name: "analytics-mysql5-7", ...utf8 } };
  const own = {
    "aws_iam_user.elasticsearch": mine,
    "aws_iam_instance_profile.emr_provisioning": profile,
    "aws_db_parameter_group.database_1": parameters,
  };

  it.each<[string, string, object, object, string]>([
    [
      "a group from a host",
      "aws_instance.analytics_1",
      { vpc_security_group_ids: ["sg-1", "sg-2"] },
      { vpc_security_group_ids: ["sg-1"] },
      "leaves the security group sg-2",
    ],
    [
      "the walls of a host, by a group that is not the stack's",
      "aws_instance.analytics_1",
      { vpc_security_group_ids: ["sg-1"] },
      { vpc_security_group_ids: ["sg-1", "sg-default"] },
      "joins the security group sg-default",
    ],
    [
      "a disk that outlives its host",
      "aws_instance.analytics_1",
      { root_block_device: [{ delete_on_termination: false }] },
      { root_block_device: [{ delete_on_termination: true }] },
      "has its disk deleted",
    ],
    [
      "a statement from a bucket",
      "aws_s3_bucket_policy.buckets_emr",
      { policy: '{"Statement":{"Sid":"Theirs"}}' },
      {},
      'loses this statement: {"Sid":"Theirs"}',
    ],
    [
      "an instance profile",
      "aws_instance.analytics_1",
      { iam_instance_profile: "theirs" },
      { iam_instance_profile: "edxanalytics" },
      "loses the instance profile theirs",
    ],
    [
      "IMDSv2 from a host",
      "aws_instance.analytics_1",
      { metadata_options: [{ http_tokens: "required" }] },
      { metadata_options: [{ http_tokens: "optional" }] },
      "accepts IMDSv1 again",
    ],
    [
      "a parameter group",
      "aws_db_instance.database_1",
      { parameter_group_name: "tuned" },
      { parameter_group_name: "analytics-mysql5-7" },
      "loses what is set in the parameter group tuned",
    ],
    ["a standby", "aws_db_instance.database_1", { multi_az: true }, { multi_az: false }, "loses its standby"],
    [
      "a public address",
      "aws_db_instance.database_1",
      { publicly_accessible: true },
      { publicly_accessible: false },
      "loses its public address",
    ],
    [
      "autoscaling",
      "aws_db_instance.database_1",
      { max_allocated_storage: 100 },
      {},
      "no longer grows by itself, up to 100 GiB",
    ],
    [
      "somebody's access to a domain",
      "aws_elasticsearch_domain.elasticsearch",
      { access_policies: allow({ Principal: { AWS: ["arn:mine", "arn:theirs"] } }) },
      {},
      'loses this statement: {"Effect":"Allow","Principal":{"AWS":["arn:mine","arn:theirs"]}}',
    ],
    [
      "a condition from a domain",
      "aws_elasticsearch_domain.elasticsearch",
      { access_policies: allow({ Principal: { AWS: "arn:mine" }, Condition: { IpAddress: {} } }) },
      {},
      "loses this statement",
    ],
    [
      "a domain's own name",
      "aws_elasticsearch_domain.elasticsearch",
      { domain_endpoint_options: [{ custom_endpoint_enabled: true, custom_endpoint: "es.example.com" }] },
      { domain_endpoint_options: [{ custom_endpoint_enabled: null }] },
      "loses its endpoint es.example.com",
    ],
    [
      "a role from another account",
      "aws_iam_role.emr_provisioning",
      {
        assume_role_policy: allow({
          Principal: { AWS: "arn:theirs", Service: "ec2.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
      },
      { assume_role_policy: allow({ Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }) },
      "loses this statement: allow sts:AssumeRole to arn:theirs",
    ],
    [
      "actions that were added to the runbook's",
      "aws_iam_policy.emr_provisioning",
      { policy: allow({ Action: ["elasticmapreduce:*", "s3:PutObject"] }) },
      { policy: allow({ Action: "elasticmapreduce:*" }) },
      "loses this statement: allow s3:PutObject",
    ],
    [
      "a bucket from a user",
      "aws_iam_user_policy.reports_user",
      { policy: allow({ Action: "s3:Get*", Resource: ["arn:aws:s3:::mine/*", "arn:aws:s3:::theirs/*"] }) },
      { policy: allow({ Action: "s3:Get*", Resource: "arn:aws:s3:::mine/*" }) },
      "loses this statement: allow s3:Get* on arn:aws:s3:::theirs/*",
    ],
    [
      "a key of KMS",
      "aws_s3_bucket_server_side_encryption_configuration.buckets_emr",
      { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms" }] }] },
      { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "AES256" }] }] },
      "no longer encrypts new objects with a key of KMS",
    ],
    [
      "a lifecycle rule",
      "aws_s3_bucket_lifecycle_configuration.buckets_emr",
      { rule: [{ id: "glacier", transition: [{ days: 60 }] }] },
      { rule: [{ id: "old-versions", noncurrent_version_expiration: [{ noncurrent_days: 3650 }] }] },
      "loses the rule glacier",
    ],
  ])("takes away %s", (_, address, before, after, expected) => {
    expect(taken({ ...own, [address]: { ...update, before, after } })).toEqual([
      expect.stringContaining(`${address} ${expected}`),
    ]);
  });

  it.each<[string, string, object, object]>([
    [
      "the runbook's user of a domain",
      "aws_elasticsearch_domain.elasticsearch",
      { access_policies: allow({ Principal: { AWS: ["arn:mine"] }, Action: "es:*" }) },
      {},
    ],
    [
      "the runbook's policy, wide as it is",
      "aws_iam_policy.emr_provisioning",
      { policy: allow({ Action: ["elasticmapreduce:*", "iam:PassRole", "route53:Get*"], Resource: "*" }) },
      {},
    ],
    [
      "EMR's service",
      "aws_iam_role.emr_roles_service",
      { assume_role_policy: allow({ Principal: { Service: "elasticmapreduce.amazonaws.com" } }) },
      { assume_role_policy: allow({ Principal: { Service: "elasticmapreduce.amazonaws.com" }, Condition: {} }) },
    ],
    [
      "the default parameter group",
      "aws_db_instance.database_1",
      { parameter_group_name: "default.mysql5.7" },
      { parameter_group_name: "analytics-mysql5-7" },
    ],
    [
      "a lifecycle rule under another name",
      "aws_s3_bucket_lifecycle_configuration.buckets_emr",
      { rule: [{ id: "theirs", filter: [{ prefix: "logs/" }], expiration: [{ days: 400, date: null }] }] },
      { rule: [{ id: "emr-logs", filter: [{ prefix: "logs/", tag: [] }], expiration: [{ days: 400 }] }] },
    ],
  ])("takes nothing away with %s", (_, address, before, after) => {
    expect(taken({ ...own, [address]: { ...update, before, after } })).toEqual([]);
  });

  it.each<[string, string, object, object, string]>([
    [
      "a role for another account",
      "aws_iam_role.emr_ec2",
      { assume_role_policy: allow({ Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }) },
      {
        assume_role_policy: JSON.stringify({
          Statement: [
            { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
            { Effect: "Allow", Principal: { AWS: "arn:theirs" }, Action: "sts:AssumeRole" },
          ],
        }),
      },
      "can be assumed by arn:theirs too",
    ],
    [
      "TLS alone",
      "aws_s3_bucket_policy.buckets_emr",
      { policy: JSON.stringify({ Statement: { Sid: "TlsOnly", Effect: "Deny", Principal: "*" } }) },
      { policy: JSON.stringify({ Statement: [] }) },
      'no longer denies what it did: {"Sid":"TlsOnly"',
    ],
    [
      "HTTPS alone",
      "aws_elasticsearch_domain.elasticsearch",
      { domain_endpoint_options: [{ enforce_https: true }] },
      { domain_endpoint_options: [{ enforce_https: false }] },
      "answers HTTP again",
    ],
    ["an access key", "aws_iam_access_key.reports", { status: "Active" }, { status: "Inactive" }, "no longer works"],
    [
      "a password",
      "mysql_user.analytics_1_reports",
      { password_wo_version: 1 },
      { password_wo_version: 2 },
      "gets another password",
    ],
    [
      "objects, by a new rule",
      "aws_s3_bucket_lifecycle_configuration.buckets_emr",
      { rule: [{ id: "old-versions", noncurrent_version_expiration: [{ noncurrent_days: 90 }] }] },
      {
        rule: [
          { id: "old-versions", noncurrent_version_expiration: [{ noncurrent_days: 90 }] },
          { id: "emr-logs", filter: [{ prefix: "logs/" }], expiration: [{ days: 90 }] },
        ],
      },
      "deletes objects by the rule emr-logs",
    ],
    [
      "a lifecycle rule, of other objects under the same prefix",
      "aws_s3_bucket_lifecycle_configuration.buckets_emr",
      { rule: [{ id: "one", filter: [{ prefix: "logs/", tag: [{ key: "keep", value: "no" }] }] }] },
      { rule: [{ id: "one", filter: [{ prefix: "logs/", tag: [] }] }] },
      "loses the rule one",
    ],
  ])("changes %s", (_, address, before, after, expected) => {
    expect(taken({ [address]: { ...update, before, after } })).toEqual([
      expect.stringContaining(`${address} ${expected}`),
    ]);
  });

  it("loses no resource that a policy reaches by a pattern", () => {
    const [before, after] = ["arn:aws:s3:::mine/reports/*", "arn:aws:s3:::mine/*"].map((Resource) => ({
      policy: allow({ Action: "s3:Get*", Resource }),
    }));

    expect(taken({ "aws_iam_user_policy.reports_user": { ...update, before, after } })).toEqual([
      "aws_iam_user_policy.reports_user allows more than before: allow s3:Get* on arn:aws:s3:::mine/*",
    ]);
  });

  it("loses no parameter group where the stack has the former one too", () => {
    const [before, after] = [{ parameter_group_name: "mysql5-7" }, { parameter_group_name: "mysql8-0" }];

    expect(
      taken({
        "aws_db_instance.database_1": { ...update, before, after },
        "aws_db_parameter_group.database_1_mysql5_7": { actions: ["no-op"], before: { name: "mysql5-7" } },
        "aws_db_parameter_group.database_1": { actions: ["create"], after: { name: "mysql8-0", ...utf8 } },
      }),
    ).toEqual([]);
  });

  const unmanaged = { Sid: "Theirs", Effect: "Allow", Principal: "*", Action: ["s3:GetObject"], Resource: "arn:a/*" };

  it.each<[string, object]>([
    ["is written in another way, under another name", { Sid: "", Principal: { AWS: "*" }, Action: "s3:GetObject" }],
    ["lets in more", { Principal: { AWS: ["*", "arn:other"] } }],
    ["lets do more", { Action: "s3:Get*" }],
    ["reaches more", { Resource: ["arn:a/*", "arn:b/*"] }],
  ])("keeps a statement that %s", (_, changed) => {
    expect(lost(unmanaged, { ...unmanaged, ...changed })).toEqual([]);
  });

  it.each<[string, object]>([
    ["lets do less", { Action: "s3:GetObjectTagging" }],
    ["lets in another caller", { Principal: { AWS: "arn:other" } }],
    ["reaches less", { Resource: "arn:a/b" }],
    ["has a condition", { Condition: { Bool: { "aws:SecureTransport": "true" } } }],
  ])("loses a statement that %s", (_, changed) => {
    expect(lost(unmanaged, { ...unmanaged, ...changed })).toEqual([expect.stringContaining("loses this statement")]);
  });

  /** What a bucket's policy loses by another statement in the place of one; it is open to the world before. */
  function lost(before: object, after: object) {
    return taken({
      "aws_s3_bucket_policy.one": {
        ...update,
        before: { policy: JSON.stringify({ Statement: before }) },
        after: { policy: JSON.stringify({ Statement: [after] }) },
      },
    }).filter((alarm) => !/opens to the world|allows more than before/.test(alarm));
  }
});
