import type { CiScope } from "../clients/config/ci-scope";
import { allow, blacklists, bucketArn, plans, stateReads } from "./ci-plan-permissions";
import type { Statement } from "./shared/policies";

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
    ...(scope.parameters.length === 0 ? [] : [allow(parameterChanges, [...scope.parameters])]),
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

const parameterChanges = [
  "ssm:AddTagsToResource",
  "ssm:DeleteParameter",
  "ssm:PutParameter",
  "ssm:RemoveTagsFromResource",
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
