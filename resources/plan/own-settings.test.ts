import { textOf } from "../phrase";
import { alarmsOfPlan } from "./alarms";
import { readPlan } from "./plan";

const account = "123456789012";

interface Given {
  readonly before?: object | null;
  readonly after: object | null;
  readonly actions?: string[];
  readonly [more: string]: unknown;
}

/** What is said of `one` in a plan with other resources, whose data sources have read some values. */
function said(
  changes: Readonly<Record<string, Given>>,
  read: readonly object[] = [],
  expressions: object = {},
): string {
  const plan = {
    format_version: "1.2",
    resource_changes: Object.entries(changes).map(([address, { before = null, after, actions, ...more }]) => ({
      address,
      mode: "managed",
      type: address.split(".")[0],
      change: { actions: actions ?? [before === null ? "create" : "update"], before, after, ...more },
    })),
    prior_state: { values: { root_module: { resources: read } } },
    configuration: {
      provider_config: { aws: { expressions: { allowed_account_ids: { constant_value: [account] } } } },
      root_module: { resources: Object.entries(expressions).map(([address, one]) => ({ address, expressions: one })) },
    },
  };
  return alarmsOfPlan(readPlan(JSON.stringify(plan), "plan.json"))
    .filter((alarm) => alarm.resource.address.endsWith(".one"))
    .map((alarm) => textOf(alarm))
    .join("\n");
}

const kept = (values: object): Given => ({ actions: ["no-op"], before: values, after: values });
const bucket = { "aws_s3_bucket.data": kept({ bucket: "data", id: "data" }) };

describe("a second resource of one setting", () => {
  const policy = JSON.stringify({
    Statement: [
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:user/x` }, Action: "s3:*", Resource: "*" },
    ],
  });

  it.each<[string, object]>([
    ["aws_s3_bucket_policy", { bucket: "data", policy }],
    ["aws_s3_bucket_versioning", { bucket: "data", versioning_configuration: [{ status: "Suspended" }] }],
    ["aws_s3_bucket_versioning", { bucket: "data", versioning_configuration: [{ status: "Enabled" }] }],
    ["aws_s3_bucket_server_side_encryption_configuration", { bucket: "data", rule: [] }],
    ["aws_s3_bucket_public_access_block", { bucket: "data" }],
    ["aws_s3_bucket_ownership_controls", { bucket: "data" }],
    ["aws_s3_bucket_lifecycle_configuration", { bucket: "data", rule: [] }],
    ["aws_s3_object", { bucket: "data", key: "scripts/" }],
    ["aws_iam_role_policy", { role: "hosts", name: "x", policy: '{"Statement":[]}' }],
    ["aws_iam_user_policy", { user: "reports", name: "x", policy: '{"Statement":[]}' }],
    ["aws_sns_topic_policy", { arn: "arn:aws:sns:eu-west-1:123456789012:alarms", policy: '{"Statement":[]}' }],
    ["aws_cloudwatch_metric_alarm", { alarm_name: "acme/status" }],
    ["aws_ssm_parameter", { name: "/edx-analytics/acme/mysql/reports" }],
    ["aws_route", { route_table_id: "rtb-1", destination_cidr_block: "0.0.0.0/0" }],
  ])("has an alarm: %s, %j", (type, values) => {
    const alarm = `sets what ${type}.own does, of the same `;
    const other = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, `${value}x`]));

    expect(said({ ...bucket, [`${type}.own`]: kept(values), [`${type}.one`]: { after: values } })).toContain(alarm);
    expect(said({ ...bucket, [`${type}.own`]: { after: values }, [`${type}.one`]: { after: values } })).toContain(
      alarm,
    );
    expect(said({ ...bucket, [`${type}.own`]: kept(other), [`${type}.one`]: { after: values } })).not.toContain(alarm);
  });

  it("has one where a plan does not know yet of what, by what is referred to", () => {
    const after = { policy: '{"Statement":[]}' };
    const arn = { arn: { references: ["aws_sns_topic.x.arn", "aws_sns_topic.x"] } };
    const pending = { after, after_unknown: { arn: true } };
    const changes = { "aws_sns_topic_policy.own": pending, "aws_sns_topic_policy.one": pending };
    const written = (own: object) => ({ "aws_sns_topic_policy.own": own, "aws_sns_topic_policy.one": arn });

    expect(said(changes, [], written(arn))).toContain("sets what aws_sns_topic_policy.own does");
    expect(said(changes, [], written({ arn: { references: ["aws_sns_topic.y.arn"] } }))).not.toContain("sets what");
  });

  it("has none where the other one is destroyed, as by another address", () => {
    const values = { bucket: "data", key: "scripts/" };
    const gone = { actions: ["delete"], before: values, after: null };

    expect(said({ ...bucket, "aws_s3_object.own": gone, "aws_s3_object.one": { after: values } })).toBe("");
  });
});

describe("a setting of a bucket", () => {
  it.each([
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_ownership_controls",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_versioning",
    "aws_s3_object",
  ])("has an alarm where the plan does not have the bucket: %s", (type) => {
    const of = (name: string) => said({ ...bucket, [`${type}.one`]: { after: { bucket: name, key: "x/" } } });

    expect(of("edxapp")).toContain("has edxapp as bucket, where stacks have aws_s3_bucket.bucket of the plan");
    expect(of("data")).not.toContain("as bucket");
  });

  it("has one where an object is no folder", () => {
    const of = (key: string) => said({ ...bucket, "aws_s3_object.one": { after: { bucket: "data", key } } });

    expect(of("static/js/app.js")).toContain("is written over static/js/app.js, which is no folder");
    expect(of("enrollments/")).toBe("");
  });
});

describe("the policy of something new", () => {
  const user = (name: string) => ({ AWS: `arn:aws:iam::${account}:user/${name}` });
  const own = { "aws_iam_user.own": kept({ name: "own", arn: user("own").AWS }) };
  const of = (type: string, attribute: string, statement: object) =>
    said({
      ...own,
      [`${type}.one`]: {
        after: {
          [attribute]: JSON.stringify({
            Statement: [{ Effect: "Allow", Action: "es:*", Resource: "x", ...statement }],
          }),
        },
      },
    });

  it.each([
    ["aws_elasticsearch_domain", "access_policies"],
    ["aws_sns_topic_policy", "policy"],
    ["aws_cloudwatch_log_resource_policy", "policy_document"],
  ])("has an alarm of callers that the plan does not have: %s.%s", (type, attribute) => {
    const outsider = `lets in ${user("mallory").AWS}, which is no role or user of the plan`;
    const arn = { ArnEquals: { "aws:PrincipalArn": user("mallory").AWS } };
    const whole = { StringEquals: { "aws:PrincipalAccount": account } };

    expect(of(type, attribute, { Principal: user("mallory") })).toContain(outsider);
    expect(of(type, attribute, { Principal: { AWS: [user("own").AWS, user("mallory").AWS] } })).toContain(outsider);
    expect(of(type, attribute, { Principal: "*", Condition: arn })).toContain(outsider);
    expect(of(type, attribute, { Principal: "*", Condition: whole })).toContain(`lets in ${account}, which is no role`);
    expect(of(type, attribute, { Principal: { AWS: account } })).toContain(`lets in arn:aws:iam::${account}:root`);
    expect(of(type, attribute, { Principal: user("own") })).not.toContain("lets in");
  });

  it("has none of another owner's bucket, whose readers the client file names", () => {
    const statement = { Effect: "Allow", Principal: user("edxapp"), Action: "s3:GetObject", Resource: "x" };
    const policy = (name: string) => ({ after: { bucket: name, policy: JSON.stringify({ Statement: [statement] }) } });

    expect(said({ ...bucket, "aws_s3_bucket_policy.one": policy("edxapp") })).toBe("");
    expect(said({ ...bucket, "aws_s3_bucket_policy.one": policy("data") })).toContain("lets in");
  });
});

describe("a name by which something of another client could be overwritten", () => {
  const tags = { constant_value: { Client: "acme" } };
  const named = (type: string, values: object, provider: object = { default_tags: [{ tags }] }) =>
    alarmsOfPlan(
      readPlan(
        JSON.stringify({
          format_version: "1.2",
          resource_changes: [
            { address: `${type}.one`, type, change: { actions: ["create"], before: null, after: values } },
            { address: "aws_sns_topic.own", type: "aws_sns_topic", change: kept({ name: "acme-analytics" }) },
          ].map((one) => ({ ...one, change: { actions: ["no-op"], ...one.change } })),
          configuration: { provider_config: { aws: { expressions: provider } }, root_module: {} },
        }),
        "plan.json",
      ),
    )
      .map((alarm) => textOf(alarm))
      .filter((words) => words.includes("where stacks have"));

  it("has an alarm where it is not the client's own", () => {
    expect(named("aws_ssm_parameter", { name: "/edx-analytics/birch/mysql/x" })).toEqual([
      "has /edx-analytics/birch/mysql/x as name, where stacks have /edx-analytics/{client}/*",
    ]);
    expect(named("aws_ssm_parameter", { name: "/edx-analytics/acme2/mysql/x" })).toHaveLength(1);
    expect(named("aws_ssm_parameter", { name: "/edx-analytics/acme/mysql/x" })).toEqual([]);
    expect(named("aws_ssm_parameter", { name: "/learning/x" }, {})).toEqual([]);
    expect(named("aws_cloudwatch_metric_alarm", { alarm_name: "birch-analytics/x" })).toHaveLength(1);
    expect(named("aws_cloudwatch_metric_alarm", { alarm_name: "acme-analytics/x" })).toEqual([]);
  });
});

describe("a bucket's first policy", () => {
  const of = (Condition: object) =>
    said({
      ...bucket,
      "aws_s3_bucket_policy.one": {
        after: {
          bucket: "data",
          policy: JSON.stringify({
            Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*", Condition }],
          }),
        },
      },
    });

  it.each([
    ["aws:SourceVpce", "StringEquals", "vpce-0bad", "from vpce-0bad"],
    ["aws:SourceVpc", "StringEquals", "vpc-0bad", "from vpc-0bad"],
    ["aws:userid", "StringLike", "AROABAD:*", "as AROABAD:*"],
    ["aws:UserId", "StringEquals", "AIDABAD", "as AIDABAD"],
  ])("has an alarm of whom %s lets in, of whatever account", (key, operator, value, words) => {
    expect(of({ [operator]: { [key]: value } })).toContain(`lets in whoever calls ${words}`);
  });

  it("has one of the account alone where that is the plan's as well", () => {
    expect(of({ StringEquals: { "aws:SourceVpc": "vpc-1", "aws:PrincipalAccount": account } })).toBe(
      `lets in ${account}, which is no role or user of the plan: allow s3:GetObject on * to everybody, if aws:SourceVpc is vpc-1 and aws:PrincipalAccount is ${account}`,
    );
  });
});

describe("subnets", () => {
  const subnet = (id: string) => ({ mode: "data", type: "aws_subnet", values: { id } });
  const group = (after: string[]) =>
    said(
      { "aws_db_subnet_group.one": { before: { subnet_ids: ["subnet-1", "subnet-2"] }, after: { subnet_ids: after } } },
      [subnet("subnet-3")],
    );

  it("of databases have alarms of those that go, and of those that the plan does not read", () => {
    expect(group(["subnet-1"])).toBe("loses the subnet subnet-2, and databases its zone");
    expect(group(["subnet-1", "subnet-2", "subnet-0bad"])).toBe(
      "has databases in the subnet subnet-0bad, which the plan does not read",
    );
    expect(group(["subnet-1", "subnet-2", "subnet-3"])).toBe("");
  });

  it("of a new database have an alarm where the plan does not have its group", () => {
    const safe = { deletion_protection: true, storage_encrypted: true, backup_retention_period: 14 };
    const own = { "aws_db_subnet_group.own": kept({ name: "acme", subnet_ids: [] }) };
    const of = (name: string) =>
      said({ ...own, "aws_db_instance.one": { after: { ...safe, db_subnet_group_name: name } } });

    expect(of("edxapp-public")).toBe("is in the subnets of edxapp-public, which the plan does not have");
    expect(of("acme")).toBe("");
  });

  it("of a new host have an alarm where the plan neither has nor reads them", () => {
    const of = (subnet_id: string) => said({ "aws_instance.one": { after: { subnet_id } } }, [subnet("subnet-3")]);

    expect(of("subnet-0bad")).toContain("has subnet-0bad as subnet_id");
    expect(of("subnet-3")).toBe("");
  });
});
