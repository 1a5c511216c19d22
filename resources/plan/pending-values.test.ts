import { firstPlan } from "../../test/first-plan";
import { synthesizeClient } from "../../test/synth";
import { textOf } from "../phrase";
import { writtenArguments } from "../types/written-arguments";
import { alarmsOfPlan } from "./alarms";
import { readPlan } from "./plan";

const output = { references: ["terraform_data.x.output", "terraform_data.x"] };

function said(type: string, actions: string[], change: object, expressions?: object): string {
  const plan = {
    format_version: "1.2",
    resource_changes: [
      { address: `${type}.one`, mode: "managed", type, change: { actions, before: null, after: {}, ...change } },
    ],
    configuration: expressions && { root_module: { resources: [{ address: `${type}.one`, expressions }] } },
  };
  return alarmsOfPlan(readPlan(JSON.stringify(plan), "plan.json"))
    .map((alarm) => textOf(alarm))
    .join("\n");
}

const all = Object.entries(writtenArguments).flatMap(([type, names]) =>
  names.map((name): [string, string] => [type, name]),
);

describe("an argument that is known after the apply alone, by the output of terraform_data", () => {
  it.each(all)("%s.%s has an alarm when created and when updated", (type, name) => {
    const change = { after_unknown: { [name]: true } };

    expect(said(type, ["create"], change, { [name]: output })).toMatch(/known (only )?after the apply/);
    expect(said(type, ["update"], { ...change, before: { [name]: "had" } }, { [name]: output })).toMatch(
      /known (only )?after the apply/,
    );
  });

  it.each<[string, string, object, object, string]>([
    [
      "in a block",
      "aws_instance",
      { metadata_options: [{ http_tokens: true, http_endpoint: true }] },
      { metadata_options: [{ http_tokens: output }] },
      "has terraform_data.x.output as metadata_options.http_tokens",
    ],
    [
      "in a block within a block",
      "aws_s3_bucket_lifecycle_configuration",
      { rule: [{ noncurrent_version_expiration: [{ noncurrent_days: true }] }] },
      { rule: [{ noncurrent_version_expiration: [{ noncurrent_days: output }] }] },
      "as rule.noncurrent_version_expiration.noncurrent_days",
    ],
    [
      "in a dynamic block, which is not in a plan's configuration",
      "aws_instance",
      { metadata_options: [{ http_tokens: true }] },
      { ami: { constant_value: "ami-1" } },
      "has a value as metadata_options.http_tokens",
    ],
    ["in a list", "aws_instance", { vpc_security_group_ids: [true] }, { vpc_security_group_ids: output }, "output as"],
    ["in a map", "aws_eip", { tags: { Client: true } }, { tags: {} }, "has what an expression makes as tags.Client"],
    [
      "in a map that is unknown as a whole",
      "aws_cloudwatch_metric_alarm",
      { dimensions: true },
      { dimensions: { constant_value: { InstanceId: "${terraform_data.x.output}" }, ...output } },
      "has terraform_data.x.output as dimensions.InstanceId",
    ],
    [
      "in such a map, of what stacks refer to elsewhere in it",
      "aws_cloudwatch_metric_alarm",
      { dimensions: true },
      {
        dimensions: {
          constant_value: { InstanceId: "${aws_lb.x.arn_suffix}" },
          references: ["aws_lb.x.arn_suffix", "aws_lb.x"],
        },
      },
      "has aws_lb.x.arn_suffix as dimensions.InstanceId",
    ],
    [
      "of what is written as it is in such a map, which no plan shows",
      "aws_cloudwatch_metric_alarm",
      { dimensions: true },
      {
        dimensions: {
          constant_value: { InstanceId: "i-0bad", LoadBalancer: "${aws_lb.x.arn_suffix}" },
          references: ["aws_lb.x.arn_suffix", "aws_lb.x"],
        },
      },
      "has i-0bad as dimensions.InstanceId",
    ],
    [
      "in such a map, in Terraform's own syntax",
      "aws_cloudwatch_metric_alarm",
      { dimensions: true },
      { dimensions: output },
      "has terraform_data.x.output as dimensions,",
    ],
    [
      "by a function alone",
      "aws_db_instance",
      { publicly_accessible: true },
      { publicly_accessible: {} },
      "has what an expression makes as publicly_accessible",
    ],
    [
      "by a function around what stacks refer to",
      "aws_iam_role_policy",
      { role: true },
      {
        role: { constant_value: '${one([for x in ["a"] : x])}', references: ["aws_iam_role.y.name", "aws_iam_role.y"] },
      },
      "has what an expression makes as role",
    ],
    [
      "by another attribute than stacks refer to",
      "aws_iam_role",
      { permissions_boundary: true },
      { permissions_boundary: { references: ["aws_iam_policy.x.description", "aws_iam_policy.x"] } },
      "has aws_iam_policy.x.description as permissions_boundary, known after the apply alone, where stacks have aws_iam_policy.arn",
    ],
  ])("has an alarm %s", (_, type, after_unknown, expressions, words) => {
    expect(said(type, ["create"], { after_unknown }, expressions)).toContain(words);
  });

  it("has an alarm without a configuration, where it had a value", () => {
    const change = { before: { permissions_boundary: "arn" }, after_unknown: { permissions_boundary: true } };

    expect(said("aws_iam_role", ["update"], change)).toContain("has a value as permissions_boundary");
  });

  it("has none where AWS gives it, or where it is what stacks refer to", () => {
    const references = ["module.x.aws_security_group.y[0].id", "module.x.aws_security_group.y[0]"];
    const unknown = { publicly_accessible: true, backup_window: true, master_user_secret: [{ kms_key_id: true }] };
    const after = {
      deletion_protection: true,
      storage_encrypted: true,
      backup_retention_period: 14,
      final_snapshot_identifier: "acme-final",
    };
    const given = {
      vpc_security_group_ids: { references },
      parameter_group_name: { references: ["aws_db_parameter_group.x.name", "aws_db_parameter_group.x"] },
    };
    const pending = { vpc_security_group_ids: true, parameter_group_name: true };

    expect(said("aws_db_instance", ["create"], { after, after_unknown: { ...unknown, ...pending } }, given)).toBe("");
    expect(said("aws_db_instance", ["update"], { before: { backup_window: "1" }, after_unknown: unknown }, {})).toBe(
      "",
    );
  });

  it("has none in a map of what stacks refer to, in either syntax", () => {
    const references = ["aws_instance.x.id", "aws_instance.x"];
    const actions = { alarm_actions: ["arn"], ok_actions: ["arn"] };
    const change = { before: actions, after: actions, after_unknown: { dimensions: true } };
    const inJson = { constant_value: { InstanceId: "${aws_instance.x.id}" }, references };
    const alarm = "aws_cloudwatch_metric_alarm";

    expect(said(alarm, ["create"], change, { dimensions: inJson })).toBe("");
    expect(said(alarm, ["create"], change, { dimensions: { references } })).toBe("");
  });

  it("has none in the first deploy of a new network", () => {
    const peering = { vpcId: "vpc-0a1b2c3d", cidr: "172.31.0.0/16", routeTableIds: ["rtb-0000000a"] };
    const network = { vpc: "new" as const, zones: ["eu-west-1a", "eu-west-1b"], peering };
    const alarms = alarmsOfPlan(firstPlan(synthesizeClient({ network }))).map((alarm) => textOf(alarm));

    expect(alarms.filter((words) => words.includes("where stacks have"))).toEqual([]);
  });
});
