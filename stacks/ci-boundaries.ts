import { clusterTag } from "../modules/emr-tag";
import type { Statement } from "../modules/policy-document";
import { sessionStatement } from "../modules/session-manager";
import { alarmServices, alarmsBoundary } from "./ci-alarms";
import { boundedActions, elasticsearchRole, serviceLinkedRole } from "./ci-apply-permissions";
import { backupsBoundary, snapshots } from "./ci-backups";
import { ciBucketLimits, madeBucketLimits } from "./ci-bucket-limits";
import { httpsRole, httpsServices } from "./ci-https";
import { keysBoundary } from "./ci-kms-keys";
import { allow, bucketArn, deny, domainArn, iamArn, iamArns, some } from "./ci-plan-permissions";
import type { CiScope } from "./ci-scope";

/**
 * The most that a role or user may do that the apply role makes: what EMR's roles, the hosts' and the users need, of all
 * together, as whoever makes one of them decides its policies and who assumes it. Nothing of it changes IAM.
 */
export function boundaryStatements(scope: CiScope): Statement[] {
  const { region, accountId } = scope;
  const domains = scope.ofAllClients ? ["*"] : scope.domains;
  return [
    allow(
      [
        "application-autoscaling:*",
        "cloudwatch:*Alarm*",
        "cloudwatch:PutMetricData",
        "ec2:Describe*",
        "elasticmapreduce:*",
        "rds:Describe*",
        "route53:Get*",
        "route53:List*",
        "s3:GetBucketLocation",
        "s3:ListAllMyBuckets",
      ],
      ["*"],
    ),
    deny(["ec2:DescribeInstanceAttribute", "ec2:DescribeLaunchTemplateVersions"], ["*"]),
    ...emrServiceStatements(scope),
    ...alarmsBoundary(scope),
    ...backupsBoundary(scope),
    ...objectStatements(scope),
    ...keysBoundary(scope),
    ...some(
      domains.flatMap((domain) => [domainArn(scope, domain), `${domainArn(scope, domain)}/*`]),
      (arns) => [allow(["es:Describe*", "es:ESHttp*", "es:List*"], arns)],
    ),
    ...(scope.sessionManager ? [sessionStatement] : []),
    ...some(scope.directorParameters, (arns) => [allow(["ssm:GetParameter"], arns)]),
    allow(["sqs:*"], [`arn:aws:sqs:${region}:${accountId}:AWS-ElasticMapReduce-*`]),
    allow(["iam:PassRole"], scope.iam.passedRoles.map(iamArn(scope, "role")), [
      {
        test: "StringEquals",
        variable: "iam:PassedToService",
        values: ["ec2.amazonaws.com", "elasticmapreduce.amazonaws.com"],
      },
    ]),
    allow(["iam:GetRole*", "iam:ListInstanceProfiles", "iam:ListRolePolicies"], ["*"]),
    allow(
      ["iam:CreateServiceLinkedRole"],
      ["elasticmapreduce", "spot"].map((service) => serviceLinkedRole(scope, `${service}.amazonaws.com`)),
    ),
  ];
}

/** What EMR starts and ends instances with, where the stacks make its service role. */
function emrServiceStatements({ region, backupsRole, iam: { emrServicePolicy } }: CiScope): Statement[] {
  const inRegion = { test: "StringEquals", variable: "aws:RequestedRegion", values: [region] };
  const [[tag, value]] = Object.entries(clusterTag) as [[string, string]];
  const tagged = { test: "StringEquals", variable: `aws:ResourceTag/${tag}`, values: [value] };
  const starting = { test: "StringLike", variable: "ec2:CreateAction", values: ["*"] };
  // By these tags the apply role knows what is its owner's; of snapshots it changes none, and they may get them.
  const ownersTags: Statement = {
    effect: "Deny",
    actions: ["ec2:CreateTags", "ec2:DeleteTags"],
    ...(backupsRole === undefined ? { resources: ["*"] } : { notResources: [snapshots({ region })] }),
    condition: [
      { test: "ForAnyValue:StringEquals", variable: "aws:TagKeys", values: ["Client", "Project"] },
      { test: "Null", variable: "ec2:CreateAction", values: ["true"] },
    ],
  };
  switch (emrServicePolicy) {
    case undefined:
      return [];
    case "v1":
      return [allow([...emrCreates, ...emrChanges], ["*"], [inRegion]), ownersTags];
    case "v2":
      return [
        allow([...emrCreates, "ec2:DeletePlacementGroup"], ["*"], [inRegion]),
        allow(emrChanges, ["*"], [inRegion, tagged]),
        allow(["ec2:CreateTags"], ["*"], [inRegion, starting]),
        ownersTags,
      ];
  }
}

/** Of AWS's two policies for the service role, but for the sharing of images, which the second left out. */
const emrCreates = [
  "ec2:CancelSpotInstanceRequests",
  "ec2:CreateFleet",
  "ec2:CreateLaunchTemplate*",
  "ec2:CreateNetworkInterface",
  "ec2:CreatePlacementGroup",
  "ec2:CreateSecurityGroup",
  "ec2:RequestSpotInstances",
  "ec2:RunInstances",
];

const emrChanges = [
  "ec2:AuthorizeSecurityGroup*",
  "ec2:CreateTags",
  "ec2:DeleteLaunchTemplate",
  "ec2:DeleteNetworkInterface",
  "ec2:DeleteSecurityGroup",
  "ec2:DeleteTags",
  "ec2:DeleteVolume",
  "ec2:DetachNetworkInterface",
  "ec2:DetachVolume",
  "ec2:ModifyInstanceAttribute",
  "ec2:RevokeSecurityGroup*",
  "ec2:TerminateInstances",
];

const objectChanges = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject", "s3:PutObjectTagging"];

/** The client's buckets; a shared stack knows no client's, so with AWS's managed policy its EMR role reaches all but the states'. */
function objectStatements(scope: CiScope): Statement[] {
  const { accountId, stateBucket, ofAllClients, gradesPrefix } = scope;
  const state = bucketArn(stateBucket);
  const buckets = ofAllClients ? ["*"] : [...scope.buckets, ...scope.existingBuckets];
  const objects = [
    ...buckets.filter((name) => name !== gradesPrefix?.split("/")[0]).map((name) => `${bucketArn(name)}/*`),
    ...(gradesPrefix === undefined ? [] : [bucketArn(gradesPrefix)]),
  ];
  return [
    deny(["s3:*"], [state, `${state}/*`]),
    ...some(buckets.map(bucketArn), (arns) => [allow(["s3:Get*", "s3:List*"], arns)]),
    ...some(objects, (arns) => [allow(["s3:Get*", "s3:List*", ...objectChanges], arns)]),
    ...madeBucketLimits(scope, objectChanges, objects),
    // EMR's own packages are in accounts of AWS.
    allow(
      ["s3:GetObject*", "s3:List*"],
      ["*"],
      [{ test: "StringNotEquals", variable: "aws:ResourceAccount", values: [accountId] }],
    ),
  ];
}

/** The most that CI's roles themselves may do, whatever policy somebody attaches to them. */
export function applyBoundaryStatements(scope: CiScope): Statement[] {
  const { accountId, name, issuer, iam } = scope;
  const services = [
    ...["ec2", "es", "kms", "logs", "rds", "s3", "secretsmanager", "ssm"],
    ...(scope.alarms ? alarmServices : []),
    ...(scope.backupsRole === undefined ? [] : ["dlm"]),
    ...httpsServices(scope),
  ];
  return [
    allow(
      services.map((service) => `${service}:*`),
      ["*"],
    ),
    allow(["iam:*"], [...iamArns(scope), serviceLinkedRole(scope, "rds.amazonaws.com")]),
    ...httpsRole(scope),
    ...elasticsearchRole(scope),
    ...some(iam.lookedUp, (arns) => [allow(["iam:Get*", "iam:List*"], arns)]),
    deny(
      boundedActions,
      ["*"],
      [{ test: "StringNotEquals", variable: "iam:PermissionsBoundary", values: [...iam.boundaries] }],
    ),
    deny(["iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"], ["*"]),
    deny(
      ["iam:*"],
      [
        `arn:aws:iam::${accountId}:role/${name}-ci-*`,
        `arn:aws:iam::${accountId}:policy/${name}-ci-*`,
        `arn:aws:iam::${accountId}:oidc-provider/${issuer}`,
      ],
    ),
    ...ciBucketLimits(scope),
    deny(["account:*", "organizations:*", "sts:AssumeRole"], ["*"]),
  ];
}
