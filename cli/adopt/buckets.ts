import type { LifecycleRule } from "@aws-sdk/client-s3";
import { bucketsOf } from "../../config/buckets";
import type { Client } from "../../config/client";
import { type BucketKey, bucketEndings, bucketName, gradesStatementId } from "../../config/names";
import { limits } from "../../config/schema/limits";
import { logPrefix } from "../../modules/data-buckets";
import type { Attributes } from "../../resources/attributes";
import type { S3 } from "../../resources/aws/s3";
import type { LookUp } from "../../resources/look-up";
import { isKept } from "../../resources/policy-statements";
import type { StackResource } from "../../resources/stack-resources";
import { tlsOnlySid } from "../../resources/types/policies";
import type { Comparison } from "./comparisons";
import type { Draft } from "./draft";

/** Existing buckets of the runbook's names that the client file does not name; and those that are left as they are. */
export async function completeBuckets(draft: Draft, s3: S3, client: Client): Promise<void> {
  const exists = async (bucket: string) => (await s3.bucket(bucket))?.accessible === true;
  const optional = (Object.keys(bucketEndings) as BucketKey[]).filter((key) => client.buckets[key] === undefined);
  for (const key of optional) {
    const name = bucketName(client.name, key);
    if (await exists(name)) {
      draft.complete(`buckets.${key}`, {}, `the bucket ${name} exists`);
    }
  }
  for (const [key, { name, exists: isExisting }] of bucketsOf(client.buckets)) {
    const own = !isExisting && (await exists(name)) ? await unmanagedIn(s3, name, client.buckets.kmsKeyId) : undefined;
    if (own !== undefined) {
      const [path, why] = [`buckets.${key}`, `${name} has ${own}`];
      draft.compare(path, draft.at(path) ?? {}, { existing: name }, why, "a bucket that is imported loses them");
    }
  }
}

/** What is set on a bucket that no bucket of a stack has. */
async function unmanagedIn(s3: S3, name: string, kmsKeyId: string | undefined): Promise<string | undefined> {
  const statements = (await s3.statements(name)) ?? [];
  if (statements.some(({ Sid }) => Sid !== tlsOnlySid)) {
    return "a policy of its own";
  }
  const { SSEAlgorithm = "AES256", KMSMasterKeyID: key } = (await s3.encryption(name)) ?? {};
  if (SSEAlgorithm !== "AES256" && (key === undefined || key !== kmsKeyId)) {
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
export async function completeGrades(draft: Draft, s3: S3, client: string): Promise<void> {
  const path = "edxapp.gradesBucket.access";
  const bucket = draft.at("edxapp.gradesBucket.name");
  if (typeof bucket !== "string" || ![undefined, "new-policy"].includes(draft.at(path) as string)) {
    return;
  }
  const statements = await s3.statements(bucket);
  // The stack's own, of a deployment whose state is lost.
  const others = statements?.filter(({ Sid }) => Sid !== gradesStatementId(client));
  const [access, why] =
    statements === undefined || others?.length === 0
      ? ["new-policy", `${bucket} has no policy${statements === undefined ? "" : " but this client's statement"}`]
      : others?.length !== statements.length
        ? ["merge-policy", `the policy of ${bucket} has this client's statement, and others`]
        : allowsGradesDownload(statements, bucket, String(draft.at("edxapp.userArn")))
          ? ["print", `the policy of ${bucket} has the runbook's statement already`]
          : ["merge-policy", `${bucket} has a policy, without the runbook's statement`];
  draft.complete(path, access, why);
  draft.compare(path, draft.at(path), access, why, '"new-policy" would replace it');
}

/** Whether one of the statements lets a user or role read `grades-download`, as the runbook's does. */
export function allowsGradesDownload(statements: readonly Attributes[], bucket: string, arn: string): boolean {
  const runbooks = {
    Effect: "Allow",
    Principal: { AWS: arn },
    Action: "s3:GetObject",
    Resource: `arn:aws:s3:::${bucket}/grades-download/*`,
  };
  return isKept(runbooks, statements);
}

/** Whatever a bucket keeps for longer than the client file says would be deleted. */
export async function compareExpiration({ described, draft, lookUp }: Comparison): Promise<void> {
  const inFile = described.kind === "client" ? described.buckets.expireAfterDays : 0;
  let longest = { days: inFile, why: "" };
  for (const resource of lookUp.resources.of("aws_s3_bucket_lifecycle_configuration")) {
    const kept = await keptFor(resource, lookUp);
    longest = kept.days > longest.days ? kept : longest;
  }
  draft.compare("buckets.expireAfterDays", inFile, longest.days, longest.why);
}

/** How long an existing bucket keeps what the stack's rules would delete, days; 0 where it has nothing of it. */
async function keptFor(resource: StackResource, lookUp: LookUp): Promise<{ days: number; why: string }> {
  const [, name] = resource.address.split(".");
  const bucket = await lookUp.foundId(`aws_s3_bucket.${name}`);
  if (bucket === undefined) {
    return { days: 0, why: "" };
  }
  const rules = (await lookUp.aws.s3.lifecycle(bucket))?.Rules ?? [];
  const hasLogs = (resource.arguments.rule as readonly object[]).some((rule) => "expiration" in rule);
  const isVersioned = (await lookUp.foundId(`aws_s3_bucket_versioning.${name}`)) !== undefined;
  const days = Math.max(
    hasLogs ? longestOf(rules.map(({ Expiration }) => Expiration?.Days)) : 0,
    isVersioned ? longestOf(rules.map((rule) => rule.NoncurrentVersionExpiration?.NoncurrentDays)) : 0,
  );
  // The most that a client file takes.
  const { max } = limits.expireAfterDays;
  return days === Infinity
    ? { days: max, why: `the bucket ${bucket} keeps everything; ten years are the most, and fewer delete more` }
    : { days, why: `as the bucket ${bucket} keeps its objects` };
}

/** The longest of some times; without one, things are kept for ever. */
function longestOf(days: readonly (number | undefined)[]): number {
  return Math.max(...days.map((number) => number ?? 0), 0) || Infinity;
}
