import { isNegative, keysOf } from "../policy-statements";

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
