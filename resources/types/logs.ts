import { found } from "../outcome";
import { data } from "./alarm";
import { resourceType } from "./resource-type";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const daysOfLogs = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const logs = [
  resourceType("aws_cloudwatch_log_group", {
    holds: "its logs",
    uniqueName: { word: "log group", argument: "name" },
    find: async ({ arguments: { name } }, { aws: { logs } }) => {
      const existing = await logs.group(String(name));
      return found(existing?.logGroupName, () => logs.tags(existing?.logGroupArn ?? ""));
    },
    alarms: {
      update: ({ before, after }) => [
        daysKept(after.retention_in_days) < daysKept(before.retention_in_days) &&
          data`deletes logs after ${String(after.retention_in_days)} days`,
      ],
    },
    adoption: { create: "Elasticsearch's logs have a place, and an end" },
    variables: [
      {
        name: () => "elasticsearch_logs_retention_in_days",
        description: () => "Application logs of Elasticsearch are deleted after so many days.",
        validation: (variable) => [
          `contains([${daysOfLogs.join(", ")}], ${variable})`,
          `CloudWatch keeps logs for ${daysOfLogs.slice(0, -1).join(", ")} or ${daysOfLogs.at(-1)} days.`,
        ],
        cases: () => ({ accepts: [daysOfLogs.at(-1), daysOfLogs[0]], refuses: [0, 31] }),
        places: [{ called: /^(elasticsearch_application_logs)$/, path: "retention_in_days" }],
      },
    ],
  }),
  resourceType("aws_cloudwatch_log_resource_policy", {
    holds: undefined,
    find: async ({ arguments: { policy_name } }, { aws: { logs } }) =>
      found((await logs.resourcePolicies()).find(({ policyName }) => policyName === policy_name)?.policyName),
    adoption: { create: "Elasticsearch may write its logs" },
  }),
];

/** 0 is for ever. */
function daysKept(retention: unknown): number {
  return Number(retention ?? 0) || Number.POSITIVE_INFINITY;
}
