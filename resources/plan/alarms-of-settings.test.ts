import { generateKeyPairSync } from "node:crypto";
import { backupTagKey } from "../../modules/backup-tag";
import { taken } from "../../test/alarms-of-changes";
import { companionsOfBucket } from "../../test/companions-of-bucket";

type Changes = Readonly<Record<string, object>>;

const create = (after: object) => ({ actions: ["create"], after });
const update = (before: object, after: object) => ({ actions: ["update"], before, after });
const held = (values: object) => ({ actions: ["no-op"], before: values, after: values });
const said = (changes: Changes) => taken(changes).join("\n");

const database = {
  deletion_protection: true,
  storage_encrypted: true,
  backup_retention_period: 7,
  parameter_group_name: "own",
};
const host = { metadata_options: [{ http_tokens: "required", http_put_response_hop_limit: 1 }] };
const imdsV1 = { metadata_options: [{ http_tokens: "optional", http_put_response_hop_limit: 1 }] };
const schedule = { name: "daily", create_rule: [{ interval: 24 }], retain_rule: [{ interval: 14 }] };
const details = { resource_types: ["INSTANCE"], target_tags: { [backupTagKey]: "acme" }, schedule: [schedule] };
const policy = (more: object = {}, ofSchedule: object = {}) => ({
  state: "ENABLED",
  policy_details: [{ ...details, schedule: [{ ...schedule, ...ofSchedule }], ...more }],
});
const backedUp = { "aws_instance.analytics_1": held({ tags: { [backupTagKey]: "acme" } }) };
const metric = {
  namespace: "AWS/EC2",
  metric_name: "StatusCheckFailed",
  statistic: "Maximum",
  comparison_operator: "GreaterThanThreshold",
  threshold: 0,
  period: 300,
  evaluation_periods: 2,
};
const record = { name: "insights.acme.org", type: "A", records: ["192.0.2.1"] };
const address = { "aws_eip.own": held({ public_ip: "192.0.2.1" }) };
const rule = (more: object) => ({
  "aws_s3_bucket.data": create({ bucket: "data" }),
  ...Object.fromEntries(companionsOfBucket("data").map(({ type, values }) => [`${type}.data`, held(values)])),
  "aws_s3_bucket_lifecycle_configuration.data": create({ bucket: "data", rule: [{ status: "Enabled", ...more }] }),
});
const lines = (bits: number) => {
  const { n = "", e = "" } = generateKeyPairSync("rsa", { modulusLength: bits }).publicKey.export({ format: "jwk" });
  const strings = [
    Buffer.from("ssh-rsa"),
    Buffer.from(e, "base64url"),
    Buffer.concat([Buffer.from([0]), Buffer.from(n, "base64url")]),
  ];
  const all = strings.flatMap((text) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    return [length, text];
  });
  return { public_key: `ssh-rsa ${Buffer.concat(all).toString("base64")} somebody` };
};

describe("an alarm is raised by a new", () => {
  it.each<[string, Changes, string]>([
    [
      "database with parameters of somebody's",
      { "aws_db_instance.one": create({ ...database, parameter_group_name: "theirs" }) },
      "has theirs as parameter_group_name",
    ],
    [
      "database that upgrades itself",
      { "aws_db_instance.one": create({ ...database, auto_minor_version_upgrade: true }) },
      "is upgraded by RDS when RDS decides",
    ],
    [
      "parameter group without a character set",
      { "aws_db_parameter_group.one": create({ parameter: [] }) },
      "does not set character_set_server",
    ],
    ["host that knows IMDSv1 without a role", { "aws_instance.one": create(imdsV1) }, "accepts IMDSv1"],
    [
      "director that knows IMDSv1",
      {
        "aws_instance.one": create({ ...imdsV1, iam_instance_profile: "director" }),
        "aws_iam_instance_profile.director": held({ name: "director" }),
      },
      "accepts IMDSv1",
    ],
    [
      "host that gives its metadata away",
      { "aws_instance.one": create({ metadata_options: [{ http_put_response_hop_limit: 2 }] }) },
      "a hop limit of 2",
    ],
    [
      "policy of snapshots of other hosts",
      { "aws_dlm_lifecycle_policy.one": create(policy({ target_tags: { [backupTagKey]: "other" } })), ...backedUp },
      "of which the plan has none",
    ],
    [
      "policy of snapshots by another tag",
      { "aws_dlm_lifecycle_policy.one": create(policy({ target_tags: { Name: "acme" } })), ...backedUp },
      "of which the plan has none",
    ],
    [
      "second policy of the same hosts",
      {
        "aws_dlm_lifecycle_policy.own": held(policy()),
        "aws_dlm_lifecycle_policy.one": create(policy()),
        ...backedUp,
      },
      "is one more policy for hosts that have one",
    ],
    [
      "policy without the first volume",
      { "aws_dlm_lifecycle_policy.one": create(policy({ parameters: [{ exclude_boot_volume: true }] })), ...backedUp },
      "is given parameters",
    ],
    [
      "policy of fast restores",
      { "aws_dlm_lifecycle_policy.one": create(policy({}, { fast_restore_rule: [{ count: 10 }] })), ...backedUp },
      "is given fast_restore_rule",
    ],
    [
      "rule that deletes all objects",
      rule({ id: "tidy", expiration: [{ days: 1 }] }),
      "deletes objects by the rule tidy",
    ],
    [
      "rule that deletes all objects as logs",
      rule({ id: "emr-logs", expiration: [{ days: 1 }] }),
      "deletes objects by the rule emr-logs",
    ],
    [
      "rule that moves objects away",
      rule({ id: "cold", transition: [{ days: 1, storage_class: "DEEP_ARCHIVE" }] }),
      "moves objects to DEEP_ARCHIVE",
    ],
    [
      "bucket without versions",
      { "aws_s3_bucket_versioning.one": create({ versioning_configuration: [{ status: "Disabled" }] }) },
      "versioning is Disabled",
    ],
    [
      "password in clear",
      { "aws_ssm_parameter.one": create({ type: "String", value_wo_version: 1 }) },
      "is not encrypted: a password as String",
    ],
    [
      "load balancer that lets anything through",
      { "aws_lb.one": create({ drop_invalid_header_fields: false }) },
      "drop_invalid_header_fields is off",
    ],
    ["key that is too short", { "aws_key_pair.one": create(lines(1024)) }, "is an RSA key of 1024 bits"],
    [
      "alarm the other way round",
      { "aws_cloudwatch_metric_alarm.one": create({ ...metric, comparison_operator: "LessThanThreshold" }) },
      "comparison_operator is LessThanThreshold, where stacks have GreaterThanThreshold",
    ],
    [
      "alarm out of reach",
      { "aws_cloudwatch_metric_alarm.one": create({ ...metric, threshold: 1000 }) },
      "threshold is 1000, where stacks have 0",
    ],
    [
      "alarm of storage that never goes off",
      {
        "aws_cloudwatch_metric_alarm.one": create({ ...metric, namespace: "AWS/RDS", metric_name: "FreeStorageSpace" }),
      },
      "never goes off: its threshold is 0",
    ],
    [
      "alarm of something else",
      { "aws_cloudwatch_metric_alarm.one": create({ ...metric, metric_name: "NetworkIn" }) },
      "watches NetworkIn of AWS/EC2",
    ],
    [
      "alarm that tells nobody",
      { "aws_cloudwatch_metric_alarm.one": create({ ...metric, alarm_actions: null }) },
      "tells nobody",
    ],
    ["topic without a policy", { "aws_sns_topic.one": create({}) }, "AWS Budgets cannot publish"],
    [
      "rule of other events",
      { "aws_cloudwatch_event_rule.one": create({ event_pattern: '{"source":["aws.none"]}' }) },
      "sees other events",
    ],
    [
      "state machine that waits for ever",
      { "aws_sfn_state_machine.one": create({ definition: '{"States":{"Wait":{"Type":"Wait","Seconds":31536000}}}' }) },
      "in another way than stacks do",
    ],
    [
      "budget out of reach",
      { "aws_budgets_budget.one": create({ notification: [{ threshold: 100000 }] }) },
      "has 100000 as notification.threshold",
    ],
    [
      "budget that mails nothing",
      { "aws_budgets_budget.one": create({ notification: [] }) },
      "mails nothing about costs",
    ],
    [
      "record of all names",
      { "aws_route53_record.one": create({ ...record, name: "*.acme.org" }) },
      "leads *.acme.org",
    ],
    [
      "record of one more name",
      {
        "aws_route53_record.own": held(record),
        "aws_route53_record.one": create({ ...record, name: "acme.org" }),
        ...address,
      },
      "leads acme.org to the stack",
    ],
    [
      "record of a name that the certificate is not of",
      {
        "aws_acm_certificate.own": held({ domain_name: record.name }),
        "aws_route53_record.one": create({ ...record, name: "courses.acme.org" }),
      },
      "leads courses.acme.org to the stack",
    ],
    [
      "certificate of all names",
      { "aws_acm_certificate.one": create({ domain_name: "*.acme.org" }) },
      "is of *.acme.org, besides",
    ],
    [
      "certificate of one more name",
      {
        "aws_acm_certificate.own": held({ domain_name: record.name }),
        "aws_acm_certificate.one": create({ domain_name: "acme.org" }),
      },
      "is of acme.org, besides",
    ],
    [
      "target that is Jenkins",
      {
        "aws_instance.analytics_1_jenkins": held({ id: "i-1" }),
        "aws_lb_target_group_attachment.one": create({ target_id: "i-1" }),
      },
      "hands users' requests to aws_instance.analytics_1_jenkins",
    ],
  ])("%s", (_, changes, words) => {
    expect(said(changes)).toContain(words);
  });
});

describe("no alarm is raised by", () => {
  it.each<[string, Changes]>([
    [
      "Jenkins' host, whose boto knows IMDSv1 alone",
      {
        "aws_instance.analytics_1": create({ ...imdsV1, iam_instance_profile: "emr" }),
        "aws_iam_instance_profile.emr_provisioning": held({ name: "emr" }),
      },
    ],
    ["a host with IMDSv2", { "aws_instance.one": create(host) }],
    ["snapshots of the plan's hosts", { "aws_dlm_lifecycle_policy.one": create(policy()), ...backedUp }],
    ["EMR's logs that expire", rule({ id: "emr-logs", filter: [{ prefix: "logs/" }], expiration: [{ days: 1 }] })],
    ["an alarm as stacks have it", { "aws_cloudwatch_metric_alarm.one": create(metric) }],
    ["a key that is long enough", { "aws_key_pair.one": create(lines(2048)) }],
    ["a key of Ed25519", { "aws_key_pair.one": create({ public_key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5" }) }],
    [
      "the same name by IPv6",
      {
        "aws_route53_record.own": held(record),
        "aws_route53_record.one": create({ ...record, type: "AAAA" }),
        ...address,
      },
    ],
    [
      "the host of another iteration behind the load balancer",
      {
        "aws_instance.analytics_2_insights": held({ id: "i-2" }),
        "aws_lb_target_group_attachment.one": update({ target_id: "i-1" }, { target_id: "i-2" }),
      },
    ],
  ])("%s", (_, changes) => {
    expect(said(changes)).toBe("");
  });
});
