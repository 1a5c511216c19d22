import { majorMinor } from "../../clients/config/resolve";

/** Where a value stands that a variable takes the place of. */
export interface Place {
  /** Type of the resource; `provider.aws` for that, `output` for outputs. */
  readonly of: string;
  /** Arguments down to the value, through however many blocks. */
  readonly path: readonly string[];
  /**
   * What the resource is called; its first group is what the variable belongs to.
   * @default - any name, the whole of which it belongs to
   */
  readonly called?: RegExp;
  /**
   * The value as a template with the variable in it, where it is made of the variable's and something else.
   * @default - the variable alone
   */
  readonly template?: (text: string, value: string, variable: string) => string | undefined;
}

/** A kind of value that a team would change without changing what the state stands on. */
export interface Adjustable {
  /** Name of the variable. A second one of that name is given a number. */
  readonly name: (owner: string) => string;
  readonly type: "string" | "number" | "map(string)";
  readonly description: (owner: string) => string;
  /** Condition, and what is said where it does not hold. */
  readonly validation: (variable: string) => readonly [condition: string, message: string];
  readonly places: readonly Place[];
}

const matches = (variable: string, form: string) => `can(regex(${JSON.stringify(form)}, ${variable}))`;
const between = (variable: string, least: number, most: number) => `${variable} >= ${least} && ${variable} <= ${most}`;
/** A parameter group is of a version without its patch number. */
const majorMinorOf = (variable: string) => `regex("^[0-9]+[.][0-9]+", ${variable})`;
const cidr = (variable: string) =>
  [`can(cidrnetmask(${variable}))`, "An IPv4 range in CIDR notation is required, as in 203.0.113.0/24."] as const;

const ingressRule = "aws_vpc_security_group_ingress_rule";

/**
 * Instance types, sizes, versions, ranges, days and tags. Not the region, names, or anything else that would replace what
 * holds data: those are literals where they stand.
 */
export const adjustables: readonly Adjustable[] = [
  {
    name: () => "tags",
    type: "map(string)",
    description: () => "Tags on everything taggable.",
    validation: (variable) => [
      `alltrue([for key in keys(${variable}) : !startswith(key, "aws:")])`,
      "AWS keeps tags that start with aws: to itself.",
    ],
    places: [{ of: "provider.aws", path: ["default_tags", "tags"] }],
  },
  {
    name: (owner) => `${owner}_instance_type`,
    type: "string",
    description: (owner) => `EC2 instance type of aws_instance.${owner}. A change stops and starts the host.`,
    validation: (variable) => [
      matches(variable, "^[a-z][a-z0-9-]*\\.[a-z0-9-]+$"),
      "An EC2 instance type is required, as in t3.medium.",
    ],
    places: [{ of: "aws_instance", path: ["instance_type"] }],
  },
  {
    name: (owner) => `${owner}_root_volume_size`,
    type: "number",
    description: (owner) => `Root volume of aws_instance.${owner}, GiB. It can grow, and not shrink.`,
    validation: (variable) => [between(variable, 8, 16384), "A root volume has 8 to 16384 GiB."],
    places: [{ of: "aws_instance", path: ["root_block_device", "volume_size"] }],
  },
  {
    name: () => "director_ssh_cidr",
    type: "string",
    description: () => "IPv4 range that may SSH to the director.",
    validation: cidr,
    places: [{ of: ingressRule, called: /^director_ssh_from_(.+)$/, path: ["cidr_ipv4"] }],
  },
  {
    name: () => "web_cidr",
    type: "string",
    description: () => "IPv4 range that reaches Insights on 80 and 443.",
    validation: cidr,
    places: [{ of: ingressRule, called: /^analytics_https?_from_(.+)$/, path: ["cidr_ipv4"] }],
  },
  {
    name: (owner) => `${owner}_instance_class`,
    type: "string",
    description: (owner) =>
      `RDS instance class of aws_db_instance.${owner}. RDS changes it in the next maintenance window.`,
    validation: (variable) => [
      matches(variable, "^db\\.[a-z][a-z0-9-]*\\.[a-z0-9]+$"),
      "An RDS instance class is required, as in db.t3.medium.",
    ],
    places: [{ of: "aws_db_instance", path: ["instance_class"] }],
  },
  {
    name: (owner) => `${owner}_allocated_storage`,
    type: "number",
    description: (owner) => `Storage of aws_db_instance.${owner}, GiB. It can grow, and not shrink.`,
    validation: (variable) => [between(variable, 5, 65536), "Storage has 5 to 65536 GiB."],
    places: [{ of: "aws_db_instance", path: ["allocated_storage"] }],
  },
  {
    name: (owner) => `${owner}_engine_version`,
    type: "string",
    description: (owner) =>
      `MySQL version of aws_db_instance.${owner}, with or without its patch number. An upgrade is better a new instance beside it.`,
    validation: (variable) => [
      matches(variable, "^\\d+\\.\\d+(\\.\\d+(-rds\\.\\d{8})?)?$"),
      "Major and minor number are required, as in 8.0, or the patch number too, as in 8.0.42.",
    ],
    places: [
      { of: "aws_db_instance", path: ["engine_version"] },
      {
        of: "aws_db_parameter_group",
        called: /^(.+)_parameters$/,
        path: ["family"],
        template: (text, value, variable) =>
          text === `mysql${majorMinor(value)}` ? `mysql\${${majorMinorOf(variable)}}` : undefined,
      },
      {
        of: "aws_db_parameter_group",
        called: /^(.+)_parameters$/,
        path: ["name"],
        template: (text, value, variable) => {
          const ending = majorMinor(value).replace(".", "-");
          return text.endsWith(`-mysql${ending}`)
            ? `${text.slice(0, -ending.length)}\${replace(${majorMinorOf(variable)}, ".", "-")}`
            : undefined;
        },
      },
    ],
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
    description: () => "Elasticsearch version, the one that the Open edX release needs.",
    validation: (variable) => [matches(variable, "^\\d+\\.\\d+$"), "Major and minor number are required, as in 7.10."],
    places: [{ of: "aws_elasticsearch_domain", path: ["elasticsearch_version"] }],
  },
  {
    name: () => "elasticsearch_instance_type",
    type: "string",
    description: () => "Instance type of the Elasticsearch node.",
    validation: (variable) => [
      matches(variable, "^[a-z0-9]+\\.[a-z0-9]+\\.elasticsearch$"),
      "An Elasticsearch instance type is required, as in t3.small.elasticsearch.",
    ],
    places: [{ of: "aws_elasticsearch_domain", path: ["cluster_config", "instance_type"] }],
  },
  {
    name: () => "elasticsearch_volume_size",
    type: "number",
    description: () => "EBS volume of the Elasticsearch node, GiB.",
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
