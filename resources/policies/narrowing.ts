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
 * Conditions of what IAM is asked for, which hold for some of its actions alone. That of a policy or a boundary is none of them: with
 * AWS's administrator policy, or an open boundary, it leaves all. So are conditions of who calls, when, from where and how; and what
 * the caller chooses, such as tags of a request and a prefix of a list, it chooses so that they hold.
 */
const ofRequest = /^iam:(passedtoservice|associatedresourcearn|awsservicename)$/;

/** The tags of resources that are the plan's own: with the client's name, or those of a shared stack, which have no client's. */
function isOwnTag(key: string, values: readonly string[], condition: unknown, client: string | undefined): boolean {
  const [, tag] = /^(?:aws|[a-z][a-z0-9-]*):resourcetag\/(client|project)$/i.exec(key) ?? [];
  const value = tag?.toLowerCase() === "client" ? client : client === undefined ? "edx-analytics" : undefined;
  return (
    value !== undefined &&
    values.every((one) => one === value) &&
    (tag?.toLowerCase() === "client" || keysOf(condition).some(isWithoutClient))
  );
}

function isWithoutClient([operator, key, values]: ReturnType<typeof keysOf>[number]): boolean {
  return (
    /^null$/i.test(operator) && key.toLowerCase() === "aws:resourcetag/client" && values.every((one) => one === "true")
  );
}

/**
 * Whether conditions leave less than the statement says, and what is the plan's own: one of a target, by values without a wildcard.
 * @param client the plan's; undefined of a shared stack
 */
export function isNarrowed(condition: unknown, client: string | undefined): boolean {
  return requirements(condition).some(
    ([operator, key, values]) =>
      /^(foranyvalue:)?(string|arn)(equals|like)$/i.test(operator) &&
      values.length > 0 &&
      !values.some((value) => /[*?]/.test(value)) &&
      (ofRequest.test(key.toLowerCase()) || isOwnTag(key, values, condition, client)),
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
