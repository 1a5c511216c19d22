import type { Statement } from "../modules/policy-document";
import { allow, iamArn } from "./ci-plan-permissions";
import type { AlarmsScope, CiScope } from "./ci-scope";

/** What CI's roles do with what mails operators, where the client file has `alarms`. */

/** The services, besides those of every client. */
export const alarmServices = ["budgets", "cloudwatch", "events", "sns", "states"];

export function alarmReads({ alarms, ...scope }: CiScope): Statement[] {
  if (alarms === undefined) {
    return [];
  }
  const { topic, rule, machine, budget, metricAlarms } = arnsOf(scope, alarms);
  return [
    allow(["cloudwatch:DescribeAlarms", "states:ValidateStateMachineDefinition"], ["*"]),
    allow(
      [
        "budgets:ListTagsForResource",
        "budgets:ViewBudget",
        "cloudwatch:ListTagsForResource",
        "events:DescribeRule",
        "events:List*",
        "sns:Get*",
        "sns:List*",
        "states:DescribeStateMachine",
        "states:List*",
      ],
      [topic, `${topic}:*`, rule, machine, budget, metricAlarms],
    ),
  ];
}

export function alarmChanges({ alarms, ...scope }: CiScope): Statement[] {
  if (alarms === undefined) {
    return [];
  }
  const { topic, rule, machine, budget, metricAlarms } = arnsOf(scope, alarms);
  return [
    allow(
      [
        "budgets:ModifyBudget",
        "budgets:TagResource",
        "budgets:UntagResource",
        "cloudwatch:DeleteAlarms",
        "cloudwatch:PutMetricAlarm",
        "cloudwatch:TagResource",
        "cloudwatch:UntagResource",
        "events:DeleteRule",
        "events:PutRule",
        "events:PutTargets",
        "events:RemoveTargets",
        "events:TagResource",
        "events:UntagResource",
        "sns:CreateTopic",
        "sns:DeleteTopic",
        "sns:SetTopicAttributes",
        "sns:Subscribe",
        "sns:TagResource",
        "sns:Unsubscribe",
        "sns:UntagResource",
        "states:CreateStateMachine",
        "states:DeleteStateMachine",
        "states:TagResource",
        "states:UntagResource",
        "states:UpdateStateMachine",
      ],
      [topic, `${topic}:*`, rule, machine, budget, metricAlarms],
    ),
    allow(
      ["iam:PassRole"],
      [iamArn(scope, "role")(alarms.clusterWatch)],
      [
        {
          test: "StringEquals",
          variable: "iam:PassedToService",
          values: ["events.amazonaws.com", "states.amazonaws.com"],
        },
      ],
    ),
  ];
}

/** The most that the role of the watch may do, besides describing clusters. */
export function alarmsBoundary({ alarms, ...scope }: CiScope): Statement[] {
  if (alarms === undefined) {
    return [];
  }
  const { topic, machine } = arnsOf(scope, alarms);
  return [allow(["sns:Publish"], [topic]), allow(["states:StartExecution"], [machine])];
}

function arnsOf({ region, accountId }: Pick<CiScope, "region" | "accountId">, { name, clusterWatch }: AlarmsScope) {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${accountId}:${resource}`;
  return {
    topic: arn("sns", name),
    rule: arn("events", `rule/${clusterWatch}`),
    machine: arn("states", `stateMachine:${clusterWatch}`),
    budget: `arn:aws:budgets::${accountId}:budget/${name}`,
    metricAlarms: arn("cloudwatch", `alarm:${name}/*`),
  };
}
