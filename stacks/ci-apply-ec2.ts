import { canonical } from "../modules/canonical";
import { clusterTag } from "../modules/emr-tag";
import type { Statement } from "../modules/policy-document";
import { allow, some } from "./ci-plan-permissions";
import type { CiScope } from "./ci-scope";

/** Of EC2 an apply makes what is new, and changes and ends what carries its owner's tags, which it gives to what it makes alone. */
export function ec2Statements(scope: CiScope): Statement[] {
  const { region, accountId, own } = scope;
  const { hosts, images, newVpc, peering, foreignGroups, taggedSubnets } = scope.ec2;
  const arn = (kind: string) => (id: string) => `arn:aws:ec2:${region}:${accountId}:${kind}/${id}`;
  const any = (...kinds: string[]) => kinds.map((kind) => arn(kind)("*"));
  const inRegion = { test: "StringEquals", variable: "aws:RequestedRegion", values: [region] };
  return [
    allow(["ec2:CreateSecurityGroup", ...(hosts ? hostCreates : [])], ["*"], [inRegion]),
    allow([...ownChanges, ...(hosts ? hostChanges : []), ...(newVpc ? vpcChanges : [])], ["*"], [inRegion, ...own]),
    // Whoever may tag existing resources could tag those of another owner, and delete them.
    allow(["ec2:CreateTags"], ["*"], [inRegion, { test: "StringLike", variable: "ec2:CreateAction", values: ["*"] }]),
    // A new rule has no tags yet; its group is judged besides.
    allow(["ec2:AuthorizeSecurityGroup*"], any("security-group-rule")),
    ...(hosts
      ? [
          // No launch template, snapshot or image of another owner: a host that starts with one shows what is in it.
          allow(
            ["ec2:RunInstances"],
            any("instance", "key-pair", "network-interface", "security-group", "subnet", "volume"),
          ),
          allow(
            ["ec2:RunInstances"],
            [`arn:aws:ec2:${region}::image/*`],
            // Of public images the key holds AWS's alias where `ImageOwnerAlias` has one, which is `amazon` for Canonical's too:
            // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-runinstances-ami. A policy
            // of `amazon` alone was seen to start ubuntu-jammy-22.04 of 099720109477. Other verified owners' images are as public.
            [{ test: "StringEquals", variable: "ec2:Owner", values: [canonical, "amazon"] }],
          ),
          ...some(
            images.map((id) => `arn:aws:ec2:${region}::image/${id}`),
            (arns) => [allow(["ec2:RunInstances"], arns)],
          ),
          // A host's disks, and groups such as the VPC's default one, carry no tag of the owner.
          allow(["ec2:ModifyInstanceAttribute"], any("security-group", "volume")),
          allow(["ec2:ModifyVolume"], any("volume")),
          allow(["ec2:AssociateAddress", "ec2:DisassociateAddress"], any("network-interface")),
        ]
      : []),
    // A host that runs gets a role where the client file gives it one later.
    ...(scope.sessionManager || scope.directorParameters.length > 0
      ? [allow(profileChanges, any("instance"), own)]
      : []),
    ...(newVpc
      ? [
          allow(["ec2:CreateVpc"], any("vpc")),
          // The VPC of a new subnet or route table is judged by its tags besides.
          allow(
            ["ec2:CreateInternetGateway", "ec2:CreateRouteTable", "ec2:CreateSubnet"],
            any("internet-gateway", "route-table", "subnet"),
          ),
        ]
      : []),
    ...(peering === undefined
      ? []
      : [
          allow(
            ["ec2:AcceptVpcPeeringConnection", "ec2:CreateVpcPeeringConnection"],
            [arn("vpc")(peering.vpcId), ...any("vpc-peering-connection")],
          ),
          allow(["ec2:CreateRoute", "ec2:DeleteRoute"], peering.routeTableIds.map(arn("route-table"))),
        ]),
    ...some(foreignGroups.map(arn("security-group")), (arns) => [allow(ruleChanges, arns)]),
    ...some(taggedSubnets.map(arn("subnet")), (arns) => [
      allow(["ec2:CreateTags", "ec2:DeleteTags"], arns, [
        { test: "ForAllValues:StringEquals", variable: "aws:TagKeys", values: Object.keys(clusterTag) },
      ]),
    ]),
  ];
}

const ruleChanges = ["ec2:AuthorizeSecurityGroup*", "ec2:ModifySecurityGroupRules", "ec2:RevokeSecurityGroup*"];

const hostCreates = ["ec2:AllocateAddress", "ec2:ImportKeyPair"];

/** On what carries the owner's tags alone, as all lists below. */
const ownChanges = [...ruleChanges, "ec2:CreateTags", "ec2:DeleteSecurityGroup", "ec2:DeleteTags"];

const hostChanges = [
  "ec2:AssociateAddress",
  "ec2:DeleteKeyPair",
  "ec2:DisassociateAddress",
  "ec2:ModifyInstanceAttribute",
  "ec2:ModifyInstanceMetadataOptions",
  "ec2:ReleaseAddress",
  "ec2:StartInstances",
  "ec2:StopInstances",
  "ec2:TerminateInstances",
];

/** What gives a running host another role, which has to be one that the apply role may pass. */
const profileChanges = [
  "ec2:AssociateIamInstanceProfile",
  "ec2:DisassociateIamInstanceProfile",
  "ec2:ReplaceIamInstanceProfileAssociation",
];

const vpcChanges = [
  "ec2:AcceptVpcPeeringConnection",
  "ec2:AssociateRouteTable",
  "ec2:AttachInternetGateway",
  "ec2:CreateRoute",
  "ec2:CreateRouteTable",
  "ec2:CreateSubnet",
  "ec2:CreateVpcPeeringConnection",
  "ec2:DeleteInternetGateway",
  "ec2:DeleteRoute",
  "ec2:DeleteRouteTable",
  "ec2:DeleteSubnet",
  "ec2:DeleteVpc",
  "ec2:DeleteVpcPeeringConnection",
  "ec2:DetachInternetGateway",
  "ec2:DisassociateRouteTable",
  "ec2:ModifySubnetAttribute",
  "ec2:ModifyVpcAttribute",
  "ec2:ModifyVpcPeeringConnectionOptions",
];
