import {
  type BucketLifecycleConfiguration,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import type { Aws } from "../aws";
import { daysOfOldVersions, daysOfPlans, withExpiry } from "./lifecycle";
import { withTlsOnly } from "./tls-policy";

/** What a setting is, and how to make it what it should be. */
export interface Finding {
  /** What was found, as in `Suspended`. */
  readonly found: string;
  /** What it should be; with `set` only. */
  readonly wanted?: string;
  /**
   * Makes it so.
   * @default - nothing is to be done
   */
  readonly set?: () => Promise<unknown>;
}

/** One setting of the bucket that holds state, which has secrets in it and cannot be made again. */
export interface Setting {
  readonly name: string;
  readonly inspect: (aws: Aws, bucket: OwnedBucket) => Promise<Finding>;
}

/** A bucket, as each call names it: a call on somebody else's is refused by S3 itself. */
export interface OwnedBucket {
  readonly Bucket: string;
  readonly ExpectedBucketOwner: string;
}

export const settings: readonly Setting[] = [
  { name: "versioning", inspect: versioning },
  { name: "encryption", inspect: encryption },
  { name: "public access", inspect: publicAccess },
  { name: "ownership", inspect: ownership },
  { name: "TLS only", inspect: tlsOnly },
  { name: "expiry", inspect: expiry },
];

async function versioning(aws: Aws, bucket: OwnedBucket): Promise<Finding> {
  const { Status } = await aws.ask("s3:GetBucketVersioning", aws.s3.send(new GetBucketVersioningCommand(bucket)));
  return Status === "Enabled"
    ? { found: "kept" }
    : {
        found: Status === "Suspended" ? "suspended" : "off",
        wanted: "kept, so that a lost state can be brought back",
        set: () =>
          aws.ask(
            "s3:PutBucketVersioning",
            aws.s3.send(new PutBucketVersioningCommand({ ...bucket, VersioningConfiguration: { Status: "Enabled" } })),
          ),
      };
}

/** S3 encrypts everything since 2023; a bucket that uses a KMS key instead keeps it. */
async function encryption(aws: Aws, bucket: OwnedBucket): Promise<Finding> {
  const answer = await aws.askIfThere(
    "s3:GetEncryptionConfiguration",
    aws.s3.send(new GetBucketEncryptionCommand(bucket)),
    ["ServerSideEncryptionConfigurationNotFoundError"],
  );
  const algorithm =
    answer?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm;
  return algorithm !== undefined
    ? { found: algorithm }
    : {
        found: "none",
        wanted: "AES256",
        set: () =>
          aws.ask(
            "s3:PutEncryptionConfiguration",
            aws.s3.send(
              new PutBucketEncryptionCommand({
                ...bucket,
                ServerSideEncryptionConfiguration: {
                  Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
                },
              }),
            ),
          ),
      };
}

async function publicAccess(aws: Aws, bucket: OwnedBucket): Promise<Finding> {
  const answer = await aws.askIfThere(
    "s3:GetBucketPublicAccessBlock",
    aws.s3.send(new GetPublicAccessBlockCommand(bucket)),
    ["NoSuchPublicAccessBlockConfiguration"],
  );
  const all = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
  const missing = (Object.keys(all) as (keyof typeof all)[]).filter(
    (block) => answer?.PublicAccessBlockConfiguration?.[block] !== true,
  );
  return missing.length === 0
    ? { found: "blocked" }
    : {
        found:
          missing.length === 4 ? "not blocked" : `${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} off`,
        wanted: "blocked",
        set: () =>
          aws.ask(
            "s3:PutBucketPublicAccessBlock",
            aws.s3.send(new PutPublicAccessBlockCommand({ ...bucket, PublicAccessBlockConfiguration: all })),
          ),
      };
}

async function ownership(aws: Aws, bucket: OwnedBucket): Promise<Finding> {
  const answer = await aws.askIfThere(
    "s3:GetBucketOwnershipControls",
    aws.s3.send(new GetBucketOwnershipControlsCommand(bucket)),
    ["OwnershipControlsNotFoundError"],
  );
  const found = answer?.OwnershipControls?.Rules?.[0]?.ObjectOwnership;
  return found === "BucketOwnerEnforced"
    ? { found }
    : {
        found: found ?? "ObjectWriter",
        wanted: "BucketOwnerEnforced",
        set: () =>
          aws.ask(
            "s3:PutBucketOwnershipControls",
            aws.s3.send(
              new PutBucketOwnershipControlsCommand({
                ...bucket,
                OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
              }),
            ),
          ),
      };
}

async function tlsOnly(aws: Aws, bucket: OwnedBucket): Promise<Finding> {
  const answer = await aws.askIfThere("s3:GetBucketPolicy", aws.s3.send(new GetBucketPolicyCommand(bucket)), [
    "NoSuchBucketPolicy",
  ]);
  const policy = withTlsOnly(answer?.Policy, bucket.Bucket);
  return policy === undefined
    ? { found: "required" }
    : {
        found: "not required",
        wanted: answer === undefined ? "required" : "required, the policy's other statements kept",
        set: () =>
          aws.ask("s3:PutBucketPolicy", aws.s3.send(new PutBucketPolicyCommand({ ...bucket, Policy: policy }))),
      };
}

async function expiry(aws: Aws, bucket: OwnedBucket): Promise<Finding> {
  const answer = await aws.askIfThere(
    "s3:GetLifecycleConfiguration",
    aws.s3.send(new GetBucketLifecycleConfigurationCommand(bucket)),
    ["NoSuchLifecycleConfiguration"],
  );
  const rules = withExpiry(answer?.Rules ?? []);
  const configuration: BucketLifecycleConfiguration = { Rules: rules };
  const expire = `old versions after ${daysOfOldVersions} days, plans/ after ${daysOfPlans}`;
  return rules === undefined
    ? { found: expire }
    : {
        found: "old versions or plans are kept for ever",
        wanted: answer === undefined ? expire : `${expire}, the bucket's other rules kept`,
        set: () =>
          aws.ask(
            "s3:PutLifecycleConfiguration",
            aws.s3.send(
              new PutBucketLifecycleConfigurationCommand({
                ...bucket,
                LifecycleConfiguration: configuration,
                // Written anew with the rules, so what it was is said again.
                TransitionDefaultMinimumObjectSize: answer?.TransitionDefaultMinimumObjectSize,
              }),
            ),
          ),
      };
}
