import { sessionActions } from "../../modules/session-actions";
import { type Attributes, texts } from "../attributes";
import { areCovered, isNegative, keysOf, lowerCase } from "../policy-statements";

/** The conditions that have to be met by a call, absence not being enough: their operators, keys and values. */
export function requirements(condition: unknown): [operator: string, key: string, values: string[]][] {
  return keysOf(condition).filter(
    ([operator]) => !isNegative(operator) && !/ifexists|forallvalues|^null$/i.test(operator),
  );
}

/**
 * Conditions that tell what a call is about or for. Those of who calls, when, from where and how hold for whoever has the policy; and
 * what the caller chooses, such as tags of a request and a prefix of a list, it chooses so that they hold.
 */
const ofTarget =
  /^(iam:(permissionsboundary|passedtoservice|associatedresourcearn|policyarn|awsservicename)|aws:resourcetag\/.+|[\w-]+:resourcetag\/.+|ec2:vpc)$/;

/** Whether conditions leave less than the statement says: one of a target, by values without a wildcard. */
export function isNarrowed(condition: unknown): boolean {
  return requirements(condition).some(
    ([operator, key, values]) =>
      /^(foranyvalue:)?(string|arn)(equals|like)$/i.test(operator) &&
      ofTarget.test(key.toLowerCase()) &&
      values.length > 0 &&
      !values.some((value) => /[*?]/.test(value) || (/boundary$/i.test(key) && value.includes(":iam::aws:"))),
  );
}

/** Services that stacks pass roles to. */
const passedTo = /^(ec2|elasticmapreduce)\.amazonaws\.com(\.cn)?$/;

/** Whether roles are passed to such services alone. */
export function isPassedAsByStacks(condition: unknown): boolean {
  return requirements(condition).some(
    ([operator, key, values]) =>
      /^(foranyvalue:)?stringequals$/i.test(operator) &&
      key.toLowerCase() === "iam:passedtoservice" &&
      values.length > 0 &&
      values.every((value) => passedTo.test(value)),
  );
}

/** Whether a statement is the one that stacks write for Session Manager, and no more: the host that has it can be reached by that. */
export function isOfSessions({ Action, Resource, NotAction, NotResource, Principal, Condition }: Attributes): boolean {
  return (
    [NotAction, NotResource, Principal, Condition].every((other) => other === undefined) &&
    texts(Resource).every((one) => one === "*") &&
    texts(Action).length === sessionActions.length &&
    areCovered(lowerCase(sessionActions), lowerCase(Action)) &&
    areCovered(lowerCase(Action), lowerCase(sessionActions))
  );
}
