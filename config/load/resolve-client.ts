import { alarmsName, clusterWatchName } from "../alarm-names";
import { backupsRoleName } from "../backup-names";
import type { Buckets } from "../buckets";
import { warningsOf } from "../checks/warnings";
import type { Client, Database, Director, Elasticsearch, Emr, Hosts } from "../client";
import { logPolicyName } from "../elasticsearch-names";
import { type Existing, isExisting } from "../existing";
import { kmsKeysOf } from "../kms-keys";
import type { Mysql } from "../mysql-names";
import {
  databasesStackName,
  gradesPolicyName,
  gradesStatementId,
  inlinePolicyName,
  managesEmrRoles,
  type NameKey,
  namesOf,
  networkName,
  ownEmrNames,
  parameterArn,
  passwordParameter,
  passwordVersionsFolder,
  sharedStackName,
  stateKey,
} from "../names";
import { openedxBranch, playbooksUrl } from "../playbooks";
import type { ClientFields } from "../schema/client";
import { type EmrSecurityGroupsFields, emrSecurityGroups } from "../schema/emr";
import { hasServiceGroups } from "../schema/hosts";
import { needsSessionManagerRole, sessionManagerRoleName } from "../session-names";
import { generatedLogins, type MysqlLogin, scriptLogins } from "../tables/mysql-passwords";
import { releases } from "../tables/versions-by-release";
import {
  bucketList,
  databaseIterations,
  elasticsearchNode,
  hasOwnEc2Role,
  managesElasticsearchRole,
  managesEmrSecurityGroups,
} from "./defaults";
import { resolveCi } from "./resolve-ci";
import { resolveHttps } from "./resolve-https";
import { resolveJenkinsJobs } from "./resolve-jenkins-jobs";

type Names = Record<NameKey, string>;

/** A client, complete. */
export function resolveClient(name: string, fields: ClientFields): Client {
  const { region, accountId, release, state, sharing, tags } = fields;
  const names = namesOf(name, fields);
  const keyPrefix = state.keyPrefix ?? name;
  const stack = (stackName: string) => ({ name: stackName, stateKey: stateKey(keyPrefix, stackName) });
  const iterations = databaseIterations(name, fields);
  const mysql = resolveMysql(name, fields, iterations);
  const shares = sharing === "shared-stack";
  const client = {
    kind: "client",
    name,
    region,
    accountId,
    release,
    names,
    versions: releases[release],
    deployRoleArn: fields.deployRoleArn,
    state: resolveState(fields),
    stacks: { main: stack(name), databases: stack(databasesStackName(name)) },
    ...(shares && { sharedStack: sharedStackName(fields) }),
    tags: { Client: name, ...tags },
    protected: fields.protected,
    network: { ...fields.network, name: networkName(name) },
    director: resolveDirector(fields, names, mysql),
    hosts: resolveHosts(name, fields, names),
    ...resolveHttps(name, fields),
    edxapp: {
      ...fields.edxapp,
      gradesBucket: {
        ...fields.edxapp.gradesBucket,
        statementId: gradesStatementId(name),
        policyName: gradesPolicyName(name),
      },
    },
    database: {
      active: fields.database.active,
      retired: fields.database.retired,
      iterations,
      subnetGroup: isExisting(fields.database.subnetGroup) ? fields.database.subnetGroup : { name: networkName(name) },
      backupRetentionDays: fields.database.backupRetentionDays,
      backupWindow: fields.database.backupWindow,
      maintenanceWindow: fields.database.maintenanceWindow,
    },
    mysql,
    elasticsearch: resolveElasticsearch(name, fields, names),
    emr: resolveEmr(name, fields, names),
    buckets: resolveBuckets(name, fields),
    kmsKeys: kmsKeysOf(fields),
    ...(fields.buckets.apiReports && { reportsUser: names.reportsUser }),
    jenkinsJobs: resolveJenkinsJobs(fields),
    ...(fields.alarms && {
      alarms: { ...fields.alarms, name: alarmsName(name), clusterWatch: clusterWatchName(name) },
    }),
    ...(fields.sessionManager !== undefined && {
      sessionManager: {
        reaches: fields.sessionManager,
        ...(needsSessionManagerRole(fields) && { roleName: sessionManagerRoleName(name) }),
      },
    }),
    pgpKey: fields.pgpKey,
    ...(fields.ci && { ci: resolveCi(fields.ci, { name, accountId, keyPrefix, shares }) }),
  } satisfies Omit<Client, "warnings">;
  return { ...client, warnings: warningsOf(client, fields) };
}

/** The bucket of the state, in the owner's own region and account unless the file says otherwise. */
export function resolveState({ state, region, accountId }: Pick<ClientFields, "state" | "region" | "accountId">) {
  return {
    bucket: state.bucket,
    region: state.region ?? region,
    accountId: state.accountId ?? accountId,
    ...(state.deployers && { deployers: state.deployers }),
  };
}

function resolveDirector(fields: ClientFields, names: Names, { parameters }: Mysql): Director | Existing {
  const { director } = fields;
  if (isExisting(director)) {
    return director;
  }
  const { firstBoot, passwordReader, keyPair, securityGroup, ...others } = director;
  const masters = (Object.keys(parameters) as MysqlLogin[]).filter((login) => login.startsWith("master_"));
  const logins = [...scriptLogins, ...masters];
  const version = openedxBranch(fields);
  return {
    ...others,
    name: names.director,
    keyPair: isExisting(keyPair) ? keyPair : { ...keyPair, name: names.directorKeyPair },
    securityGroup: { ...securityGroup, name: names.directorSecurityGroup },
    ...(firstBoot === "install" &&
      version !== undefined && {
        playbooks: { url: playbooksUrl(fields.configurationFiles.gitPath), version },
      }),
    passwordReader: passwordReader && {
      roleName: names.directorRole,
      parameterArns: logins.map((login) => parameterArn(fields, parameters[login] as string)),
    },
    protected: director.protected ?? fields.protected,
  };
}

function resolveHosts(name: string, fields: ClientFields, names: Names): Hosts {
  const { hosts } = fields;
  const { keyPair, securityGroup } = hosts;
  return {
    name: names.hosts,
    keyPair: isExisting(keyPair) ? keyPair : { ...keyPair, name: names.hostsKeyPair },
    role: { name: names.hostsRole, policyName: names.hostsPolicy },
    securityGroup: isExisting(securityGroup) ? securityGroup : { ...securityGroup, name: names.hostsSecurityGroup },
    ...(hasServiceGroups(hosts) && {
      serviceGroups: {
        api: { ...hosts.apiSecurityGroup, name: names.apiSecurityGroup },
        jenkins: { ...hosts.jenkinsSecurityGroup, name: names.jenkinsSecurityGroup },
      },
    }),
    active: hosts.active,
    retired: hosts.retired,
    iterations: Object.entries(hosts.iterations).map(([key, iteration]) => ({
      ...iteration,
      key,
      protected: iteration.protected ?? fields.protected,
    })),
    ...(hosts.backups && { backups: { ...hosts.backups, roleName: backupsRoleName(name) } }),
    protectedAddress: hosts.protectedAddress ?? fields.protected,
  };
}

function resolveMysql(name: string, { mysql }: ClientFields, iterations: Database["iterations"]): Mysql {
  const { passwords, edxappAdmin } = mysql;
  const masters = iterations.flatMap(({ masterLogin }) => masterLogin ?? []);
  const existing = generatedLogins.filter((login) => passwords[login].existing);
  const logins = [...scriptLogins, "edxapp_admin", ...masters] as const;
  return {
    passwordVersions: {
      analytics: passwords.analytics.version,
      migration: passwords.migration.version,
      edxapp_ro: passwords.edxapp_ro.version,
    },
    generated: generatedLogins.filter((login) => !existing.includes(login)),
    existing,
    supplied: ["migration", ...existing, ...(edxappAdmin === undefined ? [] : (["edxapp_admin"] as const)), ...masters],
    parameters: Object.fromEntries(
      logins.map((login) => [login, passwordParameter(name, login)]),
    ) as Mysql["parameters"],
    versionsFolder: passwordVersionsFolder(name),
    edxappAdmin,
  };
}

function resolveElasticsearch(name: string, fields: ClientFields, names: Names): Elasticsearch | undefined {
  const node = elasticsearchNode(name, fields);
  const settings = fields.elasticsearch || undefined;
  const policy = settings?.applicationLogs?.resourcePolicy;
  const usesExisting = policy === undefined ? fields.sharing === "shared-stack" : isExisting(policy);
  return (
    node && {
      ...node,
      userName: names.elasticsearchUser,
      applicationLogs: settings?.applicationLogs && {
        resourcePolicy: usesExisting ? { existing: true } : { name: logPolicyName(name) },
      },
      ...(settings?.vpc && {
        vpc: {
          subnetId: settings.vpc.subnetId,
          securityGroup: { ...settings.vpc.securityGroup, name: names.elasticsearchSecurityGroup },
          serviceRole: managesElasticsearchRole(fields) ? "managed" : "existing",
        },
      }),
      protected: settings?.protected ?? fields.protected,
    }
  );
}

function resolveEmr(name: string, fields: ClientFields, names: Names): Emr {
  const { emr } = fields;
  const { securityGroups, rdsSecurityGroup } = emr;
  const own = ownEmrNames(name);
  const managesRoles = managesEmrRoles(fields);
  return {
    releaseLabel: emr.releaseLabel,
    roles: managesRoles ? "managed" : "existing",
    ...(emr.subnetId !== undefined && { subnetId: emr.subnetId }),
    securityGroups: managesEmrSecurityGroups(fields)
      ? {
          owner: "managed",
          ...managedEmrGroups(
            securityGroups && !isExisting(securityGroups) ? securityGroups : emrSecurityGroups.parse({}),
          ),
        }
      : {
          owner: "existing",
          master: { name: own.master, description: `EMR masters of ${name}` },
          slave: { name: own.slave, description: `EMR slaves of ${name}` },
        },
    rdsSecurityGroup: isExisting(rdsSecurityGroup)
      ? rdsSecurityGroup
      : { ...rdsSecurityGroup, name: names.emrRdsSecurityGroup },
    servicePolicy: emr.servicePolicy,
    instancePolicy: emr.instancePolicy,
    instancePolicyName: inlinePolicyName(name, "emr_instances"),
    ...(hasOwnEc2Role(fields) && { ec2RoleName: own.ec2Role }),
    passRole: emr.passRole,
    elasticsearchAccess: emr.elasticsearchAccess,
    elasticsearchPolicyName: managesRoles ? names.elasticsearchPolicy : inlinePolicyName(name, "elasticsearch_all"),
  };
}

/** `ElasticMapReduce-master` and `-slave`, as EMR itself calls them. */
export function managedEmrGroups({ master, slave }: EmrSecurityGroupsFields) {
  return {
    master: {
      name: "ElasticMapReduce-master",
      description: master.description ?? "Master group for Elastic MapReduce",
    },
    slave: { name: "ElasticMapReduce-slave", description: slave.description ?? "Slave group for Elastic MapReduce" },
  };
}

function resolveBuckets(name: string, fields: ClientFields): Buckets {
  const buckets = bucketList(name, fields.buckets, fields.protected).map(({ key, ...bucket }) => [key, bucket]);
  const { expireAfterDays, kmsKeyId, formerKmsKeyIds } = fields.buckets;
  return { ...Object.fromEntries(buckets), expireAfterDays, kmsKeyId, formerKmsKeyIds } as Buckets;
}
