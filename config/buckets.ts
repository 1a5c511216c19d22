import type { BucketKey } from "./names";

/** An S3 bucket. */
export interface Bucket {
  readonly name: string;
  /** Whether the bucket exists and is used as it is, or the stack manages it. */
  readonly exists: boolean;
  readonly protected: boolean;
}

export type Buckets = { readonly [Key in "trackingLogs" | "emr" | "edxanalytics"]: Bucket } & {
  readonly [Key in Exclude<BucketKey, "trackingLogs" | "emr" | "edxanalytics">]?: Bucket;
} & {
  readonly expireAfterDays: number;
  /** @default - S3's own key */
  readonly kmsKeyId?: string;
  readonly formerKmsKeyIds: readonly string[];
};

/** The buckets with their fields, without the settings beside them. */
export function bucketsOf({
  expireAfterDays: _,
  kmsKeyId: __,
  formerKmsKeyIds: ___,
  ...buckets
}: Buckets): [BucketKey, Bucket][] {
  return Object.entries(buckets) as [BucketKey, Bucket][];
}
