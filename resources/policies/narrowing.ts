import { isNegative, keysOf } from "../policy-statements";

/** The conditions that have to be met by a call, absence not being enough: their operators, keys and values. */
export function requirements(condition: unknown): [operator: string, key: string, values: string[]][] {
  return keysOf(condition).filter(
    ([operator]) => !isNegative(operator) && !/ifexists|forallvalues|^null$/i.test(operator),
  );
}

/**
 * Conditions that tell what a call is about or for. Those of who calls, when, from where and how hold for whoever has the
 * policy.
 */
const ofTarget =
  /^(iam:(permissionsboundary|passedtoservice|associatedresourcearn|policyarn|awsservicename)|aws:(resourcetag|requesttag)\/.+|[\w-]+:resourcetag\/.+|elasticmapreduce:requesttag\/.+|ec2:(vpc|createaction)|aws:(sourcearn|sourceaccount)|s3:prefix)$/;

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
