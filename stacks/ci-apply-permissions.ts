import { finalSnapshotName, parameterGroupName } from "../config/names";
import { clusterTag } from "../modules/emr-tag";
import type { Statement } from "../modules/policy-document";
import { allow, blacklists, bucketArn, plans, stateReads } from "./ci-plan-permissions";
import type { CiScope } from "./ci-scope";

/**
 * What an apply changes, besides what it reads. What holds data that nobody can bring back it may make and change, not
 * destroy: S3 buckets and their objects. Of EC2 it ends what carries the project's tag, which it gives to what it makes
 * and to nothing else; of RDS it has what the client's names name.
 */
export function applyStatements(scope: CiScope): Statement[] {
  const { region, accountId } = scope;
  const instances = [`arn:aws:ec2:${region}:${accountId}:instance/*`];
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
    allow(["ec2:ModifyInstanceAttribute"], instances, [tagged]),
    // A host's groups and disks, the VPC's default group among them, carry no tag of the project.
    allow(
      ["ec2:ModifyInstanceAttribute"],
      ["security-group", "volume"].map((kind) => `arn:aws:ec2:${region}:${accountId}:${kind}/*`),
    ),
    // Whoever may tag existing resources could tag those of another project, and delete them.
    allow(["ec2:CreateTags"], ["*"], [inRegion, { test: "StringLike", variable: "ec2:CreateAction", values: ["*"] }]),
    allow(
      ["ec2:CreateTags"],
      [`arn:aws:ec2:${region}:${accountId}:subnet/*`],
      [{ test: "ForAllValues:StringEquals", variable: "aws:TagKeys", values: Object.keys(clusterTag) }],
    ),
    ...rdsStatements(scope),
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
  "ec2:CreateVpc",
  "ec2:CreateVpcPeeringConnection",
  "ec2:DisassociateAddress",
  "ec2:ImportKeyPair",
  "ec2:ModifySecurityGroupRules",
  "ec2:ModifyVolume",
  "ec2:RevokeSecurityGroup*",
  "ec2:RunInstances",
];

/** On what carries the tag alone. */
const ec2Ends = [
  "ec2:CreateTags",
  "ec2:DeleteInternetGateway",
  "ec2:DeleteKeyPair",
  "ec2:DeleteRoute",
  "ec2:DeleteRouteTable",
  "ec2:DeleteSecurityGroup",
  "ec2:DeleteSubnet",
  "ec2:DeleteTags",
  "ec2:DeleteVpc",
  "ec2:DeleteVpcPeeringConnection",
  "ec2:DetachInternetGateway",
  "ec2:DisassociateRouteTable",
  "ec2:ModifyInstanceMetadataOptions",
  "ec2:ModifySubnetAttribute",
  "ec2:ModifyVpcAttribute",
  "ec2:ReleaseAddress",
  "ec2:StartInstances",
  "ec2:StopInstances",
  "ec2:TerminateInstances",
];

const rdsChanges = [
  "rds:AddTagsToResource",
  "rds:CreateDBInstance",
  "rds:CreateDBParameterGroup",
  "rds:CreateDBSnapshot",
  "rds:CreateDBSubnetGroup",
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

/** By name, for the same role can give an existing instance a tag: edxapp's RDS is called otherwise. */
function rdsStatements({ region, accountId, databaseInstances, subnetGroup }: CiScope): Statement[] {
  if (databaseInstances.length === 0 || subnetGroup === undefined) {
    return [];
  }
  const arn = (kind: string) => (name: string) => `arn:aws:rds:${region}:${accountId}:${kind}:${name}`;
  return [
    allow(rdsChanges, [
      ...databaseInstances.map(arn("db")),
      ...databaseInstances.map((identifier) => arn("pg")(parameterGroupName(identifier, "*"))),
      ...databaseInstances.map((identifier) => arn("snapshot")(finalSnapshotName(identifier))),
      ...("name" in subnetGroup ? [arn("subgrp")(subnetGroup.name)] : []),
    ]),
    // What an instance is made with, and is not its own.
    allow(
      ["rds:CreateDBInstance", "rds:ModifyDBInstance"],
      [arn("og")("default:*"), ...("existing" in subnetGroup ? [arn("subgrp")(subnetGroup.existing)] : [])],
    ),
    // RDS keeps the master password there, in the name of who makes the instance.
    allow(
      ["secretsmanager:CreateSecret", "secretsmanager:TagResource"],
      [`arn:aws:secretsmanager:${region}:${accountId}:secret:rds!*`],
    ),
    // What key that is encrypted with: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html.
    allow(["kms:DescribeKey"], [`arn:aws:kms:${region}:${accountId}:key/*`]),
  ];
}

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
  const policies = scope.existingBuckets.filter(({ writesPolicy }) => writesPolicy).map(({ name }) => bucketArn(name));
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

function iamStatements({ accountId, roles, users, policies, existingPrincipals }: CiScope): Statement[] {
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
            [{ test: "ArnLike", variable: "iam:PolicyARN", values: [...ownPolicies, ...emrPolicies] }],
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
    ...(existingPrincipals.length === 0
      ? []
      : [
          allow(
            ["iam:DeleteRolePolicy", "iam:DeleteUserPolicy", "iam:PutRolePolicy", "iam:PutUserPolicy"],
            [...existingPrincipals],
          ),
        ]),
  ];
}

/** The managed policies of EMR's roles, of both versions. */
const emrPolicies = ["Amazon*MapReduce*", "AmazonEMRServicePolicy_v2"].map(
  (name) => `arn:aws:iam::aws:policy/service-role/${name}`,
);
