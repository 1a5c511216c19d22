import { GetBucketPolicyCommand, GetBucketTaggingCommand, HeadBucketCommand } from "@aws-sdk/client-s3";
import type { ClientConfig } from "../../clients/config/client";
import { gradesStatementId } from "../../clients/config/names";
import { type Bucket, bucketsOf } from "../../clients/config/resolve";
import { AwsError } from "../aws-error";
import { count } from "../layout";
import { policyStatements } from "../policy-statements";
import { absent, ask, type Context, type Finding, nameIsFree, ok, refused } from "./finding";

/** Bucket names, which are unique in the world, and the one policy of the bucket that edxapp owns. */
export async function* s3Findings(context: Context, client: ClientConfig): AsyncGenerator<Finding> {
  for (const [field, bucket] of Object.entries(bucketsOf(client))) {
    yield await ask(`bucket ${bucket.name}`, () =>
      bucket.create ? bucketIsFree(context, bucket, field) : bucketIsThere(context, bucket, field),
    );
  }
  const { gradesBucket } = client.edxapp;
  if (gradesBucket.access !== "print" && gradesBucket.access !== "user-policy") {
    yield await ask(`policy of ${gradesBucket.name}`, () => policyAnswer(context, client));
  }
}

async function bucketIsFree(context: Context, bucket: Bucket, field: string) {
  const found = await region(context, bucket.name);
  const fix = `Set \`buckets.${field}.name\`, or \`buckets.${field}.create: false\` to use it as it is`;
  if (found === "another account's") {
    return refused(`is taken; it is another account's. Set \`buckets.${field}.name\`.`);
  }
  return nameIsFree(context, found === undefined ? undefined : await tags(context, bucket.name), fix, [
    "aws_s3_bucket",
    bucket.name,
  ]);
}

async function bucketIsThere(context: Context, bucket: Bucket, field: string) {
  const found = await region(context, bucket.name);
  const fix = `Correct \`buckets.${field}.name\`, or set \`buckets.${field}.create: true\``;
  if (found === undefined || found === "another account's") {
    return refused(`is ${found ?? "missing"}. ${fix}.`);
  }
  // The tracking logs are read through a fixed endpoint; the pipeline's own buckets are used in the client's region.
  return found === context.region || field === "trackingLogs"
    ? ok(`is there, ${found}`)
    : refused(`is in ${found}, not in ${context.region}, where the pipeline works. ${fix}.`);
}

/** No data source can tell a bucket without a policy from an error, so what the client file says is compared here. */
async function policyAnswer(context: Context, { name, edxapp }: ClientConfig) {
  const { name: bucket, access } = edxapp.gradesBucket;
  const place = await region(context, bucket);
  if (place === undefined) {
    return refused("the bucket is missing. Correct `edxapp.gradesBucket.name`.");
  }
  if (place !== context.region) {
    return refused(
      `the bucket is ${place.startsWith("another") ? place : `in ${place}`}, and Terraform writes policies in ${context.region} of this account. Set \`edxapp.gradesBucket.access\` to "user-policy" or "print".`,
    );
  }
  const { aws } = context;
  const command = new GetBucketPolicyCommand({ Bucket: bucket });
  const policy = (await aws.askIfThere("s3:GetBucketPolicy", aws.s3.send(command), absent.bucketPolicy))?.Policy;
  if (policy === undefined) {
    return access === "new-policy"
      ? ok("is none yet, as the client file says")
      : refused(`is none, and \`edxapp.gradesBucket.access\` is "${access}". Set "new-policy".`);
  }
  const foreign = policyStatements<{ Sid?: string }>(policy).filter(
    ({ Sid }) => Sid !== gradesStatementId(name),
  ).length;
  if (access === "new-policy" && foreign > 0) {
    return refused(
      `has ${count(foreign, "statement")} of others, which "new-policy" would replace. Set \`edxapp.gradesBucket.access\` to "merge-policy".`,
    );
  }
  if (access === "leave-policy" && foreign === 0) {
    return refused(
      'has no statement but ours, and S3 takes no empty policy. Set `edxapp.gradesBucket.access` to "new-policy", deploy, then to what you want.',
    );
  }
  return ok(access === "new-policy" ? "is ours alone" : `has ${count(foreign, "statement")} of others, kept`);
}

/** Region of a bucket; undefined where there is none. */
async function region({ aws, region: home }: Context, bucket: string): Promise<string | undefined> {
  try {
    const { BucketRegion } = await aws.ask("s3:ListBucket", aws.s3.send(new HeadBucketCommand({ Bucket: bucket })));
    return BucketRegion ?? home;
  } catch (error) {
    if (error instanceof AwsError && error.status === 404) {
      return undefined;
    }
    // S3 tells a stranger nothing but that the name is taken.
    if (error instanceof AwsError && error.status === 403 && !error.hopeless) {
      return "another account's";
    }
    throw error;
  }
}

async function tags({ aws }: Context, bucket: string) {
  const command = new GetBucketTaggingCommand({ Bucket: bucket });
  return (await aws.askIfThere("s3:GetBucketTagging", aws.s3.send(command), ["NoSuchTagSet"]))?.TagSet ?? [];
}
