import { companions } from "../resources/types/companions";
import { secure } from "./plan-verdicts";

/** What stacks make beside a bucket, by type. */
export function companionsOfBucket(bucket: string): { readonly type: string; readonly values: object }[] {
  return (companions.aws_s3_bucket ?? []).map(({ type }) => ({
    type,
    values: type === "aws_s3_bucket_policy" ? { bucket, policy: JSON.stringify({ Statement: [secure] }) } : { bucket },
  }));
}
