import { synthesize } from "../test/synth";
import { Alarms } from "./alarms";

describe("subscriptions", () => {
  const emails = ["Ops.EU@example.com", "finance@example.com"];
  const { resource, moved } = synthesize((stack) => {
    new Alarms(stack, "alarms", {
      name: "example-analytics",
      clusterWatchName: "example-analytics-clusters",
      emails,
      hosts: {},
      databases: {},
      accountId: "123456789012",
      region: "eu-west-1",
      clusterLogsBucket: "example-emr-logs",
    });
  });

  it("are made of a list of addresses, each under an id of its own", () => {
    expect(
      Object.entries(resource.aws_sns_topic_subscription ?? {}).map(([id, { endpoint }]) => [id, endpoint]),
    ).toEqual([
      ["alarms_email_ops_eu_at_example_com", emails[0]],
      ["alarms_email_finance_at_example_com", emails[1]],
    ]);
  });

  it("are in the state what they were by their place in the list", () => {
    const of = (id: string) => `aws_sns_topic_subscription.alarms_email_${id}`;

    expect(moved).toEqual([
      [{ from: of("1"), to: of("ops_eu_at_example_com") }],
      [{ from: of("2"), to: of("finance_at_example_com") }],
    ]);
  });
});
