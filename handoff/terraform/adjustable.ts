import { majorMinor } from "../../clients/config/resolve";
import { isObject, type Value } from "./hcl/value";

/** Gives the expression that stands for a value: a variable of its owner's where that has the same value, else the value. */
export type Use = (owner: string, value: Value) => string;

/** Where a value stands that a variable takes the place of. */
export interface Place {
  /** Type of the resource; `data.` and the type of a data source, `provider.aws` for that, `output` for outputs. */
  readonly of: string;
  /** Arguments down to the value, through however many blocks. */
  readonly path: readonly string[];
  /**
   * What the resource is called; its first group is what the variable belongs to.
   * @default - any name, the whole of which it belongs to
   */
  readonly called?: RegExp;
  /**
   * Take variables that the places before it have brought up, and no others.
   * @default false
   */
  readonly follows?: boolean;
  /**
   * What stands there instead, where it is made of variables' values and something else.
   * @default - the variable alone
   */
  readonly made?: (value: Value, use: Use) => Value;
}

/** A kind of value that a team would change without changing what the state stands on. */
export interface Adjustable {
  /** Name of the variable. A second one of that name is given a number. */
  readonly name: (owner: string) => string;
  readonly type: "string" | "number" | "map(string)";
  /** @param value the deployed one, which is the default */
  readonly description: (owner: string, value: Value) => string;
  /** Condition, and what is said where it does not hold; it depends on what the deployed value can become in place. */
  readonly validation: (variable: string, value: Value) => readonly [condition: string, message: string];
  readonly places: readonly Place[];
}

const matches = (variable: string, form: string) => `can(regex(${JSON.stringify(form)}, ${variable}))`;
const between = (variable: string, least: number, most: number) => `${variable} >= ${least} && ${variable} <= ${most}`;
const cidr = (variable: string) =>
  [`can(cidrnetmask(${variable}))`, "An IPv4 range in CIDR notation is required, as in 203.0.113.0/24."] as const;
/** A size that AWS raises in place, and never lowers. */
const grows = (variable: string, what: string, value: Value, most: number) =>
  [
    between(variable, Number(value), most),
    `${what} of ${value} to ${most} GiB is required: it can grow, and not shrink.`,
  ] as const;

const higherWholeNumber = (variable: string, value: Value) =>
  [
    `${variable} >= ${value} && floor(${variable}) == ${variable}`,
    `${value} or a higher whole number is required.`,
  ] as const;

/** A MySQL user on a server, and for whom it is. */
const userOfLogin = /^(?:analytics_\d+|edxapp)_(.+)$/;

/** Tags that every stack has: CI's roles, among others, know by them what is theirs. */
const tagsOfOurs = ["Client", "ManagedBy", "Project"];

const ingressRule = "aws_vpc_security_group_ingress_rule";
const inMaintenanceWindow = "RDS changes it in the next maintenance window, until which plans go on showing it.";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const daysOfCloudWatch = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/**
 * Instance types, sizes, versions, ranges, days and tags. Not the region, names, or anything else that would replace what
 * holds data: those are literals where they stand.
 */
export const adjustables: readonly Adjustable[] = [
  {
    name: () => "tags",
    type: "map(string)",
    description: () => `Tags on everything taggable, besides Client, ManagedBy and Project.`,
    validation: (variable) => [
      // IAM compares tag keys without regard to case.
      `alltrue([for key in keys(${variable}) : !can(regex("^(aws:|(${tagsOfOurs.join("|").toLowerCase()})$)", lower(key)))])`,
      "Client, ManagedBy and Project are set in providers.tf, and AWS keeps tags that start with aws: to itself.",
    ],
    places: [{ of: "provider.aws", path: ["default_tags", "tags"], made: withTagsOfOurs }],
  },
  {
    name: (owner) => `${owner}_instance_type`,
    type: "string",
    description: (owner) => `EC2 instance type of aws_instance.${owner}. A change stops and starts the host.`,
    validation: (variable) => [
      // Another architecture would replace the host.
      `${matches(variable, "^[a-z][a-z0-9-]*\\.[a-z0-9-]+$")} && !${matches(variable, "^(a1|[a-z]+\\d+g[a-z]*)\\.")}`,
      "An EC2 instance type is required, as in t3.medium. Graviton's, such as t4g.medium, do not run the image.",
    ],
    places: [{ of: "aws_instance", path: ["instance_type"] }],
  },
  {
    name: (owner) => `${owner}_root_volume_size`,
    type: "number",
    description: (owner) => `Root volume of aws_instance.${owner}, GiB. It can grow, and not shrink.`,
    validation: (variable, value) => grows(variable, "A root volume", value, 16384),
    places: [{ of: "aws_instance", path: ["root_block_device", "volume_size"] }],
  },
  {
    name: () => "director_ssh_cidr",
    type: "string",
    description: (owner) => `IPv4 range that may SSH to the director, of the rule director_ssh_from_${owner}.`,
    validation: cidr,
    places: [{ of: ingressRule, called: /^director_ssh_from_(.+)$/, path: ["cidr_ipv4"] }],
  },
  {
    name: () => "web_cidr",
    type: "string",
    description: (owner) =>
      `IPv4 range that reaches Insights on 80 and 443, of the rules analytics_http_from_${owner} and analytics_https_from_${owner}.`,
    validation: cidr,
    places: [{ of: ingressRule, called: /^analytics_https?_from_(.+)$/, path: ["cidr_ipv4"] }],
  },
  {
    name: (owner) => `${owner}_instance_class`,
    type: "string",
    description: (owner) => `RDS instance class of aws_db_instance.${owner}. ${inMaintenanceWindow}`,
    validation: (variable) => [
      matches(variable, "^db\\.[a-z][a-z0-9-]*\\.[a-z0-9]+$"),
      "An RDS instance class is required, as in db.t3.medium.",
    ],
    places: [{ of: "aws_db_instance", path: ["instance_class"] }],
  },
  {
    name: (owner) => `${owner}_allocated_storage`,
    type: "number",
    description: (owner) =>
      `Storage of aws_db_instance.${owner}, GiB. It can grow, by a tenth or more at a time, and not shrink. ${inMaintenanceWindow}`,
    validation: (variable, value) => grows(variable, "Storage", value, 65536),
    places: [{ of: "aws_db_instance", path: ["allocated_storage"] }],
  },
  {
    name: (owner) => `${owner}_engine_version`,
    type: "string",
    description: (owner, value) =>
      `MySQL version of aws_db_instance.${owner}: ${majorMinor(String(value))}, with or without a patch number. ${inMaintenanceWindow} Another version is a new instance beside this one.`,
    validation: (variable, value) => {
      const version = majorMinor(String(value));
      return [
        matches(variable, `^${version.replace(".", "\\.")}(\\.\\d+(-rds\\.\\d{8})?)?$`),
        `${version} is required, or a patch of it such as ${version}.44. For another version add an instance beside this one.`,
      ];
    },
    places: [{ of: "aws_db_instance", path: ["engine_version"] }],
  },
  {
    name: (owner) => `${owner}_backup_retention_period`,
    type: "number",
    description: (owner) => `Automated backups of aws_db_instance.${owner}, days.`,
    validation: (variable) => [between(variable, 1, 35), "RDS keeps automated backups for 1 to 35 days."],
    places: [{ of: "aws_db_instance", path: ["backup_retention_period"] }],
  },
  {
    name: () => "elasticsearch_version",
    type: "string",
    description: () =>
      "Elasticsearch version, the one that the Open edX release needs. It can rise within its major number; any other change would replace the domain.",
    validation: (variable, value) => {
      const [major, minor] = String(value).split(".");
      return [
        `try(tonumber(one(regex("^${major}\\\\.(\\\\d+)$", ${variable}))) >= ${minor}, false)`,
        `${value} is required, or a later ${major}: any other change would replace the domain, and lose its index.`,
      ];
    },
    places: [{ of: "aws_elasticsearch_domain", path: ["elasticsearch_version"] }],
  },
  {
    name: () => "elasticsearch_instance_type",
    type: "string",
    description: () => "Instance type of the Elasticsearch node. Those of t2 take no encryption.",
    validation: (variable) => [
      matches(variable, "^[a-z0-9]+\\.[a-z0-9]+\\.elasticsearch$"),
      "An Elasticsearch instance type is required, as in t3.small.elasticsearch.",
    ],
    places: [{ of: "aws_elasticsearch_domain", path: ["cluster_config", "instance_type"] }],
  },
  {
    name: () => "elasticsearch_volume_size",
    type: "number",
    description: () => "EBS volume of the Elasticsearch node, GiB; the instance type limits it, t3.small to 100.",
    validation: (variable) => [between(variable, 10, 3584), "A volume has 10 to 3584 GiB."],
    places: [{ of: "aws_elasticsearch_domain", path: ["ebs_options", "volume_size"] }],
  },
  {
    name: () => "expire_after_days",
    type: "number",
    description: () => "EMR's logs and old versions of objects are deleted after so many days.",
    validation: (variable) => [between(variable, 1, 3650), "1 to 3650 days are required."],
    places: [
      {
        of: "aws_s3_bucket_lifecycle_configuration",
        called: /^buckets_()/,
        path: ["rule", "noncurrent_version_expiration", "noncurrent_days"],
      },
      { of: "aws_s3_bucket_lifecycle_configuration", called: /^buckets_()/, path: ["rule", "expiration", "days"] },
    ],
  },
  {
    name: () => "elasticsearch_logs_retention_in_days",
    type: "number",
    description: () => "Application logs of Elasticsearch are deleted after so many days.",
    validation: (variable) => [
      `contains([${daysOfCloudWatch.join(", ")}], ${variable})`,
      `CloudWatch keeps logs for ${daysOfCloudWatch.slice(0, -1).join(", ")} or ${daysOfCloudWatch.at(-1)} days.`,
    ],
    places: [
      { of: "aws_cloudwatch_log_group", called: /^(elasticsearch_application_logs)$/, path: ["retention_in_days"] },
    ],
  },
  {
    // Of passwords that the client's stack makes.
    name: (owner) => `${owner}_password_version`,
    type: "number",
    description: (owner) =>
      `Version of the password of the MySQL user ${owner}. To change the password, raise it in both stacks: see README.md.`,
    validation: higherWholeNumber,
    places: [
      { of: "aws_ssm_parameter", called: /^mysql_passwords_(.+)$/, path: ["value_wo_version"] },
      {
        of: "aws_ssm_parameter",
        called: /^mysql_passwords_versions()$/,
        path: ["value"],
        follows: true,
        made: withVersions,
      },
      {
        of: "data.aws_ssm_parameters_by_path",
        path: ["lifecycle", "postcondition", "condition"],
        made: (text, use) =>
          String(text).replace(
            /(?<=\.)(\w+)(, 0\) == )(\d+)/,
            (_, owner, middle, version) => `${owner}${middle}${use(owner, Number(version))}`,
          ),
      },
      {
        of: "data.aws_ssm_parameters_by_path",
        path: ["lifecycle", "postcondition", "error_message"],
        made: (text, use) =>
          String(text).replace(
            /^Version (\d+) of the password of (\w+)/,
            (_, version, owner) => `Version \${${use(owner, Number(version))}} of the password of ${owner}`,
          ),
      },
      { of: "mysql_user", called: userOfLogin, path: ["password_wo_version"], follows: true },
    ],
  },
  {
    // Of passwords that the operator puts into SSM, such as the migration user's.
    name: (owner) => `${owner}_password_version`,
    type: "number",
    description: (owner) =>
      `Version of the password of the MySQL user ${owner}, which is put into SSM by hand. Raised, it sets the one that is there.`,
    validation: higherWholeNumber,
    places: [{ of: "mysql_user", called: userOfLogin, path: ["password_wo_version"] }],
  },
  {
    name: () => "emr_release_label",
    type: "string",
    description: () => "EMR release of the clusters that the pipeline starts, release_label of emr-vars.yml.",
    validation: (variable) => [
      matches(variable, "^emr-\\d+\\.\\d+\\.\\d+$"),
      "An EMR release is required, as in emr-4.9.6.",
    ],
    places: [{ of: "output", called: /^(emr_release_label)$/, path: ["value"] }],
  },
];

function withTagsOfOurs(tags: Value, use: Use): Value {
  const all = Object.entries(isObject(tags) ? tags : {});
  const others = Object.fromEntries(all.filter(([key]) => !tagsOfOurs.includes(key)));
  const ours = all
    .filter(([key]) => tagsOfOurs.includes(key))
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  return `\${merge(${use("", others)}, { ${ours.join(", ")} })}`;
}

/** @param text JSON, the versions by MySQL user */
function withVersions(text: Value, use: Use): Value {
  const versions = Object.entries(JSON.parse(String(text)) as Record<string, number>);
  return `\${jsonencode({ ${versions.map(([owner, version]) => `${owner} = ${use(owner, version)}`).join(", ")} })}`;
}
