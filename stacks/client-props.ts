import { bucketsOf } from "../config/buckets";
import type { Client, Director, ManagedKeyPair, ManagedSecurityGroup } from "../config/client";
import { type Existing, isExisting } from "../config/existing";
import type { LoadBalancer } from "../config/https-names";
import { generatedLogins } from "../config/tables/mysql-passwords";
import type { WatchedLoadBalancer } from "../modules/alarm-metrics";
import type { AlarmsProps } from "../modules/alarms";
import type { AnalyticsDatabaseProps } from "../modules/analytics-database";
import type { AnalyticsHosts, AnalyticsHostsProps } from "../modules/analytics-hosts";
import { backupTagKey } from "../modules/backup-tag";
import type { BucketOptions, DataBuckets, DataBucketsProps } from "../modules/data-buckets";
import type { DirectorProps, IDirector } from "../modules/director";
import type { EdxappDatabaseProps } from "../modules/edxapp-database";
import type { ElasticsearchDomainProps } from "../modules/elasticsearch-domain";
import { emrInstanceStatements as statementsOfInstances } from "../modules/emr-instance-policy";
import type { GradesDownloadProps } from "../modules/grades-download";
import type { HostBackupsProps } from "../modules/host-backups";
import type { INetwork } from "../modules/interfaces";
import type { KeyPairOptions } from "../modules/key-pair";
import { keysOfBuckets } from "../modules/kms-key";
import type { LoadBalancerProps } from "../modules/load-balancer";
import type { MysqlPasswordsProps } from "../modules/mysql-passwords";
import { Peer } from "../modules/peer";
import type { Statement } from "../modules/policy-document";
import type { ISecurityGroupRef } from "../modules/security-group";
import { defaultTags } from "./aws-provider";

/** What a client comes to as the props of the analytics stack's constructs, but for the objects that they pass. */

export function directorProps({ versions }: Client, director: Director): Omit<DirectorProps, "network"> {
  const { securityGroup, keyPair, sshFrom, additionalSecurityGroupIds, ...others } = director;
  return {
    ...others,
    ...keyPairProps(keyPair),
    securityGroupName: securityGroup.name,
    securityGroupDescription: securityGroup.description,
    sshFrom: sshFrom.map((cidr) => Peer.ipv4(cidr)),
    ubuntu: versions.ubuntu,
    additionalSecurityGroups: additionalSecurityGroupIds.map(group),
  };
}

export function hostsProps({
  hosts,
  versions,
  protected: protectedGroups,
}: Client): Omit<AnalyticsHostsProps, "network" | "instanceProfile"> {
  const { securityGroup, iterations } = hosts;
  return {
    name: hosts.name,
    iterations: Object.fromEntries(
      iterations.map(({ key, additionalSecurityGroupIds, ...iteration }) => [
        key,
        { ...iteration, additionalSecurityGroups: additionalSecurityGroupIds.map(group) },
      ]),
    ),
    active: hosts.active,
    ubuntu: versions.ubuntu,
    ...keyPairProps(hosts.keyPair),
    ...(isExisting(securityGroup)
      ? { existingSecurityGroup: group(securityGroup.existing), webFrom: [] }
      : {
          securityGroupName: securityGroup.name,
          securityGroupDescription: securityGroup.description,
          webFrom: securityGroup.webFrom.map(Peer.range),
        }),
    serviceGroups: hosts.serviceGroups,
    protectedAddress: hosts.protectedAddress,
    protectedGroups,
  };
}

/** But for the network, and the zone where it is one of Route 53. */
export function loadBalancerProps(
  { webFrom, subnetIds: _, ...names }: LoadBalancer,
  isProtected: boolean,
): Omit<LoadBalancerProps, "vpc" | "subnetIds" | "zone"> {
  return { ...names, webFrom: webFrom.map(Peer.range), protected: isProtected };
}

/** The two groups of EMR's instances, and their tag for service policy v2. */
export function emrGroupsProps({
  securityGroups,
  servicePolicy,
}: Pick<Client["emr"], "servicePolicy"> & {
  readonly securityGroups: Readonly<Record<"master" | "slave", ManagedSecurityGroup>>;
}) {
  const { master, slave } = securityGroups;
  return {
    masterName: master.name,
    masterDescription: master.description,
    slaveName: slave.name,
    slaveDescription: slave.description,
    clusterTag: servicePolicy === "v2",
  };
}

/**
 * What a client's clusters may do by a policy of the client's; EMR's logs and scripts lie in the buckets too. AWS's managed policy has
 * all but the keys of KMS.
 */
export function emrInstanceStatements(
  { region, accountId, edxapp, emr: settings }: Client,
  all: DataBuckets,
): Statement[] {
  const { trackingLogs, emr, emrLogs, edxanalytics, hadoop, apiReports } = all;
  const read = [trackingLogs];
  const readWrite = [emr, emrLogs, edxanalytics, hadoop, ...(apiReports ? [apiReports] : [])];
  const folder = { bucketName: edxapp.gradesBucket.name, path: "grades-download" };
  return settings.instancePolicy === "least-privilege"
    ? statementsOfInstances({ region, accountId, read, readWrite, folder })
    : keysOfBuckets(read, readWrite);
}

export function databaseProps({ database }: Client): Omit<AnalyticsDatabaseProps, "network" | "securityGroup"> {
  return {
    iterations: Object.fromEntries(
      database.iterations.map(({ key, additionalSecurityGroupIds, masterLogin, finalSnapshotName, ...iteration }) => [
        key,
        {
          ...iteration,
          finalSnapshotIdentifier: finalSnapshotName,
          masterPassword: masterLogin === undefined ? "managed" : "existing",
          additionalSecurityGroups: additionalSecurityGroupIds.map(group),
        },
      ]),
    ),
    backupRetentionDays: database.backupRetentionDays,
    backupWindow: database.backupWindow,
    maintenanceWindow: database.maintenanceWindow,
  };
}

export function edxappDatabaseProps(client: Client): Omit<EdxappDatabaseProps, "network" | "emr" | "emrRds"> {
  const { securityGroupIds, ruleSecurityGroupId, user: _, ...server } = client.edxapp.database;
  return {
    ...server,
    securityGroups: securityGroupIds?.map(group),
    ruleSecurityGroup: ruleSecurityGroupId === undefined ? undefined : group(ruleSecurityGroupId),
    ruleSecurityGroupField: "edxapp.database.ruleSecurityGroupId",
    region: client.region,
  };
}

export function passwordsProps({ mysql }: Client): MysqlPasswordsProps {
  return {
    passwords: Object.fromEntries(
      generatedLogins.map((login) => [
        login,
        {
          parameterName: mysql.parameters[login],
          version: mysql.passwordVersions[login],
          existing: mysql.existing.includes(login),
        },
      ]),
    ),
    versionsParameterName: `${mysql.versionsFolder}/passwords`,
  };
}

export function bucketsProps({ buckets, region }: Client): DataBucketsProps {
  const options = bucketsOf(buckets).map(([key, { name, exists, protected: isProtected }]) => {
    const bucket: BucketOptions = { bucketName: name, existing: exists, protected: isProtected };
    return [key, bucket];
  });
  return {
    ...(Object.fromEntries(options) as Pick<DataBucketsProps, "trackingLogs" | "emr" | "edxanalytics">),
    expireAfterDays: buckets.expireAfterDays,
    kmsKeyId: buckets.kmsKeyId,
    formerKmsKeyIds: buckets.formerKmsKeyIds,
    region,
    regionHint: "Name a bucket there, or leave the field out for a managed one.",
  };
}

export function gradesProps({ edxapp }: Client): GradesDownloadProps {
  const { name, access, statementId, policyName } = edxapp.gradesBucket;
  return {
    bucketName: name,
    access,
    accessField: "edxapp.gradesBucket.access",
    reader: { arn: edxapp.userArn },
    statementId,
    userPolicyName: policyName,
  };
}

/** Undefined where the client has none. */
export function backupsProps({
  hosts: { backups, iterations },
  accountId,
  name,
  tags,
}: Client): HostBackupsProps | undefined {
  const { Client, Project } = defaultTags({ tags });
  return (
    backups && {
      ...backups,
      accountId,
      kmsKeyIds: [...new Set(iterations.flatMap(({ kmsKeyId }) => kmsKeyId ?? []))],
      targetTags: { [backupTagKey]: name },
      // Not the client's own: Data Lifecycle Manager takes neither all of their characters nor as many.
      snapshotTags: { Client, Project } as Record<string, string>,
    }
  );
}

/** Undefined where the client has no Elasticsearch. */
export function elasticsearchProps(
  { elasticsearch, region, accountId }: Client,
  network: INetwork,
): ElasticsearchDomainProps | undefined {
  if (elasticsearch === undefined) {
    return undefined;
  }
  const { applicationLogs, userName: _, vpc, ...domain } = elasticsearch;
  const policy = applicationLogs?.resourcePolicy;
  return {
    ...domain,
    applicationLogs: applicationLogs !== undefined,
    logPolicyName: policy === undefined || isExisting(policy) ? undefined : policy.name,
    ...(vpc && {
      inVpc: {
        network,
        subnetId: vpc.subnetId,
        subnetHint: "the VPC of the client file. Correct `elasticsearch.vpc.subnetId` or `network`.",
        securityGroupName: vpc.securityGroup.name,
        securityGroupDescription: vpc.securityGroup.description,
        serviceRole: vpc.serviceRole === "managed",
      },
    }),
    region,
    accountId,
  };
}

/** What alarms are of; every iteration that is not retired counts. */
export function alarmsProps(
  { alarms, region, accountId, hosts, director, database, elasticsearch, name }: Client,
  made: {
    readonly hosts: AnalyticsHosts;
    readonly director: IDirector;
    readonly buckets: DataBuckets;
    readonly loadBalancer?: WatchedLoadBalancer;
  },
): AlarmsProps | undefined {
  if (alarms === undefined) {
    return undefined;
  }
  const { monthlyBudgetUsd: usd, clusterWatch, ...others } = alarms;
  return {
    ...others,
    clusterWatchName: clusterWatch,
    region,
    accountId,
    clusterLogsBucket: made.buckets.emrLogs.bucketName,
    hosts: {
      ...(made.director.host &&
        !isExisting(director) && {
          director: { instanceId: made.director.host.instanceId, instanceType: director.instanceType },
        }),
      ...Object.fromEntries(
        hosts.iterations.flatMap(({ key, layout, instanceType }) =>
          Object.entries(made.hosts.iterations[key] as object)
            .filter(([service]) => layout === "separate" || service === "insights")
            .map(([service, { instanceId }]) => [
              layout === "separate" ? `analytics-${key}-${service}` : `analytics-${key}`,
              { instanceId, instanceType },
            ]),
        ),
      ),
    },
    databases: Object.fromEntries(
      database.iterations.map(({ key, identifier, instanceClass, storageGiB }) => [
        `database-${key}`,
        { identifier, instanceClass, storageGiB },
      ]),
    ),
    domain: elasticsearch,
    loadBalancer: made.loadBalancer,
    monthlyBudget: usd === undefined ? undefined : { usd, tag: "Client", value: name },
  };
}

function keyPairProps(keyPair: ManagedKeyPair | Existing): KeyPairOptions {
  return isExisting(keyPair)
    ? { keyPairName: keyPair.existing }
    : { keyPairName: keyPair.name, publicKey: keyPair.publicKey };
}

function group(securityGroupId: string): ISecurityGroupRef {
  return { securityGroupId };
}
