import type { Alarms } from "../config/alarm-names";
import { bucketsOf } from "../config/buckets";
import { ciBoundaryArn } from "../config/ci-names";
import type { Client, DatabaseIteration, SharedStack, StackName } from "../config/client";
import { isExisting } from "../config/existing";
import type { KmsKey } from "../config/kms-keys";
import { databaseIdentifier, ownEmrNames, parameterArn } from "../config/names";
import { generatedLogins } from "../config/tables/mysql-passwords";
import { emrPolicyArns, emrRoleNames } from "../modules/emr-roles";
import { backupPolicyArn } from "../modules/host-backups";
import type { Condition } from "../modules/policy-document";

/** What CI reads and writes for the stacks of one file, by AWS's names. Nothing here is a prefix of another owner's name. */
export interface CiScope {
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  /** Host of the identity provider. */
  readonly issuer: string;
  readonly stateBucket: string;
  /** Keys of the states that CI plans. */
  readonly stateKeys: readonly string[];
  /** Folders of the plans in the bucket of the state. */
  readonly planFolders: readonly string[];
  /** Tags by which AWS knows what the owner's stacks have made. */
  readonly own: readonly Condition[];
  readonly ec2: Ec2Scope;
  readonly iam: IamScope;
  /** Buckets that are managed. */
  readonly buckets: readonly string[];
  /** Existing buckets, whose settings are read. */
  readonly existingBuckets: readonly string[];
  /**
   * Edxapp's bucket, and whether the stack may delete its policy.
   * @default - its policy is not written
   */
  readonly gradesPolicy?: { readonly bucket: string; readonly deletes: boolean };
  /**
   * Pattern of what EMR puts into edxapp's bucket.
   * @default - of no client: a shared stack
   */
  readonly gradesPrefix?: string;
  /** Whether EMR's instances reach the buckets and domains of clients that the file does not name: a shared stack's alone. */
  readonly ofAllClients: boolean;
  /** ARNs of the SSM parameters that the stacks make. */
  readonly parameters: readonly string[];
  /**
   * What the databases stack logs in with.
   * @default - it is not CI's
   */
  readonly databases?: { readonly parameters: readonly string[]; readonly instances: readonly string[] };
  /** ARNs of the parameters that the director's role reads. */
  readonly directorParameters: readonly string[];
  /** The Elasticsearch domain. */
  readonly domains: readonly string[];
  /** Whether the stack writes a resource policy of CloudWatch Logs. */
  readonly logPolicy: boolean;
  /** RDS instances, which name their parameter groups and snapshots too. */
  readonly databaseInstances: readonly string[];
  /** Snapshots and other instances that the RDS instances are created from. */
  readonly databaseSources: readonly NonNullable<DatabaseIteration["restoreFrom"]>[];
  /**
   * The DB subnet group of the RDS instances.
   * @default - there are none
   */
  readonly subnetGroup?: { readonly name: string } | { readonly existing: string };
  /** @default - no e-mail is sent */
  readonly alarms?: AlarmsScope;
  /** The KMS keys that the file names. */
  readonly kmsKeys: readonly KmsKey[];
  /**
   * Name of the role that makes snapshots of hosts.
   * @default - none are made
   */
  readonly backupsRole?: string;
  /** Whether Session Manager reaches hosts, or did. */
  readonly sessionManager: boolean;
  /**
   * The name of Insights in Route 53, and the load balancer before it.
   * @default - there is none of both
   */
  readonly https?: { readonly name?: string; readonly loadBalancer?: string };
}

/** The names of what mails operators. */
export type AlarmsScope = Pick<Alarms, "name" | "clusterWatch">;

export interface Ec2Scope {
  /** Whether the stacks have hosts. */
  readonly hosts: boolean;
  /** Ids of images that the file names; others are Canonical's. */
  readonly images: readonly string[];
  /** Whether the VPC is made. */
  readonly newVpc: boolean;
  /**
   * The VPC of the edxapp RDS, and the route tables there.
   * @default - none
   */
  readonly peering?: { readonly vpcId: string; readonly routeTableIds: readonly string[] };
  /** Ids of unmanaged security groups that get rules; `*` where only AWS knows them. */
  readonly foreignGroups: readonly string[];
  /** Ids of unmanaged subnets that get EMR's tag; `*` where only AWS knows them. */
  readonly taggedSubnets: readonly string[];
}

export interface IamScope {
  /** Names of roles, and of the instance profiles that are called so. */
  readonly roles: readonly string[];
  readonly users: readonly string[];
  readonly policies: readonly string[];
  /** Roles of other owners that get an inline policy, where one of the boundaries limits them. */
  readonly existingRoles: readonly string[];
  /** Names, or patterns of them, of EMR's roles that are passed on. */
  readonly passedRoles: readonly string[];
  /** ARNs of AWS's policies that go onto roles. */
  readonly awsPolicies: readonly string[];
  /** ARNs of other owners' roles and users that a plan looks up. */
  readonly lookedUp: readonly string[];
  /** ARNs of the permissions boundaries: the owner's first, then that of the shared stack. */
  readonly boundaries: readonly [string, ...string[]];
  /**
   * The policy of EMR's service role.
   * @default - the stacks do not make that role
   */
  readonly emrServicePolicy?: "v1" | "v2";
}

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
    sessionManager: client.sessionManager !== undefined,
    subnetGroup: database.subnetGroup,
    ...((dns || loadBalancer) && { https: { name: dns?.name, loadBalancer: loadBalancer?.name } }),
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
      lookedUp: [],
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
