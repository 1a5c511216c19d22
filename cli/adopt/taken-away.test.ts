import { readPlan } from "../plan-summary/plan";
import { takenAway } from "./taken-away";

/** What a plan of these changes, by address, takes away. */
function taken(changes: Readonly<Record<string, object>>) {
  const resource_changes = Object.entries(changes).map(([address, change]) => ({
    address,
    mode: "managed",
    type: address.split(".")[0],
    change: { before: null, after: null, ...change },
  }));
  const plan = readPlan(JSON.stringify({ format_version: "1.2", resource_changes }), "plan.json");
  return plan.resource_changes.flatMap((change) => takenAway(change, plan));
}

const update = { actions: ["update"], importing: {} };

describe("a change that is explained", () => {
  const allow = (statement: object) => JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] });
  const mine = { actions: ["no-op"], before: { arn: "arn:mine" } };

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
      "takes IMDSv1 again",
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
      "loses this statement of its access policy",
    ],
    [
      "a condition from a domain",
      "aws_elasticsearch_domain.elasticsearch",
      { access_policies: allow({ Principal: { AWS: "arn:mine" }, Condition: { IpAddress: {} } }) },
      {},
      "loses this statement of its access policy, or its condition",
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
      { assume_role_policy: allow({ Principal: { AWS: "arn:theirs" } }) },
      { assume_role_policy: allow({ Principal: { Service: "ec2.amazonaws.com" } }) },
      "is no longer assumed as by this statement",
    ],
    [
      "actions that were added to the runbook's",
      "aws_iam_policy.emr_provisioning",
      { policy: allow({ Action: ["elasticmapreduce:*", "s3:PutObject"] }) },
      {},
      "loses more than the runbook gives",
    ],
    [
      "a bucket from a user",
      "aws_iam_user_policy.reports_user",
      { policy: allow({ Action: "s3:Get*", Resource: ["arn:aws:s3:::theirs/*"] }) },
      { policy: allow({ Action: "s3:Get*", Resource: "arn:aws:s3:::mine/*" }) },
      "no longer reaches arn:aws:s3:::theirs/*",
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
      { rule: [{ id: "old-versions", noncurrent_version_expiration: [{ noncurrent_days: 90 }] }] },
      "loses the rule glacier",
    ],
  ])("takes away %s", (_, address, before, after, expected) => {
    expect(taken({ "aws_iam_user.elasticsearch": mine, [address]: { ...update, before, after } })).toEqual([
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
    expect(taken({ "aws_iam_user.elasticsearch": mine, [address]: { ...update, before, after } })).toEqual([]);
  });

  it("opens nothing of a group that is there, and leaves a host its address", () => {
    const open = {
      security_group_id: "sg-1",
      cidr_ipv4: "0.0.0.0/0",
      ip_protocol: "tcp",
      from_port: 443,
      to_port: 443,
    };
    const found = taken({
      "aws_vpc_security_group_ingress_rule.https": { actions: ["create"], after: open },
      "aws_vpc_security_group_ingress_rule.of_a_new_group": {
        actions: ["create"],
        after: { ...open, security_group_id: undefined },
      },
      "aws_instance.analytics_1": { actions: ["no-op"], importing: {} },
      "aws_eip.analytics": { actions: ["create"], after: {} },
    });

    expect(found).toEqual([
      "aws_vpc_security_group_ingress_rule.https opens tcp 443 of sg-1, which is there, from 0.0.0.0/0",
      "aws_eip.analytics is a new address, in the place of the public one that the host has, and that DNS may know",
    ]);
  });
});
