import { DataAwsS3Bucket } from "@cdktf/provider-aws/lib/data-aws-s3-bucket";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import type { IBucket } from "./interfaces";
import { PolicyDocument } from "./policy-document";

/** EMR's logs in a bucket. */
export interface LogsOptions {
  /**
   * Prefix of EMR's logs, which are deleted after `expireAfterDays`.
   * @default - none
   */
  readonly logPrefix?: string;
}

export interface DataBucketProps extends LogsOptions {
  readonly bucketName: string;
  /**
   * Old versions of objects are deleted after so many days.
   * @default 90
   */
  readonly expireAfterDays?: number;
  /**
   * ARN of the KMS key that new objects are encrypted with; those that exist keep what they have.
   * @default - S3's own key
   */
  readonly kmsKeyId?: string;
  /**
   * ARNs of KMS keys that objects were encrypted with before: who reads the bucket may go on using them.
   * @default []
   */
  readonly formerKmsKeyIds?: readonly string[];
  /**
   * Stop every plan that would destroy the bucket; one that is not protected is destroyed with all its objects.
   * @default true
   */
  readonly protected?: boolean;
}

/** An S3 bucket: private, encrypted, versioned and TLS only. */
export class DataBucket extends Construct implements IBucket {
  /** A bucket that exists: it is looked up, so that a wrong name stops the plan, and left as it is. */
  static fromBucketName(
    scope: Construct,
    id: string,
    bucketName: string,
    options: ExistingBucketOptions = {},
  ): IBucket {
    return new ExistingBucket(scope, id, bucketName, options);
  }

  readonly bucketName: string;
  readonly arn: string;
  /**
   * ARN of the KMS key that new objects are encrypted with.
   * @default - S3's own key
   */
  readonly kmsKeyId?: string;
  /**
   * ARNs of KMS keys that objects were encrypted with before.
   * @default []
   */
  readonly formerKmsKeyIds?: readonly string[];

  constructor(scope: Construct, id: string, props: DataBucketProps) {
    super(scope, id);
    const { kmsKeyId } = props;
    this.kmsKeyId = kmsKeyId;
    this.formerKmsKeyIds = props.formerKmsKeyIds;
    const { expireAfterDays = 90, logPrefix, protected: isProtected = true } = props;
    this.arn = arnOf(props.bucketName);
    const { bucket } = new S3Bucket(this, "Resource", {
      bucket: props.bucketName,
      // Always with objects in it, an unprotected bucket is destroyed together with them.
      forceDestroy: !isProtected,
      lifecycle: { preventDestroy: isProtected },
    });
    this.bucketName = bucket;
    const access = new S3BucketPublicAccessBlock(this, "PublicAccessBlock", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "OwnershipControls", {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      bucket,
      rule: [
        kmsKeyId === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
          : {
              applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyId },
              // The pipeline has many small objects, and KMS counts requests: S3 asks it once for many.
              bucketKeyEnabled: true,
            },
      ],
    });
    const versioning = new S3BucketVersioningA(this, "Versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketPolicy(this, "Policy", {
      bucket,
      policy: new PolicyDocument(this, "Statements", { statements: [tlsOnly(this.arn)] }).json,
      // S3 takes one change of a bucket's access at a time.
      dependsOn: [access],
    });
    new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      bucket,
      rule: lifecycleRules(expireAfterDays, logPrefix),
      dependsOn: [versioning],
    });
  }
}

export interface ExistingBucketOptions {
  /**
   * Region that the bucket has to be in.
   * @default - any
   */
  readonly requiredRegion?: string;
  /**
   * End of the error about a bucket of another region: what to do.
   * @default "Name a bucket there."
   */
  readonly regionHint?: string;
}

class ExistingBucket extends Construct implements IBucket {
  readonly bucketName: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, bucketName: string, { requiredRegion, regionHint }: ExistingBucketOptions) {
    super(scope, id);
    this.arn = arnOf(bucketName);
    this.bucketName = new DataAwsS3Bucket(this, "Resource", {
      bucket: bucketName,
      lifecycle: requiredRegion === undefined ? undefined : { postcondition: [isInRegion(requiredRegion, regionHint)] },
    }).bucket;
  }
}

/** From its name: a policy document that refers to the bucket would be read anew whenever the bucket changes. */
function arnOf(bucketName: string): string {
  return `arn:aws:s3:::${bucketName}`;
}

/** By its address: what provider 5 calls `region` is another thing in 6. */
function isInRegion(region: string, hint = "Name a bucket there.") {
  return {
    condition: `\${endswith(self.bucket_regional_domain_name, ".s3.${region}.amazonaws.com")}`,
    errorMessage: `Bucket \${self.id} is \${self.bucket_regional_domain_name}; the pipeline reads and writes in ${region} alone. ${hint}`,
  };
}

function tlsOnly(arn: string) {
  return {
    sid: "TlsOnly",
    effect: "Deny",
    actions: ["s3:*"],
    principals: [{ type: "*", identifiers: ["*"] }],
    resources: [arn, `${arn}/*`],
    condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
  };
}

function lifecycleRules(days: number, logPrefix: string | undefined): S3BucketLifecycleConfigurationRule[] {
  const rules: S3BucketLifecycleConfigurationRule[] = [
    {
      id: "unfinished-uploads",
      status: "Enabled",
      filter: [{ prefix: "" }],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
    },
    {
      id: "old-versions",
      status: "Enabled",
      filter: [{ prefix: "" }],
      noncurrentVersionExpiration: [{ noncurrentDays: days }],
    },
  ];
  return logPrefix === undefined
    ? rules
    : [...rules, { id: "emr-logs", status: "Enabled", filter: [{ prefix: logPrefix }], expiration: [{ days }] }];
}
