import { accountOf } from "../config/checks/account";
import type { KmsKey } from "../config/kms-keys";
import { grantsFor, keysOfVolumes, via } from "../modules/kms-key";
import type { Statement } from "../modules/policy-document";
import { allow, some } from "./ci-plan-permissions";
import type { CiScope } from "./ci-scope";

/** What CI's roles, and the roles that CI makes, do with the KMS keys that the client file names: each by its ARN. */

export function keyReads(scope: CiScope): Statement[] {
  const { region, accountId } = scope;
  return [
    ...some(arnsOf(scope), (arns) => [allow(["kms:DescribeKey"], arns)]),
    // Of an object with another key than S3's own, the AWS provider asks which key `aws/s3` is.
    ...some(arnsOf(scope, "s3"), () => [allow(["kms:DescribeKey"], [`arn:aws:kms:${region}:${accountId}:key/*`])]),
  ];
}

/** What AWS wants of whoever makes what is encrypted: RDS, Elasticsearch and EBS use keys by grants, S3 in the caller's name. */
export function keyChanges(scope: CiScope): Statement[] {
  return [
    ...keysOfVolumes(arnsOf(scope, "ec2")),
    ...(["rds", "es"] as const).flatMap((service) =>
      some(arnsOf(scope, service), (arns) => [grantsFor(service, arns)]),
    ),
    ...some(arnsOf(scope, "s3"), (arns) => [allow(["kms:GenerateDataKey"], arns, [via("s3", arns)])]),
  ];
}

/** The most that roles and users may do with keys: those of the buckets; `backupsBoundary` has the account's for EC2. */
export function keysBoundary(scope: CiScope): Statement[] {
  const { kmsKeys, backupsRole, accountId } = scope;
  const ofBuckets = [...new Set(kmsKeys.filter(({ service }) => service === "s3").map(({ arn }) => arn))];
  const ofOthers = arnsOf(scope, "ec2").filter((arn) => accountOf(arn) !== accountId);
  return [
    ...some(ofBuckets, (arns) => [allow(["kms:Decrypt", "kms:GenerateDataKey"], arns, [via("s3", arns)])]),
    ...(backupsRole === undefined ? [] : keysOfVolumes(ofOthers)),
  ];
}

/** ARNs of the keys that something new is encrypted with, of one service or all. */
function arnsOf({ kmsKeys }: CiScope, ofService?: KmsKey["service"]): string[] {
  const found = kmsKeys.filter(({ service, isFormer }) => !isFormer && (ofService ?? service) === service);
  return [...new Set(found.map(({ arn }) => arn))];
}
