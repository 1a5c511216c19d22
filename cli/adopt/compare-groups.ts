import type { Aws } from "../../resources/aws/aws";
import { fieldOf } from "../client-fields";
import type { Comparison } from "./comparison";

/** Compares the groups that hosts and databases are in with those that the stack would leave them in. */
export async function compareGroups({ draft, lookUp }: Comparison): Promise<void> {
  const { aws, resources } = lookUp;
  for (const resource of [...resources.of("aws_db_instance"), ...resources.of("aws_instance")]) {
    const id = await lookUp.foundId(resource.address);
    if (id === undefined) {
      continue;
    }
    const { vpcId, groupIds } =
      resource.type === "aws_instance" ? await ofInstance(aws, id) : await ofDatabase(aws, id);
    const given = (resource.arguments.vpc_security_group_ids ?? []) as readonly string[];
    const inFile = given.filter((id) => !id.includes("${"));
    const own = await lookUp.texts(resource, "vpc_security_group_ids");
    const byDefault =
      vpcId !== undefined && draft.at("network.defaultSecurityGroup") === true
        ? (await aws.ec2.group(vpcId, "default"))?.GroupId
        : undefined;
    const others = groupIds.filter((id) => id !== byDefault && (!own.includes(id) || inFile.includes(id)));
    const path = `${fieldOf(resource.address)}.additionalSecurityGroupIds`;
    draft.compare(path, [...inFile].sort(), others.sort(), `groups that ${id} is in besides`);
  }
}

async function ofInstance({ ec2 }: Aws, id: string) {
  const instance = await ec2.instance(id);
  return {
    vpcId: instance?.VpcId,
    groupIds: (instance?.SecurityGroups ?? []).map(({ GroupId }) => GroupId as string),
  };
}

async function ofDatabase({ rds }: Aws, identifier: string) {
  const database = await rds.instance(identifier);
  return {
    vpcId: database?.DBSubnetGroup?.VpcId,
    groupIds: (database?.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId }) => VpcSecurityGroupId as string),
  };
}
