import type { Aws } from "../../resources/aws/aws";
import type { Comparison } from "./comparison";

/** Compares the groups that hosts and databases are in with those that the stack would leave them in. */
export async function compareGroups({ draft, lookUp }: Comparison): Promise<void> {
  const { aws, resources } = lookUp;
  for (const resource of resources.all()) {
    const path = pathOf(resource.address);
    const outcome = await lookUp.outcome(resource.address);
    if (path === undefined || outcome.kind !== "found") {
      continue;
    }
    const { vpcId, groupIds } =
      resource.type === "aws_instance" ? await ofInstance(aws, outcome.id) : await ofDatabase(aws, outcome.id);
    const given = (resource.arguments.vpc_security_group_ids ?? []) as readonly string[];
    const inFile = given.filter((id) => !id.includes("${"));
    const own = await lookUp.texts(resource, "vpc_security_group_ids");
    const byDefault =
      vpcId !== undefined && draft.at("network.defaultSecurityGroup") === true
        ? (await aws.ec2.group(vpcId, "default"))?.GroupId
        : undefined;
    const others = groupIds.filter((id) => id !== byDefault && (!own.includes(id) || inFile.includes(id)));
    draft.compare(path, [...inFile].sort(), others.sort(), `groups that ${outcome.id} is in besides`);
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

/** The field that holds a thing's additional groups; undefined for what is in no group. */
function pathOf(address: string): string | undefined {
  if (address === "aws_instance.director") {
    return "director.additionalSecurityGroupIds";
  }
  const [, kind, key] = /^aws_(instance\.analytics|db_instance\.database)_(\d+)(?:_\w+)?$/.exec(address) ?? [];
  return kind && `${kind.startsWith("instance") ? "hosts" : "database"}.iterations.${key}.additionalSecurityGroupIds`;
}
