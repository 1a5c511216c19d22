import type { ClientConfig } from "./client";
import type { BucketConfig, DatabaseIterationConfig, ElasticsearchConfig } from "./data";
import { endOfStandardSupport } from "./end-of-life";
import type { HostIterationConfig } from "./hosts";
import { type NameKey, namesOf } from "./names";
import { type GeneratedLogin, generatedLogins, type MysqlLogin } from "./parameters";
import { releases } from "./releases";

/** The Elasticsearch domain of a client, nothing left open. */
export type Elasticsearch = Required<ElasticsearchConfig>;

/** One iteration of the analytics RDS, nothing left open but whether its storage grows by itself. */
export interface DatabaseIteration
  extends Required<Omit<DatabaseIterationConfig, "maxStorageGiB">>,
    Pick<DatabaseIterationConfig, "maxStorageGiB"> {
  readonly key: string;
}

/** One iteration of the analytics hosts, nothing left open but the image. */
export interface HostIteration extends HostIterationConfig {
  readonly key: string;
  readonly protected: boolean;
}

/** One S3 bucket, nothing left open. */
export type Bucket = Required<BucketConfig>;

/** The buckets by their field in the client file. */
export const bucketEndings = {
  trackingLogs: "tracking-logs",
  emr: "analytics-emr",
  emrLogs: "analytics-emr-logs",
  edxanalytics: "edxanalytics",
  hadoop: "edxanalytics-hadoop",
  apiReports: "analytics-api-reports",
} as const;

export type BucketKey = keyof typeof bucketEndings;

/** What a client's Elasticsearch runs, from its settings and its release; undefined where there is none. */
export function elasticsearchNodeOf(client: Pick<ClientConfig, "release" | "elasticsearch">) {
  const settings = client.elasticsearch;
  if (settings === false) {
    return undefined;
  }
  const version = settings?.version ?? releases[client.release].elasticsearch;
  if (version === undefined) {
    return undefined;
  }
  const instanceType =
    settings?.instanceType ?? (atLeast(version, "5.1") ? "t3.small.elasticsearch" : "t2.small.elasticsearch");
  return {
    version,
    instanceType,
    volumeGiB: settings?.volumeGiB ?? 10,
    encrypted: settings?.encrypted ?? (atLeast(version, "6.0") && encryptsAtRest(instanceType)),
    applicationLogs: settings?.applicationLogs ?? false,
    snapshotHourUtc: settings?.snapshotHourUtc ?? 0,
  };
}

/** Whether a type of Elasticsearch instance has encryption at rest. */
export function encryptsAtRest(instanceType: string): boolean {
  return !/^(t2|m3|r3)\./.test(instanceType);
}

/** A client's Elasticsearch domain; undefined where there is none. */
export function elasticsearchOf(
  client: Pick<ClientConfig, "name" | "release" | "elasticsearch" | "sharing" | "protected">,
): Elasticsearch | undefined {
  const node = elasticsearchNodeOf(client);
  const settings = client.elasticsearch || undefined;
  return (
    node && {
      ...node,
      domainName: domainNameOf(client),
      logResourcePolicy: settings?.logResourcePolicy ?? ownership(client),
      protected: settings?.protected ?? client.protected,
    }
  );
}

/** Name of the Elasticsearch domain (runbook: client-name-analytics-es). */
export function domainNameOf({ name, elasticsearch }: Pick<ClientConfig, "name" | "elasticsearch">): string {
  return (elasticsearch || undefined)?.domainName ?? `${name}-analytics-es`;
}

/** Identifier of the RDS instance of an iteration. */
export function databaseIdentifierOf(
  client: Pick<ClientConfig, "name" | "naming" | "names" | "database">,
  key: string,
): string {
  const base = namesOf(client).databaseIdentifier;
  return client.database.iterations[key]?.identifier ?? (key === "1" ? base : `${base}-${key}`);
}

/** A client's RDS instances, in the order of their keys: JavaScript keeps whole numbers sorted. */
export function databaseIterationsOf(
  client: Pick<ClientConfig, "name" | "naming" | "names" | "release" | "database" | "protected">,
): DatabaseIteration[] {
  return Object.entries(client.database.iterations).map(([key, iteration]) => {
    const engineVersion = iteration.engineVersion ?? releases[client.release].mysql;
    return {
      ...iteration,
      key,
      engineVersion,
      identifier: databaseIdentifierOf(client, key),
      lifecycleSupport:
        iteration.lifecycleSupport ??
        (endOfStandardSupport("MySQL", majorMinor(engineVersion)) ? "extended" : "upgrade"),
      protected: iteration.protected ?? client.protected,
    };
  });
}

/** The logins whose password the client's stack makes. */
export function generatedLoginsOf({ mysql }: Pick<ClientConfig, "mysql">): GeneratedLogin[] {
  return generatedLogins.filter((login) => !mysql.existingPasswords.includes(login));
}

/** The logins of the master users that keep a password of their own, which the operator puts into SSM, in the order of their keys. */
export function masterLoginsOf({ database }: Pick<ClientConfig, "database">): MysqlLogin[] {
  return Object.entries(database.iterations).flatMap(([key, iteration]) => masterLoginOf({ ...iteration, key }) ?? []);
}

/** The login of an iteration's master user; undefined where RDS manages its password. */
export function masterLoginOf({
  key,
  masterPassword,
}: Pick<DatabaseIteration, "key" | "masterPassword">): MysqlLogin | undefined {
  return masterPassword === "existing" ? `master_${key}` : undefined;
}

/** A client's host iterations, in the order of their keys. */
export function hostIterationsOf(client: Pick<ClientConfig, "hosts" | "protected">): HostIteration[] {
  return Object.entries(client.hosts.iterations).map(([key, iteration]) => ({
    ...iteration,
    key,
    protected: iteration.protected ?? client.protected,
  }));
}

/** A client's buckets by field, those alone that it has. */
export function bucketsOf(
  client: Pick<ClientConfig, "name" | "buckets" | "protected">,
): Partial<Record<BucketKey, Bucket>> {
  const entries = Object.entries(bucketEndings).flatMap(([key, ending]) => {
    const bucket = client.buckets[key as BucketKey];
    return bucket === undefined
      ? []
      : [
          [
            key,
            {
              ...bucket,
              name: bucket.name ?? `${client.name}-${ending}`,
              protected: bucket.protected ?? client.protected,
            },
          ],
        ];
  });
  return Object.fromEntries(entries) as Partial<Record<BucketKey, Bucket>>;
}

/** The fields that decide which names of the table a client uses. */
type Naming = Pick<
  ClientConfig,
  | "name"
  | "naming"
  | "names"
  | "release"
  | "elasticsearch"
  | "buckets"
  | "sharing"
  | "emr"
  | "existingSecurityGroups"
  | "hosts"
  | "director"
  | "database"
>;

/** The names of the table that the client makes something with. */
export function usedNames(client: Naming): [NameKey, string][] {
  const unused = unusedNames(client);
  return (Object.entries(namesOf(client)) as [NameKey, string][]).filter(([key]) => !unused.has(key));
}

/** The names of the table that the client makes nothing with, each with the setting that it is so by. */
export function unusedNames(client: Naming): ReadonlyMap<NameKey, string> {
  const { buckets, director, hosts, existingSecurityGroups: groups } = client;
  const settings: readonly [boolean, string, readonly NameKey[]][] = [
    [!buckets.apiReports, "without `buckets.apiReports`", ["reportsUser"]],
    [
      (client.emr.roles ?? ownership(client)) === "existing",
      "beside EMR's roles that are there already",
      ["elasticsearchPolicy"],
    ],
    [!elasticsearchNodeOf(client), "without Elasticsearch", ["elasticsearchUser", "elasticsearchPolicy"]],
    [!!groups.analytics, "beside `existingSecurityGroups.analytics`", ["analyticsSecurityGroup"]],
    [!!groups.emrRds, "beside `existingSecurityGroups.emrRds`", ["emrRdsSecurityGroup"]],
    [!!hosts.keyPair.existing, "beside `hosts.keyPair.existing`", ["analyticsKeyPair"]],
    [!!director.keyPair?.existing, "beside `director.keyPair.existing`", ["directorKeyPair"]],
    [!director.readsMysqlPasswords, "without `director.readsMysqlPasswords`", ["directorRole"]],
    [
      !!director.existingSecurityGroupId,
      "beside `director.existingSecurityGroupId`",
      ["directorSecurityGroup", "directorKeyPair", "directorHost", "directorRole"],
    ],
    [
      Object.values(client.database.iterations).every(({ identifier }) => identifier !== undefined),
      "beside an `identifier` of every iteration",
      ["databaseIdentifier"],
    ],
  ];
  return new Map(
    settings.flatMap(([unused, by, keys]) => (unused ? keys.map((key): [NameKey, string] => [key, by]) : [])),
  );
}

/** Who makes what an account or VPC has once, unless the client file says so. */
export function ownership(client: Pick<ClientConfig, "sharing">): "create" | "existing" {
  return client.sharing === "shared-stack" ? "existing" : "create";
}

/** Name of the shared stack of an account and region, which is the name of its file too. */
export function sharedStackName(shared: Pick<ClientConfig, "accountId" | "region">): string {
  return `shared-${shared.accountId}-${shared.region}`;
}

/** Name of the stack with a client's MySQL databases, users and grants. */
export function databasesStackName(client: Pick<ClientConfig, "name">): string {
  return `${client.name}-databases`;
}

/** Key of a stack's state in its bucket. */
export function stateKey(state: ClientConfig["state"], owner: string, stack: string): string {
  return `${state.keyPrefix ?? owner}/${stack}.tfstate`;
}

/** Major and minor number of a version such as 5.7.44, by which AWS and the tables here know it. */
export function majorMinor(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

/** Whether a version such as 7.10 is a later one than, or the same as, another. */
export function atLeast(version: string, least: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split(".").map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}
