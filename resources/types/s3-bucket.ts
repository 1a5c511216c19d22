import { limits } from "../../config/schema/limits";
import { type Attributes, attributesOf, block } from "../attributes";
import type { S3 } from "../aws/s3";
import type { Finder } from "../look-up";
import { conflict, found } from "../outcome";
import { kindOf } from "../plan/kinds";
import type { Plan } from "../plan/plan";
import { type Alarm, access, data, exposure } from "./alarm";
import { between, casesBetween } from "./conditions";
import { lifecycleOfNew, otherLifecycle } from "./lifecycle-rules";
import { type Compared, resourceType } from "./resource-type";
import { onlyTo, turnsOn } from "./rules";

const days = limits.expireAfterDays;

const publicAccessBlocks = [
  "block_public_acls",
  "block_public_policy",
  "ignore_public_acls",
  "restrict_public_buckets",
];
const noMistake = "nobody makes the bucket public by mistake";
const noAcls = "ACLs are out of use: every object is the bucket owner's";
const tlsOnly = "the bucket accepts TLS only";
const versions = "what is overwritten or deleted can be had back";
const enforced = "BucketOwnerEnforced";
const aclsAgain = exposure`brings ACLs back: who writes an object owns it, and may open it to others`;
const noKms = access`no longer encrypts new objects with a key of KMS`;
const noVersions = data`no longer keeps what is overwritten or deleted`;

export const s3Bucket = [
  resourceType("aws_s3_bucket", {
    holds: "its objects",
    uniqueName: { word: "bucket", argument: "bucket" },
    find: async ({ arguments: { bucket } }, { aws: { s3, region } }) => {
      const name = String(bucket);
      const existing = await s3.bucket(name);
      const tags = async () => (await s3.tags(name)) ?? [];
      if (existing?.accessible === false) {
        return conflict(
          `${name} is another account's, or these credentials lack s3:ListBucket on it. Choose another name`,
        );
      }
      return existing === undefined || existing.region === region
        ? found(existing && name, tags)
        : conflict(
            `${name} is in ${existing.region}, and the pipeline reads and writes in ${region} alone. Choose another name`,
            tags,
          );
    },
    alarms: {
      create: ({ after }) => [
        after.force_destroy === true && data`has no protection: the next plan may destroy it with its objects`,
      ],
      update: (change) => [
        turnsOn(change, "force_destroy") && data`loses its protection: the next plan may destroy it with its objects`,
      ],
    },
    adoption: { create: "the deployment has no such bucket" },
    notes: {
      force_destroy: {
        value: true,
        text: "A bucket that is given up goes with its objects, of which it always has some.",
      },
    },
  }),
  resourceType("aws_s3_bucket_public_access_block", {
    holds: undefined,
    find: setting((s3, bucket) => s3.publicAccessBlock(bucket)),
    alarms: {
      opens: (settings) =>
        publicAccessBlocks.filter((name) => settings[name] === false).map((name) => `the bucket: ${name} is off`),
      destroy: () => [exposure`opens the bucket: nothing blocks public access any more`],
    },
    adoption: {
      create: noMistake,
      update: Object.fromEntries(publicAccessBlocks.map((name) => [name, onlyTo(true, noMistake)])),
    },
  }),
  resourceType("aws_s3_bucket_ownership_controls", {
    holds: undefined,
    find: setting((s3, bucket) => s3.objectOwnership(bucket)),
    alarms: {
      create: usesAcls,
      update: usesAcls,
      destroy: ({ before }) => [ownership(before) === enforced && aclsAgain],
    },
    adoption: {
      create: noAcls,
      update: { rule: (after) => (block(after).object_ownership === enforced ? noAcls : undefined) },
    },
  }),
  resourceType("aws_s3_bucket_policy", {
    holds: undefined,
    find: setting((s3, bucket) => s3.policy(bucket)),
    adoption: { create: tlsOnly, update: { policy: tlsOnly } },
    notes: {
      "lifecycle.prevent_destroy":
        "Destroying the policy would remove the statements too that this stack does not manage.",
      depends_on: "S3 takes one change of a bucket's access at a time.",
    },
  }),
  resourceType("aws_s3_bucket_server_side_encryption_configuration", {
    holds: undefined,
    find: setting((s3, bucket) => s3.encryption(bucket)),
    alarms: {
      create: (change, plan) => [isOfKms(change.after) && !isOfNewBucket(change, plan) && ofKms(change.after)],
      update: ({ before, after }) => [
        isOfKms(before) && !isOfKms(after) && noKms,
        !isOfKms(before) && isOfKms(after) && ofKms(after),
        isOfKms(before) &&
          isOfKms(after) &&
          keyOf(before) !== keyOf(after) &&
          access`encrypts new objects with another key of KMS: ${keyOf(after)} in the place of ${keyOf(before)}`,
      ],
      destroy: ({ before }) => [isOfKms(before) && noKms],
    },
    adoption: {
      create: "new objects are encrypted",
      update: {
        rule: (after) => (algorithm(after) === "AES256" ? "new objects are encrypted with S3's own key" : undefined),
      },
    },
    notes: {
      "rule.apply_server_side_encryption_by_default.kms_master_key_id":
        "Of new objects. Whoever reads and writes them has to be allowed the key, by the policies that name it.",
    },
  }),
  resourceType("aws_s3_bucket_versioning", {
    holds: undefined,
    find: setting((s3, bucket) => s3.versioning(bucket)),
    alarms: {
      create: ({ after }) => [
        status(after) !== undefined &&
          status(after) !== "Enabled" &&
          data`keeps nothing of what is overwritten or deleted: versioning is ${status(after)}`,
      ],
      update: ({ before, after }) => [status(before) === "Enabled" && status(after) !== "Enabled" && noVersions],
      destroy: () => [noVersions],
    },
    adoption: {
      create: versions,
      update: {
        versioning_configuration: (after) => (block(after).status === "Enabled" ? versions : undefined),
      },
    },
  }),
  resourceType("aws_s3_bucket_lifecycle_configuration", {
    holds: undefined,
    find: setting((s3, bucket) => s3.lifecycle(bucket)),
    alarms: {
      create: (change, plan) => (isOfNewBucket(change, plan) ? lifecycleOfNew(change) : otherLifecycle(change, plan)),
      update: otherLifecycle,
      destroy: ({ before }, plan) => otherLifecycle({ before, after: {} }, plan),
    },
    adoption: {
      create:
        "old versions and unfinished uploads are deleted after `buckets.expireAfterDays`, and so are EMR's logs, those of before as well",
      update: {
        rule: "this stack manages the rules from now on: `buckets.expireAfterDays` is when EMR's logs and old versions are deleted",
      },
    },
    variables: [
      {
        name: () => "expire_after_days",
        description: () => "EMR's logs and old versions of objects are deleted after so many days.",
        validation: (variable) => [between(variable, days), `${days.min} to ${days.max} whole days are required.`],
        cases: () => casesBetween(days),
        field: () => "buckets.expireAfterDays",
        places: [
          { called: /^buckets_()/, path: "rule.noncurrent_version_expiration.noncurrent_days" },
          { called: /^buckets_()/, path: "rule.expiration.days" },
        ],
      },
    ],
  }),
];

function isOfNewBucket({ after: { bucket } }: Compared, { resource_changes: changes }: Plan): boolean {
  return (
    bucket === undefined ||
    changes.some(
      (other) =>
        other.type === "aws_s3_bucket" &&
        kindOf(other) === "create" &&
        attributesOf(other.change.after).bucket === bucket,
    )
  );
}

function algorithm(rule: unknown): string {
  return String(block(block(rule).apply_server_side_encryption_by_default).sse_algorithm);
}

function isOfKms({ rule }: Attributes): boolean {
  return algorithm(rule).startsWith("aws:kms");
}

function ofKms(after: Attributes): Alarm {
  return access`encrypts new objects with a key of KMS, which those who read them have to be allowed: ${keyOf(after)}`;
}

/** AWS's own key where none is named. */
function keyOf({ rule }: Attributes): string {
  return String(block(block(rule).apply_server_side_encryption_by_default).kms_master_key_id || "AWS's own");
}

function ownership({ rule }: Attributes): unknown {
  return block(rule).object_ownership;
}

function usesAcls({ before, after }: Compared): readonly (Alarm | false)[] {
  const [had, gets] = [ownership(before), ownership(after)];
  return [gets !== undefined && gets !== enforced && (had === undefined || had === enforced) && aclsAgain];
}

function status({ versioning_configuration: configuration }: Attributes): unknown {
  return block(configuration).status;
}

/** Finds a setting of a bucket, which is imported by the bucket's name where it is set. */
function setting(ask: (s3: S3, bucket: string) => Promise<unknown>): Finder {
  return async (resource, lookUp) => {
    const bucket = await lookUp.text(resource, "bucket");
    const isSet = bucket !== undefined && (await ask(lookUp.aws.s3, bucket)) !== undefined;
    return found(isSet ? bucket : undefined);
  };
}
