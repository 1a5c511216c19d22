import type { Described } from "../../config/client";
import type { Aws } from "../../resources/aws/aws";
import { AwsError } from "../../resources/aws/errors";
import { CommandError } from "../command-error";

/**
 * Whether the bucket of a state exists, in the state's account and region.
 * @throws CommandError where it is another account's, or in another region
 */
export async function bucketExists(aws: Aws, { name, state }: Described): Promise<boolean> {
  const { bucket, region, accountId } = state;
  const found = await aws.s3.bucket(bucket);
  if (found?.accessible === false) {
    throw foreign(name, bucket, accountId);
  }
  if (found !== undefined && found.region !== region) {
    throw new CommandError(
      `${name}: bucket ${bucket} is in ${found.region}, and clients/${name}.ts says ${region}. Set \`state.region\` to "${found.region}", or name another bucket. Nothing was changed.`,
    );
  }
  return found !== undefined;
}

export async function createBucket(aws: Aws, { name, state }: Described): Promise<void> {
  const { bucket, region, accountId } = state;
  try {
    await aws.s3.create(bucket, region);
  } catch (error) {
    throw error instanceof AwsError && error.code === "BucketAlreadyExists" ? foreign(name, bucket, accountId) : error;
  }
  await aws.s3.tag(bucket, { Project: "edx-analytics" });
}

/** Of another account's bucket S3 tells that it exists, and no more. */
function foreign(name: string, bucket: string, accountId: string): CommandError {
  return new CommandError(
    `${name}: bucket ${bucket} exists, but is not account ${accountId}'s, or these credentials lack s3:ListBucket on it. Name another one in \`state.bucket\`, or allow it. Nothing was changed.`,
  );
}
