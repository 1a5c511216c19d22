import type { DBInstance } from "@aws-sdk/client-rds";
import { generatedLogins } from "../../config/tables/mysql-passwords";
import type { StackResource } from "../../resources/stack-resources";
import { fieldOf } from "../client-fields";
import { type Comparison, replaced } from "./comparison";

/** Compares an analytics RDS with what its iteration says. */
export async function compareDatabase(
  { draft, lookUp, conflict }: Comparison,
  resource: StackResource,
  found: DBInstance,
  id: string,
): Promise<void> {
  const { arguments: given, address } = resource;
  const path = fieldOf(address);
  const why = `as the RDS instance ${found.DBInstanceIdentifier} has it`;
  if (found.Engine !== "mysql") {
    conflict(address, `${found.DBInstanceIdentifier} is ${found.Engine}, and the runbook's is MySQL`);
    return;
  }
  if (found.ReadReplicaSourceDBInstanceIdentifier !== undefined) {
    conflict(address, `${id} is a replica of ${found.ReadReplicaSourceDBInstanceIdentifier}, and would be promoted`);
  }
  const vpcId = await lookUp.vpcId();
  if (vpcId !== undefined && found.DBSubnetGroup?.VpcId !== undefined && found.DBSubnetGroup.VpcId !== vpcId) {
    conflict(address, `${id} is in ${found.DBSubnetGroup.VpcId}, the client file's network is ${vpcId}`);
  }
  const grows = Number(draft.at(`${path}.storageGiB`)) > Number(found.AllocatedStorage);
  draft.compareAll(path, why, {
    engineVersion: [given.engine_version, found.EngineVersion, "another version is an upgrade"],
    instanceClass: [given.instance_class, found.DBInstanceClass],
    storageType: [given.storage_type, found.StorageType],
    storageGiB: [
      given.allocated_storage,
      found.AllocatedStorage,
      grows ? undefined : "RDS grows the storage, and does not shrink it",
    ],
    maxStorageGiB: [given.max_allocated_storage, found.MaxAllocatedStorage],
    multiAz: [given.multi_az, found.MultiAZ ?? false],
    encrypted: [given.storage_encrypted, found.StorageEncrypted ?? false, replaced],
    masterUser: [given.username, found.MasterUsername, replaced],
  });
  if (given.manage_master_user_password === true && found.MasterUserSecret === undefined) {
    draft.compare(`${path}.masterPassword`, "managed", { existing: true }, why, 'with "managed", RDS would change it');
  }
  draft.compare(
    "database.subnetGroup.existing",
    await lookUp.text(resource, "db_subnet_group_name"),
    found.DBSubnetGroup?.DBSubnetGroupName,
    why,
    "RDS does not move it to another in the same VPC",
  );
  draft.compare("database.backupRetentionDays", given.backup_retention_period, found.BackupRetentionPeriod, why);
  for (const login of generatedLogins) {
    draft.complete(
      `mysql.passwords.${login}.existing`,
      true,
      `the users of ${found.DBInstanceIdentifier} keep the passwords that they have`,
    );
  }
}
