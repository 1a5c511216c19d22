import { type Attributes, attributesOf, texts } from "../attributes";
import { joined, type Phrase, phrase } from "../phrase";
import { compared } from "../policies/compare";
import { alarmsOfGain } from "../policies/dangers";
import { type Situation, short } from "../policies/judge";
import { administratorPolicy, isAttachedByStacks, policyArns } from "../policies/managed";
import { isPendingElsewhere } from "../policies/pending";
import { areCovered, keysOf, lowerCase, principals, statementsIn } from "../policy-statements";
import { type Alarm, access, exposure, gain, permission } from "../types/alarm";
import type { MayLose } from "../types/resource-type";
import { readResources } from "../types/rules";
import { pendingPolicies } from "./attachments";
import { boundaryUse } from "./boundaries";
import { Configuration } from "./configuration";
import { type Holder, holderOf, isMoved } from "./holders";
import { kindOf } from "./kinds";
import { hasTrue, knownAfter } from "./marks";
import { hasNamed } from "./named";
import { policiesOf } from "./policies";
import { replacedPolicy } from "./replaced-policy";
import type { Plan, ResourceChange } from "./schema";

/** More statements of one policy are counted in its alarm. */
const mostStatements = 3;

/**
 * Alarms of what a change does to policies, whatever the type of the resource and the name of the attribute.
 * @param mayLose the statements that the type may lose
 */
export function policyAlarms(resource: ResourceChange, plan: Plan, mayLose: MayLose = () => false): Alarm[] {
  if (isMoved(resource)) {
    const { change } = resource;
    const parts = [
      { ...change, after: null, after_unknown: {}, actions: ["delete" as const] },
      { ...change, before: null, actions: ["create" as const] },
    ];
    return parts.flatMap((part) => policyAlarms({ ...resource, change: part }, plan, mayLose));
  }
  const { accounts: own, client } = Configuration.of(plan);
  const { before, actions } = resource.change;
  const holder = holderOf(resource, plan);
  const isNew = before === null || before === undefined;
  const isOfNew = isNew && (holder === undefined || holder.is === "new");
  // A bucket's policy names whom it lets in.
  const replaced = replacedPolicy(resource, plan);
  const isJudgedAsNew = (isOfNew || (isNew && resource.type === "aws_s3_bucket_policy")) && replaced === undefined;
  const alarms = [
    ...attachments(resource, plan),
    ...policiesOf(resource, plan).flatMap((policy) => {
      if (policy.after === "unknown" || policy.after === "unreadable") {
        return [
          policy.after === "unknown"
            ? permission`has a policy that is known after the apply alone: ${policy.attribute}`
            : permission`has a policy that cannot be read: ${policy.attribute}`,
        ];
      }
      const after = policy.after ?? [];
      const had = policy.before ?? (replaced === undefined ? policyRead(resource, plan) : readable(replaced));
      const { gained, lost, undenied, denied } = compared(had, after);
      const situation = {
        own,
        client,
        before: isJudgedAsNew ? undefined : had,
        isOfPlan: hasNamed(plan),
        isOfOthers: holder?.is === "elsewhere",
      };
      return [
        ...(isNew && resource.type === "aws_s3_bucket_policy" && holder?.is === "new" && !after.some(refusesHttp)
          ? [acceptsHttp]
          : []),
        ...gains(gained, situation, resource, plan),
        ...undenied.map((statement) =>
          isTlsOnly(statement)
            ? exposure`accepts HTTP again: it loses ${short(statement)}`
            : exposure`no longer denies what it did: ${short(statement)}`,
        ),
        // What a new role or user is denied is its own; a new bucket's policy may lock out everybody.
        ...denials(isOfNew ? denied.filter(isOfCallers) : denied),
        ...losses(
          lost.filter((statement) => !mayLose(statement, after, plan)),
          actions.includes("delete") && actions.length === 1,
        ),
      ];
    }),
  ];
  return isOnOthers(resource, holder)
    ? [...alarms.filter(({ category }) => category !== "gain"), ...onOthers(resource, holder, alarms)]
    : alarms;
}

/** The policy that a bucket has already, as a plan read it to keep its statements. */
function policyRead({ type, change }: ResourceChange, plan: Plan): readonly Attributes[] {
  const { bucket } = attributesOf(change.after);
  const read = readResources(plan).find(
    (one) =>
      type === "aws_s3_bucket_policy" && one.mode === "data" && one.type === type && one.values.bucket === bucket,
  );
  return readable(read?.values.policy);
}

/** The statements of a policy; none where it is none, or cannot be read. */
function readable(policy: unknown): readonly Attributes[] {
  try {
    return statementsIn(policy) ?? [];
  } catch {
    return [];
  }
}

/** Whether a policy comes to a role or user that the plan does not have: whoever acts as that one may do more, or less. */
function isOnOthers(resource: ResourceChange, holder: Holder | undefined): holder is Holder {
  return holder?.is === "elsewhere" && resource.change.before == null && resource.type !== "aws_s3_bucket_policy";
}

/** What is graver has been said. A field of the client file has edxapp's user or role read the grades; no stack attaches a policy. */
function onOthers({ type }: ResourceChange, { text }: Holder, alarms: readonly Alarm[]): Alarm[] {
  const alarm = type === "aws_iam_role_policy_attachment" ? permission : gain;
  return alarms.some(({ category }) => category === "permission" || category === "exposure")
    ? []
    : [alarm`is a policy on the ${text}, which the plan does not have`];
}

function isOfCallers({ Principal, NotPrincipal }: Attributes): boolean {
  return Principal !== undefined || NotPrincipal !== undefined;
}

/** What is denied from now on, but for requests without TLS. */
function denials(denied: readonly Attributes[]): Alarm[] {
  return denied
    .filter((statement) => !isTlsOnly(statement))
    .map((statement) => access`denies what it did not: ${short(statement)}`);
}

/** What a policy allows and did not; what is a permissions boundary, and may be more, has an alarm that says so. */
function gains(gained: readonly Attributes[], situation: Situation, resource: ResourceChange, plan: Plan): Alarm[] {
  const alarms = (isBoundary: boolean) =>
    gained.flatMap((statement) => alarmsOfGain(statement, { ...situation, isBoundary }));
  const use = alarms(false).length === 0 ? undefined : boundaryUse(resource, plan);
  if (use === undefined) {
    return alarms(false);
  }
  const but = use.doubt === undefined ? "" : `, but ${use.doubt}`;
  return alarms(use.doubt === undefined).map(
    (alarm) => permission`${alarm}; it is used as a permissions boundary by ${use.by.join(", ")}${but}`,
  );
}

/** Policies that a resource attaches. AWS's own are judged by their names; one that is in no plan may be any. */
function attachments(resource: ResourceChange, plan: Plan): Alarm[] {
  const had = policyArns(resource.change.before);
  const known = policyArns(resource.change.after).filter((arn) => !had.includes(arn));
  return [
    ...known.flatMap((arn) => {
      const administrator = administratorPolicy(arn);
      if (administrator !== undefined) {
        return [permission`attaches AWS's policy ${administrator}`];
      }
      if (isOfAws(arn)) {
        const name = arn.slice(arn.lastIndexOf("/") + 1);
        return isAttachedByStacks(arn, trustOf(resource, plan))
          ? []
          : [permission`attaches AWS's policy ${name}, which no stack attaches there, or which is wide`];
      }
      const policy = policyOf(plan, ({ change }) => attributesOf(knownAfter(change)).arn === arn);
      return policy === undefined
        ? [permission`attaches the policy ${arn}, which is not in the plan`]
        : contents(resource, policy, phrase`${arn}`, plan);
    }),
    ...pendingAttachments(resource, plan),
  ];
}

/** Policies that get their ARN by the plan: new ones, and those that are replaced. */
function pendingAttachments(resource: ResourceChange, plan: Plan): Alarm[] {
  const { address, change } = resource;
  const unknown = attributesOf(change.after_unknown);
  return pendingPolicies(address, (argument) => hasTrue(unknown[argument]), plan).flatMap((reference) => {
    const policy = policyOf(plan, (other) => other.address === reference);
    const had = policyArns(change.before);
    if (policy === undefined) {
      return [permission`attaches a policy that is known after the apply alone`];
    }
    return had.includes(String(attributesOf(policy.change.before).arn))
      ? []
      : contents(resource, policy, phrase`${policy.address}`, plan);
  });
}

/** What a policy allows whoever it is attached to. The alarms of a new one are its own, unless an existing role gets it. */
function contents(attachment: ResourceChange, policy: ResourceChange, name: Phrase, plan: Plan): Alarm[] {
  const holder = holderOf(attachment, plan);
  const isOfNew = (holder?.is ?? "new") === "new";
  const isNew = kindOf(policy) === "create";
  if (isNew && isOfNew) {
    return [];
  }
  const { accounts: own, client } = Configuration.of(plan);
  const statements = policiesOf({ ...policy, change: { ...policy.change, before: null } }, plan).flatMap(({ after }) =>
    Array.isArray(after) ? (after as readonly Attributes[]) : [],
  );
  const [denied, allowed] = [true, false].map((isDeny) =>
    statements.filter(({ Effect }) => (Effect === "Deny") === isDeny),
  );
  const alarms = (allowed ?? []).flatMap((statement) => {
    const of = (before: readonly Attributes[] | undefined) =>
      alarmsOfGain(statement, { own, client, before, isOfPlan: hasNamed(plan) });
    return isNew && of(undefined).length > 0 ? [] : of(isOfNew ? undefined : []);
  });
  const grave = alarms.filter(({ category }) => category !== "gain");
  return [
    ...(grave.length > 0
      ? [permission`attaches ${name}, which ${joined(grave, "; ")}`]
      : alarms.length > 0
        ? [gain`attaches ${name} to the ${holder?.text}, which exists, and allows it more than before`]
        : []),
    ...(isOfNew ? [] : denials(denied ?? [])),
  ];
}

function policyOf({ resource_changes: changes }: Plan, test: (policy: ResourceChange) => boolean) {
  return changes.find((other) => other.type === "aws_iam_policy" && other.mode !== "data" && test(other));
}

/** The trust of the role that a resource attaches policies to; empty where the plan does not have it. */
function trustOf({ address, change }: ResourceChange, plan: Plan): readonly Attributes[] {
  const { role } = attributesOf(change.after);
  const { references } = Configuration.of(plan).expressionOf(address, "role");
  const found = plan.resource_changes.find(
    (other) =>
      other.type === "aws_iam_role" &&
      (references.some((reference) => reference.startsWith(`${other.address}.`)) ||
        (typeof role === "string" && attributesOf(other.change.after).name === role)),
  );
  return readable(attributesOf(found?.change.after).assume_role_policy);
}

function isOfAws(arn: string): boolean {
  return arn.includes(":iam::aws:policy/");
}

function losses(lost: readonly Attributes[], isDestroyed: boolean): Alarm[] {
  const [first, others] = [lost.slice(0, mostStatements), lost.length - mostStatements];
  const texts = others > 1 ? [`${first.map(short).join("; ")}; and ${others} more statements`] : lost.map(short);
  return texts.map((text) =>
    isDestroyed ? access`is destroyed, and with it this statement: ${text}` : access`loses this statement: ${text}`,
  );
}

const acceptsHttp = exposure`lets its bucket accept HTTP, beside HTTPS: it has no statement as stacks' buckets have, which denies s3:* to everybody if aws:SecureTransport is false`;

/** Whether a statement denies all of a bucket to everybody who does not use TLS, whatever else holds. */
function refusesHttp(statement: Attributes): boolean {
  const { Principal, Action, Resource, Condition } = statement;
  return (
    (Condition === undefined ? statement.Effect === "Deny" : isTlsOnly(statement) && keysOf(Condition).length === 1) &&
    texts(principals(Principal).AWS).includes("*") &&
    areCovered("s3:*", lowerCase(Action)) &&
    texts(Resource).some((arn) => String(arn) === "*" || (String(arn).endsWith("/*") && !isPendingElsewhere(arn)))
  );
}

function isTlsOnly({ Effect, Condition }: Attributes): boolean {
  return (
    Effect === "Deny" &&
    keysOf(Condition).some(
      ([operator, key, values]) =>
        /^bool(ifexists)?$/i.test(operator) &&
        key.toLowerCase() === "aws:securetransport" &&
        values.every((value) => value === "false"),
    )
  );
}
