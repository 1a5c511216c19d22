import { isDeepStrictEqual } from "node:util";
import { limits } from "../../config/schema/limits";
import { backupTagKey } from "../../modules/backup-tag";
import { type Attributes, attributesOf, block, blocks, isAttributes, texts } from "../attributes";
import type { Plan } from "../plan/plan";
import { type Alarm, availability, data, unknownType } from "./alarm";
import { between, casesBetween } from "./conditions";
import { type Compared, resourceType } from "./resource-type";
import { isLeft } from "./rules";

const days = limits.snapshotRetentionDays;

/** What makes snapshots of hosts: `modules/host-backups.ts`. Whom it shares them with is in `written-values.ts`. */
export const backups = resourceType("aws_dlm_lifecycle_policy", {
  // The snapshots stay.
  holds: undefined,
  find: { never: "the runbook has none, so no deployment by hand does" },
  alarms: {
    create: otherPolicy,
    update: ({ before, after }) => {
      const [had, gets] = [retentionOf(before), retentionOf(after)];
      return [
        before.state === "ENABLED" && after.state !== "ENABLED" && availability`no longer makes snapshots`,
        gets < had && data`keeps new snapshots ${gets} days, and no longer ${had}`,
        !isDeepStrictEqual(withoutFields(before), withoutFields(after)) &&
          availability`makes snapshots in another way than before: read \`policy_details\` in full`,
      ];
    },
    destroy: () => [availability`no longer makes snapshots of hosts; nothing deletes those that there are`],
  },
  adoption: { create: "snapshots of the hosts that Jenkins is on, as in the client file" },
  notes: {
    "policy_details.resource_types":
      "Terraform changes a tag of an instance in place, and a volume that is attached later is in the next snapshots.",
    "policy_details.schedule.name": "Nothing would delete the snapshots that have the former name.",
  },
  variables: [
    {
      name: () => "backup_retention_days",
      description: () =>
        "Days that a snapshot of a host is kept. Another number counts for snapshots that are made later.",
      validation: (variable) => [
        between(variable, days),
        `Data Lifecycle Manager keeps snapshots for ${days.min} to ${days.max} days.`,
      ],
      cases: () => casesBetween(days),
      field: () => "hosts.backups.retentionDays",
      places: [{ path: "policy_details.schedule.retain_rule.interval" }],
    },
  ],
});

/** What a new policy does, or leaves out, that no stack's does. */
function otherPolicy({ after }: Compared, plan: Plan): (Alarm | false)[] {
  const details = block(after.policy_details);
  const { target_tags: tags } = details;
  const [tag, ...others] = Object.entries(attributesOf(tags));
  const isOfTag = (host: Attributes) => tag !== undefined && attributesOf(host.tags)[tag[0]] === tag[1];
  const isOfHosts = tag?.[0] === backupTagKey && others.length === 0 && isLeft(plan, "aws_instance", isOfTag);
  const same = plan.resource_changes
    .filter(({ type, change }) => type === "aws_dlm_lifecycle_policy" && isAttributes(change.after))
    .filter(({ change }) => isDeepStrictEqual(block(attributesOf(change.after).policy_details).target_tags, tags));
  const schedules = blocks(details.schedule);
  const given = (of: Attributes, written: readonly string[]) =>
    Object.keys(of).filter((name) => !written.includes(name) && !isNothing(of[name]));
  const more = [
    ...given(details, ["resource_types", "target_tags", "schedule", "policy_type", "resource_locations"]),
    ...schedules.flatMap((schedule) => given(schedule, ofSchedule)),
  ];
  return [
    tags != null &&
      !isOfHosts &&
      availability`makes snapshots of hosts with the tags ${tags}, of which the plan has none`,
    tags != null &&
      same.length > 1 &&
      data`is one more policy for hosts that have one: each deletes its own snapshots, after its own time`,
    schedules.length > 1 && unknownType`has ${String(schedules.length)} schedules, and a stack's policy one`,
    ...more.map((name) => unknownType`is given ${name}, which no stack of this version writes`),
  ];
}

/** What stacks write of a schedule; sharing, copies and scripts have alarms of their own: `written-values.ts`. */
const ofSchedule = ["name", "create_rule", "retain_rule", "tags_to_add", "variable_tags"];

function isNothing(value: unknown): boolean {
  return value == null || value === false || value === "" || (Array.isArray(value) && value.length === 0);
}

function retentionOf({ policy_details: details }: Attributes): number {
  return Number(block(block(block(details).schedule).retain_rule).interval ?? 0);
}

/** What a policy does but for the days and the hour, which are the client file's. */
function withoutFields({ policy_details: details }: Attributes): Attributes {
  return {
    ...block(details),
    schedule: blocks(block(details).schedule).map(({ create_rule: create, retain_rule: retain, ...schedule }) => ({
      ...schedule,
      create: { ...block(create), times: texts(block(create).times).length },
      retain: { ...block(retain), interval: undefined },
    })),
  };
}
