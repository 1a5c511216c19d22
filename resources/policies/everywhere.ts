import { clusterActions } from "../../modules/cluster-actions";
import { sessionActions } from "../../modules/session-actions";
import { type Attributes, texts } from "../attributes";
import { areCovered, isNegative, keysOf, lowerCase } from "../policy-statements";
import { isNarrowed } from "./narrowing";

/** What stacks let a role do to all that there is of something, because AWS has no resources for it, or the runbook gives it. */
interface Everywhere {
  readonly actions: readonly string[];
  /**
   * Of what, as in `ec2:volume`, which is `arn:aws:ec2:…:volume/*`.
   * @default - everything: `*`
   */
  readonly of?: readonly string[];
  /**
   * Key of a condition that stacks have with it.
   * @default - none
   */
  readonly if?: string;
}

const ofClusters = [...clusterActions, "cloudwatch:PutMetricData"];

/** A test compares the list with what is synthesised. */
export const ofStacks: readonly Everywhere[] = [
  // Hosts and EMR's instances.
  { actions: ofClusters },
  { actions: sessionActions },
  {
    of: ["elasticmapreduce:cluster"],
    actions: ["DescribeCluster", "DescribeStep", "ListInstanceGroups", "ListInstances", "ListSteps"].map(
      (action) => `elasticmapreduce:${action}`,
    ),
  },
  // CI's plan role reads what cannot be named.
  {
    actions: [
      ...["AccountAttributes", "Addresses*", "AvailabilityZones", "DhcpOptions", "IamInstanceProfileAssociations"],
      ...["Images", "InstanceCreditSpecifications", "InstanceStatus", "InstanceTypes", "Instances", "InternetGateways"],
      ...["KeyPairs", "Network*", "RouteTables", "SecurityGroup*", "Subnets", "Tags", "Volume*", "VpcAttribute"],
      ...["VpcPeeringConnections", "Vpcs"],
    ].map((what) => `ec2:Describe${what}`),
  },
  {
    actions: [
      ...["cloudwatch:DescribeAlarms", "elasticloadbalancing:Describe*"],
      ...["logs:DescribeLogGroups", "logs:DescribeResourcePolicies"],
      ...["rds:DescribeDB*", "rds:DescribeGlobalClusters", "rds:ListTagsForResource"],
      ...["route53:GetChange", "route53:GetHostedZone", "route53:ListHostedZones*", "route53:ListResourceRecordSets"],
      ...["route53:ListTagsForResource", "secretsmanager:GetRandomPassword", "ssm:DescribeParameters"],
      "states:ValidateStateMachineDefinition",
    ],
  },
  { of: ["acm:certificate"], actions: ["acm:DescribeCertificate", "acm:ListTagsForCertificate"] },
  { of: ["dlm:policy"], actions: ["dlm:GetLifecyclePolicy", "dlm:ListTagsForResource"] },
  { of: ["es:domain"], actions: ["es:Describe*", "es:ListTags", "logs:ListTagsForResource"] },
  { of: ["kms:key"], actions: ["kms:DescribeKey"] },
  // CI's apply role makes what has no name yet, and marks it.
  { actions: ["ec2:AllocateAddress", "ec2:CreateSecurityGroup", "ec2:ImportKeyPair"], if: "aws:RequestedRegion" },
  { actions: ["ec2:CreateTags"], if: "ec2:CreateAction" },
  { actions: ["acm:RequestCertificate", "dlm:CreateLifecyclePolicy"], if: "aws:RequestTag/Client" },
  { actions: ["logs:DeleteResourcePolicy", "logs:PutResourcePolicy"] },
  { of: ["acm:certificate"], actions: ["acm:AddTagsToCertificate"], if: "aws:ResourceTag/Client" },
  { of: ["dlm:policy"], actions: ["dlm:TagResource"], if: "aws:ResourceTag/Client" },
  {
    of: ["ec2:instance", "ec2:key-pair", "ec2:network-interface", "ec2:security-group", "ec2:subnet", "ec2:volume"],
    actions: ["ec2:RunInstances"],
  },
  { of: ["ec2:image"], actions: ["ec2:RunInstances"], if: "ec2:Owner" },
  { of: ["ec2:network-interface"], actions: ["ec2:AssociateAddress", "ec2:DisassociateAddress"] },
  { of: ["ec2:security-group", "ec2:volume"], actions: ["ec2:ModifyInstanceAttribute"] },
  // The group of an edxapp RDS that is looked up has no name yet.
  {
    of: ["ec2:security-group"],
    actions: ["ec2:AuthorizeSecurityGroup*", "ec2:ModifySecurityGroupRules", "ec2:RevokeSecurityGroup*"],
  },
  { of: ["ec2:security-group-rule"], actions: ["ec2:AuthorizeSecurityGroup*"] },
  { of: ["ec2:subnet"], actions: ["ec2:CreateTags", "ec2:DeleteTags"], if: "aws:TagKeys" },
  { of: ["ec2:volume"], actions: ["ec2:ModifyVolume"] },
  { of: ["route53:hostedzone"], actions: ["route53:ChangeResourceRecordSets"] },
];

/** Actions that a statement allows on all there is of something, and no stack does; none where conditions narrow it. */
export function unwrittenEverywhere({ Action, Resource, Condition }: Attributes, client: string | undefined): string[] {
  const kinds = isNarrowed(Condition, client) ? [] : texts(Resource).flatMap((arn) => kindOfAll(arn) ?? []);
  return texts(Action)
    .map(String)
    .filter((action) => kinds.some((kind) => !isWritten(action, kind, Condition)));
}

/** Whether stacks allow an action on all there is of something, without a condition. */
export function isOnAllOfStacks(action: string): boolean {
  return ofStacks.some(
    ({ actions, if: key }) => key === undefined && areCovered(lowerCase(action), lowerCase(actions)),
  );
}

/** Whether a statement allows no more than hosts and EMR's instances do with clusters. */
export function isOfClusters({ Action }: Attributes): boolean {
  return areCovered(lowerCase(Action), lowerCase(ofClusters));
}

function isWritten(action: string, kind: string, condition: unknown): boolean {
  // CI's conditions on tags hold where there are none as well: on what is being made.
  const keys = keysOf(condition)
    .filter(([operator]) => !isNegative(operator) && !/^null$/i.test(operator))
    .map(([, key]) => key.toLowerCase());
  return ofStacks.some(
    ({ actions, of = ["*"], if: key }) =>
      of.includes(kind) &&
      areCovered(lowerCase(action), lowerCase(actions)) &&
      (key === undefined || keys.includes(key.toLowerCase())),
  );
}

/** Whether a resource is what is below one that AWS has yet to give the ARN of, as in `${aws_s3_bucket.data.arn}/*`. */
export function isBelowReference(text: string): boolean {
  return /^\$\{[\w.[\]"*-]+\}[/:]/.test(text);
}

/** Of what an ARN names all, as in `ec2:volume`; `*` where it is all of a service or more, undefined where it is less. */
export function kindOfAll(resource: unknown): string | undefined {
  const text = String(resource);
  if (isBelowReference(text)) {
    return undefined;
  }
  const [, , service = "", , , ...rest] = text.split(":");
  const name = rest.join(":");
  if (/^[*?]/.test(text) || /[*?]/.test(service) || (rest.length === 0 && /[*?]$/.test(text)) || /^[*?/]/.test(name)) {
    return "*";
  }
  // Buckets and topics have no type before the name.
  const [, type] = ["s3", "sns", "sqs"].includes(service) ? [] : (/^([\w-]+)[/:]?[*?]/.exec(name) ?? []);
  return type === undefined ? undefined : `${service}:${type}`;
}
