import { bucketsOf } from "../config/buckets";
import { ciBoundaryArn } from "../config/ci-names";
import type { Client, SharedStack, StackName } from "../config/client";
import { isExisting } from "../config/existing";
import { databaseIdentifier, ownEmrNames, parameterArn } from "../config/names";
import { generatedLogins } from "../config/tables/mysql-passwords";
import { emrRoleNames } from "../modules/emr-role-names";
import { emrPolicyArns } from "../modules/emr-roles";
import { backupPolicyArn } from "../modules/host-backups";
import type { Condition } from "../modules/policy-document";
import type { CiScope, Ec2Scope } from "./ci-scope";

const emrRoles = Object.values(emrRoleNames);
const equals = (variable: string, ...values: string[]): Condition => ({ test: "StringEquals", variable, values });

export function clientScope(client: Client): CiScope {
  const {
    name,
    names,
    accountId,
    director,
    emr,
    elasticsearch,
    stacks,
    mysql,
    database,
    sharedStack,
    dns,
    loadBalancer,
  } = client;
  const { name: gradesBucket, access } = client.edxapp.gradesBucket;
  const buckets = bucketsOf(client.buckets).map(([, bucket]) => bucket);
  const managesRoles = emr.roles === "managed";
  const backupsRole = client.hosts.backups?.roleName;
  const withDatabases = client.ci?.databases ?? false;
  const parameter = (parameterName: string) => parameterArn(client, parameterName);
  const logPolicy = elasticsearch?.applicationLogs?.resourcePolicy;
  return {
    ...common(client, withDatabases ? [stacks.main, stacks.databases] : [stacks.main]),
    own: [equals("aws:ResourceTag/Client", name)],
    ec2: ec2Scope(client),
    iam: {
      roles: [
        names.hostsRole,
        names.directorRole,
        ...(managesRoles ? emrRoles : [emr.ec2RoleName ?? []].flat()),
        ...(client.alarms ? [client.alarms.clusterWatch] : []),
        ...(backupsRole === undefined ? [] : [backupsRole]),
        ...[client.sessionManager?.roleName ?? []].flat(),
      ],
      users: [names.elasticsearchUser, names.reportsUser],
      policies: [names.hostsPolicy, names.elasticsearchPolicy],
      existingRoles: managesRoles ? [] : sharedEmrRoles(emr),
      passedRoles: [emrRoleNames.service, emr.ec2RoleName ?? emrRoleNames.ec2],
      awsPolicies: [...(managesRoles ? emrPolicyArns : []), ...(backupsRole === undefined ? [] : [backupPolicyArn])],
      lookedUp: [
        ...(managesRoles ? [] : emrRoles.map((role) => `arn:aws:iam::${accountId}:role/${role}`)),
        ...(access === "user-policy" ? [client.edxapp.userArn] : []),
        ...(elasticsearch?.vpc?.serviceRole === "managed" ? [elasticsearchServiceRoleArn(accountId)] : []),
      ],
      boundaries: [
        ciBoundaryArn(accountId, name),
        ...(sharedStack === undefined ? [] : [ciBoundaryArn(accountId, sharedStack)]),
      ],
      ...(managesRoles && { emrServicePolicy: emr.servicePolicy }),
    },
    buckets: buckets.filter(({ exists }) => !exists).map((bucket) => bucket.name),
    existingBuckets: [...buckets.filter(({ exists }) => exists).map((bucket) => bucket.name), gradesBucket],
    ...(access !== "print" &&
      access !== "user-policy" && { gradesPolicy: { bucket: gradesBucket, deletes: access === "new-policy" } }),
    gradesPrefix: `${gradesBucket}/grades-download/*`,
    ofAllClients: false,
    parameters: [
      ...generatedLogins.map((login) => parameter(mysql.parameters[login])),
      parameter(`${mysql.versionsFolder}/passwords`),
    ],
    ...(withDatabases && {
      databases: {
        // The folder is asked for as a whole, by its path.
        parameters: [...loginParameters(mysql).map(parameter), parameter(`${mysql.versionsFolder}*`)],
        instances: database.iterations
          .filter(({ masterLogin }) => masterLogin === undefined)
          .map(({ identifier }) => identifier),
      },
    }),
    directorParameters: isExisting(director) ? [] : (director.passwordReader?.parameterArns ?? []),
    domains: elasticsearch === undefined ? [] : [elasticsearch.domainName],
    logPolicy: logPolicy !== undefined && !isExisting(logPolicy),
    databaseInstances: [
      ...new Set([
        ...database.iterations.map(({ identifier }) => identifier),
        ...database.retired.map((key) => databaseIdentifier(names.database, key)),
      ]),
    ],
    databaseSources: database.iterations.flatMap(({ restoreFrom }) => restoreFrom ?? []),
    alarms: client.alarms,
    kmsKeys: client.kmsKeys,
    backupsRole,
    elasticsearchServiceRole: elasticsearch?.vpc?.serviceRole === "managed",
    sessionManager: client.sessionManager !== undefined,
    subnetGroup: database.subnetGroup,
    ...((dns || loadBalancer) && {
      https: { name: dns?.name, loadBalancer: loadBalancer?.name, ipv6: loadBalancer?.ipv6 },
    }),
  };
}

/** Names of the parameters that the databases stack reads passwords of. */
function loginParameters({ parameters, edxappAdmin }: Client["mysql"]): string[] {
  return Object.entries(parameters)
    .filter(([login]) => login !== "edxapp_admin" || edxappAdmin !== undefined)
    .map(([, name]) => name);
}

function ec2Scope({ network, emr, edxapp, sharedStack, director, hosts }: Client): Ec2Scope {
  const { access, ruleSecurityGroupId, securityGroupIds } = edxapp.database;
  const tagsExisting = emr.servicePolicy === "v2" && network.vpc !== "new" && sharedStack === undefined;
  return {
    hosts: true,
    images: [...(isExisting(director) ? [] : [director]), ...hosts.iterations].flatMap(({ ami }) => ami ?? []),
    newVpc: network.vpc === "new",
    ...(network.vpc === "new" && network.peering && { peering: network.peering }),
    foreignGroups: access === "print" ? [] : [ruleSecurityGroupId ?? securityGroupIds?.[0] ?? "*"],
    taggedSubnets: tagsExisting ? [network.vpc === "existing" ? network.subnetId : "*"] : [],
  };
}

/** The account's EMR roles that get a policy of a client's. */
function sharedEmrRoles({ ec2RoleName, servicePolicy }: Client["emr"]): string[] {
  if (ec2RoleName === undefined) {
    return [emrRoleNames.ec2];
  }
  return servicePolicy === "v2" ? [emrRoleNames.service] : [];
}

export function sharedScope(shared: SharedStack): CiScope {
  const { name, accountId, emr, network } = shared;
  const managesRoles = emr.roles === "managed";
  return {
    ...common(shared, [shared.stacks.main]),
    // Its clients' things have the tag `Client`.
    own: [
      equals("aws:ResourceTag/Project", "edx-analytics"),
      { test: "Null", variable: "aws:ResourceTag/Client", values: ["true"] },
    ],
    ec2: {
      hosts: false,
      images: [],
      newVpc: false,
      foreignGroups: [],
      taggedSubnets: emr.servicePolicy === "v1" ? [] : network.vpc === "existing" ? (network.subnetIds ?? []) : ["*"],
    },
    iam: {
      roles: managesRoles ? emrRoles : [],
      users: [],
      policies: [],
      existingRoles: [],
      passedRoles: [...emrRoles, ownEmrNames("*").ec2Role],
      awsPolicies: managesRoles ? emrPolicyArns : [],
      lookedUp: shared.elasticsearchServiceRole ? [elasticsearchServiceRoleArn(accountId)] : [],
      boundaries: [ciBoundaryArn(accountId, name)],
      ...(managesRoles && { emrServicePolicy: emr.servicePolicy }),
    },
    buckets: [],
    existingBuckets: [],
    ofAllClients: emr.instancePolicy !== "least-privilege",
    parameters: [],
    directorParameters: [],
    domains: [],
    logPolicy: true,
    databaseInstances: [],
    databaseSources: [],
    elasticsearchServiceRole: shared.elasticsearchServiceRole,
    kmsKeys: [],
    sessionManager: false,
  };
}

function common({ name, region, accountId, state, ci }: Client | SharedStack, stacks: readonly StackName[]) {
  return {
    name,
    region,
    accountId,
    issuer: ci?.issuer ?? "",
    stateBucket: state.bucket,
    stateKeys: stacks.map(({ stateKey }) => stateKey),
    planFolders: stacks.map((stack) => `plans/${stack.name}`),
  };
}

function elasticsearchServiceRoleArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:role/aws-service-role/es.amazonaws.com/AWSServiceRoleForAmazonElasticsearchService`;
}
