import type { Attributes } from "../attributes";
import { availability } from "./alarm";
import { resourceType } from "./resource-type";

const find = { never: "the runbook has none, so no deployment by hand does" } as const;
const adoption = { create: "mails about what needs somebody, as in the client file" };

/** What mails operators: `modules/alarms.ts`. */
export const alarms = [
  resourceType("aws_sns_topic", { holds: undefined, find, adoption }),
  resourceType("aws_sns_topic_policy", { holds: undefined, find, adoption }),
  resourceType("aws_sns_topic_subscription", {
    holds: undefined,
    find,
    alarms: { destroy: ({ before }) => [availability`no longer mails alarms to ${before.endpoint}`] },
    adoption,
  }),
  resourceType("aws_cloudwatch_metric_alarm", {
    holds: undefined,
    find,
    alarms: {
      update: ({ before, after }) => [
        before.actions_enabled !== false && after.actions_enabled === false && availability`no longer mails`,
      ],
      destroy: ({ before }) => [availability`no longer says: ${before.alarm_description}`],
    },
    adoption,
  }),
  resourceType("aws_cloudwatch_event_rule", {
    holds: undefined,
    find,
    alarms: {
      update: ({ before, after }) => [isOn(before) && !isOn(after) && availability`no longer sees EMR's clusters`],
      destroy: () => [availability`no longer sees EMR's clusters`],
    },
    adoption,
  }),
  resourceType("aws_cloudwatch_event_target", { holds: undefined, find, adoption }),
  resourceType("aws_sfn_state_machine", { holds: undefined, find, adoption }),
  resourceType("aws_budgets_budget", {
    holds: undefined,
    find,
    alarms: { destroy: () => [availability`no longer mails about costs`] },
    adoption,
    variables: [
      {
        name: () => "monthly_budget",
        description: () =>
          "What the client may cost a month, USD: mails at 80 %, at 100 %, and when AWS forecasts more.",
        validation: (variable) => [
          `can(tonumber(${variable})) && tonumber(${variable}) > 0`,
          "An amount in USD is required.",
        ],
        cases: () => ({ accepts: ["600.0"], refuses: ["none", "0"] }),
        field: () => "alarms.monthlyBudgetUsd",
        places: [{ path: "limit_amount" }],
      },
    ],
  }),
];

function isOn({ state, is_enabled: enabled }: Attributes): boolean {
  return state !== "DISABLED" && enabled !== false;
}
