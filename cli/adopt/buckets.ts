import type { LifecycleRule } from "@aws-sdk/client-s3";
import { bucketsOf, type Client } from "../../config/client";
import { type BucketKey, bucketEndings, bucketName } from "../../config/names";
import { logPrefix } from "../../modules/data-buckets";
import type { S3 } from "../../resources/aws/s3";
import { tlsOnlySid } from "../../resources/types/policies";
import type { Draft } from "./draft";
import { allowsGradesDownload } from "./grades";

/** Existing buckets of the runbook's names that the client file does not name; and those that are left as they are. */
export async function completeBuckets(draft: Draft, s3: S3, client: Client): Promise<void> {
  const optional = (Object.keys(bucketEndings) as BucketKey[]).filter((key) => client.buckets[key] === undefined);
  for (const key of optional) {
    const name = bucketName(client.name, key);
    if (await exists(s3, name)) {
      draft.complete(`buckets.${key}`, {}, `the bucket ${name} exists`);
    }
  }
  for (const [key, { name, exists: isExisting }] of bucketsOf(client.buckets)) {
    const why = !isExisting && (await exists(s3, name)) ? await unmanagedIn(s3, name) : undefined;
    if (why !== undefined) {
      draft.compare(
        `buckets.${key}`,
        draft.at(`buckets.${key}`) ?? {},
        { existing: name },
        `${name} has ${why}`,
        "a bucket that is imported loses them",
      );
    }
  }
}

/** Whether the account has a bucket. */
async function exists(s3: S3, name: string): Promise<boolean> {
  return (await s3.bucket(name))?.accessible === true;
}

/** What is set on a bucket that no bucket of a stack has. */
async function unmanagedIn(s3: S3, name: string): Promise<string | undefined> {
  const statements = (await s3.statements(name)) ?? [];
  if (statements.some(({ Sid }) => Sid !== tlsOnlySid)) {
    return "a policy of its own";
  }
  const { SSEAlgorithm = "AES256" } = (await s3.encryption(name)) ?? {};
  if (SSEAlgorithm !== "AES256") {
    return "an encryption by a key of KMS";
  }
  if (((await s3.lifecycle(name))?.Rules ?? []).some(isUnmanaged)) {
    return "lifecycle rules of its own";
  }
  const { Grants = [], Owner } = await s3.acl(name);
  return Grants.some(({ Grantee }) => Grantee?.ID !== Owner?.ID) ? "grants in its ACL" : undefined;
}

/** The stack's rules delete EMR's logs, old versions and unfinished uploads, and nothing else. */
function isUnmanaged({ Filter = {}, Prefix, Expiration, Transitions, NoncurrentVersionTransitions }: LifecycleRule) {
  const isOfLogs = (Filter.Prefix ?? Prefix) === logPrefix && Expiration?.Days !== undefined;
  return (
    [Transitions, NoncurrentVersionTransitions].some((list) => list !== undefined && list.length > 0) ||
    Filter.And !== undefined ||
    Filter.Tag !== undefined ||
    (Expiration !== undefined && !isOfLogs)
  );
}

/** The grades bucket has one policy, of which the stack would write the whole. */
export async function compareGrades(draft: Draft, s3: S3, client: Client): Promise<void> {
  const { gradesBucket, userArn } = client.edxapp;
  const { name: bucket, access } = gradesBucket;
  const statements = access === "new-policy" ? await s3.statements(bucket) : undefined;
  if (statements !== undefined) {
    draft.compare(
      "edxapp.gradesBucket.access",
      access,
      allowsGradesDownload(statements, bucket, userArn) ? "print" : "merge-policy",
      `${bucket} has a policy`,
      '"new-policy" would replace it',
    );
  }
}
