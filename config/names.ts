import { majorMinor } from "./compare-versions";
import { isExisting } from "./existing";
import type { ClientFields } from "./schema/client";
import { hasServiceGroups } from "./schema/hosts";
import { limits } from "./schema/limits";
import { releases } from "./tables/versions-by-release";
import { valueAt } from "./value-at";

/**
 * Every physical name that a client or its account decides: of stacks, states, and of what AWS knows by a name. Names that are
 * the same everywhere, such as those that EMR itself gives, are defaults of the constructs in `modules/`.
 */

/** How far a name must be unique. */
type NameScope = "account" | "region" | "vpc" | "none";

/** What decides the names of a client. */
export type Naming = Pick<ClientFields, "naming" | "release" | "sharing"> & {
  readonly [Section in "hosts" | "director" | "emr" | "database" | "buckets"]: ClientFields[Section];
} & Pick<ClientFields, "elasticsearch">;

/** Kinds of names, with the most characters that AWS takes: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html. */
const kinds = {
  "IAM policy": { maxLength: 128, scope: "account" },
  "IAM role": { maxLength: limits.roleNameLength, scope: "account" },
  "IAM user": { maxLength: 64, scope: "account" },
  "key pair": { maxLength: 255, scope: "region" },
  "security group": { maxLength: limits.securityGroupLength, scope: "vpc" },
  "`Name` tag": { maxLength: 240, scope: "none" },
  // An identifier is unique by iteration, which has one of its own.
  "RDS instance": { maxLength: limits.databaseIdentifierLength, scope: "none" },
} as const satisfies Record<string, { readonly maxLength: number; readonly scope: NameScope }>;

/** The field that names something, what it is, the runbook's name, and whether the client manages it: always by default. */
type NameRule = readonly [path: string, kind: keyof typeof kinds, runbook: string, used?: (client: Naming) => boolean];

const newHostsGroup = ({ hosts }: Naming) => !isExisting(hosts.securityGroup);
const newServiceGroups = ({ hosts }: Naming) => hasServiceGroups(hosts);
const newRdsGroup = ({ emr }: Naming) => !isExisting(emr.rdsSecurityGroup);
const newDirector = ({ director }: Naming) => !isExisting(director);

const nameRules = {
  hostsPolicy: ["hosts.role.policyName", "IAM policy", "provision_emr_clusters"],
  hostsRole: ["hosts.role.name", "IAM role", "edxanalytics"],
  elasticsearchUser: ["elasticsearch.userName", "IAM user", "analytics_elasticsearch", hasElasticsearch],
  elasticsearchPolicy: [
    "elasticsearch.policyName",
    "IAM policy",
    "elasticsearch_all",
    (client) => hasElasticsearch(client) && managesEmrRoles(client),
  ],
  directorRole: [
    "director.passwordReader.roleName",
    "IAM role",
    "director",
    ({ director }) => !isExisting(director) && director.passwordReader !== undefined,
  ],
  reportsUser: [
    "buckets.apiReports.userName",
    "IAM user",
    "analytics_reports",
    ({ buckets }) => buckets.apiReports !== undefined,
  ],
  hostsKeyPair: ["hosts.keyPair.name", "key pair", "analytics", ({ hosts }) => !isExisting(hosts.keyPair)],
  directorKeyPair: [
    "director.keyPair.name",
    "key pair",
    "director",
    ({ director }) => !isExisting(director) && !isExisting(director.keyPair),
  ],
  hostsSecurityGroup: ["hosts.securityGroup.name", "security group", "analytics", newHostsGroup],
  apiSecurityGroup: ["hosts.apiSecurityGroup.name", "security group", "analytics-api", newServiceGroups],
  jenkinsSecurityGroup: ["hosts.jenkinsSecurityGroup.name", "security group", "analytics-jenkins", newServiceGroups],
  directorSecurityGroup: ["director.securityGroup.name", "security group", "director", newDirector],
  emrRdsSecurityGroup: ["emr.rdsSecurityGroup.name", "security group", "EMR RDS", newRdsGroup],
  elasticsearchSecurityGroup: [
    "elasticsearch.vpc.securityGroup.name",
    "security group",
    "elasticsearch",
    (client) => hasElasticsearch(client) && (client.elasticsearch || undefined)?.vpc !== undefined,
  ],
  hosts: ["hosts.name", "`Name` tag", "analytics"],
  director: ["director.name", "`Name` tag", "director", newDirector],
  database: [
    "database.identifier",
    "RDS instance",
    "analytics",
    ({ database }) => Object.values(database.iterations).some(({ identifier }) => identifier === undefined),
  ],
} as const satisfies Record<string, NameRule>;

export type NameKey = keyof typeof nameRules;

/** A name that the client uses, and what it names. */
export interface UsedName {
  /** The field that names it. */
  readonly path: string;
  /** AWS's word for the thing, as errors say it. */
  readonly kind: keyof typeof kinds;
  readonly name: string;
  readonly maxLength: number;
  readonly scope: NameScope;
  /** Whether the client file sets it. */
  readonly isSet: boolean;
}

/** The paths of the fields that decide the names. */
export const namesDependOn = [
  "naming",
  "release",
  "sharing",
  "hosts.name",
  "hosts.role",
  "hosts.keyPair",
  "hosts.securityGroup",
  "hosts.serviceGroups",
  "hosts.apiSecurityGroup",
  "hosts.jenkinsSecurityGroup",
  "hosts.iterations.*.layout",
  "director.name",
  "director.keyPair",
  "director.securityGroup",
  "director.passwordReader",
  "emr.roles",
  "emr.rdsSecurityGroup",
  "elasticsearch",
  "buckets.apiReports",
  "database.identifier",
  "database.iterations.*.identifier",
] as const;

/** Every name of the table: the client file's, or the runbook's, by `naming`. */
export function namesOf(name: string, client: Naming): Record<NameKey, string> {
  return Object.fromEntries(
    (Object.keys(nameRules) as NameKey[]).map((key) => [key, nameOf(key, name, client)]),
  ) as Record<NameKey, string>;
}

/** One name of a client, of which the fields of that name alone have to be right. */
export function nameOf(key: NameKey, name: string, client: Pick<Naming, "naming">): string {
  const [path, , runbook] = nameRules[key];
  return (
    (valueAt(client, path) as string | undefined) ?? (client.naming === "runbook" ? runbook : `${name}-${runbook}`)
  );
}

/** The names of the table by which the client manages something. */
export function usedNames(name: string, client: Naming): UsedName[] {
  return tableNames(name, client, ([, , , used]) => used?.(client) ?? true);
}

/** The names that CI's apply role reaches in IAM, those among them by which the client manages nothing today. */
export function namesOfCi(name: string, client: Naming): UsedName[] {
  return tableNames(name, client, ([, kind]) => kinds[kind].scope === "account");
}

function tableNames(name: string, client: Naming, isWanted: (rule: NameRule) => boolean): UsedName[] {
  const names = namesOf(name, client);
  return (Object.entries(nameRules) as [NameKey, NameRule][])
    .filter(([, rule]) => isWanted(rule))
    .map(([key, [path, kind]]) => ({
      path,
      kind,
      ...kinds[kind],
      name: names[key],
      isSet: valueAt(client, path) !== undefined,
    }));
}

/** Names of the runbook by what they name, of which a deployment by hand is recognised. */
export const runbookNames = {
  hostsRole: nameRules.hostsRole[2],
  directorRole: nameRules.directorRole[2],
  elasticsearchUser: nameRules.elasticsearchUser[2],
};

/** Names that AWS, or EMR in the same account or VPC, keeps to itself; AWS compares both kinds without regard to case. */
export const reservedNames: Readonly<Record<string, RegExp>> = {
  "security group": /^(sg-.*|default|ElasticMapReduce-(master|slave))$/i,
  // The last two are how service-linked roles and those of IAM Identity Center are called.
  "IAM role": /^(EMR_(EC2_)?DefaultRole$|AWSServiceRoleFor|AWSReservedSSO_)/i,
};

/** Whether the release, or the client file, has an Elasticsearch domain. */
export function hasElasticsearch({ release, elasticsearch }: Pick<ClientFields, "release" | "elasticsearch">): boolean {
  return elasticsearch !== false && (elasticsearch?.version ?? releases[release].elasticsearch) !== undefined;
}

/** Whether the client manages EMR's roles of its account. */
export function managesEmrRoles({ sharing, emr }: Pick<ClientFields, "sharing" | "emr">): boolean {
  return emr.roles === undefined ? sharing === "none" : !isExisting(emr.roles);
}

/** Endings of the buckets' names, by field (runbook, S3). */
export const bucketEndings = {
  trackingLogs: "tracking-logs",
  emr: "analytics-emr",
  emrLogs: "analytics-emr-logs",
  edxanalytics: "edxanalytics",
  hadoop: "edxanalytics-hadoop",
  apiReports: "analytics-api-reports",
} as const;

export type BucketKey = keyof typeof bucketEndings;

/** Name of a bucket unless the client file has another. */
export function bucketName(client: string, key: BucketKey): string {
  return `${client}-${bucketEndings[key]}`;
}

/** Identifier of the RDS instance of an iteration unless the client file has another for it. */
export function databaseIdentifier(database: string, iteration: string): string {
  return iteration === "1" ? database : `${database}-${iteration}`;
}

/**
 * Name of an iteration's parameter group; a group is of one engine version.
 * @param engineVersion of the engine, or `?.?` for a pattern of all
 */
export function parameterGroupName(identifier: string, engineVersion: string): string {
  return `${identifier}-mysql${majorMinor(engineVersion).replace(".", "-")}`;
}

/** Name of the snapshot that outlives an RDS instance. */
export function finalSnapshotName(identifier: string): string {
  return `${identifier}-final`;
}

/** Name of a client's VPC and of the database's subnet group. */
export function networkName(client: string): string {
  return `${client}-analytics`;
}

/** Names of what a client's clusters have of their own where EMR's groups, or its roles, exist. */
export function ownEmrNames(client: string) {
  return { master: `${client}-emr-master`, slave: `${client}-emr-slave`, ec2Role: `${client}-EMR_EC2_DefaultRole` };
}

/** Name of a client's inline policy on a role of EMR's. */
export function inlinePolicyName(client: string, id: string): string {
  return `${client}-${id}`;
}

/** The `Sid` that tells a client's statement from others' in the policy of the grades bucket: letters and digits. */
export function gradesStatementId(client: string): string {
  const words = client.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `EdxAnalyticsGradesDownload${words.join("")}`;
}

/** Name of the policy on the edxapp user that reads the grades downloads. */
export function gradesPolicyName(client: string): string {
  return `${client}-grades-download`;
}

/** Name of the stack, and of the file, of what clients of an account and region share. */
export function sharedStackName({
  accountId,
  region,
}: {
  readonly accountId: string;
  readonly region: string;
}): string {
  return `shared-${accountId}-${region}`;
}

/** Name of the stack with a client's MySQL databases, users and grants. */
export function databasesStackName(client: string): string {
  return `${client}-databases`;
}

/** Key of a stack's state in its bucket. */
export function stateKey(prefix: string, stack: string): string {
  return `${prefix}/${stack}.tfstate`;
}

/**
 * Names of the SSM parameters that hold a client's secrets. All are under `/edx-analytics/<client>/`, so that a policy
 * names them by their prefix; other secrets of a client get a folder of their own beside `mysql`.
 */
export function parameterName(client: string, path: string): string {
  return `/edx-analytics/${client}/${path}`;
}

/** Name of the SecureString that holds a MySQL login's password. */
export function passwordParameter(client: string, login: string): string {
  return parameterName(client, `mysql/${login}`);
}

/** Folder of the one String, JSON and no secret, that says which version of each generated password is deployed. */
export function passwordVersionsFolder(client: string): string {
  return parameterName(client, "mysql/versions");
}

/** ARN of a parameter: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html. */
export function parameterArn(place: { readonly region: string; readonly accountId: string }, name: string): string {
  return `arn:aws:ssm:${place.region}:${place.accountId}:parameter${name}`;
}
