import { isDeepStrictEqual } from "node:util";
import { limits } from "../../config/schema/limits";
import { type Attributes, block, blocks, texts } from "../attributes";
import { availability, data } from "./alarm";
import { between, casesBetween } from "./conditions";
import { resourceType } from "./resource-type";

const days = limits.snapshotRetentionDays;

/** What makes snapshots of hosts: `modules/host-backups.ts`. Whom it shares them with is in `written-values.ts`. */
export const backups = resourceType("aws_dlm_lifecycle_policy", {
  // The snapshots stay.
  holds: undefined,
  find: { never: "the runbook has none, so no deployment by hand does" },
  alarms: {
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
