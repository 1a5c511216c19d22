import { clusterActions } from "../../modules/cluster-actions";
import { type Attributes, attributesOf, isAttributes, texts } from "../attributes";
import type { Plan } from "../plan/plan";
import { areCovered, isKept, statementsOf } from "../policy-statements";
import { type Alarm, access } from "./alarm";
import { existing } from "./rules";

/** `Sid` of the one statement that every bucket of a stack has. */
export const tlsOnlySid = "TlsOnly";

/** The statements of a policy that another one does not say too. */
function lost(before: unknown, after: unknown): Attributes[] {
  const kept = statementsOf(after);
  return statementsOf(before).filter((statement) => !isKept(statement, kept));
}

/** Alarms of the statements that a bucket's policy no longer has. */
export function lostStatements(before: unknown, after: unknown): Alarm[] {
  const hasTlsOnly = statementsOf(after).some(({ Sid }) => Sid === tlsOnlySid);
  return lost(before, after)
    .filter(({ Sid }) => Sid !== tlsOnlySid || (typeof after === "string" && !hasTlsOnly))
    .map((statement) => access`loses this statement: ${statement}`);
}

/**
 * Alarms of the statements by which a domain no longer lets a caller in; those of the stack's users and roles are not
 * lost, whose ARNs a plan may not know yet.
 */
export function lostCallers(before: unknown, after: unknown, plan: Plan): Alarm[] {
  const own = existing(plan, "aws_iam_user", "aws_iam_role").map((resource) => resource.before.arn);
  const staysByName = ({ Effect, Principal, Condition }: Attributes) => {
    const callers = texts(attributesOf(Principal).AWS);
    return (
      Effect === "Allow" &&
      Condition === undefined &&
      callers.length > 0 &&
      callers.every((arn) => own.includes(arn) || (typeof after === "string" && after.includes(`"${arn}"`)))
    );
  };
  return lost(before, after)
    .filter((statement) => !staysByName(statement))
    .map((statement) => access`loses this statement of its access policy, or its condition: ${statement}`);
}

/** Alarms of a role's trust: who can no longer assume it, and who else can. */
export function changedTrust(before: unknown, after: unknown): Alarm[] {
  const isOfServices = ({ Effect, Principal }: Attributes) => {
    const { Service: services, ...others } = isAttributes(Principal) ? Principal : { others: Principal };
    return (
      Effect === "Allow" &&
      Object.keys(others).length === 0 &&
      texts(services).every((service) => typeof after !== "string" || after.includes(`"${service}"`))
    );
  };
  const accounts = (policy: unknown) =>
    statementsOf(policy).flatMap(({ Effect, Principal }) =>
      Effect === "Allow" ? texts(attributesOf(Principal).AWS) : [],
    );
  return [
    ...lost(before, after)
      .filter((statement) => !isOfServices(statement))
      .map((statement) => access`is no longer assumed as by this statement: ${statement}`),
    ...accounts(after)
      .filter((arn) => arn !== "*" && !accounts(before).includes(arn))
      .map((arn) => access`can be assumed by ${arn} too`),
  ];
}

/** What the runbook lets roles and users do; a wider or another policy was needed for something. */
const runbookActions = [...clusterActions, "iam:PassRole", "es:*", "s3:Get*", "s3:List*"];

/** Alarms of the statements beyond what the runbook gives that a policy no longer has. */
export function lostBeyondTheRunbook(before: unknown, after: unknown): Alarm[] {
  return lost(before, after)
    .filter((statement) => !isRunbooks(statement))
    .map((statement) => access`loses this statement, which is more than the runbook gives: ${statement}`);
}

function isRunbooks({ Effect, Action, NotResource, Condition }: Attributes): boolean {
  return (
    Effect === "Allow" &&
    Action !== undefined &&
    NotResource === undefined &&
    Condition === undefined &&
    areCovered(Action, runbookActions)
  );
}

/** Alarms of the resources that a policy no longer reaches. */
export function lostResources(before: unknown, after: unknown): Alarm[] {
  const resources = (policy: unknown) => statementsOf(policy).flatMap(({ Resource }) => texts(Resource));
  return resources(before)
    .filter((resource) => typeof after === "string" && !areCovered(resource, resources(after)))
    .map((resource) => access`no longer reaches ${resource}`);
}
