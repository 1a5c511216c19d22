import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import type { LookUp } from "./look-up";
import type { StackResource } from "./stack-resources";

/** What hangs on things that are taken up, and is nobody's in the stack: Terraform does not see it, and leaves it alone. */
export async function leftAlone(lookUp: LookUp): Promise<string[]> {
  const found: { resource: StackResource; id: string }[] = [];
  for (const resource of lookUp.resources.all()) {
    const outcome = await lookUp.outcome(resource.address);
    if (outcome.kind === "found") {
      found.push({ resource, id: outcome.id });
    }
  }
  const taken = new Set(found.map(({ id }) => id));
  const lines: string[] = [];
  for (const { resource, id } of found) {
    const hanging = await hangingOn(resource, id, lookUp);
    lines.push(...hanging.filter(({ importId }) => !taken.has(importId)).map(({ text }) => text));
  }
  return lines;
}

/** What hangs on a thing, each with the id by which a stack would take it up. */
async function hangingOn(
  { type, arguments: given }: StackResource,
  id: string,
  { inventory }: LookUp,
): Promise<{ importId: string; text: string }[]> {
  switch (type) {
    case "aws_security_group":
      return (await inventory.rules(id)).map((rule) => ({
        importId: rule.SecurityGroupRuleId as string,
        text: `group ${given.name}: ${traffic(rule)}`,
      }));
    case "aws_iam_role":
      return ((await inventory.attachedPolicies(id)) ?? []).map(({ PolicyArn, PolicyName }) => ({
        importId: `${id}/${PolicyArn}`,
        text: `role ${id}: the policy ${PolicyName}`,
      }));
    case "aws_iam_user":
      return ((await inventory.accessKeys(id)) ?? []).map(({ AccessKeyId, Status }) => ({
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
