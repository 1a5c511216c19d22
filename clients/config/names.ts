import { z } from "zod";

/** How far a name must be unique. */
export type NameScope = "account" | "region" | "vpc" | "none";

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html and its like for the other services. */
const allowed = {
  iam: { form: /^[\w+=,.@-]*$/, words: "letters, digits and _+=,.@-" },
  ec2: { form: /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;!*]*$/, words: "letters, digits, blanks and ._-:/()#,@[]+=&;!*" },
  // Any ASCII that can be seen; never an expression of Terraform's.
  keyPair: { form: /^(?:(?![$%]\{)[ -~])*$/, words: "visible ASCII characters and blanks, but neither ${ nor %{," },
  rds: {
    form: /^([a-z](?!.*--)[a-z0-9-]*[a-z0-9])?$/,
    words: "a-z, 0-9 and single -, with a letter at the start and none of - at the end",
  },
} as const;

type Characters = keyof typeof allowed;

interface NameRule {
  /** AWS's word for the thing, as errors say it. */
  readonly kind: string;
  /** The runbook's name. */
  readonly runbook: string;
  /** The most characters that AWS takes. */
  readonly most: number;
  /** Which characters it takes; never $ before {, which would be an expression of Terraform's. */
  readonly characters: Characters;
  readonly scope: NameScope;
}

/** Physical names that `naming` decides, with AWS's limits: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html. */
export const nameRules = {
  provisionPolicy: {
    kind: "IAM policy",
    runbook: "provision_emr_clusters",
    most: 128,
    characters: "iam",
    scope: "account",
  },
  analyticsRole: { kind: "IAM role", runbook: "edxanalytics", most: 64, characters: "iam", scope: "account" },
  elasticsearchUser: {
    kind: "IAM user",
    runbook: "analytics_elasticsearch",
    most: 64,
    characters: "iam",
    scope: "account",
  },
  elasticsearchPolicy: {
    kind: "IAM policy",
    runbook: "elasticsearch_all",
    most: 128,
    characters: "iam",
    scope: "account",
  },
  directorRole: { kind: "IAM role", runbook: "director", most: 64, characters: "iam", scope: "account" },
  reportsUser: { kind: "IAM user", runbook: "analytics_reports", most: 64, characters: "iam", scope: "account" },
  analyticsKeyPair: { kind: "key pair", runbook: "analytics", most: 255, characters: "keyPair", scope: "region" },
  directorKeyPair: { kind: "key pair", runbook: "director", most: 255, characters: "keyPair", scope: "region" },
  analyticsSecurityGroup: { kind: "security group", runbook: "analytics", most: 255, characters: "ec2", scope: "vpc" },
  directorSecurityGroup: { kind: "security group", runbook: "director", most: 255, characters: "ec2", scope: "vpc" },
  emrRdsSecurityGroup: { kind: "security group", runbook: "EMR RDS", most: 255, characters: "ec2", scope: "vpc" },
  analyticsHost: { kind: "`Name` tag", runbook: "analytics", most: 240, characters: "ec2", scope: "none" },
  directorHost: { kind: "`Name` tag", runbook: "director", most: 240, characters: "ec2", scope: "none" },
  databaseIdentifier: { kind: "RDS instance", runbook: "analytics", most: 63, characters: "rds", scope: "region" },
} as const satisfies Record<string, NameRule>;

export type NameKey = keyof typeof nameRules;

const ec2Most = { error: "AWS takes 255 characters here. Shorten it." };

/** Description of a security group. */
export const groupDescription = nameOf("ec2").max(255, ec2Most);

/** Name of a key pair. */
export const keyPairName = nameOf("keyPair").max(255, ec2Most);

/** Names that AWS, or EMR in the same account or VPC, has taken; AWS compares both kinds without regard to case. */
export const takenNames: Readonly<Record<string, RegExp>> = {
  "security group": /^(sg-.*|default|ElasticMapReduce-(master|slave))$/i,
  "IAM role": /^EMR_(EC2_)?DefaultRole$/i,
};

function nameOf(characters: Characters) {
  const { form, words } = allowed[characters];
  return z
    .string()
    .min(1, { abort: true, error: "a name has a character or more. Remove the field for the default." })
    .regex(form, { error: `AWS takes ${words} here. Rename it.` });
}

/**
 * Names that differ from what `naming` gives, so that things made by hand keep theirs.
 * @default - none
 */
export const names = z
  .strictObject(
    Object.fromEntries(
      Object.entries(nameRules).map(([key, { characters }]) => [key, nameOf(characters).optional()]),
    ) as Record<NameKey, z.ZodOptional<z.ZodString>>,
  )
  .default({});

/** Required choice: the runbook's literal names, or the same with the client's name before them. */
export const naming = z.enum(["runbook", "prefixed"]);

/** Every name of the table, as the client has it. */
export function namesOf(client: {
  readonly name: string;
  readonly naming: z.output<typeof naming>;
  readonly names: z.output<typeof names>;
}): Record<NameKey, string> {
  const entries = Object.entries(nameRules).map(([key, { runbook }]) => [
    key,
    client.names[key as NameKey] ?? (client.naming === "runbook" ? runbook : `${client.name}-${runbook}`),
  ]);
  return Object.fromEntries(entries) as Record<NameKey, string>;
}

/** Name of a client's VPC and of the database's subnet group. */
export function networkName(client: string): string {
  return `${client}-analytics`;
}

/** Name of an RDS instance's parameter group; a group is of one engine version. */
export function parameterGroupName({
  identifier,
  engineVersion,
}: {
  readonly identifier: string;
  readonly engineVersion: string;
}): string {
  return `${identifier}-mysql${engineVersion.split(".").slice(0, 2).join("-")}`;
}

/** Name of the snapshot that is taken when an RDS instance is destroyed. */
export function finalSnapshotName(identifier: string): string {
  return `${identifier}-final`;
}

/** Name of the shared stack's CloudWatch Logs resource policy. */
export const sharedLogPolicyName = "elasticsearch-logs";

/** Name of a client's own. */
export function logPolicyName(client: string): string {
  return `${client}-${sharedLogPolicyName}`;
}

/** Name of a client's inline policy on an EMR role that the account has already. */
export function inlineElasticsearchPolicyName(client: string): string {
  return `${client}-elasticsearch_all`;
}

/** Names of the two groups that a client's EMR clusters get in addition to those that it shares. */
export function additionalEmrGroupNames(client: string) {
  return { masterName: `${client}-emr-master`, slaveName: `${client}-emr-slave` };
}

/** The `Sid` of a client's statement in the policy of edxapp's bucket: letters and digits, as IAM wants. */
export function gradesStatementId(client: string): string {
  const words = client.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `EdxAnalyticsGradesDownload${words.join("")}`;
}

/** Name of the edxapp user's or role's policy, where that has one. */
export function gradesPolicyName(client: string): string {
  return `${client}-grades-download`;
}

/** Name of a role of CI. */
export function ciRoleName(owner: string, task: "plan" | "apply"): string {
  return `${owner}-ci-${task}`;
}
