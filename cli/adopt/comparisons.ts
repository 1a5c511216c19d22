import type { ElasticsearchDomainStatus } from "@aws-sdk/client-elasticsearch-service";
import type { DBInstance } from "@aws-sdk/client-rds";
import type { Described } from "../../config/client";
import { limits } from "../../config/schema/limits";
import { generatedLogins } from "../../config/tables/mysql-logins";
import type { LookUp } from "../../resources/look-up";
import type { StackResource } from "../../resources/stack-resources";
import { compareGroups } from "./compare-groups";
import { compareHost } from "./compare-host";
import type { Draft } from "./draft";

/** What is compared with, and where what differs goes. */
export interface Comparison {
  readonly described: Described;
  readonly draft: Draft;
  readonly lookUp: LookUp;
  /** Tells what no field of the client file mends; nothing is imported then. */
  readonly conflict: (address: string, why: string) => void;
}

/** Of what a line of the file of imports names. */
export const gone = (id: string) => `there is no ${id}; remove its line from the file of imports`;

const replaced = "AWS makes another one for anything else";

/** Compares what was found with what the stack would make of it, as far as a field of the client file decides on it. */
export async function compareAll(comparison: Comparison): Promise<void> {
  for (const resource of comparison.lookUp.resources.all()) {
    const outcome = await comparison.lookUp.outcome(resource.address);
    if (outcome.kind === "found") {
      await compareOne(comparison, resource, outcome.id);
    }
  }
  // Once it is known whether all are in `default`.
  await compareGroups(comparison);
  await compareExpiration(comparison);
}

async function compareOne(comparison: Comparison, resource: StackResource, id: string): Promise<void> {
  const { rds, elasticsearch } = comparison.lookUp.aws;
  switch (resource.type) {
    case "aws_security_group":
      return compareDescription(comparison, resource, id);
    case "aws_instance":
      return compareHost(comparison, resource, id);
    case "aws_db_instance":
      return compareDatabase(comparison, resource, id, await rds.instance(id));
    case "aws_elasticsearch_domain":
      return compareDomain(comparison, resource, id, await elasticsearch.domain(id));
    case "aws_iam_role":
      return compareServiceRole(comparison, resource, id);
    default:
  }
}

const descriptionFields: Readonly<Record<string, string>> = {
  "aws_security_group.analytics": "hosts.securityGroup",
  "aws_security_group.director": "director.securityGroup",
  "aws_security_group.emr_master": "emr.securityGroups.master",
  "aws_security_group.emr_slave": "emr.securityGroups.slave",
  "aws_security_group.database_emr_rds": "emr.rdsSecurityGroup",
};

async function compareDescription({ draft, lookUp, conflict }: Comparison, resource: StackResource, id: string) {
  const vpcId = (await lookUp.text(resource, "vpc_id")) as string;
  const group = await lookUp.aws.ec2.group(vpcId, resource.arguments.name as string);
  const field = descriptionFields[resource.address];
  if (field !== undefined) {
    draft.compare(
      `${field}.description`,
      resource.arguments.description,
      group?.Description,
      `as the group ${group?.GroupName} has it`,
      replaced,
    );
  } else if (group?.Description !== resource.arguments.description) {
    conflict(resource.address, `${id} is described otherwise, which AWS cannot change. Rename or remove it`);
  }
}

async function compareDatabase(
  { draft, lookUp, conflict }: Comparison,
  resource: StackResource,
  id: string,
  found: DBInstance | undefined,
) {
  const { arguments: given, address } = resource;
  if (found === undefined) {
    conflict(address, gone(id));
    return;
  }
  const path = `database.iterations.${address.slice("aws_db_instance.database_".length)}`;
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
  draft.compare(
    `${path}.engineVersion`,
    given.engine_version,
    found.EngineVersion,
    why,
    "another version is an upgrade",
  );
  draft.compare(`${path}.instanceClass`, given.instance_class, found.DBInstanceClass, why);
  draft.compare(`${path}.storageType`, given.storage_type, found.StorageType, why);
  const grows = Number(draft.at(`${path}.storageGiB`)) > Number(found.AllocatedStorage);
  draft.compare(
    `${path}.storageGiB`,
    given.allocated_storage,
    found.AllocatedStorage,
    why,
    grows ? undefined : "RDS grows the storage, and does not shrink it",
  );
  draft.compare(`${path}.maxStorageGiB`, given.max_allocated_storage, found.MaxAllocatedStorage, why);
  draft.compare(`${path}.multiAz`, given.multi_az, found.MultiAZ ?? false, why);
  draft.compare(`${path}.encrypted`, given.storage_encrypted, found.StorageEncrypted ?? false, why, replaced);
  draft.compare(`${path}.masterUser`, given.username, found.MasterUsername, why, replaced);
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

async function compareDomain(
  { draft, conflict }: Comparison,
  resource: StackResource,
  id: string,
  found: ElasticsearchDomainStatus | undefined,
) {
  const { arguments: given, address } = resource;
  if (found === undefined) {
    conflict(address, gone(id));
    return;
  }
  const cluster = found.ElasticsearchClusterConfig ?? {};
  const why = `as the domain ${found.DomainName} has it`;
  if (found.VPCOptions?.VPCId !== undefined) {
    conflict(address, `${found.DomainName} is inside ${found.VPCOptions.VPCId}, and the runbook's is not`);
  }
  if ((cluster.InstanceCount ?? 1) > 1 || cluster.DedicatedMasterEnabled) {
    conflict(address, `${found.DomainName} has several nodes, and the runbook's has one`);
  }
  const nodeToNode = found.NodeToNodeEncryptionOptions?.Enabled ?? false;
  if (nodeToNode !== (found.EncryptionAtRestOptions?.Enabled ?? false)) {
    conflict(
      address,
      `${id} is encrypted ${nodeToNode ? "between nodes, but not at rest" : "at rest, but not between nodes"}, and AWS makes another one for both or none`,
    );
  }
  const given_ = (block: string) => (given[block] ?? {}) as Readonly<Record<string, unknown>>;
  draft.compare(
    "elasticsearch.version",
    given.elasticsearch_version,
    found.ElasticsearchVersion,
    why,
    "another version is an upgrade",
  );
  draft.compare("elasticsearch.instanceType", given_("cluster_config").instance_type, cluster.InstanceType, why);
  draft.compare("elasticsearch.volumeGiB", given_("ebs_options").volume_size, found.EBSOptions?.VolumeSize, why);
  draft.compare(
    "elasticsearch.encrypted",
    given_("encrypt_at_rest").enabled ?? false,
    found.EncryptionAtRestOptions?.Enabled ?? false,
    why,
    replaced,
  );
  draft.compare(
    "elasticsearch.snapshotHourUtc",
    given_("snapshot_options").automated_snapshot_start_hour,
    found.SnapshotOptions?.AutomatedSnapshotStartHour,
    why,
  );
}

/** EMR's roles have the managed policies that EMR's version of the day gave them. */
async function compareServiceRole({ described, draft, lookUp }: Comparison, resource: StackResource, id: string) {
  if (resource.address !== "aws_iam_role.emr_roles_service") {
    return;
  }
  const attached = await lookUp.aws.iam.attachedPolicies(id);
  if (attached.some(({ PolicyName }) => PolicyName === "AmazonEMRServicePolicy_v2")) {
    draft.compare("emr.servicePolicy", described.emr.servicePolicy, "v2", `as the role ${id} has it`);
  }
}

/** Whatever a bucket keeps for longer than the client file says would be deleted. */
async function compareExpiration({ described, draft, lookUp }: Comparison) {
  const inFile = described.kind === "client" ? described.buckets.expireAfterDays : 0;
  let longest = { days: inFile, why: "" };
  for (const resource of lookUp.resources.all()) {
    if (resource.type === "aws_s3_bucket_lifecycle_configuration") {
      const kept = await keptFor(resource, lookUp);
      longest = kept.days > longest.days ? kept : longest;
    }
  }
  draft.compare("buckets.expireAfterDays", inFile, longest.days, longest.why);
}

/** The most that the client file takes: ten years. */
const { max: longestExpiration } = limits.expireAfterDays;

/** How long an existing bucket keeps what the stack's rules would delete, days; 0 where it has nothing of it. */
async function keptFor(resource: StackResource, lookUp: LookUp): Promise<{ days: number; why: string }> {
  const bucket = (await lookUp.text(resource, "bucket")) as string;
  const name = resource.address.slice(resource.type.length + 1);
  const isThere = async (type: string) => (await lookUp.outcome(`${type}.${name}`)).kind === "found";
  if (!(await isThere("aws_s3_bucket"))) {
    return { days: 0, why: "" };
  }
  const rules = (await lookUp.aws.s3.lifecycle(bucket))?.Rules ?? [];
  const hasLogs = (resource.arguments.rule as readonly object[]).some((rule) => "expiration" in rule);
  const isVersioned = await isThere("aws_s3_bucket_versioning");
  const days = Math.max(
    hasLogs ? longestOf(rules.map(({ Expiration }) => Expiration?.Days)) : 0,
    isVersioned ? longestOf(rules.map((rule) => rule.NoncurrentVersionExpiration?.NoncurrentDays)) : 0,
  );
  return days === Infinity
    ? {
        days: longestExpiration,
        why: `the bucket ${bucket} keeps everything; ten years are the most, and fewer delete more`,
      }
    : { days, why: `as the bucket ${bucket} keeps its objects` };
}

/** The longest of some times; without one, things are kept for ever. */
function longestOf(days: readonly (number | undefined)[]): number {
  return Math.max(...days.map((number) => number ?? 0), 0) || Infinity;
}
