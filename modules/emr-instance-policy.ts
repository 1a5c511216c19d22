import type { IBucket } from "./interfaces";
import { keysOfBuckets } from "./kms-key";
import type { Statement } from "./policy-document";

/** What EMRFS and luigi do with objects they only read; tags and versions are EMRFS's, the location is boto 2's. */
const readActions = [
  "s3:GetBucketLocation",
  "s3:GetBucketVersioning",
  "s3:GetObject",
  "s3:GetObjectTagging",
  "s3:GetObjectVersion",
  "s3:ListBucket",
];

const writeActions = [
  "s3:AbortMultipartUpload",
  "s3:DeleteObject",
  "s3:ListBucketMultipartUploads",
  "s3:ListMultipartUploadParts",
  "s3:PutObject",
  "s3:PutObjectTagging",
];

/** What clusters work on. */
export interface EmrInstanceAccess {
  readonly region: string;
  readonly accountId: string;
  /** Buckets that are read. */
  readonly read: readonly IBucket[];
  /** Buckets that are read and written; of a bucket that is several of them, one statement is made. */
  readonly readWrite: readonly IBucket[];
  /**
   * A folder of another owner's bucket that is read and written.
   * @default - none
   */
  readonly folder?: { readonly bucketName: string; readonly path: string };
}

/**
 * What a cluster's instances need, in the place of AWS's `AmazonElasticMapReduceforEC2Role`, which is on the path to
 * deprecation: EMRFS's actions on their data, without those that make buckets and change versioning; EMR's own bucket of the
 * region, with script-runner and Hive's scripts; metrics; and who the cluster is. DynamoDB and SQS are for EMRFS's consistent
 * view and debugging, which the edX playbook does not turn on, and Glue for its catalogue.
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-for-ec2.html#emr-ec2-role-least-privilege
 */
export function emrInstanceStatements({ region, accountId, read, readWrite, folder }: EmrInstanceAccess): Statement[] {
  return [
    {
      effect: "Allow",
      actions: [...readActions, ...writeActions].sort(),
      resources: [
        ...arnsOf(readWrite.map(({ arn }) => arn)),
        ...(folder ? [`arn:aws:s3:::${folder.bucketName}/${folder.path}/*`] : []),
      ],
    },
    {
      effect: "Allow",
      actions: readActions,
      resources: arnsOf([
        ...read.map(({ arn }) => arn),
        `arn:aws:s3:::${region}.elasticmapreduce`,
        "arn:aws:s3:::elasticmapreduce",
      ]),
    },
    // EMRFS looks for the folder, and lists the bucket for that.
    ...(folder
      ? [
          {
            effect: "Allow",
            actions: ["s3:GetBucketLocation", "s3:ListBucket"],
            resources: [`arn:aws:s3:::${folder.bucketName}`],
          },
        ]
      : []),
    ...keysOfBuckets(read, readWrite),
    { effect: "Allow", actions: ["cloudwatch:PutMetricData"], resources: ["*"] },
    {
      effect: "Allow",
      actions: [
        "elasticmapreduce:DescribeCluster",
        "elasticmapreduce:DescribeStep",
        "elasticmapreduce:ListInstanceGroups",
        "elasticmapreduce:ListInstances",
        "elasticmapreduce:ListSteps",
      ],
      resources: [`arn:aws:elasticmapreduce:${region}:${accountId}:cluster/*`],
    },
  ];
}

/** Buckets and their objects. */
function arnsOf(buckets: readonly string[]): string[] {
  return [...new Set(buckets)].flatMap((arn) => [arn, `${arn}/*`]);
}
