import { GetBucketAclCommand, GetBucketEncryptionCommand, type LifecycleRule } from "@aws-sdk/client-s3";
import type { ClientConfig } from "../../clients/config/client";
import { type BucketKey, bucketEndings, bucketsOf } from "../../clients/config/resolve";
import { logPrefix } from "../../modules/data-buckets";
import type { Draft } from "./draft";
import { allowsGradesDownload } from "./grades";
import type { Inventory } from "./inventory";
import { tlsOnly } from "./taken-away";

/** Buckets that the client file does not name and that are there by the runbook's names; and those that are left as they are. */
export async function completeBuckets(draft: Draft, inventory: Inventory, client: ClientConfig): Promise<void> {
  const optional = (Object.keys(bucketEndings) as BucketKey[]).filter((key) => client.buckets[key] === undefined);
  for (const key of optional) {
    const name = `${client.name}-${bucketEndings[key]}`;
    if (await inventory.hasBucket(name)) {
      draft.complete(`buckets.${key}`, {}, `the bucket ${name} is there`);
    }
  }
  for (const [key, { name, create }] of Object.entries(bucketsOf(client))) {
    const why = create && (await inventory.hasBucket(name)) ? await othersIn(inventory, name) : undefined;
    if (why !== undefined) {
      draft.compare(`buckets.${key}.create`, true, false, `${name} has ${why}`, "a bucket that is taken up loses them");
    }
  }
}

/** What others have set on a bucket, and a bucket of ours does not have. */
async function othersIn(inventory: Inventory, name: string): Promise<string | undefined> {
  const statements = (await inventory.bucketStatements(name)) ?? [];
  if (statements.some(({ Sid }) => Sid !== tlsOnly)) {
    return "a policy of others";
  }
  const { aws } = inventory;
  const encryption = await aws.askIfThere(
    "s3:GetEncryptionConfiguration",
    aws.s3.send(new GetBucketEncryptionCommand({ Bucket: name })),
    ["ServerSideEncryptionConfigurationNotFoundError", "NoSuchBucket"],
  );
  const { SSEAlgorithm = "AES256" } =
    encryption?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault ?? {};
  if (SSEAlgorithm !== "AES256") {
    return "an encryption by a key of KMS";
  }
  if ((await inventory.lifecycleRules(name)).some(isOfOthers)) {
    return "lifecycle rules of others";
  }
  const { Grants = [], Owner } = await aws.ask(
    "s3:GetBucketAcl",
    aws.s3.send(new GetBucketAclCommand({ Bucket: name })),
  );
  return Grants.some(({ Grantee }) => Grantee?.ID !== Owner?.ID) ? "grants to others in its ACL" : undefined;
}

/** Ours delete EMR's logs, old versions and unfinished uploads, and nothing else. */
function isOfOthers({ Filter = {}, Prefix, Expiration, Transitions, NoncurrentVersionTransitions }: LifecycleRule) {
  const isOfLogs = (Filter.Prefix ?? Prefix) === logPrefix && Expiration?.Days !== undefined;
  return (
    [Transitions, NoncurrentVersionTransitions].some((list) => list !== undefined && list.length > 0) ||
    Filter.And !== undefined ||
    Filter.Tag !== undefined ||
    (Expiration !== undefined && !isOfLogs)
  );
}

/** The grades bucket has one policy, of which the stack would write the whole. */
export async function compareGrades(draft: Draft, inventory: Inventory, client: ClientConfig): Promise<void> {
  const { gradesBucket, userArn } = client.edxapp;
  const { name: bucket, access } = gradesBucket;
  const statements = access === "new-policy" ? await inventory.bucketStatements(bucket) : undefined;
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
