import type { Statement } from "../modules/policy-document";
import type { CiScope } from "./ci-scope";

/** Reads that are of whole services: most of them name no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/. */
const reads = [
  "ec2:Describe*",
  "es:Describe*",
  "es:List*",
  "iam:Get*",
  "iam:List*",
  "logs:Describe*",
  "logs:ListTags*",
  "rds:Describe*",
  "rds:ListTagsForResource",
];

/** A bucket's settings, not its objects. */
const bucketReads = [
  "s3:GetAccelerateConfiguration",
  "s3:GetBucket*",
  "s3:GetEncryptionConfiguration",
  "s3:GetLifecycleConfiguration",
  "s3:GetReplicationConfiguration",
  "s3:ListBucket",
];

/** What a plan asks of AWS, and where it keeps itself: nothing of it changes a resource. */
export function planStatements(scope: CiScope): Statement[] {
  const buckets = [...scope.buckets, ...scope.existingBuckets.map(({ name }) => name)].map(bucketArn);
  return [
    allow(reads, ["*"]),
    ...(buckets.length === 0 ? [] : [allow(bucketReads, buckets)]),
    ...(scope.buckets.length === 0 ? [] : [allow(["s3:GetObject", "s3:GetObjectTagging"], blacklists(scope))]),
    ...passwordReads(scope),
    ...stateReads(scope),
    allow(["s3:PutObject"], plans(scope)),
  ];
}

/**
 * The provider decrypts a parameter whenever it reads one: who plans reads the passwords of MySQL's users, and with the
 * databases stack those of RDS's master users, as it logs in.
 */
function passwordReads({ region, accountId, parameters, databases }: CiScope): Statement[] {
  const masterPasswords = `arn:aws:secretsmanager:${region}:${accountId}:secret:rds!*`;
  return [
    ...(parameters.length === 0
      ? []
      : [
          allow(["secretsmanager:GetRandomPassword", "ssm:DescribeParameters"], ["*"]),
          allow(["ssm:GetParameter*", "ssm:ListTagsForResource"], [...parameters]),
        ]),
    ...(databases
      ? [allow(["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"], [masterPasswords])]
      : []),
  ];
}

/** The states, which hold access keys, and their locks; the lock is all that a plan writes there. */
export function stateReads({ stateBucket, stateKeys }: CiScope): Statement[] {
  const states = stateKeys.map((key) => `${bucketArn(stateBucket)}/${key}`);
  const locks = states.map((state) => `${state}.tflock`);
  return [
    allow(["s3:ListBucket"], [bucketArn(stateBucket)]),
    allow(["s3:GetObject"], [...states, ...locks]),
    allow(["s3:DeleteObject", "s3:PutObject"], locks),
  ];
}

export function plans({ stateBucket, planFolders }: CiScope): string[] {
  return planFolders.map((folder) => `${bucketArn(stateBucket)}/${folder}/*`);
}

/** The empty folder that the stack makes: no other object is read or written. */
export function blacklists({ buckets }: CiScope): string[] {
  return buckets.map((bucket) => `${bucketArn(bucket)}/enrollments-blacklist/`);
}

export function bucketArn(bucket: string): string {
  return `arn:aws:s3:::${bucket}`;
}

export function allow(actions: string[], resources: string[], condition?: Statement["condition"]): Statement {
  return { effect: "Allow", actions, resources, condition };
}
