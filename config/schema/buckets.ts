import { z } from "zod";
import { orExisting, orExistingWith } from "./existing";
import { existingBucketName, integer, newBucketName, unique } from "./fields";
import { kmsKeyId } from "./kms-key";
import { limits } from "./limits";
import { resourceName } from "./resource-name";

const settings = {
  /**
   * Name of the bucket.
   * @default - the client's name and the runbook's ending, as in `acme-analytics-emr`
   */
  name: newBucketName.optional(),
  /**
   * Stop every plan that would destroy the bucket; one that is not protected is destroyed with all its objects.
   * @default - the client's `protected`
   */
  protected: z.boolean().optional(),
};

/** A managed bucket, or an existing one, by its name. */
const bucket = orExisting(existingBucketName, settings);

const reportsUser = {
  /**
   * Name of the user that signs the links to reports (runbook, Analytics API Reports).
   * @default "analytics_reports", by `naming`
   */
  userName: resourceName("iam").optional(),
};

/** The S3 buckets (runbook, S3). */
export const buckets = z.strictObject({
  /**
   * `<client>-tracking-logs`, the LMS's tracking logs.
   * @default - the existing one of that name, as the runbook's prerequisites say
   */
  trackingLogs: bucket.optional(),
  /**
   * `<client>-analytics-emr`, EMR provisioning and, without `emrLogs`, its logs.
   * @default - managed
   */
  emr: bucket.default({}),
  /**
   * `<client>-analytics-emr-logs`, a bucket of their own for EMR's logs.
   * @default - none; the logs are in `emr`
   */
  emrLogs: bucket.optional(),
  /**
   * `<client>-edxanalytics`, the pipeline's configuration and data.
   * @default - managed
   */
  edxanalytics: bucket.default({}),
  /**
   * `<client>-edxanalytics-hadoop`, a bucket of their own for Hive and Hadoop.
   * @default - none; their data is in `edxanalytics`
   */
  hadoop: bucket.optional(),
  /**
   * `<client>-analytics-api-reports`, problem response reports, with the user that reads them.
   * @default - none; only `ProblemResponseReportWorkflow` needs it
   */
  apiReports: orExistingWith(existingBucketName, settings, reportsUser).optional(),
  /**
   * EMR's logs and old versions of objects are deleted after so many days.
   * @default 90
   */
  expireAfterDays: integer(limits.expireAfterDays, "Give the number of days").default(90),
  /**
   * ARN of the KMS key that new objects of managed buckets are encrypted with; objects that exist keep what they have. Who reads and
   * writes needs the key, and signs with Signature Version 4: docs/encryption.md.
   * @default - S3's own key, SSE-S3
   */
  kmsKeyId: kmsKeyId.optional(),
  /**
   * ARNs of KMS keys that objects were encrypted with before `kmsKeyId` was changed or removed: who reads may go on using them.
   * @default []
   */
  formerKmsKeyIds: z
    .array(kmsKeyId)
    .refine(...unique("key"))
    .default([]),
});
