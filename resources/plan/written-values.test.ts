import { firstPlan } from "../../test/first-plan";
import { behindLoadBalancer } from "../../test/https-client";
import { synthesizeClient } from "../../test/synth";
import { textOf } from "../phrase";
import { alarmsOfPlan } from "./alarms";
import { readPlan } from "./plan";

const account = "123456789012";
const arn = (service: string, name: string) => `arn:aws:${service}:eu-west-1:${account}:${name}`;
const topic = arn("sns", "alarms");
const role = `arn:aws:iam::${account}:role/watch`;
const machine = arn("states", "stateMachine:watch");

/** What exists in the plan of each case. */
const existing = [
  ["aws_sns_topic", { arn: topic, name: "alarms" }],
  ["aws_iam_role", { arn: role, name: "watch" }],
  ["aws_sfn_state_machine", { arn: machine }],
  ["aws_cloudwatch_event_rule", { name: "watch" }],
  ["aws_lb", { arn: arn("elasticloadbalancing", "lb"), dns_name: "lb.elb.amazonaws.com", zone_id: "Z-LB" }],
  ["aws_lb_target_group", { arn: arn("elasticloadbalancing", "targets") }],
  ["aws_eip", { public_ip: "192.0.2.1" }],
] as const;

function said(type: string, before: object | null, after: object | null, more: object = {}, expressions: object = {}) {
  const actions = before === null ? ["create"] : after === null ? ["delete"] : ["update"];
  const plan = {
    format_version: "1.2",
    resource_changes: [
      { address: `${type}.one`, mode: "managed", type, change: { actions, before, after, ...more } },
      ...existing.map(([other, values]) => ({
        address: `${other}.own`,
        mode: "managed",
        type: other,
        change: { actions: ["no-op"], before: values, after: values },
      })),
    ],
    configuration: {
      provider_config: { aws: { expressions: { allowed_account_ids: { constant_value: [account] } } } },
      root_module: { resources: [{ address: `${type}.one`, expressions }] },
    },
  };
  return alarmsOfPlan(readPlan(JSON.stringify(plan), "plan.json"))
    .map((alarm) => textOf(alarm))
    .join("\n");
}

const definition = (state: object) => ({ definition: JSON.stringify({ States: { One: state } }), role_arn: role });
const publish = { Type: "Task", Resource: "arn:aws:states:::sns:publish", Parameters: { TopicArn: topic } };
const redirect = (to: object) => ({
  protocol: "HTTP",
  port: 80,
  default_action: [{ type: "redirect", redirect: [{ protocol: "HTTPS", port: "443", host: "#{host}", ...to }] }],
});
const forward = { type: "forward", target_group_arn: arn("elasticloadbalancing", "targets") };

describe("an alarm is raised by a new", () => {
  it.each<[string, string, object, string]>([
    [
      "state machine of another role",
      "aws_sfn_state_machine",
      { ...definition(publish), role_arn: `${role}-admin` },
      "as role_arn",
    ],
    [
      "state machine that calls Lambda",
      "aws_sfn_state_machine",
      definition({ ...publish, Resource: "arn:aws:states:::lambda:invoke" }),
      "calls arn:aws:states:::lambda:invoke",
    ],
    [
      "state machine that tells others",
      "aws_sfn_state_machine",
      definition({ ...publish, Parameters: { TopicArn: arn("sns", "other") } }),
      "which is no topic of the plan",
    ],
    [
      "state machine with more in a call",
      "aws_sfn_state_machine",
      definition({ ...publish, Parameters: { TopicArn: topic, PhoneNumber: "1" } }),
      "PhoneNumber",
    ],
    [
      "state machine of nested states",
      "aws_sfn_state_machine",
      definition({ Type: "Parallel", Branches: [] }),
      "calls Parallel",
    ],
    [
      "state machine that names another account",
      "aws_sfn_state_machine",
      definition({ ...publish, Parameters: { TopicArn: "arn:aws:sns:eu-west-1:999999999999:x" } }),
      "which is not of this account",
    ],
    [
      "event target elsewhere",
      "aws_cloudwatch_event_target",
      { rule: "watch", arn: arn("lambda", "function:x"), role_arn: role },
      "as arn, where stacks",
    ],
    [
      "event target of another role",
      "aws_cloudwatch_event_target",
      { rule: "watch", arn: machine, role_arn: `${role}-admin` },
      "as role_arn",
    ],
    [
      "event target of another rule",
      "aws_cloudwatch_event_target",
      { rule: "theirs", arn: machine, role_arn: role },
      "theirs as rule",
    ],
    [
      "subscription to HTTPS",
      "aws_sns_topic_subscription",
      { topic_arn: topic, protocol: "https", endpoint: "https://x" },
      "https as protocol",
    ],
    [
      "subscription to another topic",
      "aws_sns_topic_subscription",
      { topic_arn: arn("sns", "x"), protocol: "email" },
      "as topic_arn",
    ],
    [
      "alarm that ends a host",
      "aws_cloudwatch_metric_alarm",
      { alarm_actions: ["arn:aws:automate:eu-west-1:ec2:terminate"] },
      "terminate as alarm_actions",
    ],
    [
      "alarm that calls Lambda",
      "aws_cloudwatch_metric_alarm",
      { ok_actions: [arn("lambda", "function:x")] },
      "as ok_actions",
    ],
    [
      "budget that mails others",
      "aws_budgets_budget",
      { notification: [{ subscriber_email_addresses: ["x@evil.org"] }] },
      "x@evil.org as notification",
    ],
    ["delegation", "aws_route53_record", { name: "x", type: "NS", records: ["ns.evil.org"] }, "NS as type"],
    ["MX record", "aws_route53_record", { name: "x", type: "MX", records: ["10 evil.org"] }, "MX as type"],
    [
      "record that leads elsewhere",
      "aws_route53_record",
      { name: "x", type: "A", records: ["203.0.113.9"] },
      "203.0.113.9 as records",
    ],
    [
      "alias of another thing",
      "aws_route53_record",
      { name: "x", type: "A", alias: [{ name: "evil.org", zone_id: "Z1" }] },
      "evil.org as alias.name",
    ],
    [
      "record over another one",
      "aws_route53_record",
      { name: "x", type: "A", records: ["192.0.2.1"], allow_overwrite: true },
      "overwrites the record",
    ],
    [
      "listener of old TLS",
      "aws_lb_listener",
      { protocol: "HTTPS", port: 443, ssl_policy: "ELBSecurityPolicy-2016-08" },
      "TLS older than 1.2",
    ],
    ["listener of AWS's default TLS", "aws_lb_listener", { protocol: "HTTPS", port: 443 }, "TLS older than 1.2"],
    [
      "redirect to another host",
      "aws_lb_listener",
      redirect({ host: "evil.org" }),
      "evil.org as default_action.redirect.host",
    ],
    ["redirect to another port", "aws_lb_listener", redirect({ port: "8443" }), "8443 as default_action.redirect.port"],
    [
      "redirect without a protocol",
      "aws_lb_listener",
      redirect({ protocol: "#{protocol}" }),
      "without a redirect to HTTPS",
    ],
    [
      "forward with a redirect left over",
      "aws_lb_listener",
      { ...redirect({}), default_action: [{ ...redirect({}).default_action[0], ...forward }] },
      "without a redirect to HTTPS",
    ],
    ["second action", "aws_lb_listener", { default_action: [forward, forward] }, "more than one thing"],
    [
      "block of target groups",
      "aws_lb_listener",
      { default_action: [{ type: "forward", forward: [{ target_group: [{ arn: "arn:x" }] }] }] },
      "arn:x as default_action.forward.target_group.arn",
    ],
    ["load balancer of other groups", "aws_lb", { security_groups: ["sg-x"] }, "joins the security group sg-x"],
    ["target group of another port", "aws_lb_target_group", { port: 8080 }, "8080 as port"],
    [
      "attachment of another host",
      "aws_lb_target_group_attachment",
      { target_id: "i-x", port: 80 },
      "i-x as target_id",
    ],
    ["host with a start of its own", "aws_instance", { user_data: "#!/bin/sh" }, "user data that no stack has"],
    [
      "association of another subnet",
      "aws_route_table_association",
      { subnet_id: "subnet-x" },
      "subnet-x as subnet_id",
    ],
  ])("%s", (_, type, after, words) => {
    expect(said(type, null, after)).toContain(words);
  });

  it("thing that refers to another kind of thing, of which AWS is yet to give the ARN", () => {
    const unknown = { after_unknown: { alarm_actions: [true] } };
    const actions = (reference: string) => ({ alarm_actions: { references: [reference] } });
    const of = (reference: string) =>
      said(
        "aws_cloudwatch_metric_alarm",
        null,
        { alarm_actions: [null], ok_actions: [topic] },
        unknown,
        actions(reference),
      );

    expect(of("aws_sns_topic.own.arn")).toBe("");
    expect(of("aws_lambda_function.x.arn")).toContain("has aws_lambda_function.x.arn as alarm_actions");
  });
});

it("a client with everything has each of its own values, and none that is not written", () => {
  const plan = firstPlan(
    synthesizeClient({ ...behindLoadBalancer, alarms: { emails: ["a@x.org"], monthlyBudgetUsd: 5 } }),
  );

  expect(
    alarmsOfPlan(plan)
      .map((alarm) => textOf(alarm))
      .filter((words) => words.includes("where stacks have")),
  ).toEqual([]);
});
