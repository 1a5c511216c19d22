import { z } from "zod";

/** How far a name must be unique. */
export type NameScope = "account" | "region" | "vpc" | "none";

interface NameRule {
  /** AWS's word for the thing, as errors say it. */
  readonly kind: string;
  /** The runbook's name. */
  readonly runbook: string;
  /** The most characters that AWS takes. */
  readonly most: number;
  readonly scope: NameScope;
}

/** Physical names that `naming` decides, with AWS's limits: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html. */
export const nameRules = {
  provisionPolicy: { kind: "IAM policy", runbook: "provision_emr_clusters", most: 128, scope: "account" },
  analyticsRole: { kind: "IAM role", runbook: "edxanalytics", most: 64, scope: "account" },
  elasticsearchUser: { kind: "IAM user", runbook: "analytics_elasticsearch", most: 64, scope: "account" },
  elasticsearchPolicy: { kind: "IAM policy", runbook: "elasticsearch_all", most: 128, scope: "account" },
  reportsUser: { kind: "IAM user", runbook: "analytics_reports", most: 64, scope: "account" },
  analyticsKeyPair: { kind: "key pair", runbook: "analytics", most: 255, scope: "region" },
  directorKeyPair: { kind: "key pair", runbook: "director", most: 255, scope: "region" },
  analyticsSecurityGroup: { kind: "security group", runbook: "analytics", most: 255, scope: "vpc" },
  directorSecurityGroup: { kind: "security group", runbook: "director", most: 255, scope: "vpc" },
  emrRdsSecurityGroup: { kind: "security group", runbook: "EMR RDS", most: 255, scope: "vpc" },
  analyticsHost: { kind: "`Name` tag", runbook: "analytics", most: 240, scope: "none" },
  directorHost: { kind: "`Name` tag", runbook: "director", most: 240, scope: "none" },
  databaseIdentifier: { kind: "RDS instance", runbook: "analytics", most: 63, scope: "region" },
} as const satisfies Record<string, NameRule>;

export type NameKey = keyof typeof nameRules;

const override = z
  .string()
  .min(1, { error: "a name has a character or more. Remove the field for the default." })
  .optional();

/**
 * Names that differ from what `naming` gives, so that things made by hand keep theirs.
 * @default - none
 */
export const names = z
  .strictObject(
    Object.fromEntries(Object.keys(nameRules).map((key) => [key, override])) as Record<NameKey, typeof override>,
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
