import { DescribeKeyPairsCommand, DescribeTagsCommand, type SecurityGroupRule } from "@aws-sdk/client-ec2";
import { absent } from "../../preflight/finding";
import { type Finder, found, type LookUp, missing, type Outcome } from "../look-up";
import type { StackResource } from "../stack-resources";

export const ec2Finders: Readonly<Record<string, Finder>> = {
  aws_security_group: async (group, lookUp) => {
    const vpcId = await lookUp.text(group, "vpc_id");
    return found(
      vpcId === undefined ? undefined : (await lookUp.inventory.group(vpcId, group.arguments.name as string))?.GroupId,
    );
  },
  aws_vpc_security_group_ingress_rule: (rule, lookUp) => ruleOutcome(rule, lookUp, false),
  aws_vpc_security_group_egress_rule: (rule, lookUp) => ruleOutcome(rule, lookUp, true),
  aws_instance: async (instance, { inventory }) => {
    const name = (instance.arguments.tags as { Name: string }).Name;
    const instances = await inventory.instances(name);
    return instances.length > 1
      ? {
          kind: "unknown",
          why: `${instances.map(({ InstanceId }) => InstanceId).join(", ")} are all called ${name}; add the line of the right one to the file of imports`,
        }
      : found(instances[0]?.InstanceId);
  },
  aws_eip: async (_, lookUp) => {
    const association = lookUp.resources.all().find(({ type }) => type === "aws_eip_association");
    const instanceId = association && (await lookUp.text(association, "instance_id"));
    const address = instanceId && (await lookUp.inventory.address(instanceId));
    return address ? found(address.AllocationId) : elsewhere(lookUp);
  },
  aws_eip_association: async (association, lookUp) => {
    const allocation = await lookUp.text(association, "allocation_id");
    return allocation === undefined
      ? missing
      : { kind: "made", why: "AWS takes the same association again; an import would not know all of it" };
  },
  aws_key_pair: async (pair, { inventory: { aws } }) => {
    const name = pair.arguments.key_name as string;
    const command = new DescribeKeyPairsCommand({ KeyNames: [name] });
    const answer = await aws.askIfThere("ec2:DescribeKeyPairs", aws.ec2.send(command), absent.keyPair);
    return answer?.KeyPairs?.length
      ? {
          kind: "conflict",
          why: `the key pair ${name} is there, and Terraform, which cannot compare its public key, would replace it. Use { existing: "${name}" }`,
        }
      : missing;
  },
  aws_ec2_tag: async (tag, lookUp) => {
    const { aws } = lookUp.inventory;
    const [id, key] = [await lookUp.text(tag, "resource_id"), tag.arguments.key as string];
    const command = new DescribeTagsCommand({
      Filters: [
        { Name: "resource-id", Values: [id as string] },
        { Name: "key", Values: [key] },
      ],
    });
    const answer = id === undefined ? undefined : await aws.ask("ec2:DescribeTags", aws.ec2.send(command));
    return found(answer?.Tags?.length ? `${id},${key}` : undefined);
  },
};

/** The Elastic IP on another host than the active one, which a new one would take the place of. */
async function elsewhere(lookUp: LookUp): Promise<Outcome> {
  for (const { address } of lookUp.resources.all().filter(({ type }) => type === "aws_instance")) {
    const host = await lookUp.outcome(address);
    const elasticIp =
      host.kind === "found" && !address.endsWith(".director") && (await lookUp.inventory.address(host.id));
    if (elasticIp) {
      const why = `${elasticIp.PublicIp} is the address of ${address}, and \`hosts.active\` names another one. Correct it`;
      return { kind: "conflict", why };
    }
  }
  return missing;
}

/** A rule is the same as another by what it lets through, whatever its description. */
async function ruleOutcome(rule: StackResource, lookUp: LookUp, egress: boolean): Promise<Outcome> {
  const [groupId, peer, cidr] = await Promise.all(
    ["security_group_id", "referenced_security_group_id", "cidr_ipv4"].map((name) => lookUp.text(rule, name)),
  );
  const wantsPeer = rule.arguments.referenced_security_group_id !== undefined;
  if (groupId === undefined || (wantsPeer ? peer : cidr) === undefined) {
    return missing;
  }
  const rules = await lookUp.inventory.rules(groupId);
  const same = rules.find(
    (candidate) =>
      candidate.IsEgress === egress &&
      candidate.ReferencedGroupInfo?.GroupId === peer &&
      candidate.CidrIpv4 === cidr &&
      sameTraffic(candidate, rule),
  );
  return found(same?.SecurityGroupRuleId);
}

function sameTraffic(candidate: SecurityGroupRule, { arguments: given }: StackResource): boolean {
  return (
    candidate.IpProtocol === given.ip_protocol &&
    (given.ip_protocol === "-1" || (candidate.FromPort === given.from_port && candidate.ToPort === given.to_port))
  );
}
