import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import { ListAccessKeysCommand } from "@aws-sdk/client-iam";
import type { LookUp } from "./look-up";

/** What hangs on things that are taken up, and is nobody's in the stack: Terraform does not see it, and leaves it alone. */
export async function leftAlone(lookUp: LookUp): Promise<string[]> {
  const lines: string[] = [];
  const taken = new Set<string>();
  for (const { address } of lookUp.resources.all()) {
    const outcome = await lookUp.outcome(address);
    if (outcome.kind === "found") {
      taken.add(outcome.id);
    }
  }
  for (const { address, type, arguments: given } of lookUp.resources.all()) {
    const outcome = await lookUp.outcome(address);
    if (outcome.kind !== "found") {
      continue;
    }
    const { id } = outcome;
    const name = String(given.name);
    if (type === "aws_security_group") {
      const rules = await lookUp.inventory.rules(id);
      lines.push(
        ...rules
          .filter(({ SecurityGroupRuleId }) => !taken.has(SecurityGroupRuleId as string))
          .map((rule) => `group ${name}: ${traffic(rule)}`),
      );
    } else if (type === "aws_iam_role") {
      const attached = (await lookUp.inventory.attachedPolicies(id)) ?? [];
      lines.push(
        ...attached
          .filter(({ PolicyArn }) => !taken.has(`${id}/${PolicyArn}`))
          .map(({ PolicyName }) => `role ${id}: the policy ${PolicyName}`),
      );
    } else if (type === "aws_iam_user") {
      const { aws } = lookUp.inventory;
      const keys = await aws.ask("iam:ListAccessKeys", aws.iam.send(new ListAccessKeysCommand({ UserName: id })));
      lines.push(
        ...(keys.AccessKeyMetadata ?? [])
          .filter(({ AccessKeyId }) => !taken.has(AccessKeyId as string))
          .map(({ AccessKeyId, Status }) => `user ${id}: the access key ${AccessKeyId}, ${Status?.toLowerCase()}`),
      );
    }
  }
  return lines;
}

function traffic(rule: SecurityGroupRule): string {
  const { IsEgress, IpProtocol, FromPort, ToPort, Description } = rule;
  const protocol =
    IpProtocol === "-1" ? "everything" : `${IpProtocol} ${FromPort === ToPort ? FromPort : `${FromPort}-${ToPort}`}`;
  const peer = rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.ReferencedGroupInfo?.GroupId ?? rule.PrefixListId;
  return `${protocol} ${IsEgress ? "to" : "from"} ${peer}${Description ? `, "${Description}"` : ""}`;
}
