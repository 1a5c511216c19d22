import { DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import { DescribeDBInstancesCommand, DescribeDBParametersCommand } from "@aws-sdk/client-rds";
import type { Client } from "../../../config/client";
import type { World } from "../../harness/world";
import { equal, holds } from "../equal";

/** Compares every iteration's RDS instance with the client file and the runbook. */
export async function expectDatabases(world: World, client: Client): Promise<void> {
  const groups = [client.names.emrRdsSecurityGroup, ...(client.network.defaultSecurityGroup ? ["default"] : [])];
  for (const iteration of client.database.iterations) {
    const { identifier, engineVersion } = iteration;
    const { DBInstances } = await world.rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier }));
    const instance = DBInstances?.[0];
    holds(`${identifier}: MySQL ${engineVersion}`, instance?.EngineVersion?.startsWith(engineVersion));
    equal(
      `${identifier}: the master password is RDS's`,
      instance?.MasterUserSecret?.SecretArn !== undefined,
      iteration.masterLogin === undefined,
    );
    const group = instance?.DBParameterGroups?.[0]?.DBParameterGroupName;
    const { Parameters = [] } = await world.rds.send(new DescribeDBParametersCommand({ DBParameterGroupName: group }));
    const parameter = (name: string) => Parameters.find(({ ParameterName }) => ParameterName === name)?.ParameterValue;
    equal(
      identifier,
      {
        engine: instance?.Engine,
        class: instance?.DBInstanceClass,
        storage: [instance?.StorageType, instance?.AllocatedStorage],
        encrypted: instance?.StorageEncrypted,
        multiAz: instance?.MultiAZ,
        public: instance?.PubliclyAccessible,
        initialDatabase: instance?.DBName || undefined,
        masterUser: instance?.MasterUsername,
        backups: instance?.BackupRetentionPeriod,
        minorUpgrades: instance?.AutoMinorVersionUpgrade,
        deletionProtection: instance?.DeletionProtection,
        characterSet: [parameter("character_set_server"), parameter("collation_server")],
        zones: (instance?.DBSubnetGroup?.Subnets?.length ?? 0) >= 2,
        groups: await groupNames(
          world,
          (instance?.VpcSecurityGroups ?? []).map((one) => one.VpcSecurityGroupId ?? ""),
        ),
      },
      {
        engine: "mysql",
        class: iteration.instanceClass,
        storage: [iteration.storageType, iteration.storageGiB],
        encrypted: iteration.encrypted,
        multiAz: iteration.multiAz,
        public: false,
        initialDatabase: undefined,
        masterUser: iteration.masterUser,
        backups: client.database.backupRetentionDays,
        minorUpgrades: false,
        deletionProtection: iteration.protected,
        characterSet: ["utf8", "utf8_general_ci"],
        zones: true,
        groups: groups.sort(),
      },
    );
  }
}

async function groupNames(world: World, ids: string[]): Promise<string[]> {
  const { SecurityGroups = [] } = await world.ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: ids }));
  return SecurityGroups.map(({ GroupName }) => GroupName as string).sort();
}
