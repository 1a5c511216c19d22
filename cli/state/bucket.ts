import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  HeadBucketCommand,
  PutBucketTaggingCommand,
} from "@aws-sdk/client-s3";
import type { Aws } from "../aws";
import { AwsError } from "../aws-error";
import { CommandError } from "../command-error";
import type { Deployment } from "../deployment";

/**
 * Whether the bucket of a deployment's state is there, ours and in its region.
 * @throws CommandError where it is somebody else's, or in another region
 */
export async function bucketExists(aws: Aws, { name, file, state }: Deployment): Promise<boolean> {
  const { bucket, region, accountId } = state;
  try {
    const { BucketRegion } = await aws.ask(
      "s3:ListBucket",
      aws.s3.send(new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: accountId })),
    );
    if (BucketRegion !== undefined && BucketRegion !== region) {
      throw new CommandError(
        `${name}: bucket ${bucket} is in ${BucketRegion}, and ${file} says ${region}. Set \`state.region\` to "${BucketRegion}", or name another bucket. Nothing was changed.`,
      );
    }
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.status === 404) {
      return false;
    }
    throw error instanceof AwsError && error.status === 403 && !error.hopeless
      ? foreign(name, bucket, accountId)
      : error;
  }
}

export async function createBucket(aws: Aws, { name, state }: Deployment): Promise<void> {
  const { bucket, region, accountId } = state;
  try {
    await aws.ask(
      "s3:CreateBucket",
      aws.s3.send(
        new CreateBucketCommand({
          Bucket: bucket,
          ObjectOwnership: "BucketOwnerEnforced",
          // us-east-1 is no location constraint: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html.
          CreateBucketConfiguration:
            region === "us-east-1" ? undefined : { LocationConstraint: region as BucketLocationConstraint },
        }),
      ),
    );
  } catch (error) {
    throw error instanceof AwsError && error.code === "BucketAlreadyExists" ? foreign(name, bucket, accountId) : error;
  }
  await aws.ask(
    "s3:PutBucketTagging",
    aws.s3.send(
      new PutBucketTaggingCommand({
        Bucket: bucket,
        ExpectedBucketOwner: accountId,
        Tagging: { TagSet: [{ Key: "Project", Value: "edx-analytics" }] },
      }),
    ),
  );
}

/** S3 tells a stranger nothing but that the name is taken. */
function foreign(name: string, bucket: string, accountId: string): CommandError {
  return new CommandError(
    `${name}: bucket ${bucket} is there, but is not account ${accountId}'s, or these credentials lack s3:ListBucket on it. Name another one in \`state.bucket\`, or allow it. Nothing was changed.`,
  );
}
