import type { Tag } from "@aws-sdk/client-ec2";
import type { Client, Described } from "../../config/client";
import { emrRoleNames } from "../../modules/emr-role-names";
import { awsInstancePolicy } from "../../modules/emr-roles";
import { emrSecurityGroupNames } from "../../modules/emr-security-groups";
import { clusterTag } from "../../modules/emr-tag";
import { isWorld } from "../../resources/policies/ranges";
import { type Finding, ok, refused, warning } from "../findings";
import { ask, type Context } from "./finding";
import { routeTableOf } from "./route-table";

/** EMR's roles and groups, as far as what exists decides on what clusters reach, and whether they start. */
export async function* emrFindings(context: Context, described: Described): AsyncGenerator<Finding> {
  const { roles, instancePolicy } = described.emr;
  if (roles === "managed" && instancePolicy === "least-privilege") {
    yield await instancePolicyFinding(context);
  }
  if (described.kind === "client") {
    yield await releaseFinding(context, described.emr.releaseLabel);
    yield* described.emr.subnetId === undefined
      ? groupFindings(context, described)
      : subnetFindings(context, described.emr.subnetId);
  }
  yield await publicAccessFinding(context);
}

/** A region has not all old releases, and loses more of them. The deploy succeeds, but no cluster starts. */
function releaseFinding({ aws }: Context, label: string): Promise<Finding> {
  return ask(label, async () => {
    // Those of the same first number, which an old configuration can be moved to.
    const labels = await aws.emr.releaseLabels(label.replace(/\..*/, "."));
    return labels.includes(label)
      ? ok(`can be started in ${aws.region}`)
      : warning(
          `is not among the releases that EMR lists for ${aws.region}, so clusters may not start. Set \`emr.releaseLabel\`: ${labels.join(", ") || "no release of that number is listed"}.`,
        );
  });
}

/** EMR's block of public access looks at the rules of a cluster's groups: https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-block-public-access.html. */
function publicAccessFinding({ aws, lookUp }: Context): Promise<Finding> {
  return ask("EMR's block of public access", async () => {
    const block = await aws.emr.publicAccessBlock();
    if (!block?.BlockPublicSecurityGroupRules) {
      return ok("is off");
    }
    const permitted = block.PermittedPublicSecurityGroupRuleRanges ?? [];
    const groups = lookUp.resources.of("aws_security_group").filter(({ address }) => address.includes(".emr_"));
    const open: string[] = [];
    for (const [group, id] of await lookUp.foundAmong(groups)) {
      for (const { IsEgress, CidrIpv4, CidrIpv6, FromPort = 0, ToPort = FromPort } of await aws.ec2.rules(id)) {
        const isPermitted = permitted.some(
          ({ MinRange = 0, MaxRange = MinRange }) => MinRange <= FromPort && ToPort <= MaxRange,
        );
        if (!IsEgress && (isWorld(CidrIpv4) || isWorld(CidrIpv6)) && !isPermitted) {
          open.push(`${FromPort}-${ToPort} of ${group.arguments.name}`);
        }
      }
    }
    return open.length === 0
      ? ok("is on, and the groups of clusters are not open to the world")
      : warning(`is on, and the world reaches ${open.join(", ")}: no EMR cluster starts. Remove these rules.`);
  });
}

/** A policy that was attached by hand stays beside the client's, and Terraform does not know of it. */
async function instancePolicyFinding({ aws }: Context): Promise<Finding> {
  const role = emrRoleNames.ec2;
  return await ask(`policies of ${role}`, async () => {
    const attached = await aws.iam.attachedPolicies(role);
    const found = attached.find(({ PolicyName }) => PolicyName === awsInstancePolicy);
    return found === undefined
      ? ok("give clusters no more than the client files name")
      : warning(
          `have ${awsInstancePolicy} among them, by which clusters reach every bucket. If the plan does not destroy its attachment: \`aws iam detach-role-policy --role-name ${role} --policy-arn ${found.PolicyArn}\`.`,
        );
  });
}

/** A private subnet of the clusters; EMR makes its groups there itself. */
async function* subnetFindings({ aws, lookUp }: Context, id: string): AsyncGenerator<Finding> {
  const subnet = await aws.ec2.subnet(id);
  const vpcId = await lookUp.vpcId();
  if (subnet === undefined || subnet.VpcId !== vpcId) {
    const found = subnet === undefined ? "does not exist" : `is in ${subnet.VpcId}, the client in ${vpcId}`;
    yield { subject: `subnet ${id} of clusters`, ...refused(`${found}. Correct \`emr.subnetId\`.`) };
    return;
  }
  yield { subject: `subnet ${id} of clusters`, ...ok(`exists: ${subnet.AvailabilityZone}, ${subnet.CidrBlock}`) };
  yield await ask("way out of clusters", async () => {
    const table = await routeTableOf(aws, subnet);
    const route = table?.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === "0.0.0.0/0");
    if (route?.GatewayId?.startsWith("igw-")) {
      return refused(
        `is ${route.GatewayId}, an Internet gateway, which instances without public addresses cannot use. Name a private subnet, or remove \`emr.subnetId\`.`,
      );
    }
    return route
      ? ok(`is ${route.NatGatewayId ?? route.TransitGatewayId ?? route.NetworkInterfaceId ?? route.GatewayId}`)
      : refused(
          `is missing, so EMR clusters would stay in \`provisioning\`. Create a NAT gateway in a public subnet, then: \`aws ec2 create-route --region ${aws.region} --route-table-id ${table?.RouteTableId ?? "rtb-…"} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id nat-…\`.`,
        );
  });
}

/** EMR's own groups, where the stack's clusters get others in addition: EMR itself or a shared stack creates them. */
async function* groupFindings(context: Context, client: Client): AsyncGenerator<Finding> {
  const { aws, lookUp } = context;
  const additional = lookUp.resources.at("aws_security_group.emr_additional_master");
  const vpcId = additional && (await lookUp.text(additional, "vpc_id"));
  if (vpcId === undefined) {
    return;
  }
  for (const name of Object.values(emrSecurityGroupNames)) {
    yield await ask(`group ${name}`, async () =>
      (await aws.ec2.group(vpcId, name))
        ? ok("exists")
        : refused("does not exist. Deploy the account's shared stack first, or start an EMR cluster."),
    );
    const group = client.emr.servicePolicy === "v2" ? await aws.ec2.group(vpcId, name) : undefined;
    if (group !== undefined) {
      yield emrTagFinding(context, client, group.GroupId, group.Tags);
    }
  }
}

/**
 * Whether a subnet or group that the client uses and does not create has the tag that EMR's service policy v2 requires. A
 * deploy succeeds without it, but no cluster starts.
 */
export function emrTagFinding({ aws }: Context, client: Client, id = "", tags: readonly Tag[] = []): Finding {
  const [[key, value]] = Object.entries(clusterTag) as [[string, string]];
  const fix =
    client.sharedStack !== undefined
      ? `Deploy ${client.sharedStack} first.`
      : `Add it: \`aws ec2 create-tags --region ${aws.region} --resources ${id} --tags Key=${key},Value=${value}\`.`;
  return {
    subject: `tag on ${id}`,
    ...(tags.some(({ Key, Value }) => Key === key && Value === value)
      ? ok(`${key} exists`)
      : warning(`${key} does not exist, so with service policy v2 no EMR cluster starts. ${fix}`)),
  };
}
