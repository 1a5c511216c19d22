import type { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { Construct } from "constructs";
import { DataBucket, type LogsOptions } from "./data-bucket";
import type { IBucket } from "./interfaces";

/** Of the clusters' `log_uri`; whatever else somebody keeps beside it is not EMR's. */
export const logPrefix = "logs/";

/** One of the buckets. */
export interface BucketOptions {
  readonly bucketName: string;
  /**
   * Whether the bucket exists; then it is looked up, and left as it is.
   * @default false
   */
  readonly existing?: boolean;
  /**
   * Stop every plan that would destroy the bucket; one that is not protected is destroyed with all its objects.
   * @default true
   */
  readonly protected?: boolean;
}

export interface DataBucketsProps {
  /** Tracking logs of the LMS, in whatever region. */
  readonly trackingLogs: BucketOptions;
  /** EMR provisioning and, without `emrLogs`, EMR's logs. */
  readonly emr: BucketOptions;
  /**
   * EMR's logs.
   * @default - they are in `emr`
   */
  readonly emrLogs?: BucketOptions;
  /** The pipeline's configuration and data. */
  readonly edxanalytics: BucketOptions;
  /**
   * Hive and Hadoop.
   * @default - their data is in `edxanalytics`
   */
  readonly hadoop?: BucketOptions;
  /**
   * Problem response reports.
   * @default - none
   */
  readonly apiReports?: BucketOptions;
  /**
   * EMR's logs and old versions of objects are deleted after so many days.
   * @default 90
   */
  readonly expireAfterDays?: number;
  /**
   * ARN of the KMS key that new objects of managed buckets are encrypted with; those that exist keep what they have.
   * @default - S3's own key
   */
  readonly kmsKeyId?: string;
  /**
   * ARNs of KMS keys that objects were encrypted with before: who reads the buckets may go on using them.
   * @default []
   */
  readonly formerKmsKeyIds?: readonly string[];
  /** Region that buckets which exist have to be in; that of the tracking logs may be another. */
  readonly region: string;
  /**
   * End of the error about a bucket of another region: what to do.
   * @default "Name a bucket there."
   */
  readonly regionHint?: string;
}

/** The runbook's buckets (runbook, S3). */
export class DataBuckets extends Construct {
  readonly trackingLogs: IBucket;
  readonly emr: IBucket;
  /** EMR's logs; the bucket `emr` where they have none of their own. */
  readonly emrLogs: IBucket;
  readonly edxanalytics: IBucket;
  /** Hive and Hadoop; the bucket `edxanalytics` where they have none of their own. */
  readonly hadoop: IBucket;
  /**
   * Problem response reports.
   * @default - none
   */
  readonly apiReports?: IBucket;

  constructor(scope: Construct, id: string, props: DataBucketsProps) {
    super(scope, id);
    const { region, regionHint, expireAfterDays, kmsKeyId, formerKmsKeyIds } = props;
    const bucket = (
      childId: string,
      options: BucketOptions,
      requiredRegion?: string,
      logs: LogsOptions = {},
    ): IBucket =>
      options.existing
        ? DataBucket.fromBucketName(this, childId, options.bucketName, { requiredRegion, regionHint })
        : new DataBucket(this, childId, { ...options, ...logs, expireAfterDays, kmsKeyId, formerKmsKeyIds });
    this.trackingLogs = bucket("tracking-logs", props.trackingLogs);
    this.emr = bucket("emr", props.emr, region, { logPrefix: props.emrLogs ? undefined : logPrefix });
    this.emrLogs = props.emrLogs ? bucket("emr-logs", props.emrLogs, region, { logPrefix }) : this.emr;
    this.edxanalytics = bucket("edxanalytics", props.edxanalytics, region);
    this.hadoop = props.hadoop ? bucket("hadoop", props.hadoop, region) : this.edxanalytics;
    this.apiReports = props.apiReports && bucket("api-reports", props.apiReports, region);

    // The enrollment task lists it before there is anything in it. A bucket that exists is left as it is.
    if (!props.edxanalytics.existing) {
      new S3Object(this, "enrollments-blacklist", {
        bucket: this.edxanalytics.bucketName,
        key: "enrollments-blacklist/",
        contentType: "application/x-directory",
        // What is written before the bucket has its key is encrypted with S3's.
        ...(kmsKeyId !== undefined && {
          dependsOn: [
            (this.edxanalytics as DataBucket).node.findChild(
              "Encryption",
            ) as S3BucketServerSideEncryptionConfigurationA,
          ],
        }),
      });
    }
  }
}
