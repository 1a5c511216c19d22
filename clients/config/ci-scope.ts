import type { ClientConfig, SharedConfig, StateConfig } from "./client";
import { namesOf } from "./names";
import { parameterArn, parameterName } from "./parameters";
import { bucketsOf, databaseIterationsOf, elasticsearchOf, ownership, sharedStackName, stateKey } from "./resolve";

/** What CI reads and writes for the stacks of one file, by AWS's names. */
export interface CiScope {
  /** The client, or the shared stack. */
  readonly owner: string;
  readonly region: string;
  readonly accountId: string;
  readonly stateBucket: string;
  /** Keys of the states that CI plans. */
  readonly stateKeys: readonly string[];
  /** Folders of the plans in the bucket of the state. */
  readonly planFolders: readonly string[];
  /** Names of IAM roles, and of the instance profiles that are called so. */
  readonly roles: readonly string[];
  /** Roles and users of others, each of which gets an inline policy; ARNs. */
  readonly foreignPrincipals: readonly string[];
  readonly users: readonly string[];
  readonly policies: readonly string[];
  /** Buckets that are made. */
  readonly buckets: readonly string[];
  /** Buckets of others, whose policy is read, and written where the client file says so. */
  readonly foreignBuckets: readonly { readonly name: string; readonly writesPolicy: boolean }[];
  /** ARNs of the SSM parameters, each with a `*` at its end, that hold MySQL users' passwords. */
  readonly parameters: readonly string[];
  /** Whether the databases stack is CI's too. */
  readonly databases: boolean;
  /** The Elasticsearch domain. */
  readonly domains: readonly string[];
  /** RDS instances, which name their parameter groups and snapshots too; a `*` stands for iterations to come. */
  readonly databaseInstances: readonly string[];
  /**
   * A DB subnet group of others, which RDS instances are put into.
   * @default - one that is made
   */
  readonly existingSubnetGroup?: string;
}

const emrRoles = ["EMR_DefaultRole", "EMR_EC2_DefaultRole"];

export function clientScope(client: ClientConfig): CiScope {
  const { name, accountId, edxapp, ci } = client;
  const databases = (ci?.github ?? ci?.gitlab)?.databases ?? false;
  const names = namesOf(client);
  const makesEmrRoles = (client.emr.roles ?? ownership(client)) === "create";
  const buckets = Object.values(bucketsOf(client));
  const { name: gradesBucket, access } = edxapp.gradesBucket;
  const domain = elasticsearchOf(client);
  return {
    ...common(name, client, databases ? [name, `${name}-databases`] : [name]),
    databases,
    roles: [names.analyticsRole, names.directorRole, ...(makesEmrRoles ? emrRoles : [])],
    foreignPrincipals: [
      ...(makesEmrRoles ? [] : emrRoles.slice(1).map((role) => `arn:aws:iam::${accountId}:role/${role}`)),
      ...(access === "user-policy" ? [edxapp.userArn] : []),
    ],
    users: [names.elasticsearchUser, names.reportsUser],
    policies: [names.provisionPolicy, names.elasticsearchPolicy],
    buckets: buckets.filter(({ create }) => create).map((bucket) => bucket.name),
    foreignBuckets: [
      ...buckets.filter(({ create }) => !create).map((bucket) => ({ name: bucket.name, writesPolicy: false })),
      { name: gradesBucket, writesPolicy: access !== "print" && access !== "user-policy" },
    ],
    parameters: [parameterArn(client, parameterName(name, "*"))],
    domains: domain === undefined ? [] : [domain.domainName],
    databaseInstances: [
      ...new Set([
        ...databaseIterationsOf(client).map(({ identifier }) => identifier),
        `${names.databaseIdentifier}-*`,
      ]),
    ],
    existingSubnetGroup: client.database.existingSubnetGroup,
  };
}

export function sharedScope(shared: SharedConfig): CiScope {
  const name = sharedStackName(shared);
  return {
    ...common(name, shared, [name]),
    databases: false,
    roles: shared.emrRoles === "create" ? emrRoles : [],
    foreignPrincipals: [],
    users: [],
    policies: [],
    buckets: [],
    foreignBuckets: [],
    parameters: [],
    domains: [],
    databaseInstances: [],
  };
}

function common(
  owner: string,
  { region, accountId, state }: { region: string; accountId: string; state: StateConfig },
  stacks: readonly string[],
) {
  return {
    owner,
    region,
    accountId,
    stateBucket: state.bucket,
    stateKeys: stacks.map((stack) => stateKey(state, owner, stack)),
    planFolders: stacks.map((stack) => `plans/${stack}`),
  };
}
