import type {
  BucketLifecycleConfiguration,
  BucketLocationConstraint,
  ObjectOwnership,
  PublicAccessBlockConfiguration,
  S3 as S3Client,
  TransitionDefaultMinimumObjectSize,
} from "@aws-sdk/client-s3";
import type { Attributes } from "../attributes";
import { policyStatements } from "../policy-statements";
import { AwsError } from "./errors";
import { Service } from "./service";

/** An object of a bucket of the account. */
export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

/** The address of an object, as people write it. */
export function addressOf({ bucket, key }: ObjectPlace): string {
  return `s3://${bucket}/${key}`;
}

/** Where a bucket is. Of another account's bucket S3 tells that the name is taken, and no more: then there is no region. */
export type BucketPlace =
  | { readonly accessible: true; readonly region: string }
  | { readonly accessible: false; readonly region?: undefined };

/** What is asked of S3, and told it. Each call names the account, so that S3 itself refuses one on another's bucket. */
export class S3 extends Service<S3Client> {
  private readonly regionOf = this.find("s3:ListBucket", async (Bucket: string, ExpectedBucketOwner?: string) => {
    const { BucketRegion } = await this.client.headBucket({ Bucket, ExpectedBucketOwner });
    return BucketRegion ?? (await this.client.config.region());
  });
  readonly tags = this.find(
    "s3:GetBucketTagging",
    async (bucket: string) => (await this.client.getBucketTagging(this.owned(bucket))).TagSet,
  );
  /** `Enabled` or `Suspended`; undefined where versions were never kept. */
  readonly versioning = this.find(
    "s3:GetBucketVersioning",
    async (bucket: string) => (await this.client.getBucketVersioning(this.owned(bucket))).Status,
  );
  /** How S3 encrypts new objects, unless they say so themselves. */
  readonly encryption = this.find("s3:GetEncryptionConfiguration", async (bucket: string) => {
    const { ServerSideEncryptionConfiguration } = await this.client.getBucketEncryption(this.owned(bucket));
    return ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  });
  readonly publicAccessBlock = this.find(
    "s3:GetBucketPublicAccessBlock",
    async (bucket: string) =>
      (await this.client.getPublicAccessBlock(this.owned(bucket))).PublicAccessBlockConfiguration ?? {},
  );
  /** Whose new objects are, as in `BucketOwnerEnforced`. */
  readonly objectOwnership = this.find(
    "s3:GetBucketOwnershipControls",
    async (bucket: string) =>
      (await this.client.getBucketOwnershipControls(this.owned(bucket))).OwnershipControls?.Rules?.[0]?.ObjectOwnership,
  );
  /** A bucket's policy, as JSON. */
  readonly policy = this.find(
    "s3:GetBucketPolicy",
    async (bucket: string) => (await this.client.getBucketPolicy(this.owned(bucket))).Policy ?? "{}",
  );
  /** Whether S3 takes a bucket's policy for one that lets everybody in. */
  readonly hasPublicPolicy = this.find(
    "s3:GetBucketPolicyStatus",
    async (bucket: string) => (await this.client.getBucketPolicyStatus(this.owned(bucket))).PolicyStatus?.IsPublic,
  );
  /** When a bucket's objects expire. */
  readonly lifecycle = this.find("s3:GetLifecycleConfiguration", (bucket: string) =>
    this.client.getBucketLifecycleConfiguration(this.owned(bucket)),
  );
  /** Whether a bucket has neither objects nor old versions of them. */
  readonly isEmpty = this.ask("s3:ListBucketVersions", async (bucket: string) => {
    const page = await this.client.listObjectVersions({ ...this.owned(bucket), MaxKeys: 1 });
    return (page.Versions ?? []).length + (page.DeleteMarkers ?? []).length === 0;
  });
  readonly acl = this.ask("s3:GetBucketAcl", (bucket: string) => this.client.getBucketAcl(this.owned(bucket)));
  private readonly head = this.find("s3:GetObject", ({ bucket, key }: ObjectPlace) =>
    this.client.headObject({ ...this.owned(bucket), Key: key }),
  );
  /** Text of an object; undefined where there is none. */
  readonly readObject = this.find("s3:GetObject", async ({ bucket, key }: ObjectPlace) =>
    (await this.client.getObject({ ...this.owned(bucket), Key: key })).Body?.transformToString("utf8"),
  );
  /** Bytes of an object; undefined where there is none. */
  readonly readBytes = this.find("s3:GetObject", async ({ bucket, key }: ObjectPlace) =>
    (await this.client.getObject({ ...this.owned(bucket), Key: key })).Body?.transformToByteArray(),
  );
  /** Writes a file as it is, encrypted as the bucket says. */
  readonly writeBytes = this.call("s3:PutObject", ({ bucket, key }: ObjectPlace, Body: Uint8Array) =>
    this.client.putObject({ ...this.owned(bucket), Key: key, Body }),
  );
  /** Writes a JSON object, encrypted as the bucket says. */
  readonly writeObject = this.call("s3:PutObject", ({ bucket, key }: ObjectPlace, text: string) =>
    this.client.putObject({
      ...this.owned(bucket),
      Key: key,
      Body: text,
      ContentType: "application/json",
    }),
  );
  /** Makes a bucket without ACLs. */
  readonly create = this.call("s3:CreateBucket", (Bucket: string, region: string) =>
    this.client.createBucket({
      Bucket,
      ObjectOwnership: "BucketOwnerEnforced",
      // us-east-1 is no location constraint: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html.
      CreateBucketConfiguration:
        region === "us-east-1" ? undefined : { LocationConstraint: region as BucketLocationConstraint },
    }),
  );
  readonly tag = this.call("s3:PutBucketTagging", (bucket: string, tags: Readonly<Record<string, string>>) => {
    const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    return this.client.putBucketTagging({ ...this.owned(bucket), Tagging: { TagSet } });
  });
  readonly enableVersioning = this.call("s3:PutBucketVersioning", (bucket: string) =>
    this.client.putBucketVersioning({ ...this.owned(bucket), VersioningConfiguration: { Status: "Enabled" } }),
  );
  /** Has S3 encrypt new objects with its own key. */
  readonly encrypt = this.call("s3:PutEncryptionConfiguration", (bucket: string) => {
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" as const } }];
    return this.client.putBucketEncryption({ ...this.owned(bucket), ServerSideEncryptionConfiguration: { Rules } });
  });
  readonly blockPublicAccess = this.call(
    "s3:PutBucketPublicAccessBlock",
    (bucket: string, PublicAccessBlockConfiguration: PublicAccessBlockConfiguration) =>
      this.client.putPublicAccessBlock({ ...this.owned(bucket), PublicAccessBlockConfiguration }),
  );
  readonly setObjectOwnership = this.call(
    "s3:PutBucketOwnershipControls",
    (bucket: string, ObjectOwnership: ObjectOwnership) =>
      this.client.putBucketOwnershipControls({
        ...this.owned(bucket),
        OwnershipControls: { Rules: [{ ObjectOwnership }] },
      }),
  );
  readonly setPolicy = this.call("s3:PutBucketPolicy", (bucket: string, Policy: string) =>
    this.client.putBucketPolicy({ ...this.owned(bucket), Policy }),
  );
  /** Writes all rules anew, and with them the smallest size, so what that was has to be given. */
  readonly setLifecycle = this.call(
    "s3:PutLifecycleConfiguration",
    (
      bucket: string,
      LifecycleConfiguration: BucketLifecycleConfiguration,
      TransitionDefaultMinimumObjectSize: TransitionDefaultMinimumObjectSize | undefined,
    ) =>
      this.client.putBucketLifecycleConfiguration({
        ...this.owned(bucket),
        LifecycleConfiguration,
        TransitionDefaultMinimumObjectSize,
      }),
  );

  /** A bucket of the account; not accessible where it is another's, or `s3:ListBucket` on it is not allowed. */
  readonly bucket = (name: string) => this.place(name, this.asker.accountId);
  /** A bucket of whatever account, as long as these credentials may list it. */
  readonly bucketOfAnyAccount = (name: string) => this.place(name);

  private async place(name: string, owner?: string): Promise<BucketPlace | undefined> {
    try {
      const region = await this.regionOf(name, owner);
      return region === undefined ? undefined : { accessible: true, region };
    } catch (error) {
      if (error instanceof AwsError && error.denied) {
        return { accessible: false };
      }
      throw error;
    }
  }

  /** The statements of a bucket's policy; undefined where it has none. */
  async statements(bucket: string): Promise<readonly Attributes[] | undefined> {
    const policy = await this.policy(bucket);
    return policy === undefined ? undefined : policyStatements(policy);
  }

  async hasObject(place: ObjectPlace): Promise<boolean> {
    return (await this.head(place)) !== undefined;
  }

  private owned(bucket: string) {
    return { Bucket: bucket, ExpectedBucketOwner: this.asker.accountId };
  }
}
