import { clusterActions } from "../../modules/cluster-actions";
import { type Attributes, attributesOf, isAttributes, texts } from "../attributes";
import { Configuration } from "../plan/configuration";
import type { Plan, ResourceChange } from "../plan/plan";
import { policiesOf } from "../plan/policies";
import { compared } from "../policies/compare";
import { alarmsOfGain, short } from "../policies/dangers";
import { administratorPolicies } from "../policies/managed";
import { areCovered, keysOf } from "../policy-statements";
import { type Alarm, access, exposure, permission } from "./alarm";
import type { MayLose } from "./resource-type";
import { existing } from "./rules";

/** `Sid` of the one statement that every bucket of a stack has. */
export const tlsOnlySid = "TlsOnly";

/** More statements of one policy are counted in its alarm. */
const mostStatements = 3;

/**
 * Alarms of what a change does to policies, whatever the type of the resource and the name of the attribute.
 * @param mayLose the statements that the type may lose
 */
export function policyAlarms(resource: ResourceChange, plan: Plan, mayLose: MayLose = () => false): Alarm[] {
  const { accounts: own } = Configuration.of(plan);
  const { before, actions } = resource.change;
  const isNew = before === null || before === undefined;
  const had = administratorPolicies(before);
  return [
    ...administratorPolicies(resource.change.after)
      .filter((name) => !had.includes(name))
      .map((name) => permission`attaches AWS's policy ${name}`),
    ...policiesOf(resource, plan).flatMap((policy) => {
      if (policy.after === "unknown" || policy.after === "unreadable") {
        return [
          policy.after === "unknown"
            ? permission`has a policy that is known after the apply alone: ${policy.attribute}`
            : permission`has a policy that cannot be read: ${policy.attribute}`,
        ];
      }
      const after = policy.after ?? [];
      const { gained, lost, undenied } = compared(policy.before ?? [], after);
      const situation = { own, before: isNew ? undefined : (policy.before ?? []) };
      return [
        ...gained.flatMap((statement) => alarmsOfGain(statement, situation)),
        ...undenied.map((statement) =>
          isTlsOnly(statement)
            ? exposure`accepts HTTP again: it loses ${short(statement)}`
            : exposure`no longer denies what it did: ${short(statement)}`,
        ),
        ...losses(
          lost.filter((statement) => !mayLose(statement, after, plan)),
          actions.includes("delete") && actions.length === 1,
        ),
      ];
    }),
  ];
}

function losses(lost: readonly Attributes[], isDestroyed: boolean): Alarm[] {
  const [first, others] = [lost.slice(0, mostStatements), lost.length - mostStatements];
  const texts = others > 1 ? [`${first.map(short).join("; ")}; and ${others} more statements`] : lost.map(short);
  return texts.map((text) =>
    isDestroyed ? access`is destroyed, and with it this statement: ${text}` : access`loses this statement: ${text}`,
  );
}

function isTlsOnly({ Effect, Condition }: Attributes): boolean {
  return (
    Effect === "Deny" &&
    keysOf(Condition).some(([, key, values]) => key.toLowerCase() === "aws:securetransport" && values.includes("false"))
  );
}

/** What the runbook lets roles and users do; a wider or another policy was needed for something. */
const runbookActions = [...clusterActions, "iam:PassRole", "es:*", "s3:Get*", "s3:List*"];

/** A policy of the stack's may lose what is no more than the runbook gives. */
export const loseRunbooks: MayLose = ({ Action, NotResource, Condition }) =>
  Action !== undefined && NotResource === undefined && Condition === undefined && areCovered(Action, runbookActions);

/** A domain lets in the stack's own users and roles as the stack says, by their ARNs. */
export const loseOwnCallers: MayLose = ({ Principal, Condition }, after, plan) => {
  const own = existing(plan, "aws_iam_user", "aws_iam_role").map((resource) => resource.before.arn);
  const left = after.flatMap((statement) => texts(attributesOf(statement.Principal).AWS));
  const callers = texts(attributesOf(Principal).AWS);
  return (
    Condition === undefined && callers.length > 0 && callers.every((arn) => own.includes(arn) || left.includes(arn))
  );
};

/** A role is assumed by the same services on other conditions. */
export const loseServices: MayLose = ({ Principal }, after) => {
  const { Service: services, ...others } = isAttributes(Principal) ? Principal : { others: Principal };
  const left = after.flatMap((statement) => texts(attributesOf(statement.Principal).Service));
  return Object.keys(others).length === 0 && texts(services).every((service) => left.includes(service));
};
