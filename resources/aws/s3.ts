import {
  GetBucketAclCommand,
  type GetBucketAclOutput,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  type GetBucketLifecycleConfigurationOutput,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  type PublicAccessBlockConfiguration,
  PutObjectCommand,
  type S3Client,
  type ServerSideEncryptionByDefault,
  type Tag,
} from "@aws-sdk/client-s3";
import { policyStatements } from "../policy-statements";
import { AwsError } from "./errors";
import type { Questions } from "./questions";
import { S3Settings } from "./s3-settings";

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
export class S3 {
  /** What is changed of a bucket. */
  readonly settings: S3Settings;

  constructor(
    private readonly client: S3Client,
    private readonly questions: Questions,
    private readonly accountId: string,
  ) {
    this.settings = new S3Settings(client, questions, accountId);
  }

  /** A bucket of the account; not accessible where it is another's, or `s3:ListBucket` on it is not allowed. */
  bucket(name: string): Promise<BucketPlace | undefined> {
    return this.place(name, this.accountId);
  }

  /** A bucket of whatever account, as long as these credentials may list it. */
  bucketOfAnyAccount(name: string): Promise<BucketPlace | undefined> {
    return this.place(name, undefined);
  }

  private async place(Bucket: string, ExpectedBucketOwner: string | undefined): Promise<BucketPlace | undefined> {
    try {
      const answer = await this.questions.find("s3:ListBucket", `${Bucket} ${ExpectedBucketOwner}`, () =>
        this.client.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner })),
      );
      return answer && { accessible: true, region: answer.BucketRegion ?? (await this.client.config.region()) };
    } catch (error) {
      if (error instanceof AwsError && error.denied) {
        return { accessible: false };
      }
      throw error;
    }
  }

  async tags(bucket: string): Promise<readonly Tag[]> {
    const answer = await this.questions.find("s3:GetBucketTagging", bucket, () =>
      this.client.send(new GetBucketTaggingCommand(this.owned(bucket))),
    );
    return answer?.TagSet ?? [];
  }

  /** `Enabled` or `Suspended`; undefined where versions were never kept. */
  async versioning(bucket: string): Promise<string | undefined> {
    const answer = await this.questions.find("s3:GetBucketVersioning", bucket, () =>
      this.client.send(new GetBucketVersioningCommand(this.owned(bucket))),
    );
    return answer?.Status;
  }

  /** How S3 encrypts new objects, unless they say so themselves. */
  async encryption(bucket: string): Promise<ServerSideEncryptionByDefault | undefined> {
    const answer = await this.questions.find("s3:GetEncryptionConfiguration", bucket, () =>
      this.client.send(new GetBucketEncryptionCommand(this.owned(bucket))),
    );
    return answer?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  }

  async publicAccessBlock(bucket: string): Promise<PublicAccessBlockConfiguration | undefined> {
    const answer = await this.questions.find("s3:GetBucketPublicAccessBlock", bucket, () =>
      this.client.send(new GetPublicAccessBlockCommand(this.owned(bucket))),
    );
    return answer && (answer.PublicAccessBlockConfiguration ?? {});
  }

  /** Whose new objects are, as in `BucketOwnerEnforced`. */
  async objectOwnership(bucket: string): Promise<string | undefined> {
    const answer = await this.questions.find("s3:GetBucketOwnershipControls", bucket, () =>
      this.client.send(new GetBucketOwnershipControlsCommand(this.owned(bucket))),
    );
    return answer?.OwnershipControls?.Rules?.[0]?.ObjectOwnership;
  }

  /** A bucket's policy, as JSON. */
  async policy(bucket: string): Promise<string | undefined> {
    const answer = await this.questions.find("s3:GetBucketPolicy", bucket, () =>
      this.client.send(new GetBucketPolicyCommand(this.owned(bucket))),
    );
    return answer && (answer.Policy ?? "{}");
  }

  /** The statements of a bucket's policy; undefined where it has none. */
  async statements(bucket: string): Promise<readonly BucketStatement[] | undefined> {
    const policy = await this.policy(bucket);
    return policy === undefined ? undefined : policyStatements<BucketStatement>(policy);
  }

  /** When a bucket's objects expire. */
  lifecycle(bucket: string): Promise<GetBucketLifecycleConfigurationOutput | undefined> {
    return this.questions.find("s3:GetLifecycleConfiguration", bucket, () =>
      this.client.send(new GetBucketLifecycleConfigurationCommand(this.owned(bucket))),
    );
  }

  acl(bucket: string): Promise<GetBucketAclOutput> {
    return this.questions.ask("s3:GetBucketAcl", bucket, () =>
      this.client.send(new GetBucketAclCommand(this.owned(bucket))),
    );
  }

  async hasObject({ bucket, key }: ObjectPlace): Promise<boolean> {
    const answer = await this.questions.find("s3:GetObject", `${bucket}/${key}`, () =>
      this.client.send(new HeadObjectCommand({ ...this.owned(bucket), Key: key })),
    );
    return answer !== undefined;
  }

  /** Text of an object; undefined where there is none. */
  readObject({ bucket, key }: ObjectPlace): Promise<string | undefined> {
    return this.questions.find("s3:GetObject", `${bucket}/${key} text`, async () => {
      const { Body } = await this.client.send(new GetObjectCommand({ ...this.owned(bucket), Key: key }));
      return Body?.transformToString("utf8");
    });
  }

  /** Writes a JSON object, encrypted by S3. */
  async writeObject({ bucket, key }: ObjectPlace, text: string): Promise<void> {
    await this.questions.send("s3:PutObject", () =>
      this.client.send(
        new PutObjectCommand({
          ...this.owned(bucket),
          Key: key,
          Body: text,
          ContentType: "application/json",
          ServerSideEncryption: "AES256",
        }),
      ),
    );
  }

  private owned(bucket: string) {
    return { Bucket: bucket, ExpectedBucketOwner: this.accountId };
  }
}
