import example from "../clients/example";
import type { ClientInput } from "../config/schema/client";
import { synthesizeClient } from "../test/synth";

type HostsInput = ClientInput["hosts"];

function withBackups(backups: HostsInput["backups"] = {}, hosts: Partial<HostsInput> = {}) {
  return synthesizeClient({ hosts: { ...example.hosts, ...hosts, backups } }).resource;
}

/** Addresses of the hosts that have the tag that the policy looks for. */
function backedUp({ aws_instance: hosts = {}, aws_dlm_lifecycle_policy: policies }: ReturnType<typeof withBackups>) {
  const [[key, value]] = Object.entries(policies?.backups?.policy_details.target_tags) as [[string, unknown]];
  return Object.keys(hosts).filter((host) => hosts[host]?.tags[key] === value);
}

describe("backups of hosts", () => {
  it("are none by default, and leave no tag", () => {
    const { resource } = synthesizeClient();

    expect(Object.keys(resource)).not.toContain("aws_dlm_lifecycle_policy");
    expect(Object.values(resource.aws_instance ?? {}).map(({ tags }) => Object.keys(tags))).toEqual([
      ["Name"],
      ["Name"],
    ]);
  });

  it("are of the single host, and not of the director", () => {
    expect(backedUp(withBackups())).toEqual(["analytics_1"]);
  });

  it("are of Jenkins' host alone where each service has one", () => {
    expect(backedUp(withBackups({}, { iterations: { "1": { layout: "separate" } } }))).toEqual(["analytics_1_jenkins"]);
  });

  it("are of each iteration until it is retired", () => {
    expect(backedUp(withBackups({}, { iterations: { "1": {}, "2": {} } }))).toEqual(["analytics_1", "analytics_2"]);
    expect(backedUp(withBackups({}, { active: "2", iterations: { "2": {} }, retired: ["1"] }))).toEqual([
      "analytics_2",
    ]);
  });

  it("are made of instances each day at 02:00 UTC and kept for 14 days, or as the client file says", () => {
    const details = (backups?: HostsInput["backups"]) =>
      withBackups(backups).aws_dlm_lifecycle_policy?.backups?.policy_details;

    expect(details()).toEqual({
      resource_types: ["INSTANCE"],
      target_tags: { EdxAnalyticsBackups: "example" },
      schedule: [
        {
          name: "daily",
          create_rule: { interval: 24, interval_unit: "HOURS", times: ["02:00"] },
          retain_rule: { interval: 14, interval_unit: "DAYS" },
          tags_to_add: { Client: "example", Project: "edx-analytics" },
          variable_tags: { Name: "$(instance-id)" },
        },
      ],
    });
    expect(details({ retentionDays: 30, hourUtc: 23 }).schedule[0]).toMatchObject({
      create_rule: { times: ["23:00"] },
      retain_rule: { interval: 30 },
    });
  });

  it("are made by a role that Data Lifecycle Manager has for this account alone, before the policy needs it", () => {
    const hosts = { ...example.hosts, backups: {} };
    const { resource, data } = synthesizeClient({ hosts });

    expect(resource.aws_iam_role?.backups).toMatchObject({ name: "example-analytics-backups" });
    expect(resource.aws_iam_role_policy_attachment?.backups?.policy_arn).toBe(
      "arn:aws:iam::aws:policy/service-role/AWSDataLifecycleManagerServiceRole",
    );
    expect(data.aws_iam_policy_document?.backups_trust?.statement).toEqual([
      expect.objectContaining({
        principals: [{ type: "Service", identifiers: ["dlm.amazonaws.com"] }],
        condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["123456789012"] }],
      }),
    ]);
    expect(resource.aws_dlm_lifecycle_policy?.backups).toMatchObject({
      execution_role_arn: "${aws_iam_role.backups.arn}",
      depends_on: ["aws_iam_role_policy_attachment.backups"],
    });
  });
});
