import type { S3 } from "../../resources/aws/s3";
import type { Admission } from "./admission";
import { daysOfOldVersions, daysOfPlans, withExpiry } from "./lifecycle";
import { comparePolicy } from "./policy";

/** What a setting is, and how to make it what it should be. */
export interface Finding {
  /** What was found, as in `Suspended`. */
  readonly found: string;
  /** What it should be; with `set` only. */
  readonly wanted?: string;
  /**
   * Makes it so.
   * @default - nothing is to be done
   */
  readonly set?: () => Promise<unknown>;
}

/** One setting of the bucket that holds state, which has secrets in it and cannot be made again. */
export interface Setting {
  readonly name: string;
  readonly inspect: (s3: S3, bucket: string, admission: Admission) => Promise<Finding>;
}

export const settings: readonly Setting[] = [
  { name: "versioning", inspect: versioning },
  { name: "encryption", inspect: encryption },
  { name: "public access", inspect: publicAccess },
  { name: "ownership", inspect: ownership },
  { name: "policy", inspect: policy },
  { name: "expiry", inspect: expiry },
];

async function versioning(s3: S3, bucket: string): Promise<Finding> {
  const status = await s3.versioning(bucket);
  return status === "Enabled"
    ? { found: "on" }
    : {
        found: status === "Suspended" ? "suspended" : "off",
        wanted: "on, so that a lost state can be brought back",
        set: () => s3.enableVersioning(bucket),
      };
}

/** S3 encrypts everything since 2023; a bucket that uses a KMS key instead keeps it. */
async function encryption(s3: S3, bucket: string): Promise<Finding> {
  const algorithm = (await s3.encryption(bucket))?.SSEAlgorithm;
  return algorithm !== undefined
    ? { found: algorithm }
    : { found: "none", wanted: "AES256", set: () => s3.encrypt(bucket) };
}

async function publicAccess(s3: S3, bucket: string): Promise<Finding> {
  const blocks = await s3.publicAccessBlock(bucket);
  const all = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
  const missing = (Object.keys(all) as (keyof typeof all)[]).filter((block) => blocks?.[block] !== true);
  return missing.length === 0
    ? { found: "blocked" }
    : {
        found: missing.length === 4 ? "not blocked" : `${missing.join(", ")} off`,
        wanted: "blocked",
        set: () => s3.blockPublicAccess(bucket, all),
      };
}

async function ownership(s3: S3, bucket: string): Promise<Finding> {
  const found = await s3.objectOwnership(bucket);
  const wanted = "BucketOwnerEnforced";
  return found === wanted
    ? { found }
    : { found: found ?? "ObjectWriter", wanted, set: () => s3.setObjectOwnership(bucket, wanted) };
}

async function policy(s3: S3, bucket: string, admission: Admission): Promise<Finding> {
  const existing = await s3.policy(bucket);
  const { found, wanted, policy: changed } = comparePolicy(existing, bucket, admission);
  return changed === undefined
    ? { found }
    : {
        found,
        wanted: existing === undefined ? wanted : `${wanted}, the policy's other statements kept`,
        set: () => s3.setPolicy(bucket, changed),
      };
}

async function expiry(s3: S3, bucket: string): Promise<Finding> {
  const existing = await s3.lifecycle(bucket);
  const rules = withExpiry(existing?.Rules ?? []);
  const expire = `old versions deleted after ${daysOfOldVersions} days, plans/ after ${daysOfPlans}`;
  return rules === undefined
    ? { found: expire }
    : {
        found: "old versions or plans kept for ever",
        wanted: existing === undefined ? expire : `${expire}, the bucket's other rules kept`,
        set: () => s3.setLifecycle(bucket, { Rules: rules }, existing?.TransitionDefaultMinimumObjectSize),
      };
}
