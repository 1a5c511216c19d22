import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { Construct } from "constructs";
import type { Bucket, BucketKey } from "../clients/config/resolve";
import { DataBucket } from "./data-bucket";

/** Of the clusters' `log_uri`; whatever else somebody keeps beside it is not EMR's. */
export const logPrefix = "logs/";

export interface DataBucketsProps {
  readonly buckets: Partial<Record<BucketKey, Bucket>>;
  /** EMR's logs and old versions of objects are deleted after so many days. */
  readonly expireAfterDays: number;
  readonly region: string;
}

/** The runbook's buckets (runbook, S3), each made or there already. */
export class DataBuckets extends Construct {
  readonly trackingLogs: DataBucket;
  readonly emr: DataBucket;
  /** EMR's logs; the bucket `emr` where they have none of their own. */
  readonly emrLogs: DataBucket;
  readonly edxanalytics: DataBucket;
  /** Hive and Hadoop; the bucket `edxanalytics` where they have none of their own. */
  readonly hadoop: DataBucket;
  /**
   * Problem response reports.
   * @default - the client has none
   */
  readonly apiReports?: DataBucket;

  constructor(scope: Construct, id: string, props: DataBucketsProps) {
    super(scope, id);
    const { buckets, expireAfterDays, region } = props;
    const bucket = (key: BucketKey, childId: string, options: { logPrefix?: string; requiredRegion?: string } = {}) => {
      const config = buckets[key];
      return config && new DataBucket(this, childId, { config, expireAfterDays, ...options });
    };
    const inRegion = { requiredRegion: region };
    this.trackingLogs = bucket("trackingLogs", "tracking-logs") as DataBucket;
    const ownLogs = bucket("emrLogs", "emr-logs", { ...inRegion, logPrefix });
    this.emr = bucket("emr", "emr", { ...inRegion, logPrefix: ownLogs ? undefined : logPrefix }) as DataBucket;
    this.emrLogs = ownLogs ?? this.emr;
    this.edxanalytics = bucket("edxanalytics", "edxanalytics", inRegion) as DataBucket;
    this.hadoop = bucket("hadoop", "hadoop", inRegion) ?? this.edxanalytics;
    this.apiReports = bucket("apiReports", "api-reports", inRegion);

    // The enrollment task wants to list it before there is anything in it. A bucket that is there is left as it is.
    if (buckets.edxanalytics?.create) {
      new S3Object(this, "enrollments-blacklist", {
        bucket: this.edxanalytics.bucketName,
        key: "enrollments-blacklist/",
        contentType: "application/x-directory",
      });
    }
  }
}
