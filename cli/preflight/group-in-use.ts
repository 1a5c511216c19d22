import type { NetworkInterface } from "@aws-sdk/client-ec2";
import type { Aws } from "../../resources/aws/aws";
import { type Finding, ok, refused } from "../findings";
import { ask, type Context } from "./finding";

/**
 * AWS deletes no group that something is in, or that a rule of another group names, and Terraform waits for it.
 * @param managed ids of the stack's own rules, which go first
 */
export async function* groupFindings(context: Context, managed: ReadonlySet<string>): AsyncGenerator<Finding> {
  const { aws, lookUp } = context;
  const found = await lookUp.foundAmong(lookUp.resources.of("aws_security_group"));
  const goes = { groups: new Set(found.map(([, id]) => id)), rules: managed };
  for (const [{ arguments: given }, id] of found) {
    yield await ask(`group ${given.name}`, async () => {
      const problems = [
        ...(await databasesIn(context, id)),
        ...(await instancesIn(context, id)),
        ...(await rulesThatName(aws, id, goes)),
      ];
      return problems.length === 0
        ? ok("is used by nothing else")
        : refused(`${problems.join(" It ")} The destroy would wait in vain.`);
    });
  }
}

async function databasesIn({ aws, lookUp }: Context, id: string): Promise<string[]> {
  const own = lookUp.resources.of("aws_db_instance").map(({ arguments: { identifier } }) => identifier);
  const members = (await aws.rds.instances())
    .filter(({ DBInstanceIdentifier }) => !own.includes(DBInstanceIdentifier))
    .filter(({ VpcSecurityGroups = [] }) => VpcSecurityGroups.some((group) => group.VpcSecurityGroupId === id))
    .map(({ DBInstanceIdentifier }) => DBInstanceIdentifier);
  return members.length === 0
    ? []
    : [
        `has RDS ${members.join(", ")} in it. Remove the group from it; sg-… are its other groups: \`aws rds modify-db-instance --region ${aws.region} --db-instance-identifier ${members[0]} --apply-immediately --vpc-security-group-ids sg-…\`.`,
      ];
}

/** Instances, as of a cluster that runs, and interfaces without one; those of AWS's services go with what they are of. */
async function instancesIn({ aws, lookUp }: Context, id: string): Promise<string[]> {
  const own = (await lookUp.foundAmong(lookUp.resources.of("aws_instance"))).map(([, instance]) => instance);
  const members = (await aws.ec2.interfacesIn(id)).flatMap((one) => memberOf(one) ?? []);
  const others = [...new Set(members)].filter((member) => !own.includes(member));
  return others.length === 0
    ? []
    : [`has ${others.join(", ")} in it. Terminate the EMR clusters, or have others taken off the group.`];
}

function memberOf({ Attachment, NetworkInterfaceId, RequesterManaged }: NetworkInterface): string | undefined {
  return Attachment?.InstanceId ?? (RequesterManaged ? undefined : NetworkInterfaceId);
}

/** Rules of groups that stay. */
async function rulesThatName(
  { ec2 }: Aws,
  id: string,
  goes: Readonly<Record<"groups" | "rules", ReadonlySet<string>>>,
): Promise<string[]> {
  const rules: string[] = [];
  for (const { GroupId = "", GroupName } of await ec2.groupsThatName(id)) {
    for (const rule of goes.groups.has(GroupId) ? [] : await ec2.rules(GroupId)) {
      if (rule.ReferencedGroupInfo?.GroupId === id && !goes.rules.has(rule.SecurityGroupRuleId ?? "")) {
        rules.push(`${rule.SecurityGroupRuleId} of group ${GroupName}`);
      }
    }
  }
  return rules.length === 0 ? [] : [`is named by rules of others: ${rules.join(", ")}. Have them removed.`];
}
