import type { ElasticsearchDomainStatus } from "@aws-sdk/client-elasticsearch-service";
import type { DBInstance } from "@aws-sdk/client-rds";
import type { Described } from "../../config/client";
import { generatedLogins } from "../../config/tables/mysql-passwords";
import { awsInstancePolicy } from "../../modules/emr-roles";
import { attributesOf } from "../../resources/attributes";
import type { Aws } from "../../resources/aws/aws";
import type { LookUp } from "../../resources/look-up";
import type { StackResource } from "../../resources/stack-resources";
import { fieldOf } from "../client-fields";
import { compareExpiration } from "./buckets";
import type { Draft } from "./draft";
import { compareHost } from "./hosts";

/** What a comparison reads, and the draft in which it notes differences. */
export interface Comparison {
  readonly described: Described;
  readonly draft: Draft;
  readonly lookUp: LookUp;
}

/** Compares one resource that was found under an id with what the stack would make of it. */
type Compare = (comparison: Comparison, resource: StackResource, id: string) => Promise<void>;

/** Why what AWS cannot change in place has to be in the file as it is. */
const replaced = "AWS makes another one for anything else";

/** What has fields in the client file, by Terraform's type. */
const comparisons: Readonly<Record<string, Compare>> = {
  aws_security_group: compareDescription,
  aws_instance: comparing(({ ec2 }, id) => ec2.instance(id), compareHost),
  aws_db_instance: comparing(({ rds }, id) => rds.instance(id), compareDatabase),
  aws_elasticsearch_domain: comparing(({ elasticsearch }, id) => elasticsearch.domain(id), compareDomain),
  aws_iam_role: compareEmrRole,
};

/** Compares what was found with what the stack would make of it, as far as a field of the client file decides on it. */
export async function compareAll(comparison: Comparison): Promise<void> {
  const { lookUp } = comparison;
  const found = await lookUp.foundAmong(lookUp.resources.all);
  for (const [resource, id] of found) {
    await comparisons[resource.type]?.(comparison, resource, id);
  }
  // Once it is known whether all are in `default`.
  for (const [resource, id] of found) {
    if (["aws_db_instance", "aws_instance"].includes(resource.type)) {
      await compareGroups(comparison, resource, id);
    }
  }
  await compareExpiration(comparison);
}

/** Compares what AWS tells of a resource by its id; there is none where a line of the file of imports has a wrong one. */
function comparing<T>(
  ask: (aws: Aws, id: string) => Promise<T | undefined>,
  compare: (comparison: Comparison, resource: StackResource, found: T, id: string) => Promise<void>,
): Compare {
  return async (comparison, resource, id) => {
    const found = await ask(comparison.lookUp.aws, id);
    if (found === undefined) {
      comparison.draft.contradict(resource.address, `there is no ${id}; remove its line from the file of imports`);
    } else {
      await compare(comparison, resource, found, id);
    }
  };
}

/** Compares the groups that a host or a database is in with those that the stack would leave it in. */
async function compareGroups({ draft, lookUp }: Comparison, resource: StackResource, id: string): Promise<void> {
  const { ec2, rds } = lookUp.aws;
  const groups =
    resource.type === "aws_instance"
      ? (await ec2.instance(id))?.SecurityGroups?.map(({ GroupId }) => GroupId as string)
      : (await rds.instance(id))?.VpcSecurityGroups?.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId as string);
  const given = (resource.arguments.vpc_security_group_ids ?? []) as readonly string[];
  const inFile = given.filter((group) => !group.includes("${"));
  const own = await lookUp.texts(resource, "vpc_security_group_ids");
  const vpcId = draft.at("network.defaultSecurityGroup") === true ? await lookUp.vpcId() : undefined;
  const byDefault = vpcId && (await ec2.group(vpcId, "default"))?.GroupId;
  const others = (groups ?? []).filter(
    (group) => group !== byDefault && (!own.includes(group) || inFile.includes(group)),
  );
  const path = `${fieldOf(resource.address)}.additionalSecurityGroupIds`;
  draft.compare(path, [...inFile].sort(), others.sort(), `groups that ${id} is in besides`);
}

async function compareDescription({ draft, lookUp }: Comparison, resource: StackResource, id: string) {
  const { name, description } = resource.arguments;
  const vpcId = (await lookUp.text(resource, "vpc_id")) as string;
  const group = await lookUp.aws.ec2.group(vpcId, name as string);
  const field = fieldOf(resource.address);
  if (field !== "") {
    const why = `as the group ${group?.GroupName} has it`;
    draft.compare(`${field}.description`, description, group?.Description, why, replaced);
  } else if (group?.Description !== description) {
    draft.contradict(resource.address, `${id} is described otherwise, which AWS cannot change. Rename or remove it`);
  }
}

/** Managed policies that EMR's version of the day gave its roles, and what the client file says of them, by the role's address. */
const emrPolicies: Readonly<
  Record<string, readonly [field: "servicePolicy" | "instancePolicy", value: string, policy: string]>
> = {
  "aws_iam_role.emr_roles_service": ["servicePolicy", "v2", "AmazonEMRServicePolicy_v2"],
  "aws_iam_role.emr_roles_ec2": ["instancePolicy", awsInstancePolicy, awsInstancePolicy],
};

async function compareEmrRole({ described, draft, lookUp }: Comparison, resource: StackResource, id: string) {
  const [field, value, policy] = emrPolicies[resource.address] ?? [];
  if (field === undefined) {
    return;
  }
  const attached = await lookUp.aws.iam.attachedPolicies(id);
  if (attached.some(({ PolicyName }) => PolicyName === policy)) {
    draft.compare(`emr.${field}`, described.emr[field], value, `as the role ${id} has it`);
  }
}

async function compareDatabase(
  { draft, lookUp }: Comparison,
  resource: StackResource,
  found: DBInstance,
  id: string,
): Promise<void> {
  const { arguments: given, address } = resource;
  const { DBSubnetGroup: subnetGroup = {}, ReadReplicaSourceDBInstanceIdentifier: source } = found;
  const path = fieldOf(address);
  const why = `as the RDS instance ${id} has it`;
  if (found.Engine !== "mysql") {
    draft.contradict(address, `${id} is ${found.Engine}, and the runbook's is MySQL`);
    return;
  }
  if (source !== undefined) {
    draft.contradict(address, `${id} is a replica of ${source}, and would be promoted`);
  }
  const vpcId = await lookUp.vpcId();
  if (vpcId !== undefined && subnetGroup.VpcId !== undefined && subnetGroup.VpcId !== vpcId) {
    draft.contradict(address, `${id} is in ${subnetGroup.VpcId}, the client file's network is ${vpcId}`);
  }
  const grows = Number(draft.at(`${path}.storageGiB`)) > Number(found.AllocatedStorage);
  const noShrinking = grows ? undefined : "RDS grows the storage, and does not shrink it";
  draft.compareAll(path, why, {
    engineVersion: [given.engine_version, found.EngineVersion, "another version is an upgrade"],
    instanceClass: [given.instance_class, found.DBInstanceClass],
    storageType: [given.storage_type, found.StorageType],
    storageGiB: [given.allocated_storage, found.AllocatedStorage, noShrinking],
    maxStorageGiB: [given.max_allocated_storage, found.MaxAllocatedStorage],
    multiAz: [given.multi_az, found.MultiAZ ?? false],
    encrypted: [given.storage_encrypted, found.StorageEncrypted ?? false, replaced],
    ...(given.kms_key_id !== undefined && {
      kmsKeyId: [given.kms_key_id, found.KmsKeyId, "it keeps the key that it was made with"],
    }),
    masterUser: [given.username, found.MasterUsername, replaced],
  });
  if (given.manage_master_user_password === true && found.MasterUserSecret === undefined) {
    draft.compare(`${path}.masterPassword`, "managed", { existing: true }, why, 'with "managed", RDS would change it');
  }
  const subnetGroupName = await lookUp.text(resource, "db_subnet_group_name");
  const stays = "RDS does not move it to another in the same VPC";
  draft.compareAll("database", why, {
    "subnetGroup.existing": [subnetGroupName, subnetGroup.DBSubnetGroupName, stays],
    backupRetentionDays: [given.backup_retention_period, found.BackupRetentionPeriod],
  });
  if (draft.at("database.subnetGroup.existing") !== undefined) {
    // It has its own subnets: those that were drafted for one to be made are not wanted.
    draft.amend("network.zones", [draft.at("network.zones.0")]);
    draft.amend("network.databaseSubnetIds", undefined);
  }
  for (const login of generatedLogins) {
    draft.complete(`mysql.passwords.${login}.existing`, true, `the users of ${id} keep the passwords that they have`);
  }
}

async function compareDomain(
  { draft }: Comparison,
  { arguments: given, address }: StackResource,
  found: ElasticsearchDomainStatus,
  id: string,
): Promise<void> {
  const { ElasticsearchClusterConfig: cluster = {}, VPCOptions: vpc } = found;
  const [atRest = false, nodeToNode = false] = [
    found.EncryptionAtRestOptions?.Enabled,
    found.NodeToNodeEncryptionOptions?.Enabled,
  ];
  const [isInVpc, wantsVpc] = [vpc?.VPCId !== undefined, given.vpc_options !== undefined];
  if (isInVpc !== wantsVpc) {
    draft.contradict(
      address,
      isInVpc
        ? `${id} is inside ${vpc?.VPCId}, and AWS moves no domain: set \`elasticsearch.vpc\` with its subnet, ${vpc?.SubnetIds?.join(", ")}, the name of its group, ${vpc?.SecurityGroupIds?.join(", ")}, and \`serviceRole: { existing: true }\``
        : `${id} has a public endpoint, and AWS moves no domain: remove \`elasticsearch.vpc\``,
    );
  }
  if ((cluster.InstanceCount ?? 1) > 1 || cluster.DedicatedMasterEnabled) {
    draft.contradict(address, `${id} has several nodes, and the runbook's has one`);
  }
  if (nodeToNode !== atRest) {
    const half = nodeToNode ? "between nodes, but not at rest" : "at rest, but not between nodes";
    draft.contradict(address, `${id} is encrypted ${half}, and AWS makes another one for both or none`);
  }
  const inBlock = (block: string) => attributesOf(given[block]);
  const [wanted, key = ""] = [inBlock("encrypt_at_rest").kms_key_id, found.EncryptionAtRestOptions?.KmsKeyId];
  if (wanted !== undefined && !String(wanted).endsWith(key)) {
    draft.contradict(address, `${id} is encrypted with ${key}, and keeps that key. Remove \`elasticsearch.kmsKeyId\``);
  }
  draft.compareAll("elasticsearch", `as the domain ${id} has it`, {
    version: [given.elasticsearch_version, found.ElasticsearchVersion, "another version is an upgrade"],
    instanceType: [inBlock("cluster_config").instance_type, cluster.InstanceType],
    volumeGiB: [inBlock("ebs_options").volume_size, found.EBSOptions?.VolumeSize],
    encrypted: [inBlock("encrypt_at_rest").enabled ?? false, atRest, replaced],
    snapshotHourUtc: [
      inBlock("snapshot_options").automated_snapshot_start_hour,
      found.SnapshotOptions?.AutomatedSnapshotStartHour,
    ],
  });
}
