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
import type { Bucket } from "../clients/config/resolve";
import { PolicyDocument } from "./shared/policies";

export interface DataBucketProps {
  readonly config: Bucket;
  /** Old versions of objects are deleted after so many days. */
  readonly expireAfterDays: number;
  /**
   * Prefix of EMR's logs, which are deleted after as many days.
   * @default - none
   */
  readonly logPrefix?: string;
  /**
   * Region that a bucket which is there already has to be in.
   * @default - any
   */
  readonly requiredRegion?: string;
}

/** One S3 bucket: ours, private, encrypted, versioned and TLS only; or one that is there, which is left as it is. */
export class DataBucket extends Construct {
  readonly bucketName: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: DataBucketProps) {
    super(scope, id);
    // From its name: a policy document that refers to the bucket would be read anew whenever the bucket changes.
    this.arn = `arn:aws:s3:::${props.config.name}`;
    this.bucketName = props.config.create ? this.create(props) : this.lookUp(props);
  }

  private lookUp({ config, requiredRegion }: DataBucketProps): string {
    return new DataAwsS3Bucket(this, "Resource", {
      bucket: config.name,
      lifecycle:
        requiredRegion === undefined
          ? undefined
          : {
              postcondition: [
                {
                  // By its address: what provider 5 calls `region` is another thing in 6.
                  condition: `\${endswith(self.bucket_regional_domain_name, ".s3.${requiredRegion}.amazonaws.com")}`,
                  errorMessage: `Bucket \${self.id} is \${self.bucket_regional_domain_name}; the pipeline reads and writes in ${requiredRegion} alone. Name a bucket there, or set \`create: true\`.`,
                },
              ],
            },
    }).bucket;
  }

  private create({ config, expireAfterDays, logPrefix }: DataBucketProps): string {
    const { bucket } = new S3Bucket(this, "Resource", {
      bucket: config.name,
      // A bucket that is given up goes with its objects, of which it always has some.
      forceDestroy: !config.protected,
      lifecycle: { preventDestroy: config.protected },
    });
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
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
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
    return bucket;
  }
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
