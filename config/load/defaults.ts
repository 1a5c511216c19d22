import type { Bucket } from "../buckets";
import type { DatabaseIteration, Elasticsearch } from "../client";
import { atLeast, majorMinor } from "../compare-versions";
import { domainName } from "../elasticsearch-names";
import { isExisting } from "../existing";
import {
  type BucketKey,
  bucketEndings,
  bucketName,
  databaseIdentifier,
  finalSnapshotName,
  hasElasticsearch,
  managesEmrRoles,
  namesOf,
  parameterGroupName,
} from "../names";
import type { ClientFields } from "../schema/client";
import { elasticsearch } from "../schema/elasticsearch";
import { endOfStandardSupport } from "../tables/end-of-life";
import { characterSet } from "../tables/mysql-character-set";
import { releases } from "../tables/versions-by-release";

/** Defaults that follow from several fields, which checks need before a client is complete. */

/** A client's RDS instances, in the order of their keys: JavaScript keeps whole numbers sorted. */
export function databaseIterations(
  name: string,
  client: Parameters<typeof namesOf>[1] & Pick<ClientFields, "protected">,
): DatabaseIteration[] {
  const base = namesOf(name, client).database;
  return Object.entries(client.database.iterations).map(([key, { masterPassword, ...iteration }]) => {
    const engineVersion = iteration.engineVersion ?? releases[client.release].mysql;
    const identifier = iteration.identifier ?? databaseIdentifier(base, key);
    return {
      ...iteration,
      key,
      engineVersion,
      identifier,
      lifecycleSupport:
        iteration.lifecycleSupport ??
        (endOfStandardSupport("MySQL", majorMinor(engineVersion)) ? "extended" : "upgrade"),
      parameterGroupName: parameterGroupName(identifier, engineVersion),
      finalSnapshotName: finalSnapshotName(identifier),
      characterSet: characterSet(engineVersion),
      masterLogin: masterPassword === "managed" ? undefined : `master_${key}`,
      protected: iteration.protected ?? client.protected,
    };
  });
}

/**
 * A client's buckets, existing ones among them.
 * @param isProtected the client's `protected`, on which no check of buckets depends
 */
export function bucketList(
  name: string,
  buckets: ClientFields["buckets"],
  isProtected = true,
): (Bucket & { readonly key: BucketKey })[] {
  return (Object.keys(bucketEndings) as BucketKey[]).flatMap((key) => {
    const defaultName = bucketName(name, key);
    const bucket = buckets[key] ?? (key === "trackingLogs" ? { existing: defaultName } : undefined);
    if (bucket === undefined) {
      return [];
    }
    return isExisting(bucket)
      ? { key, name: bucket.existing, exists: true, protected: isProtected }
      : { key, name: bucket.name ?? defaultName, exists: false, protected: bucket.protected ?? isProtected };
  });
}

/** What the node of a client's domain runs, from its settings and its release; undefined where there is no domain. */
export function elasticsearchNode(
  name: string,
  client: Pick<ClientFields, "release" | "elasticsearch">,
): Omit<Elasticsearch, "userName" | "applicationLogs" | "vpc" | "protected"> | undefined {
  if (!hasElasticsearch(client)) {
    return undefined;
  }
  const settings = client.elasticsearch || elasticsearch.parse({});
  const version = settings.version ?? (releases[client.release].elasticsearch as string);
  const instanceType =
    settings.instanceType ?? (atLeast(version, "5.1") ? "t3.small.elasticsearch" : "t2.small.elasticsearch");
  return {
    domainName: settings.domainName ?? domainName(name),
    version,
    instanceType,
    volumeGiB: settings.volumeGiB,
    encrypted: settings.encrypted ?? (atLeast(version, "6.0") && encryptsAtRest(instanceType)),
    kmsKeyId: settings.kmsKeyId,
    snapshotHourUtc: settings.snapshotHourUtc,
  };
}

/** Whether a type of Elasticsearch instance has encryption at rest. */
export function encryptsAtRest(instanceType: string): boolean {
  return !/^(t2|m3|r3)\./.test(instanceType);
}

/** Whether the client manages the account's service-linked role of Elasticsearch. */
export function managesElasticsearchRole({
  sharing,
  elasticsearch,
}: Pick<ClientFields, "sharing" | "elasticsearch">): boolean {
  const vpc = elasticsearch ? elasticsearch.vpc : undefined;
  return vpc?.serviceRole === undefined ? vpc !== undefined && sharing === "none" : !isExisting(vpc.serviceRole);
}

/** Whether the client manages `ElasticMapReduce-master` and `-slave` of its VPC. */
export function managesEmrSecurityGroups({ sharing, emr }: Pick<ClientFields, "sharing" | "emr">): boolean {
  // In a private subnet EMR has groups of other names, which it makes itself.
  return emr.securityGroups === undefined
    ? sharing === "none" && emr.subnetId === undefined
    : !isExisting(emr.securityGroups);
}

/** Whether the client's clusters have a role of their own, beside EMR roles that exist. */
export function hasOwnEc2Role(client: Pick<ClientFields, "sharing" | "emr">): boolean {
  return client.emr.instancePolicy === "least-privilege" && !managesEmrRoles(client);
}
