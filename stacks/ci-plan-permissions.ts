import type { Condition, Statement } from "../modules/policy-document";
import type { CiScope } from "./ci-scope";

/**
 * Settings that hold no secret, of whole services: most of these calls name no resource
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/). What shows user data or keys is not among them.
 */
const reads = [
  "ec2:DescribeAccountAttributes",
  "ec2:DescribeAddresses*",
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeDhcpOptions",
  "ec2:DescribeIamInstanceProfileAssociations",
  "ec2:DescribeImages",
  "ec2:DescribeInstanceCreditSpecifications",
  "ec2:DescribeInstanceStatus",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeInstances",
  "ec2:DescribeInternetGateways",
  "ec2:DescribeKeyPairs",
  "ec2:DescribeNetwork*",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroup*",
  "ec2:DescribeSubnets",
  "ec2:DescribeTags",
  "ec2:DescribeVolume*",
  "ec2:DescribeVpcAttribute",
  "ec2:DescribeVpcPeeringConnections",
  "ec2:DescribeVpcs",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "rds:DescribeDB*",
  "rds:DescribeGlobalClusters",
  "rds:ListTagsForResource",
];

/** A bucket's settings, not its objects. */
export const bucketReads = [
  "s3:GetAccelerateConfiguration",
  "s3:GetBucket*",
  "s3:GetEncryptionConfiguration",
  "s3:GetLifecycleConfiguration",
  "s3:GetReplicationConfiguration",
  "s3:ListBucket",
  "s3:ListTagsForResource",
];

/** What a plan asks of AWS: nothing of it changes a resource. */
export function readStatements(scope: CiScope): Statement[] {
  const { region, accountId } = scope;
  const buckets = [...scope.buckets, ...scope.existingBuckets].map(bucketArn);
  return [
    allow(reads, ["*"]),
    // User data among them, in which another owner may have secrets.
    allow(["ec2:DescribeInstanceAttribute"], [`arn:aws:ec2:${region}:${accountId}:instance/*`], scope.own),
    ...some([...new Set([...iamArns(scope), ...scope.iam.lookedUp])], (arns) => [
      allow(["iam:Get*", "iam:List*"], arns),
    ]),
    ...some(buckets, (arns) => [allow(bucketReads, arns)]),
    ...some(blacklists(scope), (arns) => [allow(["s3:GetObject", "s3:GetObjectTagging"], arns)]),
    // Of any domain, as one that the file names no longer is still in the state.
    allow(
      ["es:Describe*", "es:ListTags", "logs:ListTagsForResource"],
      [domainArn(scope, "*"), logGroupArn(scope, "*")],
    ),
  ];
}

/** The states, which hold access keys, their locks, and the plans: locks and plans are all that a plan writes. */
export function stateStatements(scope: CiScope): Statement[] {
  const states = scope.stateKeys.map((key) => `${bucketArn(scope.stateBucket)}/${key}`);
  const locks = states.map((state) => `${state}.tflock`);
  return [
    allow(["s3:ListBucket"], [bucketArn(scope.stateBucket)]),
    // State and lock in one, for keys may be long.
    allow(
      ["s3:GetObject"],
      states.map((state) => `${state}*`),
    ),
    allow(["s3:DeleteObject", "s3:PutObject"], locks),
    allow(["s3:PutObject"], plans(scope)),
  ];
}

/**
 * What the provider decrypts: it reads the passwords that the stacks have made whenever it plans, and with the databases
 * stack those that it logs in with.
 */
export function secretStatements(scope: CiScope): Statement[] {
  const { region, accountId, databases } = scope;
  const instances = (databases?.instances ?? []).map((name) => `arn:aws:rds:${region}:${accountId}:db:${name}`);
  return [
    ...some([...new Set([...scope.parameters, ...(databases?.parameters ?? [])])], (arns) => [
      allow(["secretsmanager:GetRandomPassword", "ssm:DescribeParameters"], ["*"]),
      allow(["ssm:GetParameter*", "ssm:ListTagsForResource"], arns),
    ]),
    ...some(instances, (arns) => [
      allow(
        ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
        [`arn:aws:secretsmanager:${region}:${accountId}:secret:rds!*`],
        [{ test: "StringEquals", variable: "aws:ResourceTag/aws:rds:primaryDBInstanceArn", values: arns }],
      ),
    ]),
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

export function domainArn({ region, accountId }: CiScope, domain: string): string {
  return `arn:aws:es:${region}:${accountId}:domain/${domain}`;
}

export function logGroupArn({ region, accountId }: CiScope, domain: string): string {
  return `arn:aws:logs:${region}:${accountId}:log-group:/aws/aes/domains/${domain}/*`;
}

export function iamArn({ accountId }: CiScope, kind: string): (name: string) => string {
  return (name) => `arn:aws:iam::${accountId}:${kind}/${name}`;
}

/** Everything in IAM that the stacks manage or write a policy on. */
export function iamArns(scope: CiScope): string[] {
  const { roles, users, policies, existingRoles, awsPolicies } = scope.iam;
  return [
    ...[...roles, ...existingRoles].map(iamArn(scope, "role")),
    ...roles.map(iamArn(scope, "instance-profile")),
    ...users.map(iamArn(scope, "user")),
    ...policies.map(iamArn(scope, "policy")),
    ...awsPolicies,
  ];
}

export function allow(
  actions: readonly string[],
  resources: readonly string[],
  condition?: readonly Condition[],
): Statement {
  return { effect: "Allow", actions: [...actions], resources: [...resources], condition: condition && [...condition] };
}

export function deny(...of: Parameters<typeof allow>): Statement {
  return { ...allow(...of), effect: "Deny" };
}

/** Statements on resources, or none where there are no resources. */
export function some(resources: readonly string[], statements: (arns: string[]) => Statement[]): Statement[] {
  return resources.length === 0 ? [] : statements([...resources]);
}
