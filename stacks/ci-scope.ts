import { bucketsOf, type Client, type SharedStack, type StackName } from "../config/client";
import { parameterArn, parameterName } from "../config/names";
import { emrRoleNames } from "../modules/emr-roles";

/** What CI reads and writes for the stacks of one file, by AWS's names. */
export interface CiScope {
  readonly region: string;
  readonly accountId: string;
  readonly stateBucket: string;
  /** Keys of the states that CI plans. */
  readonly stateKeys: readonly string[];
  /** Folders of the plans in the bucket of the state. */
  readonly planFolders: readonly string[];
  /** Names of IAM roles, and of the instance profiles that are called so. */
  readonly roles: readonly string[];
  /** Roles and users of other owners, each of which gets an inline policy; ARNs. */
  readonly existingPrincipals: readonly string[];
  readonly users: readonly string[];
  readonly policies: readonly string[];
  /** Buckets that are managed. */
  readonly buckets: readonly string[];
  /** Existing buckets, whose policy is read, and written where the client file says so. */
  readonly existingBuckets: readonly { readonly name: string; readonly writesPolicy: boolean }[];
  /** ARNs of the SSM parameters, each with a `*` at its end, that hold MySQL users' passwords. */
  readonly parameters: readonly string[];
  /** Whether the databases stack is CI's too. */
  readonly databases: boolean;
  /** The Elasticsearch domain. */
  readonly domains: readonly string[];
  /** RDS instances, which name their parameter groups and snapshots too; a `*` stands for iterations to come. */
  readonly databaseInstances: readonly string[];
  /**
   * The DB subnet group of the RDS instances.
   * @default - there are none
   */
  readonly subnetGroup?: { readonly name: string } | { readonly existing: string };
}

const emrRoles = Object.values(emrRoleNames);

export function clientScope(client: Client): CiScope {
  const { name, names, accountId, edxapp, ci, emr, elasticsearch, stacks } = client;
  const databases = ci?.databases ?? false;
  const managesRoles = emr.roles === "managed";
  const buckets = bucketsOf(client.buckets).map(([, bucket]) => bucket);
  const { name: gradesBucket, access } = edxapp.gradesBucket;
  return {
    ...common(client, databases ? [stacks.main, stacks.databases] : [stacks.main]),
    databases,
    roles: [names.hostsRole, names.directorRole, ...(managesRoles ? emrRoles : [emr.ec2RoleName ?? []].flat())],
    existingPrincipals: [
      ...(managesRoles ? [] : sharedEmrRoles(emr).map((role) => `arn:aws:iam::${accountId}:role/${role}`)),
      ...(access === "user-policy" ? [edxapp.userArn] : []),
    ],
    users: [names.elasticsearchUser, names.reportsUser],
    policies: [names.hostsPolicy, names.elasticsearchPolicy],
    buckets: buckets.filter(({ exists }) => !exists).map((bucket) => bucket.name),
    existingBuckets: [
      ...buckets.filter(({ exists }) => exists).map((bucket) => ({ name: bucket.name, writesPolicy: false })),
      { name: gradesBucket, writesPolicy: access !== "print" && access !== "user-policy" },
    ],
    parameters: [parameterArn(client, parameterName(name, "*"))],
    domains: elasticsearch === undefined ? [] : [elasticsearch.domainName],
    databaseInstances: [
      ...new Set([...client.database.iterations.map(({ identifier }) => identifier), `${names.database}-*`]),
    ],
    subnetGroup: client.database.subnetGroup,
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
  return {
    ...common(shared, [shared.stacks.main]),
    databases: false,
    roles: shared.emr.roles === "managed" ? emrRoles : [],
    existingPrincipals: [],
    users: [],
    policies: [],
    buckets: [],
    existingBuckets: [],
    parameters: [],
    domains: [],
    databaseInstances: [],
  };
}

function common({ region, accountId, state }: Client | SharedStack, stacks: readonly StackName[]) {
  return {
    region,
    accountId,
    stateBucket: state.bucket,
    stateKeys: stacks.map(({ stateKey }) => stateKey),
    planFolders: stacks.map((stack) => `plans/${stack.name}`),
  };
}
