import type { ClientConfig } from "../clients/config/client";
import {
  finalSnapshotName,
  gradesPolicyName,
  gradesStatementId,
  logPolicyName,
  namesOf,
  networkName,
  parameterGroupName,
} from "../clients/config/names";
import {
  generatedLogins,
  parameterArn,
  passwordParameter,
  passwordVersionsFolder,
  scriptLogins,
} from "../clients/config/parameters";
import { releases } from "../clients/config/releases";
import {
  bucketsOf,
  databaseIterationsOf,
  elasticsearchOf,
  hostIterationsOf,
  masterLoginsOf,
  ownership,
} from "../clients/config/resolve";
import type { AnalyticsDatabaseProps } from "../modules/analytics-database";
import type { AnalyticsHostsProps } from "../modules/analytics-hosts";
import type { BucketOptions, DataBucketsProps } from "../modules/data-buckets";
import type { DirectorProps } from "../modules/director";
import type { EdxappDatabaseProps } from "../modules/edxapp-database";
import type { ElasticsearchDomainProps } from "../modules/elasticsearch-domain";
import type { GradesDownloadProps } from "../modules/grades-download";
import type { MysqlPasswordsProps } from "../modules/mysql-passwords";
import type { NetworkProps } from "../modules/network";
import { Peer } from "../modules/peer";
import type { ISecurityGroupRef } from "../modules/security-group";

/** What a client file comes to as the props of the analytics stack's constructs, but for the objects that they pass. */

export function networkProps(client: ClientConfig): NetworkProps {
  const { network, database, name } = client;
  const clusterTag = client.emr.servicePolicy === "v2";
  return {
    ...network,
    name: networkName(name),
    // On a subnet that exists the shared stack makes it, where there is one.
    clusterTag: clusterTag && (network.vpc === "new" || ownership(client) === "create"),
    existingSubnetGroupName: database.existingSubnetGroup,
    subnetHint: "the VPC of the client file. Correct `network.subnetId` or `network.vpcId`.",
    subnetGroupHint: "the VPC of the client file. Correct `database.existingSubnetGroup` or `network`.",
  };
}

export function directorProps(client: ClientConfig): Omit<DirectorProps, "network"> {
  const { director, name } = client;
  const names = namesOf(client);
  const logins = [...scriptLogins, ...masterLoginsOf(client)];
  return {
    ...director,
    name: names.directorHost,
    securityGroupName: names.directorSecurityGroup,
    securityGroupDescription: client.securityGroupDescriptions.director,
    keyPairName: director.keyPair?.existing ?? names.directorKeyPair,
    publicKey: director.keyPair?.publicKey,
    sshFrom: director.sshFrom?.map((cidr) => Peer.ipv4(cidr)),
    ubuntu: releases[client.release].ubuntu,
    additionalSecurityGroups: director.additionalSecurityGroupIds.map(group),
    passwordReader: director.readsMysqlPasswords
      ? {
          roleName: names.directorRole,
          parameterArns: logins.map((login) => parameterArn(client, passwordParameter(name, login))),
        }
      : undefined,
    protected: director.protected ?? client.protected,
  };
}

export function hostsProps(client: ClientConfig): Omit<AnalyticsHostsProps, "network" | "instanceProfile"> {
  const { hosts, existingSecurityGroups: existing } = client;
  const names = namesOf(client);
  return {
    name: names.analyticsHost,
    iterations: Object.fromEntries(
      hostIterationsOf(client).map(({ key, additionalSecurityGroupIds, ...iteration }) => [
        key,
        { ...iteration, additionalSecurityGroups: additionalSecurityGroupIds.map(group) },
      ]),
    ),
    active: hosts.active,
    ubuntu: releases[client.release].ubuntu,
    webFrom: hosts.webFrom.map((cidr) => Peer.ipv4(cidr)),
    keyPairName: hosts.keyPair.existing ?? names.analyticsKeyPair,
    publicKey: hosts.keyPair.publicKey,
    securityGroupName: names.analyticsSecurityGroup,
    securityGroupDescription: client.securityGroupDescriptions.analytics,
    existingSecurityGroup: existing.analytics === undefined ? undefined : group(existing.analytics),
    protectedAddress: hosts.protectedAddress ?? client.protected,
  };
}

export function databaseProps(client: ClientConfig): Omit<AnalyticsDatabaseProps, "network"> {
  const { emrRds } = client.existingSecurityGroups;
  return {
    iterations: Object.fromEntries(
      databaseIterationsOf(client).map(({ key, additionalSecurityGroupIds, ...iteration }) => [
        key,
        {
          ...iteration,
          parameterGroupName: parameterGroupName(iteration),
          finalSnapshotIdentifier: finalSnapshotName(iteration.identifier),
          additionalSecurityGroups: additionalSecurityGroupIds.map(group),
        },
      ]),
    ),
    backupRetentionDays: client.database.backupRetentionDays,
    securityGroupName: namesOf(client).emrRdsSecurityGroup,
    securityGroupDescription: client.securityGroupDescriptions.emrRds,
    existingSecurityGroup: emrRds === undefined ? undefined : group(emrRds),
  };
}

export function edxappDatabaseProps(client: ClientConfig): Omit<EdxappDatabaseProps, "network" | "emr" | "emrRds"> {
  const { securityGroupIds, ruleSecurityGroupId, user: _, ...server } = client.edxapp.database;
  return {
    ...server,
    securityGroups: securityGroupIds?.map(group),
    ruleSecurityGroup: ruleSecurityGroupId === undefined ? undefined : group(ruleSecurityGroupId),
    ruleSecurityGroupField: "edxapp.database.ruleSecurityGroupId",
    region: client.region,
  };
}

export function passwordsProps({ name, mysql }: ClientConfig): MysqlPasswordsProps {
  return {
    passwords: Object.fromEntries(
      generatedLogins.map((login) => [
        login,
        {
          parameterName: passwordParameter(name, login),
          version: mysql.passwordVersions[login],
          existing: mysql.existingPasswords.includes(login),
        },
      ]),
    ),
    versionsParameterName: `${passwordVersionsFolder(name)}/passwords`,
  };
}

export function bucketsProps(client: ClientConfig): DataBucketsProps {
  const buckets = Object.entries(bucketsOf(client)).map(([key, { name, create, protected: isProtected }]) => {
    const options: BucketOptions = { bucketName: name, existing: !create, protected: isProtected };
    return [key, options];
  });
  return {
    ...(Object.fromEntries(buckets) as Pick<DataBucketsProps, "trackingLogs" | "emr" | "edxanalytics">),
    expireAfterDays: client.buckets.expireAfterDays,
    region: client.region,
    regionHint: "Name a bucket there, or set `create: true`.",
  };
}

export function gradesProps({ name, edxapp }: ClientConfig): GradesDownloadProps {
  return {
    bucketName: edxapp.gradesBucket.name,
    access: edxapp.gradesBucket.access,
    accessField: "edxapp.gradesBucket.access",
    reader: { arn: edxapp.userArn },
    statementId: gradesStatementId(name),
    userPolicyName: gradesPolicyName(name),
  };
}

/** Undefined where the release has no Elasticsearch. */
export function elasticsearchProps(client: ClientConfig): ElasticsearchDomainProps | undefined {
  const domain = elasticsearchOf(client);
  return (
    domain && {
      ...domain,
      logPolicyName: domain.logResourcePolicy === "create" ? logPolicyName(client.name) : undefined,
      region: client.region,
      accountId: client.accountId,
    }
  );
}

function group(securityGroupId: string): ISecurityGroupRef {
  return { securityGroupId };
}
