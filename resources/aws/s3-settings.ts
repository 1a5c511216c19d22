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
import type { Questions } from "./questions";

/** What is changed of buckets of the account. */
export class S3Settings {
  constructor(
    private readonly client: S3Client,
    private readonly questions: Questions,
    private readonly accountId: string,
  ) {}

  /** Makes a bucket without ACLs. */
  create(Bucket: string, region: string): Promise<unknown> {
    return this.questions.send("s3:CreateBucket", () =>
      this.client.send(
        new CreateBucketCommand({
          Bucket,
          ObjectOwnership: "BucketOwnerEnforced",
          // us-east-1 is no location constraint: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html.
          CreateBucketConfiguration:
            region === "us-east-1" ? undefined : { LocationConstraint: region as BucketLocationConstraint },
        }),
      ),
    );
  }

  tag(bucket: string, tags: Readonly<Record<string, string>>): Promise<unknown> {
    const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    return this.questions.send("s3:PutBucketTagging", () =>
      this.client.send(new PutBucketTaggingCommand({ ...this.owned(bucket), Tagging: { TagSet } })),
    );
  }

  enableVersioning(bucket: string): Promise<unknown> {
    return this.questions.send("s3:PutBucketVersioning", () =>
      this.client.send(
        new PutBucketVersioningCommand({ ...this.owned(bucket), VersioningConfiguration: { Status: "Enabled" } }),
      ),
    );
  }

  /** Has S3 encrypt new objects with its own key. */
  encrypt(bucket: string): Promise<unknown> {
    return this.questions.send("s3:PutEncryptionConfiguration", () =>
      this.client.send(
        new PutBucketEncryptionCommand({
          ...this.owned(bucket),
          ServerSideEncryptionConfiguration: {
            Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
          },
        }),
      ),
    );
  }

  blockPublicAccess(bucket: string, blocks: PublicAccessBlockConfiguration): Promise<unknown> {
    return this.questions.send("s3:PutBucketPublicAccessBlock", () =>
      this.client.send(
        new PutPublicAccessBlockCommand({ ...this.owned(bucket), PublicAccessBlockConfiguration: blocks }),
      ),
    );
  }

  setObjectOwnership(bucket: string, ownership: ObjectOwnership): Promise<unknown> {
    return this.questions.send("s3:PutBucketOwnershipControls", () =>
      this.client.send(
        new PutBucketOwnershipControlsCommand({
          ...this.owned(bucket),
          OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] },
        }),
      ),
    );
  }

  setPolicy(bucket: string, policy: string): Promise<unknown> {
    return this.questions.send("s3:PutBucketPolicy", () =>
      this.client.send(new PutBucketPolicyCommand({ ...this.owned(bucket), Policy: policy })),
    );
  }

  /** @param minimumSize written anew with the rules, so what it was is said again */
  setLifecycle(
    bucket: string,
    lifecycle: BucketLifecycleConfiguration,
    minimumSize: TransitionDefaultMinimumObjectSize | undefined,
  ): Promise<unknown> {
    return this.questions.send("s3:PutLifecycleConfiguration", () =>
      this.client.send(
        new PutBucketLifecycleConfigurationCommand({
          ...this.owned(bucket),
          LifecycleConfiguration: lifecycle,
          TransitionDefaultMinimumObjectSize: minimumSize,
        }),
      ),
    );
  }

  private owned(bucket: string) {
    return { Bucket: bucket, ExpectedBucketOwner: this.accountId };
  }
}
