import type { ClientInput } from "../config/schema/client";
import { behindLoadBalancer } from "../test/https-client";
import { synthesizeClient } from "../test/synth";

const emails = ["ops@example.com", "finance@example.com"];

function withAlarms(others: Partial<ClientInput> = {}, alarms: Partial<ClientInput["alarms"]> = {}) {
  return synthesizeClient({ ...others, alarms: { emails, ...alarms } }).resource;
}

describe("alarms", () => {
  it("are none by default", () => {
    expect(Object.keys(synthesizeClient().resource)).not.toContain("aws_sns_topic");
  });

  it("mail everybody who is named, through a topic that AWS's services alone publish to", () => {
    const { aws_sns_topic: topic, aws_sns_topic_subscription: subscriptions } = withAlarms();

    expect(topic).toEqual({ alarms: expect.objectContaining({ name: "example-analytics" }) });
    expect(Object.values(subscriptions ?? {}).map(({ protocol, endpoint }) => [protocol, endpoint])).toEqual(
      emails.map((email) => ["email", email]),
    );
  });

  it("have each plan say which address is not confirmed", () => {
    const { check } = synthesizeClient({ alarms: { emails } });

    expect(check).toEqual({
      alarms_confirmed: {
        assert: [
          [emails[0], "alarms_email_ops_at_example_com"],
          [emails[1], "alarms_email_finance_at_example_com"],
        ].map(([email, name]) => ({
          condition: `\${!aws_sns_topic_subscription.${name}.pending_confirmation}`,
          error_message: expect.stringMatching(
            `^${email} gets no alarms: .*-replace=aws_sns_topic_subscription.${name}$`,
          ),
        })),
      },
    });
  });

  it("leave the subscriptions of others as they are when an address leaves the list", () => {
    const [all, rest] = [emails, emails.slice(1)].map((some) => withAlarms({}, { emails: some }));

    expect(all?.aws_sns_topic_subscription).toMatchObject({ ...rest?.aws_sns_topic_subscription });
    expect(Object.keys(rest?.aws_sns_topic_subscription ?? {})).toEqual(["alarms_email_finance_at_example_com"]);
  });

  it("are of each host, database and of Elasticsearch, as AWS knows them", () => {
    const all = Object.values(withAlarms().aws_cloudwatch_metric_alarm ?? {});

    expect(all.map(({ alarm_name: name }) => name).sort()).toEqual(
      [
        "analytics-1-cpu-credits",
        "analytics-1-status",
        "database-1-connections",
        "database-1-cpu",
        "database-1-storage",
        "director-cpu-credits",
        "director-status",
        "elasticsearch-red",
        "elasticsearch-storage",
        "elasticsearch-writes-blocked",
      ].map((name) => `example-analytics/${name}`),
    );
    for (const { alarm_actions: actions, ok_actions: ok } of all) {
      expect([actions, ok]).toEqual([["${aws_sns_topic.alarms.arn}"], ["${aws_sns_topic.alarms.arn}"]]);
    }
  });

  it("are of the load balancer's targets, where the stack has one", () => {
    const all = withAlarms({ ...behindLoadBalancer }).aws_cloudwatch_metric_alarm ?? {};

    expect(all.alarms_load_balancer_unhealthy).toMatchObject({
      metric_name: "UnHealthyHostCount",
      dimensions: {
        LoadBalancer: "${aws_lb.load_balancer.arn_suffix}",
        TargetGroup: "${aws_lb_target_group.load_balancer.arn_suffix}",
      },
    });
  });

  it("are of each host of the layout `separate`, and of each iteration", () => {
    const keyPair = { existing: "analytics" };
    const { aws_cloudwatch_metric_alarm: all = {} } = withAlarms({
      hosts: { keyPair, iterations: { "1": { instanceType: "m5.large" }, "2": { layout: "separate" } } },
    });
    const status = Object.values(all).filter(({ metric_name: name }) => name === "StatusCheckFailed");

    expect(status.map(({ dimensions }) => dimensions.InstanceId).sort()).toEqual([
      "${aws_instance.analytics_1.id}",
      "${aws_instance.analytics_2_api.id}",
      "${aws_instance.analytics_2_insights.id}",
      "${aws_instance.analytics_2_jenkins.id}",
      "${aws_instance.director.id}",
    ]);
    // m5 has no CPU credits.
    expect(Object.keys(all)).not.toContain("alarms_analytics_1_cpu_credits");
  });

  it.each([
    ["db.t3.medium", 272],
    ["db.r5.large", 1092],
    ["db.m5.2xlarge", 2184],
    ["db.m3.medium", undefined],
  ])("know how many connections %s takes", (instanceClass, threshold) => {
    const all = withAlarms({ database: { iterations: { "1": { instanceClass } } } }).aws_cloudwatch_metric_alarm ?? {};

    expect(all.alarms_database_1_connections?.threshold).toBe(threshold);
  });

  it("have storage in the units that AWS measures it in", () => {
    const all =
      withAlarms({ database: { iterations: { "1": { storageGiB: 100 } } } }).aws_cloudwatch_metric_alarm ?? {};

    // RDS measures bytes, Elasticsearch MiB.
    expect(all.alarms_database_1_storage?.threshold).toBe(15 * 2 ** 30);
    expect(all.alarms_elasticsearch_storage).toMatchObject({ threshold: 2560 });
  });

  it("have a budget of what has the client's tag, on request", () => {
    expect(withAlarms().aws_budgets_budget).toBeUndefined();
    expect(withAlarms({}, { monthlyBudgetUsd: 500 }).aws_budgets_budget?.alarms).toMatchObject({
      limit_amount: "500.0",
      cost_filter: [{ name: "TagKeyValue", values: ["user:Client$example"] }],
    });
  });
});

describe("the watch of EMR's clusters", () => {
  interface State {
    readonly Type: string;
    readonly Next?: string;
    readonly Default?: string;
    readonly Seconds?: number;
    readonly Choices?: readonly Record<string, unknown>[];
  }

  const machine = (hours?: number) =>
    JSON.parse(
      withAlarms({}, hours === undefined ? {} : { clusterHours: hours }).aws_sfn_state_machine?.alarms_clusters
        ?.definition,
    ) as {
      StartAt: string;
      States: Record<string, State>;
    };

  it("hears of clusters that start, and of such as end with errors", () => {
    const { aws_cloudwatch_event_rule: rules, aws_cloudwatch_event_target: targets } = withAlarms();

    expect(JSON.parse(rules?.alarms_clusters?.event_pattern)).toEqual({
      source: ["aws.emr"],
      "detail-type": ["EMR Cluster State Change"],
      detail: { state: ["STARTING", "TERMINATED_WITH_ERRORS"] },
    });
    expect(targets?.alarms_clusters).toMatchObject({
      arn: "${aws_sfn_state_machine.alarms_clusters.arn}",
      role_arn: "${aws_iam_role.alarms_clusters.arn}",
    });
  });

  it("leaves out a cluster without logs before it reads where they are, which would fail", () => {
    const [first, second] = machine().States.Cluster?.Choices ?? [];

    expect(first).toEqual({ Variable: "$.described.Cluster.LogUri", IsPresent: false, Next: "Done" });
    expect(second).toMatchObject({ Not: { Variable: "$.described.Cluster.LogUri" }, Next: "Done" });
  });

  it("waits twelve hours, or as long as the client file says", () => {
    expect(machine().States.Wait?.Seconds).toBe(12 * 3600);
    expect(machine(24).States.Wait?.Seconds).toBe(24 * 3600);
  });

  it("goes on until the cluster has ended, and has no state that leads nowhere", () => {
    const { StartAt, States } = machine();
    const next = ({ Next, Default, Choices = [] }: State) =>
      [Next, Default, ...Choices.map((choice) => choice.Next)].filter((name) => name !== undefined);

    expect(States.Running?.Next).toBe("Wait");
    expect(new Set([StartAt, ...Object.values(States).flatMap(next)])).toEqual(new Set(Object.keys(States)));
  });
});
