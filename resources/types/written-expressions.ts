/**
 * Expressions that stacks write, other than a reference alone: `<name>` stands for a name, `<text>` for a text without an expression in
 * it, `<number>` for a number. Terraform evaluates any other one too, as `file(…)`. A test compares them with what is synthesised.
 */
type Forms = readonly string[];

/** A condition that Terraform checks, and what its message may show beside text. */
interface Condition {
  readonly conditions: Forms;
  readonly messages: Forms;
}

const ofRecord = ["name", "type", "value"].map(
  (field) => `one(aws_acm_certificate.<name>.domain_validation_options[*].resource_record_${field})`,
);
const engine = 'join(".", slice(split(".", self.engine_version_actual), 0, 2))';
const patch = "^[0-9]+[.][0-9]+[.]([0-9]+)";
const part = (version: string, of: string) => `tonumber(try(regex("${of}", self.${version})[0], "0"))`;
const newest = (version: string) => `${part(version, patch)} * <number> + ${part(version, "-rds[.]([0-9]+)$")}`;
const inVpc = ["self.vpc_id == data.aws_vpc.<name>.id", "self.vpc_id == aws_vpc.<name>.id"];
const toGateway = (not: string) =>
  `anytrue([for route in self.routes : route.cidr_block == "0.0.0.0/0" && ${not}startswith(route.gateway_id, "igw-")])`;
const merged = (statements: string) => `jsonencode(merge(local.<name>, {Statement = ${statements}}))`;

function keepsKey(attribute: string): Condition {
  const found = `coalesce(self.${attribute}, "no key")`;
  return { conditions: [`endswith("<text>", ${found})`], messages: [found] };
}

const ofDatabase = keepsKey("kms_key_id");

/** Of what has conditions, by its mode and type: preconditions, postconditions, and assertions of a `check`. */
export const writtenConditions: Readonly<Record<string, Condition>> = {
  check: { conditions: ["!aws_sns_topic_subscription.<name>.pending_confirmation"], messages: [] },
  "data.aws_db_instance": {
    conditions: ["length(self.vpc_security_groups) == 1", 'contains(self.vpc_security_groups, "<text>")'],
    messages: ['join(", ", self.vpc_security_groups)'],
  },
  "data.aws_db_subnet_group": { conditions: inVpc, messages: ["self.name", "self.vpc_id"] },
  "data.aws_eips": {
    conditions: ['length(self.allocation_ids) == 0 || contains(data.aws_s3_objects.<name>.keys, "<text>")'],
    messages: ['join(", ", self.allocation_ids)'],
  },
  "data.aws_route_table": {
    conditions: [toGateway(""), toGateway("!")],
    messages: ["self.id", "data.aws_subnet.<name>.id"],
  },
  "data.aws_s3_bucket": {
    conditions: ['endswith(self.bucket_regional_domain_name, "<text>")'],
    messages: ["self.id", "self.bucket_regional_domain_name"],
  },
  "data.aws_ssm_parameters_by_path": {
    conditions: ["try(jsondecode(one(self.values)).<name>, 0) == <number>"],
    messages: [],
  },
  "data.aws_subnet": { conditions: inVpc, messages: ["self.id", "self.vpc_id"] },
  "data.aws_vpc": { conditions: ["self.enable_dns_hostnames && self.enable_dns_support"], messages: ["self.id"] },
  "resource.aws_db_instance": {
    conditions: [
      `${engine} == "<text>"`,
      `!can(regex("${patch}", self.engine_version)) || ${newest("engine_version_actual")} <= ${newest("engine_version")}`,
      ...ofDatabase.conditions,
    ],
    messages: [engine, "self.engine_version", "self.engine_version_actual", ...ofDatabase.messages],
  },
  "resource.aws_elasticsearch_domain": keepsKey("encrypt_at_rest[0].kms_key_id"),
  "resource.aws_instance": keepsKey("root_block_device[0].kms_key_id"),
  "resource.aws_lb_listener": {
    conditions: ['aws_acm_certificate.<name>.status == "ISSUED"'],
    messages: ["aws_acm_certificate.<name>.domain_name", "aws_acm_certificate.<name>.status", ...ofRecord],
  },
  "resource.aws_s3_bucket_policy": { conditions: ["length(local.<name>) > 0"], messages: [] },
  "resource.terraform_data": { conditions: ['self.output == "<text>"'], messages: ["self.output"] },
};

/** Of arguments, by their paths without names of blocks. A reference alone is judged with the resource that has it. */
export const writtenExpressions: Readonly<Record<string, Forms>> = {
  "data.aws_route_table.route_table_id": [
    "length(data.aws_route_tables.<name>.ids) == 1 ? one(data.aws_route_tables.<name>.ids) : data.aws_route_table.<name>.id",
  ],
  "ephemeral.aws_secretsmanager_secret_version.secret_id": [
    "one(data.aws_db_instance.<name>.master_user_secret).secret_arn",
  ],
  locals: [
    "jsondecode(data.aws_s3_bucket_policy.<name>.policy)",
    '[for statement in flatten([local.<name>.Statement]) : statement if try(statement.Sid, "") != "<text>"]',
  ],
  output: [
    "one(aws_db_instance.<name>.master_user_secret[*].secret_arn)",
    'join(" ", setunion(data.aws_db_instance.<name>.vpc_security_groups, [<reference>]))',
    'join(" ", setunion([<texts>], [<reference>]))',
    ...ofRecord,
  ],
  "provider.mysql.password": ["jsondecode(ephemeral.aws_secretsmanager_secret_version.<name>.secret_string).password"],
  "resource.aws_route53_record": ofRecord,
  "resource.aws_s3_bucket_policy.policy": [
    merged("concat(local.<name>, jsondecode(data.aws_iam_policy_document.<name>.json).Statement)"),
    merged("local.<name>"),
  ],
  "resource.aws_vpc_security_group_ingress_rule.security_group_id": [
    "one(data.aws_db_instance.<name>.vpc_security_groups)",
  ],
};

/** Attributes whose changes stacks leave as they are, by the type of the resource. */
export const ignoredChanges: Readonly<Record<string, readonly string[]>> = {
  aws_db_instance: ["engine_lifecycle_support", "snapshot_identifier", "restore_to_point_in_time", "kms_key_id"],
  aws_elasticsearch_domain: ["encrypt_at_rest[0].kms_key_id"],
  aws_iam_policy: ["description"],
  aws_instance: ["ami", "user_data", "associate_public_ip_address", "root_block_device[0].kms_key_id"],
  terraform_data: ["input"],
};

/** Types of which each resource says whether Terraform may destroy it. */
export const guardedTypes: readonly string[] = [
  "aws_db_instance",
  "aws_eip",
  "aws_elasticsearch_domain",
  "aws_instance",
  "aws_s3_bucket",
  "aws_security_group",
  "mysql_database",
];
