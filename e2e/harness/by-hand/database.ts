import { AuthorizeSecurityGroupIngressCommand } from "@aws-sdk/client-ec2";
import {
  CreateDBInstanceCommand,
  CreateDBSubnetGroupCommand,
  DescribeDBInstancesCommand,
  ModifyDBInstanceCommand,
} from "@aws-sdk/client-rds";
import { defaultVpc } from "../before";
import type { ByHandClient } from "../runbook-by-hand";
import type { World } from "../world";
import type { RunbookGroups } from "./security-groups";

export interface RunbookDatabase {
  readonly identifier: string;
  /** The id that an instance keeps for life, whatever it is called. */
  readonly resourceId: string;
  readonly address: string;
  readonly masterUser: string;
  readonly masterPassword: string;
  readonly subnetGroupName: string;
}

/** The analytics RDS as the console creates it (runbook, RDS). */
export async function databaseByHand(world: World, { ids }: RunbookGroups): Promise<RunbookDatabase> {
  const vpc = await defaultVpc(world);
  const identifier = "analytics";
  const masterUser = "root";
  const masterPassword = "noted in the secure repo of 2016";
  const subnetGroupName = `default-${vpc.id}`;
  await world.rds.send(
    new CreateDBSubnetGroupCommand({
      DBSubnetGroupName: subnetGroupName,
      DBSubnetGroupDescription: "Created from the RDS Management Console",
      SubnetIds: vpc.subnets,
    }),
  );
  await world.rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: identifier,
      DBInstanceClass: "db.t2.medium",
      Engine: "mysql",
      EngineVersion: "5.7.44",
      StorageType: "gp2",
      AllocatedStorage: 5,
      StorageEncrypted: false,
      MasterUsername: masterUser,
      MasterUserPassword: masterPassword,
      DBSubnetGroupName: subnetGroupName,
      DBParameterGroupName: "default.mysql5.7",
      VpcSecurityGroupIds: [ids.default, ids["EMR RDS"]],
      MultiAZ: false,
      PubliclyAccessible: false,
      BackupRetentionPeriod: 14,
      AutoMinorVersionUpgrade: true,
    }),
  );
  const { DBInstances = [] } = await world.rds.send(
    new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier }),
  );
  return {
    identifier,
    resourceId: DBInstances[0]?.DbiResourceId as string,
    address: DBInstances[0]?.Endpoint?.Address as string,
    masterUser,
    masterPassword,
    subnetGroupName,
  };
}

/** Gives the edxapp RDS the group `EMR RDS` beside those that it has, and, as some did besides, EMR's groups rules on its own. */
export async function joinEmrRds(world: World, { edxapp }: ByHandClient, { ids }: RunbookGroups): Promise<void> {
  const DBInstanceIdentifier = edxapp.database.identifier;
  const { DBInstances = [] } = await world.rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
  const groups = DBInstances[0]?.VpcSecurityGroups?.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId as string) ?? [];
  const peers = [ids["ElasticMapReduce-master"], ids["ElasticMapReduce-slave"]].map((GroupId) => ({ GroupId }));
  const mysql = { IpProtocol: "tcp", FromPort: 3306, ToPort: 3306, UserIdGroupPairs: peers };
  await world.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: groups[0], IpPermissions: [mysql] }));
  await world.rds.send(
    new ModifyDBInstanceCommand({ DBInstanceIdentifier, VpcSecurityGroupIds: [...groups, ids["EMR RDS"]] }),
  );
}
