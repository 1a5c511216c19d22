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

/** What a change of an attribute loses, though its resource stays. */
const losingUpdates: Readonly<Record<string, (before: Attributes, after: Attributes) => string | undefined>> = {
  aws_db_instance: (before, after) =>
    Number(before.backup_retention_period) > 0 && after.backup_retention_period === 0
      ? "deletes its automated backups"
      : unprotects("deletion_protection", before, after),
  aws_instance: (before, after) => unprotects("disable_api_termination", before, after),
  aws_s3_bucket_lifecycle_configuration: (before, after) =>
    JSON.stringify(before.rule) === JSON.stringify(after.rule) ? undefined : "changes when objects are deleted",
  aws_s3_bucket_versioning: (before, after) =>
    statusOf(before) === "Enabled" && statusOf(after) !== "Enabled"
      ? "no longer keeps what is overwritten or deleted"
      : undefined,
};

/** What is lost by a change, as the rest of a sentence; undefined for nothing. */
export function lossOf(resource: ResourceChange): string | undefined {
  const kind = kindOf(resource);
  if (kind === "destroyed" || kind === "replaced") {
    return holdsNothing.includes(resource.type)
      ? undefined
      : `is ${kind}, and with it ${holdsData[resource.type] ?? "whatever it holds"}`;
  }
  const { before, after } = resource.change;
  return kind === "changed" && isAttributes(before) && isAttributes(after)
    ? losingUpdates[resource.type]?.(before, after)
    : undefined;
}

function unprotects(attribute: string, before: Attributes, after: Attributes): string | undefined {
  return before[attribute] === true && after[attribute] !== true
    ? "loses its protection: the next plan may destroy it"
    : undefined;
}

function statusOf({ versioning_configuration: configuration }: Attributes): unknown {
  const [first] = Array.isArray(configuration) ? configuration : [];
  return isAttributes(first) ? first.status : undefined;
}

function isAttributes(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
