import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import type { LookUp } from "../../resources/look-up";
import type { StackResource } from "../../resources/stack-resources";

/** What belongs to things that are imported and is no resource of the stack: Terraform does not see it, and leaves it as it is. */
export async function unmanaged(lookUp: LookUp): Promise<string[]> {
  const imported = new Set<string>();
  const parts: { importId: string; text: string }[] = [];
  for (const resource of lookUp.resources.all()) {
    const id = await lookUp.foundId(resource.address);
    if (id !== undefined) {
      imported.add(id);
      parts.push(...(await partsOf(resource, id, lookUp)));
    }
  }
  return parts.filter(({ importId }) => !imported.has(importId)).map(({ text }) => text);
}

/** What belongs to a thing, each with the id by which a stack would import it. */
async function partsOf(
  { type, arguments: given }: StackResource,
  id: string,
  { aws: { ec2, iam } }: LookUp,
): Promise<{ importId: string; text: string }[]> {
  switch (type) {
    case "aws_security_group":
      return (await ec2.rules(id)).map((rule) => ({
        importId: rule.SecurityGroupRuleId as string,
        text: `group ${given.name}: ${traffic(rule)}`,
      }));
    case "aws_iam_role":
      return (await iam.attachedPolicies(id)).map(({ PolicyArn, PolicyName }) => ({
        importId: `${id}/${PolicyArn}`,
        text: `role ${id}: the policy ${PolicyName}`,
      }));
    case "aws_iam_user":
      return (await iam.accessKeys(id)).map(({ AccessKeyId, Status }) => ({
        importId: AccessKeyId as string,
        text: `user ${id}: the access key ${AccessKeyId}, ${Status?.toLowerCase()}`,
      }));
    default:
      return [];
  }
}

function traffic(rule: SecurityGroupRule): string {
  const { IsEgress, IpProtocol, FromPort, ToPort, Description } = rule;
  const protocol =
    IpProtocol === "-1" ? "everything" : `${IpProtocol} ${FromPort === ToPort ? FromPort : `${FromPort}-${ToPort}`}`;
  const peer = rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.ReferencedGroupInfo?.GroupId ?? rule.PrefixListId;
  return `${protocol} ${IsEgress ? "to" : "from"} ${peer}${Description ? `, "${Description}"` : ""}`;
}
