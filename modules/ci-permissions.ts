import type { CiScope } from "../clients/config/ci-scope";
import type { Statement } from "./shared/policies";

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
  const buckets = [...scope.buckets, ...scope.foreignBuckets.map(({ name }) => name)].map(bucketArn);
  return [
    allow(reads, ["*"]),
    ...(buckets.length === 0 ? [] : [allow(bucketReads, buckets)]),
    ...(scope.buckets.length === 0 ? [] : [allow(["s3:GetObject", "s3:GetObjectTagging"], blacklists(scope))]),
    ...stateReads(scope),
    allow(["s3:PutObject"], plans(scope)),
  ];
}

/**
 * What an apply changes, besides what it reads. What holds data that nobody can bring back it may make and change, not
 * destroy: S3 buckets and their objects, and what does not carry the project's tag.
 */
export function applyStatements(scope: CiScope): Statement[] {
  const { region, accountId } = scope;
  const inRegion = { test: "StringEquals", variable: "aws:RequestedRegion", values: [region] };
  const tagged = { test: "StringEquals", variable: "aws:ResourceTag/Project", values: ["edx-analytics"] };
  return [
    ...stateReads(scope),
    allow(
      ["s3:PutObject"],
      scope.stateKeys.map((key) => `${bucketArn(scope.stateBucket)}/${key}`),
    ),
    allow(["s3:GetObject"], plans(scope)),
    allow(ec2Changes, ["*"], [inRegion]),
    allow(ec2Ends, ["*"], [inRegion, tagged]),
    allow(rdsChanges, [`arn:aws:rds:${region}:${accountId}:*`]),
    allow(rdsEnds, [`arn:aws:rds:${region}:${accountId}:*`], [tagged]),
    // RDS keeps the master password there, in the name of who makes the instance.
    allow(
      ["secretsmanager:CreateSecret", "secretsmanager:TagResource"],
      [`arn:aws:secretsmanager:${region}:${accountId}:secret:rds!*`],
    ),
    ...domainStatements(scope),
    ...bucketStatements(scope),
    ...iamStatements(scope),
  ];
}

const ec2Changes = [
  "ec2:AllocateAddress",
  "ec2:AssociateAddress",
  "ec2:AssociateRouteTable",
  "ec2:AttachInternetGateway",
  "ec2:AuthorizeSecurityGroup*",
  "ec2:CreateInternetGateway",
  "ec2:CreateRoute",
  "ec2:CreateRouteTable",
  "ec2:CreateSecurityGroup",
  "ec2:CreateSubnet",
  "ec2:CreateTags",
  "ec2:CreateVpc",
  "ec2:CreateVpcPeeringConnection",
  "ec2:DeleteTags",
  "ec2:DisassociateAddress",
  "ec2:ImportKeyPair",
  "ec2:ModifyInstanceAttribute",
  "ec2:ModifyInstanceMetadataOptions",
  "ec2:ModifySecurityGroupRules",
  "ec2:ModifySubnetAttribute",
  "ec2:ModifyVolume",
  "ec2:ModifyVpcAttribute",
  "ec2:RevokeSecurityGroup*",
  "ec2:RunInstances",
  "ec2:StartInstances",
  "ec2:StopInstances",
];

const ec2Ends = [
  "ec2:DeleteInternetGateway",
  "ec2:DeleteKeyPair",
  "ec2:DeleteRoute",
  "ec2:DeleteRouteTable",
  "ec2:DeleteSecurityGroup",
  "ec2:DeleteSubnet",
  "ec2:DeleteVpc",
  "ec2:DeleteVpcPeeringConnection",
  "ec2:DetachInternetGateway",
  "ec2:DisassociateRouteTable",
  "ec2:ReleaseAddress",
  "ec2:TerminateInstances",
];

const rdsChanges = [
  "rds:AddTagsToResource",
  "rds:CreateDBInstance",
  "rds:CreateDBParameterGroup",
  "rds:CreateDBSnapshot",
  "rds:CreateDBSubnetGroup",
];

const rdsEnds = [
  "rds:DeleteDBInstance",
  "rds:DeleteDBParameterGroup",
  "rds:DeleteDBSubnetGroup",
  "rds:ModifyDBInstance",
  "rds:ModifyDBParameterGroup",
  "rds:ModifyDBSubnetGroup",
  "rds:RebootDBInstance",
  "rds:RemoveTagsFromResource",
  "rds:ResetDBParameterGroup",
];

function domainStatements({ region, accountId, domains }: CiScope): Statement[] {
  return [
    ...(domains.length === 0
      ? []
      : [
          allow(
            [
              "es:AddTags",
              "es:CreateElasticsearchDomain",
              "es:DeleteElasticsearchDomain",
              "es:RemoveTags",
              "es:UpdateElasticsearchDomainConfig",
            ],
            domains.map((domain) => `arn:aws:es:${region}:${accountId}:domain/${domain}`),
          ),
          allow(
            [
              "logs:CreateLogGroup",
              "logs:DeleteLogGroup",
              "logs:PutRetentionPolicy",
              "logs:TagResource",
              "logs:UntagResource",
            ],
            domains.map((domain) => `arn:aws:logs:${region}:${accountId}:log-group:/aws/aes/domains/${domain}/*`),
          ),
        ]),
    // Resource policies of the region have no ARN.
    allow(["logs:DeleteResourcePolicy", "logs:PutResourcePolicy"], ["*"]),
  ];
}

function bucketStatements(scope: CiScope): Statement[] {
  const policies = scope.foreignBuckets.filter(({ writesPolicy }) => writesPolicy).map(({ name }) => bucketArn(name));
  return [
    ...(scope.buckets.length === 0
      ? []
      : [
          allow(
            [
              "s3:CreateBucket",
              "s3:PutBucket*",
              "s3:PutEncryptionConfiguration",
              "s3:PutLifecycleConfiguration",
              "s3:DeleteBucketPolicy",
            ],
            scope.buckets.map(bucketArn),
          ),
          allow(["s3:PutObject", "s3:PutObjectTagging"], blacklists(scope)),
        ]),
    ...(policies.length === 0 ? [] : [allow(["s3:DeleteBucketPolicy", "s3:PutBucketPolicy"], policies)]),
  ];
}

function iamStatements({ accountId, roles, users, policies, foreignPrincipals }: CiScope): Statement[] {
  const arn = (kind: string) => (name: string) => `arn:aws:iam::${accountId}:${kind}/${name}`;
  const ownPolicies = policies.map(arn("policy"));
  const serviceLinked = `arn:aws:iam::${accountId}:role/aws-service-role/rds.amazonaws.com/*`;
  const roleArns = roles.map(arn("role"));
  return [
    ...(roles.length === 0
      ? []
      : [
          allow(["iam:CreateRole", "iam:DeleteRole", "iam:TagRole", "iam:UntagRole", "iam:Update*Role*"], roleArns),
          allow(
            ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
            roleArns,
            // No other policy, such as AdministratorAccess, goes onto a role.
            [{ test: "ArnLike", variable: "iam:PolicyARN", values: [...ownPolicies, emrPolicies] }],
          ),
          allow(
            ["iam:*InstanceProfile", "iam:DeleteRolePolicy", "iam:PutRolePolicy"],
            [...roleArns, ...roles.map(arn("instance-profile"))],
          ),
          allow(["iam:PassRole"], roleArns, [
            { test: "StringEquals", variable: "iam:PassedToService", values: ["ec2.amazonaws.com"] },
          ]),
        ]),
    ...(users.length === 0
      ? []
      : [
          allow(
            [
              "iam:*AccessKey",
              "iam:CreateUser",
              "iam:DeleteUser",
              "iam:DeleteUserPolicy",
              "iam:PutUserPolicy",
              "iam:TagUser",
              "iam:UntagUser",
            ],
            users.map(arn("user")),
          ),
          allow(
            [
              "iam:CreatePolicy",
              "iam:CreatePolicyVersion",
              "iam:DeletePolicy",
              "iam:DeletePolicyVersion",
              "iam:TagPolicy",
              "iam:UntagPolicy",
            ],
            ownPolicies,
          ),
          allow(["iam:CreateServiceLinkedRole"], [serviceLinked]),
        ]),
    ...(foreignPrincipals.length === 0
      ? []
      : [
          allow(
            ["iam:DeleteRolePolicy", "iam:DeleteUserPolicy", "iam:PutRolePolicy", "iam:PutUserPolicy"],
            [...foreignPrincipals],
          ),
        ]),
  ];
}

/** The managed policies of EMR's roles. */
const emrPolicies = "arn:aws:iam::aws:policy/service-role/Amazon*MapReduce*";

/** The states, which hold access keys, and their locks; the lock is all that a plan writes there. */
function stateReads({ stateBucket, stateKeys }: CiScope): Statement[] {
  const states = stateKeys.map((key) => `${bucketArn(stateBucket)}/${key}`);
  const locks = states.map((state) => `${state}.tflock`);
  return [
    allow(["s3:ListBucket"], [bucketArn(stateBucket)]),
    allow(["s3:GetObject"], [...states, ...locks]),
    allow(["s3:DeleteObject", "s3:PutObject"], locks),
  ];
}

function plans({ stateBucket, planFolders }: CiScope): string[] {
  return planFolders.map((folder) => `${bucketArn(stateBucket)}/${folder}/*`);
}

/** The empty folder that the stack makes: no other object is read or written. */
function blacklists({ buckets }: CiScope): string[] {
  return buckets.map((bucket) => `${bucketArn(bucket)}/enrollments-blacklist/`);
}

function bucketArn(bucket: string): string {
  return `arn:aws:s3:::${bucket}`;
}

function allow(actions: string[], resources: string[], condition?: Statement["condition"]): Statement {
  return { effect: "Allow", actions, resources, condition };
}
