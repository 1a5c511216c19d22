import type { Postcondition } from "cdktf";
import type { IBucket } from "./interfaces";
import type { Condition, Statement } from "./policy-document";

/**
 * Lets a user or role have S3 use the KMS keys of buckets for it, besides what it may do with their objects: decrypt what it reads,
 * and encrypt what it writes. None where S3 uses its own key.
 */
export function keysOfBuckets(read: readonly IBucket[], written: readonly IBucket[] = []): Statement[] {
  const encrypting = written.flatMap(({ kmsKeyId }) => kmsKeyId ?? []);
  const all = [...read, ...written].flatMap(({ kmsKeyId, formerKmsKeyIds = [] }) => [
    ...(kmsKeyId === undefined ? [] : [kmsKeyId]),
    ...formerKmsKeyIds,
  ]);
  return [...new Set(all)].map((key) => ({
    effect: "Allow",
    // An upload in parts is decrypted when S3 puts it together.
    actions: ["kms:Decrypt", ...(encrypting.includes(key) ? ["kms:GenerateDataKey"] : [])],
    resources: [key],
    condition: [via("s3", [key])],
  }));
}

/**
 * Lets a caller make volumes and snapshots with KMS keys, and start hosts that have them:
 * https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html. None where there are no keys.
 */
export function keysOfVolumes(keys: readonly string[]): Statement[] {
  return keys.length === 0
    ? []
    : [
        {
          effect: "Allow",
          actions: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncrypt*"],
          resources: [...keys],
          condition: [via("ec2", keys)],
        },
        grantsFor("ec2", keys),
      ];
}

/** Lets a caller have a service use KMS keys for what the service makes, and no other caller. */
export function grantsFor(service: string, keys: readonly string[]): Statement {
  return {
    effect: "Allow",
    actions: ["kms:CreateGrant"],
    resources: [...keys],
    condition: [via(service, keys), { test: "Bool", variable: "kms:GrantIsForAWSResource", values: ["true"] }],
  };
}

/** In the name of a caller of a service, in the keys' region. */
export function via(service: string, keys: readonly string[]): Condition {
  const regions = [...new Set(keys.map(regionOfKey))];
  return {
    test: "StringEquals",
    variable: "kms:ViaService",
    values: regions.map((region) => `${service}.${region}.amazonaws.com`),
  };
}

/** Region of a key, by its ARN. */
function regionOfKey(arn: string): string {
  return arn.split(":")[3] ?? "";
}

/**
 * Stops a plan of what was made with another key, which AWS could change by a replacement alone: the plan ignores the difference, so
 * that nothing is replaced, and an owner of a key would believe that it is in use.
 */
export function keepsKey(props: {
  /** ARN of the key in the configuration. */
  readonly kmsKeyId: string;
  /** Where the resource has the key that AWS uses, as in `kms_key_id`. */
  readonly attribute: string;
  /** What is encrypted, as the beginning of a sentence. */
  readonly what: string;
  /** What to do. */
  readonly fix: string;
}): Postcondition {
  const { kmsKeyId, attribute, what, fix } = props;
  const found = `coalesce(self.${attribute}, "no key")`;
  return {
    // AWS may tell the id alone.
    condition: `\${endswith("${kmsKeyId}", ${found})}`,
    errorMessage: `${what} is encrypted with \${${found}}, and kmsKeyId is ${kmsKeyId}. What exists keeps the key that it was made with. ${fix}`,
  };
}
