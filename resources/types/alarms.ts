import { isDeepStrictEqual } from "node:util";
import { clusterWatchDefinition, eventPattern } from "../../modules/cluster-definition";
import { type Attributes, attributesOf, block, blocks, byName, isAttributes, texts } from "../attributes";
import { phrase, words } from "../phrase";
import { kindOf } from "../plan/kinds";
import { knownAfter } from "../plan/marks";
import type { Plan } from "../plan/plan";
import { readJson } from "../read-json";
import { type Alarm, availability, exposure, permission } from "./alarm";
import { type Compared, resourceType } from "./resource-type";
import { isLeft, isSame, readResources, turnsOff } from "./rules";
import { ofSizes, otherMetric } from "./watched-metrics";

const find = { never: "the runbook has none, so no deployment by hand does" } as const;
const adoption = { create: "mails about what needs somebody, as in the client file" };

/** What mails operators: `modules/alarms.ts`. What they name has to be of the plan: `written-values.ts`. */
export const alarms = [
  resourceType("aws_sns_topic", {
    holds: undefined,
    find,
    alarms: {
      update: ({ before, after }) => [
        before.name !== after.name && availability`mails nobody until the subscriptions of ${after.name} are confirmed`,
      ],
      destroy: ({ before }, plan) => [topicEnds(before, plan)],
      replace: ({ before, after }) => [
        before.name === after.name &&
          availability`is made anew: it mails nobody until each address has confirmed again`,
      ],
    },
    adoption,
  }),
  resourceType("aws_sns_topic_policy", { holds: undefined, find, adoption }),
  resourceType("aws_sns_topic_subscription", {
    holds: undefined,
    find,
    alarms: {
      update: noLongerMails,
      destroy: noLongerMails,
      replace: ({ before, after }) => [
        before.endpoint === after.endpoint &&
          availability`mails nothing to ${after.endpoint} until it has confirmed again`,
      ],
    },
    adoption,
  }),
  resourceType("aws_cloudwatch_metric_alarm", {
    holds: undefined,
    find,
    alarms: {
      create: (change) => [...otherMetric(change.after), linksTo(change)],
      update: (change) => [
        linksTo(change),
        turnsOff(change, "actions_enabled") && availability`no longer mails`,
        ...["alarm_actions", "ok_actions"].map((name) => {
          const lost = texts(change.before[name]).filter((arn) => !texts(change.after[name]).includes(arn));
          return lost.length > 0 && availability`no longer tells ${lost.join(", ")}: ${words(name)}`;
        }),
        ...others(change, ofMetric),
        ofSizes.includes(String(change.after.metric_name)) && Number(change.after.threshold) > 0
          ? false
          : (others(change, ["threshold"])[0] ?? false),
      ],
      destroy: ({ before }) => [
        availability`no longer says: ${String(before.alarm_description ?? before.alarm_name).replace(/\.$/, "")}`,
      ],
    },
    adoption,
  }),
  resourceType("aws_cloudwatch_event_rule", {
    holds: undefined,
    find,
    alarms: {
      create: ({ after }) => [
        typeof after.event_pattern === "string" &&
          !isDeepStrictEqual(plain(jsonOf(after.event_pattern)), eventPattern) &&
          availability`sees other events than those of EMR's clusters that start or fail: ${after.event_pattern}`,
      ],
      update: (change) => [
        isOn(change.before) && !isOn(change.after) && availability`no longer sees EMR's clusters`,
        ...others(change, ["event_pattern"]),
      ],
      destroy: () => [availability`no longer sees EMR's clusters`],
    },
    adoption,
  }),
  resourceType("aws_cloudwatch_event_target", {
    holds: undefined,
    find,
    alarms: {
      update: (change) => others(change, ["arn", "rule"]),
      destroy: ({ before }) => [availability`no longer hands EMR's clusters to ${before.arn}`],
    },
    adoption,
  }),
  resourceType("aws_sfn_state_machine", {
    holds: undefined,
    find,
    alarms: {
      create: (change, plan) => {
        const calls = otherCalls(change, plan);
        return [
          ...calls,
          calls.every((alarm) => alarm === false) &&
            !isOfStack(jsonOf(change.after.definition), plan) &&
            availability`watches EMR's clusters in another way than stacks do: read its definition in full`,
        ];
      },
      update: (change, plan) => [
        ...otherCalls(change, plan),
        withoutHours(change.before.definition) !== withoutHours(change.after.definition) &&
          availability`watches EMR's clusters in another way than before: read its definition in full`,
      ],
      destroy: () => [availability`no longer watches EMR's clusters`],
    },
    adoption,
  }),
  resourceType("aws_budgets_budget", {
    holds: undefined,
    find,
    alarms: {
      create: ({ after }) => [
        !blocks(after.notification).some(({ threshold }) => Number(threshold) === 100) &&
          availability`mails nothing when all of its amount is spent: no notification has the threshold 100`,
      ],
      update: (change) => others(change, ["budget_type", "cost_filter", "notification", "time_unit"]),
      destroy: () => [availability`no longer mails about costs`],
    },
    adoption,
    variables: [
      {
        name: () => "monthly_budget",
        description: () =>
          "What the client may cost a month, USD: mails at 80 %, at 100 %, and when AWS forecasts more.",
        validation: (variable) => [`try(tonumber(${variable}) > 0, false)`, "An amount in USD is required."],
        cases: () => ({ accepts: ["600.0"], refuses: ["none", "0"] }),
        field: () => "alarms.monthlyBudgetUsd",
        places: [{ path: "limit_amount" }],
      },
    ],
  }),
];

/** Of a metric alarm, what no field of a client file changes: with another value it watches something else, or later. */
const ofMetric = [
  ...["namespace", "metric_name", "dimensions", "statistic", "comparison_operator"],
  ...["period", "evaluation_periods", "treat_missing_data"],
];

/** What is watched, or told, otherwise than before. */
function others({ before, after }: Compared, names: readonly string[]): Alarm[] {
  return names
    .filter((name) => before[name] != null && !isDeepStrictEqual(before[name], after[name]))
    .map(
      (name) => availability`watches otherwise than before: ${words(name)} is ${after[name]}, and was ${before[name]}`,
    );
}

/** An address that gets no mails any more, also where another resource is of the same subscription: AWS has one of an address. */
function noLongerMails({ before, after }: Compared, { resource_changes: changes }: Plan): (Alarm | false)[] {
  const same = changes.find(
    ({ type, change }) =>
      type === "aws_sns_topic_subscription" &&
      isAttributes(change.after) &&
      isSame(attributesOf(knownAfter(change)), before, "endpoint", "topic_arn"),
  );
  return [
    before.endpoint !== after.endpoint &&
      (same === undefined
        ? availability`no longer mails alarms to ${before.endpoint}`
        : availability`is that of ${same.address}, as AWS has one subscription of an address: it ends, or mails nothing to ${before.endpoint} until that has confirmed again`),
  ];
}

/** Of a topic that is destroyed, with what has no alarm of its own as it goes with it. */
function topicEnds({ id }: Attributes, { resource_changes: changes }: Plan): Alarm {
  const ending = (type: string) =>
    changes
      .filter((resource) => resource.type === type && kindOf(resource) === "destroy")
      .map(({ change }) => attributesOf(change.before));
  const told = ending("aws_sns_topic_subscription").filter(({ topic_arn: arn }) => id !== undefined && arn === id);
  const telling = ending("aws_cloudwatch_metric_alarm").filter(({ alarm_actions: arns }) =>
    texts(arns).some((arn) => arn === id),
  );
  const to = told.length === 0 ? words("") : phrase` to ${told.map(({ endpoint }) => endpoint).join(", ")}`;
  const more = telling.length === 0 ? words("") : phrase`, and with it go CloudWatch alarms: ${telling.length}`;
  return availability`no longer mails alarms${to}${more}`;
}

/** What a state machine of a stack's calls, and the parameters of each call. */
const calls: Readonly<Record<string, readonly string[]>> = byName({
  "arn:aws:states:::aws-sdk:emr:describeCluster": ["ClusterId.$"],
  "arn:aws:states:::sns:publish": ["TopicArn", "Message.$"],
});

/** What else a state machine calls, with all that its role may do, or whom else it tells. */
function otherCalls({ before, after: { definition } }: Compared, plan: Plan): (Alarm | false)[] {
  if (definition === undefined) {
    return [permission`has a definition that is known after the apply alone: what it calls, the plan does not tell`];
  }
  if (definition === before.definition) {
    return [];
  }
  const states = Object.entries(attributesOf(attributesOf(jsonOf(definition)).States));
  const isTopic = (arn: unknown) =>
    /^\$\{aws_sns_topic\.\w+\.arn\}$/.test(String(arn)) || isLeft(plan, "aws_sns_topic", (topic) => topic.arn === arn);
  return [
    states.length === 0 && permission`has a definition that cannot be read`,
    ...states
      .map(([name, state]) => [name, attributesOf(state)] as const)
      .flatMap(([name, { Type: type, Resource: resource, Parameters: parameters, ...state }]) => {
        const given = attributesOf(parameters);
        const allowed = calls[String(resource)];
        const isCall = type === "Task" && allowed && Object.keys(given).every((one) => allowed.includes(one));
        return [
          !(isCall || ["Choice", "Fail", "Succeed", "Wait"].includes(String(type))) &&
            permission`calls ${resource ?? type} with ${Object.keys(given).join(", ")}, which no stack has it do: ${name}`,
          given.TopicArn !== undefined &&
            !isTopic(given.TopicArn) &&
            exposure`tells ${given.TopicArn}, which is no topic of the plan: ${name}`,
          (state.Arguments ?? state.Credentials) !== undefined &&
            permission`calls with arguments or credentials that no stack gives it: ${name}`,
        ];
      }),
  ];
}

/** Whether a definition is that of `modules/cluster-watch.ts`, whatever the hours, for a bucket and a topic of the plan. */
function isOfStack(definition: unknown, plan: Plan): boolean {
  const { Wait: wait, Failed: failed, Cluster: cluster } = attributesOf(attributesOf(definition).States);
  const pattern = String(attributesOf(block([blocks(attributesOf(cluster).Choices)[1]]).Not).StringMatches);
  const logsBucket = /^\*:\/\/(.+)\/\*$/.exec(pattern)?.[1] ?? "";
  const topicArn = String(attributesOf(attributesOf(failed).Parameters).TopicArn);
  const hours = Number(attributesOf(wait).Seconds) / 3600;
  const expected = clusterWatchDefinition({ hours, logsBucket, topicArn });
  return isDeepStrictEqual(plain(definition), plain(expected)) && isBucketOfPlan(logsBucket, plan);
}

/** As JSON has it, whatever the prototypes. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}

function isBucketOfPlan(bucket: string, plan: Plan): boolean {
  return (
    bucket.startsWith("${aws_s3_bucket.") ||
    isLeft(plan, "aws_s3_bucket", (one) => one.bucket === bucket) ||
    readResources(plan).some(({ type, values }) => type === "aws_s3_bucket" && values.bucket === bucket)
  );
}

function jsonOf(text: unknown): unknown {
  try {
    return readJson(String(text));
  } catch {
    return undefined;
  }
}

/** Stacks' descriptions have no link; AWS mails them, so that one looks like AWS's own. */
function linksTo({ before, after }: Compared): Alarm | false {
  const { alarm_description: said } = after;
  return (
    said !== before.alarm_description &&
    /:\/\/|\bwww\.|@/i.test(String(said ?? "")) &&
    exposure`mails a link or an address, which no stack's alarm does: ${said}`
  );
}

/** A definition whatever the hours that it waits, which the client file says. */
function withoutHours(definition: unknown): string {
  return String(definition)
    .replaceAll(/"Seconds":\s*\d+/g, "")
    .replaceAll(/after \d+ hours/g, "");
}

function isOn({ state, is_enabled: enabled }: Attributes): boolean {
  return state !== "DISABLED" && enabled !== false;
}
