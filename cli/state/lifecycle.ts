import { isDeepStrictEqual } from "node:util";
import type { LifecycleRule } from "@aws-sdk/client-s3";

/** Old versions of the state, one per apply and lock, are kept a year. */
export const daysOfOldVersions = 365;

/** Plans of CI, which hold secrets in clear, are of use until they are applied: days. */
export const daysOfPlans = 3;

const wanted: readonly LifecycleRule[] = [
  {
    ID: "edx-analytics-old-versions",
    Status: "Enabled",
    Filter: { Prefix: "" },
    NoncurrentVersionExpiration: { NoncurrentDays: daysOfOldVersions },
  },
  {
    ID: "edx-analytics-plans",
    Status: "Enabled",
    Filter: { Prefix: "plans/" },
    Expiration: { Days: daysOfPlans },
    // Of two rules S3 follows the one that deletes sooner: an expired plan is no old version to be kept.
    NoncurrentVersionExpiration: { NoncurrentDays: 1 },
  },
];

/** A bucket's rules with the wanted ones among them; undefined where they are already. */
export function withExpiry(rules: readonly LifecycleRule[]): LifecycleRule[] | undefined {
  const others = rules.filter(({ ID }) => !wanted.some((rule) => rule.ID === ID));
  const found = wanted.map((rule) => rules.find(({ ID }) => ID === rule.ID));
  return isDeepStrictEqual(found, wanted) ? undefined : [...others.map(withFilter), ...wanted];
}

/** S3 takes no rule of the old form, with a prefix beside the filter, together with one of the new. */
function withFilter({ Prefix, ...rule }: LifecycleRule): LifecycleRule {
  return Prefix === undefined ? rule : { ...rule, Filter: { Prefix } };
}
