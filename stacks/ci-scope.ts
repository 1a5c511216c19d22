import type { Alarms } from "../config/alarm-names";
import type { DatabaseIteration } from "../config/client";
import type { KmsKey } from "../config/kms-keys";
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
  /** Whether the stack manages the service-linked role of Elasticsearch. */
  readonly elasticsearchServiceRole: boolean;
  /** Whether Session Manager reaches hosts, or did. */
  readonly sessionManager: boolean;
  /**
   * The name of Insights in Route 53, and the load balancer before it.
   * @default - there is none of both
   */
  readonly https?: { readonly name?: string; readonly loadBalancer?: string; readonly ipv6?: boolean };
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
  /** ARNs of other owners' roles and users that a plan looks up, and of AWS's service-linked role that the stack manages. */
  readonly lookedUp: readonly string[];
  /** ARNs of the permissions boundaries: the owner's first, then that of the shared stack. */
  readonly boundaries: readonly [string, ...string[]];
  /**
   * The policy of EMR's service role.
   * @default - the stacks do not make that role
   */
  readonly emrServicePolicy?: "v1" | "v2";
}
