import { finalSnapshotName, parameterGroupName } from "../config/names";
import type { Statement } from "../modules/policy-document";
import { allow, blacklists, bucketArn, domainArn, iamArn, logGroupArn, plans, some } from "./ci-plan-permissions";
import type { CiScope } from "./ci-scope";

/**
 * What an apply changes in S3 and Elasticsearch, besides what it reads, by the names that the client file has. What
 * cannot be restored it may make and change, not destroy: buckets and their objects.
 */
export function storageStatements(scope: CiScope): Statement[] {
  return [
    allow(
      ["s3:PutObject"],
      scope.stateKeys.map((key) => `${bucketArn(scope.stateBucket)}/${key}`),
    ),
    allow(["s3:GetObject"], plans(scope)),
    ...domainStatements(scope),
    ...bucketStatements(scope),
  ];
}

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

/** What an apply changes of RDS and of passwords, by the names that the client file has. */
export function databaseStatements(scope: CiScope): Statement[] {
  const { region, accountId, databaseInstances, databaseSources, subnetGroup, parameters } = scope;
  if (databaseInstances.length === 0 || subnetGroup === undefined) {
    return [];
  }
  const arn = (kind: string) => (name: string) => `arn:aws:rds:${region}:${accountId}:${kind}:${name}`;
  return [
    allow(rdsChanges, [
      ...databaseInstances.map(arn("db")),
      ...databaseInstances.map((identifier) => arn("pg")(parameterGroupName(identifier, "?.?"))),
      ...databaseInstances.map((identifier) => arn("snapshot")(finalSnapshotName(identifier))),
      ...("name" in subnetGroup ? [arn("subgrp")(subnetGroup.name)] : []),
    ]),
    // What an instance is made with, and is not its own.
    allow(
      ["rds:CreateDBInstance", "rds:ModifyDBInstance"],
      [arn("og")("default:*"), ...("existing" in subnetGroup ? [arn("subgrp")(subnetGroup.existing)] : [])],
    ),
    ...some(
      databaseSources.map((from) => ("instance" in from ? arn("db")(from.instance) : arn("snapshot")(from.snapshot))),
      (sources) => [
        allow(
          ["rds:RestoreDBInstanceFromDBSnapshot", "rds:RestoreDBInstanceToPointInTime"],
          [
            ...sources,
            ...databaseInstances.map(arn("db")),
            ...databaseInstances.map((identifier) => arn("pg")(parameterGroupName(identifier, "?.?"))),
            arn("og")("default:*"),
            arn("subgrp")("name" in subnetGroup ? subnetGroup.name : subnetGroup.existing),
          ],
        ),
      ],
    ),
    // RDS keeps the master password there, in the name of who makes the instance.
    allow(
      ["secretsmanager:CreateSecret", "secretsmanager:TagResource"],
      [`arn:aws:secretsmanager:${region}:${accountId}:secret:rds!*`],
    ),
    // What key that is encrypted with: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html.
    allow(["kms:DescribeKey"], [`arn:aws:kms:${region}:${accountId}:key/*`]),
    allow(
      ["ssm:AddTagsToResource", "ssm:DeleteParameter", "ssm:PutParameter", "ssm:RemoveTagsFromResource"],
      parameters,
    ),
  ];
}

function domainStatements(scope: CiScope): Statement[] {
  return [
    ...some(
      scope.domains.map((domain) => domainArn(scope, domain)),
      (arns) => [
        allow(
          [
            "es:AddTags",
            "es:CreateElasticsearchDomain",
            "es:DeleteElasticsearchDomain",
            "es:RemoveTags",
            "es:UpdateElasticsearchDomainConfig",
          ],
          arns,
        ),
      ],
    ),
    ...some(
      scope.domains.map((domain) => logGroupArn(scope, domain)),
      (arns) => [
        allow(
          [
            "logs:CreateLogGroup",
            "logs:DeleteLogGroup",
            "logs:PutRetentionPolicy",
            "logs:TagResource",
            "logs:UntagResource",
          ],
          arns,
        ),
      ],
    ),
    // Resource policies of the region have no ARN.
    ...(scope.logPolicy ? [allow(["logs:DeleteResourcePolicy", "logs:PutResourcePolicy"], ["*"])] : []),
  ];
}

/** The settings that the stack makes; neither replication nor notifications, by which objects would go elsewhere. */
export const bucketChanges = [
  "s3:CreateBucket",
  "s3:DeleteBucketPolicy",
  "s3:PutBucketOwnershipControls",
  "s3:PutBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
  "s3:PutBucketTagging",
  "s3:PutBucketVersioning",
  "s3:PutEncryptionConfiguration",
  "s3:PutLifecycleConfiguration",
  "s3:TagResource",
  "s3:UntagResource",
];

function bucketStatements(scope: CiScope): Statement[] {
  const { gradesPolicy } = scope;
  return [
    ...some(scope.buckets.map(bucketArn), (arns) => [
      allow(bucketChanges, arns),
      allow(["s3:PutObject", "s3:PutObjectTagging"], blacklists(scope)),
    ]),
    ...(gradesPolicy === undefined
      ? []
      : [
          allow(
            [...(gradesPolicy.deletes ? ["s3:DeleteBucketPolicy"] : []), "s3:PutBucketPolicy"],
            [bucketArn(gradesPolicy.bucket)],
          ),
        ]),
  ];
}

/** What may be done to a role or user only as long as a boundary limits it; what writes policies among it. */
export const boundedActions = [
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreateRole",
  "iam:CreateUser",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:PutUserPermissionsBoundary",
  "iam:PutUserPolicy",
  "iam:UpdateAssumeRolePolicy",
];

/** Names alone, and of roles and users those that the permissions boundary limits: decision 0022. */
export function iamStatements(scope: CiScope): Statement[] {
  const { roles, users, policies, existingRoles, awsPolicies, boundaries } = scope.iam;
  const [boundary] = boundaries;
  const within = (...allowed: string[]) => ({
    test: "StringEquals",
    variable: "iam:PermissionsBoundary",
    values: allowed,
  });
  const ownPolicies = policies.map(iamArn(scope, "policy"));
  const attachable = { test: "ArnEquals", variable: "iam:PolicyARN", values: [...ownPolicies, ...awsPolicies] };
  return [
    ...some(roles.map(iamArn(scope, "role")), (arns) => [
      allow(
        [
          "iam:CreateRole",
          "iam:DeleteRole",
          "iam:DeleteRolePolicy",
          "iam:PutRolePermissionsBoundary",
          "iam:PutRolePolicy",
          "iam:UpdateAssumeRolePolicy",
          "iam:UpdateRole",
          "iam:UpdateRoleDescription",
        ],
        arns,
        [within(boundary)],
      ),
      allow(["iam:AttachRolePolicy", "iam:DetachRolePolicy"], arns, [within(boundary), attachable]),
      allow(["iam:TagRole", "iam:UntagRole"], arns),
      allow(["iam:PassRole"], arns, [
        { test: "StringEquals", variable: "iam:PassedToService", values: ["ec2.amazonaws.com"] },
      ]),
    ]),
    ...some(roles.map(iamArn(scope, "instance-profile")), (arns) => [
      allow(
        [
          "iam:AddRoleToInstanceProfile",
          "iam:CreateInstanceProfile",
          "iam:DeleteInstanceProfile",
          "iam:RemoveRoleFromInstanceProfile",
          "iam:TagInstanceProfile",
          "iam:UntagInstanceProfile",
        ],
        arns,
      ),
    ]),
    ...some(users.map(iamArn(scope, "user")), (arns) => [
      allow(["iam:CreateUser", "iam:DeleteUserPolicy", "iam:PutUserPermissionsBoundary", "iam:PutUserPolicy"], arns, [
        within(boundary),
      ]),
      allow(
        [
          "iam:CreateAccessKey",
          "iam:DeleteAccessKey",
          "iam:DeleteUser",
          "iam:TagUser",
          "iam:UntagUser",
          "iam:UpdateAccessKey",
        ],
        arns,
      ),
    ]),
    ...some(ownPolicies, (arns) => [
      allow(
        [
          "iam:CreatePolicy",
          "iam:CreatePolicyVersion",
          "iam:DeletePolicy",
          "iam:DeletePolicyVersion",
          "iam:TagPolicy",
          "iam:UntagPolicy",
        ],
        arns,
      ),
      allow(["iam:CreateServiceLinkedRole"], [serviceLinkedRole(scope, "rds.amazonaws.com")]),
    ]),
    ...elasticsearchRole(scope),
    ...some(existingRoles.map(iamArn(scope, "role")), (arns) => [
      allow(["iam:DeleteRolePolicy", "iam:PutRolePolicy"], arns, [within(...boundaries)]),
    ]),
  ];
}

export function serviceLinkedRole({ accountId }: CiScope, service: string): string {
  return `arn:aws:iam::${accountId}:role/aws-service-role/${service}/*`;
}

/** The service-linked role of Elasticsearch; none where the stack does not manage it. */
export function elasticsearchRole(scope: CiScope): Statement[] {
  return scope.elasticsearchServiceRole
    ? [
        allow(
          [
            "iam:CreateServiceLinkedRole",
            "iam:DeleteServiceLinkedRole",
            "iam:GetRole",
            "iam:GetServiceLinkedRoleDeletionStatus",
            "iam:TagRole",
            "iam:UntagRole",
          ],
          [serviceLinkedRole(scope, "es.amazonaws.com")],
        ),
      ]
    : [];
}
