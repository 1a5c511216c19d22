import { isExisting } from "./existing";
import { hasElasticsearch } from "./names";
import type { ClientFields } from "./schema/client";

/** A KMS key of a client file. */
export interface KmsKey {
  /** Path of the field that names it. */
  readonly field: string;
  readonly arn: string;
  /** The service that encrypts with it, as in `kms:ViaService`. */
  readonly service: "ec2" | "es" | "rds" | "s3";
  /** Whether it decrypts what was encrypted before, and nothing new is encrypted with it. */
  readonly isFormer: boolean;
}

type Fields = Pick<ClientFields, "release" | "database" | "hosts" | "director" | "elasticsearch" | "buckets">;

/** The fields that name keys. */
export const kmsKeyFields = [
  "database.iterations.*.kmsKeyId",
  "hosts.iterations.*.kmsKeyId",
  "director.kmsKeyId",
  "elasticsearch.kmsKeyId",
  "buckets.kmsKeyId",
  "buckets.formerKmsKeyIds",
] as const;

/** The KMS keys that a client file names, each use of one. */
export function kmsKeysOf(fields: Fields): KmsKey[] {
  const { database, hosts, director, elasticsearch, buckets } = fields;
  const use = (field: string, service: KmsKey["service"], arn: string | undefined, isFormer = false): KmsKey[] =>
    arn === undefined ? [] : [{ field, arn, service, isFormer }];
  return [
    ...Object.entries(database.iterations).flatMap(([key, { kmsKeyId }]) =>
      use(`database.iterations.${key}.kmsKeyId`, "rds", kmsKeyId),
    ),
    ...Object.entries(hosts.iterations).flatMap(([key, { kmsKeyId }]) =>
      use(`hosts.iterations.${key}.kmsKeyId`, "ec2", kmsKeyId),
    ),
    ...(isExisting(director) ? [] : use("director.kmsKeyId", "ec2", director.kmsKeyId)),
    ...(hasElasticsearch(fields) && elasticsearch ? use("elasticsearch.kmsKeyId", "es", elasticsearch.kmsKeyId) : []),
    ...use("buckets.kmsKeyId", "s3", buckets.kmsKeyId),
    ...buckets.formerKmsKeyIds.flatMap((arn, index) => use(`buckets.formerKmsKeyIds.${index}`, "s3", arn, true)),
  ];
}

/** Region of a key, by its ARN. */
export function regionOfKey(arn: string): string {
  return arn.split(":")[3] ?? "";
}
