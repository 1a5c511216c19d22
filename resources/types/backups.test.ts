import { taken } from "../../test/alarms-of-changes";

const schedule = {
  name: "daily",
  create_rule: [{ interval: 24, interval_unit: "HOURS", times: ["02:00"] }],
  retain_rule: [{ interval: 14, interval_unit: "DAYS" }],
};
const policy = (changes: object = {}, details: object = {}) => ({
  state: "ENABLED",
  policy_details: [{ resource_types: ["INSTANCE"], schedule: [{ ...schedule, ...changes }], ...details }],
});

function said(after: object | null, before: object = policy(), others: Parameters<typeof taken>[0] = {}) {
  const change = { actions: [after === null ? "delete" : "update"], before, after };
  return taken({ "aws_dlm_lifecycle_policy.backups": change, ...others });
}

describe("a policy of Data Lifecycle Manager", () => {
  it.each<[string, object | null, string]>([
    ["is destroyed", null, "no longer makes snapshots of hosts; nothing deletes those that there are"],
    ["is turned off", { ...policy(), state: "DISABLED" }, "no longer makes snapshots"],
    [
      "keeps less",
      policy({ retain_rule: [{ interval: 7, interval_unit: "DAYS" }] }),
      "keeps new snapshots 7 days, and no longer 14",
    ],
    [
      "keeps another unit",
      policy({ retain_rule: [{ interval: 14, interval_unit: "WEEKS" }] }),
      "in another way than before",
    ],
    ["has another schedule's name", policy({ name: "weekly" }), "in another way than before"],
    [
      "makes them less often",
      policy({ create_rule: [{ cron_expression: "cron(0 2 1 * ? *)" }] }),
      "in another way than before",
    ],
    ["is of other hosts", policy({}, { target_tags: { Client: "other" } }), "in another way than before"],
    ["shares them", policy({ share_rule: [{ target_accounts: ["999999999999"] }] }), "999999999999"],
    ["copies them elsewhere", policy({ cross_region_copy_rule: [{ target: "us-east-1" }] }), "us-east-1"],
    [
      "runs a script on the hosts",
      policy({ create_rule: [{ ...schedule.create_rule[0], scripts: [{ execution_handler: "arn:doc" }] }] }),
      "arn:doc",
    ],
  ])("has an alarm where it %s", (_, after, words) => {
    expect(said(after).join("\n")).toContain(words);
  });

  it.each<[string, object]>([
    ["days, more of them", policy({ retain_rule: [{ interval: 30, interval_unit: "DAYS" }] })],
    ["hour", policy({ create_rule: [{ ...schedule.create_rule[0], times: ["05:00"] }] })],
  ])("has none of what the client file says of it: %s", (_, after) => {
    expect(said(after)).toEqual([]);
  });
});

describe("a host that loses the tag of backups", () => {
  const host = {
    "aws_instance.analytics_1": {
      actions: ["update"],
      before: { tags: { EdxAnalyticsBackups: "acme" } },
      after: { tags: {} },
    },
  };

  it("has an alarm while others are backed up", () => {
    expect(said(policy(), policy(), host)).toEqual([
      "aws_instance.analytics_1 is in no more snapshots: it loses the tag EdxAnalyticsBackups",
    ]);
  });

  it("has none where no host is any more, which the policy says", () => {
    expect(said(null, policy(), host)).toHaveLength(1);
  });
});
