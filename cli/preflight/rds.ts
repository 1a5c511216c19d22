import {
  type DBInstance,
  type DBSubnetGroup,
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
  ListTagsForResourceCommand,
  paginateDescribeOrderableDBInstanceOptions,
} from "@aws-sdk/client-rds";
import type { ClientConfig } from "../../clients/config/client";
import { finalSnapshotName, networkName, parameterGroupName } from "../../clients/config/names";
import { type DatabaseIteration, databaseIterationsOf, majorMinor } from "../../clients/config/resolve";
import { pages } from "../pages";
import { absent, ask, type Context, type Finding, nameIsFree, ok, refused, warning } from "./finding";

/** RDS's names, of which a region has one each, what RDS offers there, and the edxapp server. */
export async function* rdsFindings(context: Context, client: ClientConfig): AsyncGenerator<Finding> {
  const { existingSubnetGroup } = client.database;
  const subnetGroup = existingSubnetGroup ?? networkName(client.name);
  yield await ask(`subnet group ${subnetGroup}`, async () => {
    const found = await findSubnetGroup(context, subnetGroup);
    return existingSubnetGroup === undefined
      ? groupAnswer(context, found?.DBSubnetGroupArn, "Rename the client, or delete the group")
      : found === undefined
        ? refused("is missing. Correct `database.existingSubnetGroup`, or remove it.")
        : ok(`is there, and is used as it is: ${found.VpcId}`);
  });
  for (const iteration of databaseIterationsOf(client)) {
    const { identifier, key } = iteration;
    const field = `database.iterations.${key}`;
    yield await ask(`RDS ${identifier}`, () => instanceAnswer(context, iteration, field));
    const parameterGroup = parameterGroupName(iteration);
    yield await ask(`parameter group ${parameterGroup}`, () =>
      parameterGroupAnswer(context, parameterGroup, `Set \`${field}.identifier\`, or delete the group`),
    );
    yield await ask(`snapshot ${finalSnapshotName(identifier)}`, () => snapshotAnswer(context, identifier, field));
    yield await ask(iteration.instanceClass, async () =>
      (await instance(context, identifier))?.DBInstanceClass === iteration.instanceClass
        ? ok(`is what ${identifier} has`)
        : offerAnswer(context, iteration, field),
    );
  }
  if (client.edxapp.database.identifier !== undefined) {
    yield await edxappDatabase(context, client.edxapp.database);
  }
}

async function instanceAnswer(context: Context, { identifier, masterPassword }: DatabaseIteration, field: string) {
  const found = await instance(context, identifier);
  if (masterPassword === "existing" && found?.MasterUserSecret !== undefined) {
    return refused(`has a master password that RDS manages. Remove \`${field}.masterPassword\`.`);
  }
  if (masterPassword === "existing" && found === undefined) {
    return refused(
      `is missing, and a new instance has no password to keep. Correct \`${field}.identifier\`, or remove \`${field}.masterPassword\`.`,
    );
  }
  return nameIsFree(context, found && (found.TagList ?? []), `Set \`${field}.identifier\``, [
    "aws_db_instance",
    identifier,
  ]);
}

async function findSubnetGroup({ aws }: Context, name: string): Promise<DBSubnetGroup | undefined> {
  const command = new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: name });
  const answer = await aws.askIfThere("rds:DescribeDBSubnetGroups", aws.rds.send(command), absent.subnetGroup);
  return answer?.DBSubnetGroups?.[0];
}

async function parameterGroupAnswer(context: Context, name: string, fix: string) {
  const command = new DescribeDBParameterGroupsCommand({ DBParameterGroupName: name });
  const found = await context.aws.askIfThere(
    "rds:DescribeDBParameterGroups",
    context.aws.rds.send(command),
    absent.parameterGroup,
  );
  return groupAnswer(context, found?.DBParameterGroups?.[0]?.DBParameterGroupArn, fix);
}

async function groupAnswer(context: Context, arn: string | undefined, fix: string) {
  const { aws } = context;
  const tags =
    arn &&
    (await aws.ask("rds:ListTagsForResource", aws.rds.send(new ListTagsForResourceCommand({ ResourceName: arn }))))
      .TagList;
  return nameIsFree(context, arn === undefined ? undefined : tags || [], fix);
}

/** A final snapshot outlives its instance, and its name is taken then. */
async function snapshotAnswer({ aws }: Context, identifier: string, field: string) {
  const command = new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: finalSnapshotName(identifier) });
  const found = await aws.askIfThere("rds:DescribeDBSnapshots", aws.rds.send(command), absent.snapshot);
  return found?.DBSnapshots?.length
    ? warning(
        `is taken by a final snapshot of before, so this instance could not be destroyed later. Copy and delete it, or set \`${field}.identifier\`.`,
      )
    : ok("is free");
}

async function offerAnswer({ aws, region }: Context, iteration: DatabaseIteration, field: string) {
  const { engineVersion, instanceClass, storageType } = iteration;
  const options = await aws.ask(
    "rds:DescribeOrderableDBInstanceOptions",
    pages(
      paginateDescribeOrderableDBInstanceOptions(
        { client: aws.rds },
        { Engine: "mysql", DBInstanceClass: instanceClass },
      ),
      (page) => page.OrderableDBInstanceOptions,
    ),
  );
  const exact = engineVersion !== majorMinor(engineVersion);
  const versions = new Set(
    options
      .filter((option) => option.StorageType === storageType)
      .map(({ EngineVersion = "" }) => (exact ? EngineVersion : majorMinor(EngineVersion))),
  );
  return versions.has(engineVersion)
    ? ok(`is offered in ${region} with MySQL ${engineVersion} on ${storageType}`)
    : refused(
        `is not offered in ${region} with MySQL ${engineVersion} on ${storageType}, but with ${[...versions].sort().join(", ") || "none"}. Change \`${field}\`.`,
      );
}

async function edxappDatabase(context: Context, config: ClientConfig["edxapp"]["database"]): Promise<Finding> {
  return ask(`RDS ${config.identifier}`, async () => {
    const found = await instance(context, config.identifier as string);
    if (found === undefined) {
      return refused(
        `is missing in ${context.region}. Correct \`edxapp.database.identifier\`, or give \`address\` and \`securityGroupIds\`.`,
      );
    }
    const groups = (found.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId }) => VpcSecurityGroupId as string);
    const { access, ruleSecurityGroupId } = config;
    if (access !== "print" && ruleSecurityGroupId === undefined && groups.length !== 1) {
      return refused(
        `has the groups ${groups.join(", ")}. Name the one that gets the rules in \`edxapp.database.ruleSecurityGroupId\`.`,
      );
    }
    return access !== "print" && ruleSecurityGroupId !== undefined && !groups.includes(ruleSecurityGroupId)
      ? refused(`has the groups ${groups.join(", ")}. Name one of them in \`edxapp.database.ruleSecurityGroupId\`.`)
      : ok(`is there, edxapp's: ${found.DBInstanceStatus}, ${found.Endpoint?.Address ?? "no address yet"}`);
  });
}

async function instance({ aws }: Context, identifier: string): Promise<DBInstance | undefined> {
  const command = new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier });
  const answer = await aws.askIfThere("rds:DescribeDBInstances", aws.rds.send(command), absent.database);
  return answer?.DBInstances?.[0];
}
