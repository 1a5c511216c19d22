import type { ClientConfig } from "./client";
import type { BucketConfig, DatabaseIterationConfig, ElasticsearchConfig } from "./data";
import { endOfStandardSupport } from "./end-of-life";
import type { HostIterationConfig } from "./hosts";
import { namesOf } from "./names";
import { releases } from "./releases";

/** The Elasticsearch domain of a client, nothing left open. */
export interface Elasticsearch extends Required<ElasticsearchConfig> {
  /** Name of the domain (runbook: client-name-analytics-es). */
  readonly domainName: string;
}

/** One iteration of the analytics RDS, nothing left open. */
export interface DatabaseIteration extends Required<DatabaseIterationConfig> {
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

/** A client's Elasticsearch, from its settings and its release; undefined where there is none. */
export function elasticsearchOf(
  client: Pick<ClientConfig, "name" | "release" | "elasticsearch" | "sharing" | "protected">,
): Elasticsearch | undefined {
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
    domainName: `${client.name}-analytics-es`,
    version,
    instanceType,
    volumeGiB: settings?.volumeGiB ?? 10,
    encrypted: settings?.encrypted ?? (atLeast(version, "6.0") && !instanceType.startsWith("t2.")),
    applicationLogs: settings?.applicationLogs ?? false,
    logResourcePolicy: settings?.logResourcePolicy ?? ownership(client),
    snapshotHourUtc: settings?.snapshotHourUtc ?? 0,
    protected: settings?.protected ?? client.protected,
  };
}

/** A client's RDS instances, in the order of their keys. */
export function databaseIterationsOf(
  client: Pick<ClientConfig, "name" | "naming" | "names" | "release" | "database" | "protected">,
): DatabaseIteration[] {
  const base = namesOf(client).databaseIdentifier;
  return byKey(client.database.iterations).map(([key, iteration]) => {
    const engineVersion = iteration.engineVersion ?? releases[client.release].mysql;
    return {
      ...iteration,
      key,
      engineVersion,
      identifier: iteration.identifier ?? (key === "1" ? base : `${base}-${key}`),
      lifecycleSupport:
        iteration.lifecycleSupport ?? (endOfStandardSupport("MySQL", engineVersion) ? "extended" : "upgrade"),
      protected: iteration.protected ?? client.protected,
    };
  });
}

/** A client's host iterations, in the order of their keys. */
export function hostIterationsOf(client: Pick<ClientConfig, "hosts" | "protected">): HostIteration[] {
  return byKey(client.hosts.iterations).map(([key, iteration]) => ({
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

/** Whether a version such as 7.10 is a later one than, or the same as, another. */
export function atLeast(version: string, least: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split(".").map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

function byKey<T>(iterations: Record<string, T>): [string, T][] {
  return Object.entries(iterations).sort(([one], [other]) => Number(one) - Number(other));
}
