import { DescribeSecurityGroupsCommand, type SecurityGroup } from "@aws-sdk/client-ec2";
import type { ClientConfig, SharedConfig } from "../../clients/config/client";
import { namesOf } from "../../clients/config/names";
import { ownership } from "../../clients/config/resolve";
import { emrSecurityGroupNames } from "../../modules/emr-security-groups";
import { emrTagFinding } from "./emr-tag";
import { absent, ask, type Context, type Finding, nameIsFree, ok, refused } from "./finding";
import { findVpc } from "./vpc";

/** Names of security groups, of which a VPC has one each; in a VPC to be made all are free. */
export async function* securityGroupFindings(context: Context, client: ClientConfig): AsyncGenerator<Finding> {
  const { network, existingSecurityGroups: existing, director } = client;
  const vpcId = network.vpc === "new" ? undefined : (await findVpc(context, network))?.VpcId;
  if (vpcId === undefined) {
    return;
  }
  const names = namesOf(client);
  const groups = [
    { id: director.existingSecurityGroupId, name: names.directorSecurityGroup, field: "names.directorSecurityGroup" },
    { id: existing.analytics, name: names.analyticsSecurityGroup, field: "names.analyticsSecurityGroup" },
    { id: existing.emrRds, name: names.emrRdsSecurityGroup, field: "names.emrRdsSecurityGroup" },
  ];
  for (const { id, name, field } of groups) {
    yield id === undefined
      ? await groupIsFree(context, vpcId, name, `Set \`${field}\`, or use it as it is: docs/adding-a-client.md`)
      : await groupIsThere(context, vpcId, id);
  }
  for (const id of additionalGroups(client)) {
    yield await groupIsThere(context, vpcId, id);
  }
  if ((client.emr.securityGroups ?? ownership(client)) === "create") {
    yield* emrGroupsAreFree(context, vpcId, 'Set `emr.securityGroups` to "existing", or share them');
    return;
  }
  for (const name of Object.values(emrSecurityGroupNames)) {
    let group: SecurityGroup | undefined;
    yield await ask(`group ${name}`, async () => {
      group = await groupNamed(context, vpcId, name);
      return group
        ? ok("is there")
        : refused("is missing. Deploy the account's shared stack first, or start an EMR cluster.");
    });
    if (group && client.emr.servicePolicy === "v2") {
      yield emrTagFinding(context, client, group.GroupId, group.Tags);
    }
  }
  for (const name of [`${client.name}-emr-master`, `${client.name}-emr-slave`]) {
    yield await groupIsFree(context, vpcId, name, "Rename it, or the client");
  }
}

/** Groups of others that hosts and databases are in. */
function additionalGroups({ director, hosts, database }: ClientConfig): string[] {
  const things = [director, ...Object.values(hosts.iterations), ...Object.values(database.iterations)];
  return [...new Set(things.flatMap(({ additionalSecurityGroupIds }) => additionalSecurityGroupIds))];
}

/** EMR's groups of a shared stack. */
export async function* sharedSecurityGroupFindings(context: Context, shared: SharedConfig): AsyncGenerator<Finding> {
  const vpcId = (await findVpc(context, shared.network))?.VpcId;
  if (vpcId !== undefined) {
    yield* emrGroupsAreFree(context, vpcId, "Remove it when no cluster uses it");
  }
}

async function* emrGroupsAreFree(context: Context, vpcId: string, fix: string): AsyncGenerator<Finding> {
  for (const name of Object.values(emrSecurityGroupNames)) {
    yield await groupIsFree(context, vpcId, name, fix);
  }
}

function groupIsFree(context: Context, vpcId: string, name: string, fix: string): Promise<Finding> {
  return ask(`group ${name}`, async () => {
    const group = await groupNamed(context, vpcId, name);
    return nameIsFree(context, group && (group.Tags ?? []), fix, ["aws_security_group", group?.GroupId ?? ""]);
  });
}

function groupIsThere({ aws }: Context, vpcId: string, id: string): Promise<Finding> {
  return ask(`group ${id}`, async () => {
    const command = new DescribeSecurityGroupsCommand({ GroupIds: [id] });
    const answer = await aws.askIfThere("ec2:DescribeSecurityGroups", aws.ec2.send(command), absent.group);
    const group = answer?.SecurityGroups?.[0];
    if (group === undefined) {
      return refused("is missing. Correct its id in the client file.");
    }
    return group.VpcId === vpcId
      ? ok(`is there: ${group.GroupName}`)
      : refused(`is in ${group.VpcId}, the client in ${vpcId}. Correct its id in the client file.`);
  });
}

async function groupNamed({ aws }: Context, vpcId: string, name: string): Promise<SecurityGroup | undefined> {
  const answer = await aws.ask(
    "ec2:DescribeSecurityGroups",
    aws.ec2.send(
      new DescribeSecurityGroupsCommand({
        Filters: [
          { Name: "vpc-id", Values: [vpcId] },
          { Name: "group-name", Values: [name] },
        ],
      }),
    ),
  );
  return answer.SecurityGroups?.[0];
}
