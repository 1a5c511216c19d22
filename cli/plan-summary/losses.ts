import { kindOf } from "./kinds";
import type { ResourceChange } from "./plan";

/** What goes with a resource that is destroyed or replaced. */
export const holdsData: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_group: "its logs",
  aws_db_instance: "its databases",
  aws_eip: "the address that DNS and firewalls know",
  aws_elasticsearch_domain: "its indices",
  aws_iam_access_key: "the key that is in use",
  aws_iam_user: "the user and its access keys",
  aws_instance: "its disks",
  aws_key_pair: "the key that new hosts are reached with",
  aws_s3_bucket: "its objects",
  aws_s3_object: "the object",
  aws_ssm_parameter: "the secret that it holds",
  aws_vpc: "the network with everything in it",
  mysql_database: "its tables",
  mysql_user: "the login and its grants",
};

/** Types that can be made again as they were. One in neither list counts as one that holds data. */
export const holdsNothing: readonly string[] = [
  "aws_cloudwatch_log_resource_policy",
  "aws_db_parameter_group",
  "aws_db_subnet_group",
  "aws_ec2_tag",
  "aws_eip_association",
  "aws_iam_instance_profile",
  "aws_iam_openid_connect_provider",
  "aws_iam_policy",
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_iam_user_policy",
  "aws_internet_gateway",
  "aws_route",
  "aws_route_table",
  "aws_route_table_association",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_security_group",
  "aws_subnet",
  "aws_vpc_peering_connection",
  "aws_vpc_security_group_egress_rule",
  "aws_vpc_security_group_ingress_rule",
  "mysql_grant",
];

type Attributes = Readonly<Record<string, unknown>>;

const noVersions = "no longer keeps what is overwritten or deleted";

/** What goes with a resource that holds nothing itself. */
const losingEnds: Readonly<Record<string, string>> = { aws_s3_bucket_versioning: noVersions };

/** What a change of attributes loses, though its resource stays; nothing is left out. */
const losingUpdates: Readonly<Record<string, (before: Attributes, after: Attributes) => (string | false)[]>> = {
  aws_cloudwatch_log_group: (before, after) => [
    shortens("retention_in_days", before, after) && `deletes logs after ${after.retention_in_days} days`,
  ],
  aws_db_instance: (before, after) => [
    shortens("backup_retention_period", before, after) &&
      (after.backup_retention_period === 0
        ? "deletes its automated backups"
        : `keeps automated backups ${after.backup_retention_period} days, and no longer ${before.backup_retention_period}`),
    turnsOn("skip_final_snapshot", before, after) && "leaves no snapshot behind when it is destroyed",
    turnsOn("delete_automated_backups", before, after) && "takes its automated backups with it when it is destroyed",
    unprotects("deletion_protection", before, after),
  ],
  aws_instance: (before, after) => [unprotects("disable_api_termination", before, after)],
  aws_s3_bucket: (before, after) => [
    turnsOn("force_destroy", before, after) && "loses its protection: the next plan may destroy it with its objects",
  ],
  aws_s3_bucket_lifecycle_configuration: (before, after) => [
    JSON.stringify(before.rule) !== JSON.stringify(after.rule) && "changes when objects are deleted",
  ],
  aws_s3_bucket_versioning: (before, after) => [
    statusOf(before) === "Enabled" && statusOf(after) !== "Enabled" && noVersions,
  ],
};

/** What is lost by a change, each as the rest of a sentence. */
export function lossesOf(resource: ResourceChange): string[] {
  const kind = kindOf(resource);
  if (kind === "destroyed" || kind === "replaced") {
    const end = holdsNothing.includes(resource.type)
      ? losingEnds[resource.type]
      : `is ${kind}, and with it ${holdsData[resource.type] ?? "whatever it holds"}`;
    return end === undefined ? [] : [end];
  }
  const { before, after } = resource.change;
  return kind === "changed" && isAttributes(before) && isAttributes(after)
    ? (losingUpdates[resource.type]?.(before, after) ?? []).filter((loss) => loss !== false)
    : [];
}

function unprotects(attribute: string, before: Attributes, after: Attributes): string | false {
  return (
    before[attribute] === true && after[attribute] !== true && "loses its protection: the next plan may destroy it"
  );
}

function turnsOn(attribute: string, before: Attributes, after: Attributes): boolean {
  return before[attribute] !== true && after[attribute] === true;
}

/** Whether fewer days are kept; 0 is for ever in logs, and none at all of backups. */
function shortens(attribute: string, before: Attributes, after: Attributes): boolean {
  const days = (value: unknown) => (value === 0 && attribute === "retention_in_days" ? Infinity : Number(value ?? 0));
  return days(after[attribute]) < days(before[attribute]);
}

function statusOf({ versioning_configuration: configuration }: Attributes): unknown {
  const [first] = Array.isArray(configuration) ? configuration : [];
  return isAttributes(first) ? first.status : undefined;
}

function isAttributes(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
