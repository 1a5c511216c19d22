import {
  type BucketLifecycleConfiguration,
  type BucketLocationConstraint,
  CreateBucketCommand,
  type ObjectOwnership,
  type PublicAccessBlockConfiguration,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
  type TransitionDefaultMinimumObjectSize,
} from "@aws-sdk/client-s3";
import { Service } from "./service";

/** What is changed of buckets of the account. */
export class S3Settings extends Service<S3Client> {
  /** Makes a bucket without ACLs. */
  readonly create = this.call(
    "s3:CreateBucket",
    (Bucket: string, region: string) =>
      new CreateBucketCommand({
        Bucket,
        ObjectOwnership: "BucketOwnerEnforced",
        // us-east-1 is no location constraint: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html.
        CreateBucketConfiguration:
          region === "us-east-1" ? undefined : { LocationConstraint: region as BucketLocationConstraint },
      }),
  );
  readonly tag = this.call("s3:PutBucketTagging", (bucket: string, tags: Readonly<Record<string, string>>) => {
    const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    return new PutBucketTaggingCommand({ ...this.owned(bucket), Tagging: { TagSet } });
  });
  readonly enableVersioning = this.call(
    "s3:PutBucketVersioning",
    (bucket: string) =>
      new PutBucketVersioningCommand({ ...this.owned(bucket), VersioningConfiguration: { Status: "Enabled" } }),
  );
  /** Has S3 encrypt new objects with its own key. */
  readonly encrypt = this.call("s3:PutEncryptionConfiguration", (bucket: string) => {
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" as const } }];
    return new PutBucketEncryptionCommand({
      ...this.owned(bucket),
      ServerSideEncryptionConfiguration: { Rules },
    });
  });
  readonly blockPublicAccess = this.call(
    "s3:PutBucketPublicAccessBlock",
    (bucket: string, PublicAccessBlockConfiguration: PublicAccessBlockConfiguration) =>
      new PutPublicAccessBlockCommand({ ...this.owned(bucket), PublicAccessBlockConfiguration }),
  );
  readonly setObjectOwnership = this.call(
    "s3:PutBucketOwnershipControls",
    (bucket: string, ObjectOwnership: ObjectOwnership) =>
      new PutBucketOwnershipControlsCommand({
        ...this.owned(bucket),
        OwnershipControls: { Rules: [{ ObjectOwnership }] },
      }),
  );
  readonly setPolicy = this.call(
    "s3:PutBucketPolicy",
    (bucket: string, Policy: string) => new PutBucketPolicyCommand({ ...this.owned(bucket), Policy }),
  );
  /** Writes all rules anew, and with them the smallest size, so what that was has to be given. */
  readonly setLifecycle = this.call(
    "s3:PutLifecycleConfiguration",
    (
      bucket: string,
      LifecycleConfiguration: BucketLifecycleConfiguration,
      TransitionDefaultMinimumObjectSize: TransitionDefaultMinimumObjectSize | undefined,
    ) =>
      new PutBucketLifecycleConfigurationCommand({
        ...this.owned(bucket),
        LifecycleConfiguration,
        TransitionDefaultMinimumObjectSize,
      }),
  );

  private owned(bucket: string) {
    return { Bucket: bucket, ExpectedBucketOwner: this.asker.accountId };
  }
}
