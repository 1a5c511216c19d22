import {
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { policyStatements } from "../policy-statements";
import { AwsError } from "./errors";
import { S3Settings } from "./s3-settings";
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

/** Where a bucket is. S3 tells a stranger nothing but that the name is taken: then there is no region. */
export type BucketPlace =
  | { readonly accessible: true; readonly region: string }
  | { readonly accessible: false; readonly region?: undefined };

/** As far as a statement of a bucket's policy is looked at. */
export interface BucketStatement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

/** What is asked of S3. Each call names the account, so that S3 itself refuses one on another's bucket. */
export class S3 extends Service<S3Client> {
  /** What is changed of a bucket. */
  readonly settings = new S3Settings(this.client, this.asker);

  private readonly regionOf = this.find(
    "s3:ListBucket",
    (Bucket: string, ExpectedBucketOwner?: string) => new HeadBucketCommand({ Bucket, ExpectedBucketOwner }),
    async ({ BucketRegion }) => BucketRegion ?? (await this.client.config.region()),
  );
  readonly tags = this.find(
    "s3:GetBucketTagging",
    (bucket: string) => new GetBucketTaggingCommand(this.owned(bucket)),
    ({ TagSet }) => TagSet,
  );
  /** `Enabled` or `Suspended`; undefined where versions were never kept. */
  readonly versioning = this.find(
    "s3:GetBucketVersioning",
    (bucket: string) => new GetBucketVersioningCommand(this.owned(bucket)),
    ({ Status }) => Status,
  );
  /** How S3 encrypts new objects, unless they say so themselves. */
  readonly encryption = this.find(
    "s3:GetEncryptionConfiguration",
    (bucket: string) => new GetBucketEncryptionCommand(this.owned(bucket)),
    ({ ServerSideEncryptionConfiguration: configuration }) =>
      configuration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault,
  );
  readonly publicAccessBlock = this.find(
    "s3:GetBucketPublicAccessBlock",
    (bucket: string) => new GetPublicAccessBlockCommand(this.owned(bucket)),
    ({ PublicAccessBlockConfiguration = {} }) => PublicAccessBlockConfiguration,
  );
  /** Whose new objects are, as in `BucketOwnerEnforced`. */
  readonly objectOwnership = this.find(
    "s3:GetBucketOwnershipControls",
    (bucket: string) => new GetBucketOwnershipControlsCommand(this.owned(bucket)),
    ({ OwnershipControls }) => OwnershipControls?.Rules?.[0]?.ObjectOwnership,
  );
  /** A bucket's policy, as JSON. */
  readonly policy = this.find(
    "s3:GetBucketPolicy",
    (bucket: string) => new GetBucketPolicyCommand(this.owned(bucket)),
    ({ Policy = "{}" }) => Policy,
  );
  /** When a bucket's objects expire. */
  readonly lifecycle = this.find(
    "s3:GetLifecycleConfiguration",
    (bucket: string) => new GetBucketLifecycleConfigurationCommand(this.owned(bucket)),
    (configuration) => configuration,
  );
  readonly acl = this.ask(
    "s3:GetBucketAcl",
    (bucket: string) => new GetBucketAclCommand(this.owned(bucket)),
    (acl) => acl,
  );
  private readonly head = this.find(
    "s3:GetObject",
    ({ bucket, key }: ObjectPlace) => new HeadObjectCommand({ ...this.owned(bucket), Key: key }),
    (object) => object,
  );
  /** Text of an object; undefined where there is none. */
  readonly readObject = this.find(
    "s3:GetObject",
    ({ bucket, key }: ObjectPlace) => new GetObjectCommand({ ...this.owned(bucket), Key: key }),
    ({ Body }) => Body?.transformToString("utf8"),
  );
  /** Writes a JSON object, encrypted by S3. */
  readonly writeObject = this.call(
    "s3:PutObject",
    ({ bucket, key }: ObjectPlace, text: string) =>
      new PutObjectCommand({
        ...this.owned(bucket),
        Key: key,
        Body: text,
        ContentType: "application/json",
        ServerSideEncryption: "AES256",
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
  async statements(bucket: string): Promise<readonly BucketStatement[] | undefined> {
    const policy = await this.policy(bucket);
    return policy === undefined ? undefined : policyStatements<BucketStatement>(policy);
  }

  async hasObject(place: ObjectPlace): Promise<boolean> {
    return (await this.head(place)) !== undefined;
  }

  private owned(bucket: string) {
    return { Bucket: bucket, ExpectedBucketOwner: this.asker.accountId };
  }
}
