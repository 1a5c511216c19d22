import type { Described } from "../../config/client";
import type { Aws } from "../../resources/aws/aws";
import { AwsError } from "../../resources/aws/errors";
import { CommandError } from "../command-error";

/** Whether the bucket of a state exists, or why it cannot be that: it is another account's, or in another region. */
export async function bucketExists(
  aws: Aws,
  { name, state }: Described,
): Promise<boolean | { readonly wrong: string }> {
  const { bucket, region, accountId } = state;
  const found = await aws.s3.bucket(bucket);
  if (found?.accessible === false) {
    return { wrong: foreign(bucket, accountId) };
  }
  return found !== undefined && found.region !== region
    ? {
        wrong: `bucket ${bucket} is in ${found.region}, and clients/${name}.ts says ${region}. Set \`state.region\` to "${found.region}", or name another bucket. Nothing was changed.`,
      }
    : found !== undefined;
}

export async function createBucket(aws: Aws, { name, state }: Described): Promise<void> {
  const { bucket, region, accountId } = state;
  try {
    await aws.s3.create(bucket, region);
  } catch (error) {
    throw error instanceof AwsError && error.code === "BucketAlreadyExists"
      ? new CommandError(`${name}: ${foreign(bucket, accountId)}`)
      : error;
  }
  await aws.s3.tag(bucket, { Project: "edx-analytics" });
}

/** Of another account's bucket S3 tells that it exists, and no more. */
function foreign(bucket: string, accountId: string): string {
  return `bucket ${bucket} exists, but is not account ${accountId}'s, or these credentials lack s3:ListBucket on it. Name another one in \`state.bucket\`, or allow it. Nothing was changed.`;
}
