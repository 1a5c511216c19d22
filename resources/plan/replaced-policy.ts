import { attributesOf } from "../attributes";
import type { Plan, ResourceChange } from "./schema";

/** The policy of the same bucket that the plan has at another address, and that a new one takes the place of. */
export function replacedPolicy({ address, type, change }: ResourceChange, plan: Plan): unknown {
  const { bucket } = attributesOf(change.after);
  const former = plan.resource_changes.find(
    (other) =>
      type === "aws_s3_bucket_policy" &&
      change.before == null &&
      other.type === type &&
      other.address !== address &&
      bucket !== undefined &&
      attributesOf(other.change.before).bucket === bucket,
  );
  return former && attributesOf(former.change.before).policy;
}
