import { isDeepStrictEqual } from "node:util";
import type { LifecycleRule } from "@aws-sdk/client-s3";

/** Old versions of the state, one per apply and lock, are kept a year. */
export const daysOfOldVersions = 365;

const ours: LifecycleRule = {
  ID: "edx-analytics-old-versions",
  Status: "Enabled",
  Filter: { Prefix: "" },
  NoncurrentVersionExpiration: { NoncurrentDays: daysOfOldVersions },
};

/** A bucket's rules with ours among them; undefined where it is already. */
export function withOldVersionsExpiring(rules: readonly LifecycleRule[]): LifecycleRule[] | undefined {
  const found = rules.find(({ ID }) => ID === ours.ID);
  return isDeepStrictEqual(found, ours) ? undefined : [...rules.filter((rule) => rule !== found).map(withFilter), ours];
}

/** S3 takes no rule of the old form, with a prefix beside the filter, together with one of the new. */
function withFilter({ Prefix, ...rule }: LifecycleRule): LifecycleRule {
  return Prefix === undefined ? rule : { ...rule, Filter: { Prefix } };
}
