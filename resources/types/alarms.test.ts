import { taken } from "../../test/alarms-of-changes";

const topic = "arn:aws:sns:eu-west-1:123456789012:alarms";
const machine = "arn:aws:states:eu-west-1:123456789012:stateMachine:watch";
const definition = (state: object) => ({ definition: JSON.stringify({ States: { One: state } }) });
const publish = { Type: "Task", Resource: "arn:aws:states:::sns:publish", Parameters: { TopicArn: topic } };

function said(type: string, before: object, after: object | null) {
  const held = { actions: ["no-op"], before: { arn: topic }, after: { arn: topic } };
  const change = { actions: [after === null ? "delete" : "update"], before, after };
  return taken({ "aws_sns_topic.own": held, [`${type}.one`]: change }).join("\n");
}
const metric = {
  alarm_actions: [topic],
  dimensions: { InstanceId: "i-1" },
  metric_name: "CPUUtilization",
  namespace: "AWS/EC2",
  period: 300,
  threshold: 90,
};
const storage = { ...metric, metric_name: "FreeStorageSpace", threshold: 15 };
describe("an alarm is raised where there is no more", () => {
  it.each<[string, string, object, object | null, string]>([
    ["action", "aws_cloudwatch_metric_alarm", metric, { ...metric, alarm_actions: [] }, "no longer tells"],
    ["reachable threshold", "aws_cloudwatch_metric_alarm", metric, { ...metric, threshold: 1000 }, "threshold is 1000"],
    ["threshold of storage", "aws_cloudwatch_metric_alarm", storage, { ...storage, threshold: 0 }, "threshold is 0"],
    [
      "same metric",
      "aws_cloudwatch_metric_alarm",
      metric,
      { ...metric, metric_name: "NetworkIn" },
      "metric_name is NetworkIn",
    ],
    ["same period", "aws_cloudwatch_metric_alarm", metric, { ...metric, period: 86400 }, "period is 86400"],
    ["same pattern", "aws_cloudwatch_event_rule", { event_pattern: "a" }, { event_pattern: "b" }, "event_pattern is b"],
    [
      "same definition",
      "aws_sfn_state_machine",
      definition(publish),
      definition({ Type: "Succeed" }),
      "in another way than before",
    ],
    [
      "notification",
      "aws_budgets_budget",
      { notification: [{ threshold: 80 }] },
      { notification: [] },
      "notification is",
    ],
    ["filter", "aws_budgets_budget", { cost_filter: [{ name: "x" }] }, { cost_filter: [] }, "cost_filter is"],
    [
      "address",
      "aws_sns_topic_subscription",
      { endpoint: "a@x.org" },
      { endpoint: "b@x.org" },
      "no longer mails alarms to a@x.org",
    ],
    ["name", "aws_route53_record", { name: "a", type: "A" }, { name: "b", type: "A" }, "it becomes b"],
    [
      "health check",
      "aws_lb_target_group",
      { health_check: [{ path: "/a" }] },
      { health_check: [{ path: "/b" }] },
      "healthy",
    ],
    [
      "route table",
      "aws_route_table_association",
      { subnet_id: "s", route_table_id: "a" },
      { subnet_id: "s", route_table_id: "b" },
      "the route table b, in the place of a",
    ],
    ["topic", "aws_sns_topic", {}, null, "no longer mails alarms"],
    ["event target", "aws_cloudwatch_event_target", { arn: machine }, null, "no longer hands EMR's clusters"],
    ["state machine", "aws_sfn_state_machine", {}, null, "no longer watches EMR's clusters"],
  ])("%s", (_, type, before, after, words) => {
    expect(said(type, before, after)).toContain(words);
  });
});

describe("subscriptions", () => {
  const own = { endpoint: "ops@example.com", protocol: "email", topic_arn: topic };
  const ends = { actions: ["delete"], before: own };
  const of = (after: object, change: object = { actions: ["create"] }) =>
    taken({
      "aws_sns_topic_subscription.former": ends,
      "aws_sns_topic_subscription.new": { ...change, after },
    }).filter((words) => words.startsWith("aws_sns_topic_subscription.former"));

  it.each([{ actions: ["create"] }, { actions: ["no-op"], before: own }])(
    "end with another one of the same topic and address: %j",
    (change) => {
      expect(of(own, change)).toEqual([
        "aws_sns_topic_subscription.former is that of aws_sns_topic_subscription.new, as AWS has one subscription of an address: it ends, or mails nothing to ops@example.com until that has confirmed again",
      ]);
    },
  );

  it.each([{ endpoint: "dev@example.com" }, { topic_arn: `${topic}-2` }])("of another one do not: %j", (other) => {
    expect(of({ ...own, ...other })).toEqual([
      "aws_sns_topic_subscription.former no longer mails alarms to ops@example.com",
    ]);
  });
});

describe("the end of a metric alarm", () => {
  it("is told in one sentence", () => {
    const before = { ...metric, alarm_description: "The host fails EC2's status checks: it does not answer." };

    expect(said("aws_cloudwatch_metric_alarm", before, null)).toMatch(/: it does not answer$/);
  });
});

describe("what goes with its topic", () => {
  const ends = (before: object) => ({ actions: ["delete"], before });
  const all = {
    "aws_sns_topic.own": ends({ id: topic, arn: topic }),
    "aws_sns_topic_subscription.ops": ends({ endpoint: "ops@example.com", topic_arn: topic }),
    "aws_cloudwatch_metric_alarm.one": ends(metric),
    "aws_cloudwatch_metric_alarm.two": ends(storage),
  };

  it("is told with it", () => {
    expect(taken(all)).toEqual([
      "aws_sns_topic.own no longer mails alarms to ops@example.com, and with it go CloudWatch alarms: 2",
    ]);
  });

  it("is not what tells another one as well", () => {
    const told = taken({
      ...all,
      "aws_cloudwatch_metric_alarm.two": ends({
        ...storage,
        alarm_actions: [topic, `${topic}-2`],
        alarm_description: "Full.",
      }),
    });

    expect(told).toContain("aws_cloudwatch_metric_alarm.two no longer says: Full");
    expect(told).toHaveLength(2);
  });
});

describe("no alarm is raised by", () => {
  it.each<[string, string, object, object]>([
    ["a threshold that follows a size", "aws_cloudwatch_metric_alarm", storage, { ...storage, threshold: 30 }],
    ["another amount", "aws_budgets_budget", { limit_amount: "500.0" }, { limit_amount: "600.0" }],
    [
      "other hours",
      "aws_sfn_state_machine",
      definition({ Type: "Wait", Seconds: 1 }),
      definition({ Type: "Wait", Seconds: 2 }),
    ],
  ])("%s", (_, type, before, after) => {
    expect(said(type, before, after)).toBe("");
  });
});
