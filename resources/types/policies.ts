import { clusterActions } from "../../modules/cluster-actions";
import { attributesOf, isAttributes, texts } from "../attributes";
import { areCovered } from "../policy-statements";
import type { MayLose } from "./resource-type";
import { existing } from "./rules";

/** `Sid` of the one statement that every bucket of a stack has. */
export const tlsOnlySid = "TlsOnly";

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
