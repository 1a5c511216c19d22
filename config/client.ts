import type { Alarms } from "./alarm-names";
import type { HostBackups } from "./backup-names";
import type { Buckets } from "./buckets";
import type { Tokens } from "./ci-names";
import type { ElasticsearchVpc } from "./elasticsearch-names";
import type { Existing } from "./existing";
import type { Https } from "./https-names";
import type { KmsKey } from "./kms-keys";
import type { Mysql } from "./mysql-names";
import type { NameKey } from "./names";
import type { Playbooks } from "./playbooks";
import type { ConfigurationFiles } from "./schema/configuration-files";
import type { DatabaseIterationFields } from "./schema/database";
import type { NewDirectorFields } from "./schema/director";
import type { EdxappFields } from "./schema/edxapp";
import type { HostIterationFields } from "./schema/hosts";
import type { JenkinsJobs } from "./schema/jenkins-jobs";
import type { NetworkFields, SharedNetworkFields } from "./schema/network";
import type { SessionManager } from "./session-names";
import type { MysqlLogin } from "./tables/mysql-passwords";
import type { Release, ReleaseName } from "./tables/versions-by-release";

/** Where a stack's state is kept. */
export interface State {
  readonly bucket: string;
  readonly region: string;
  readonly accountId: string;
  /**
   * ARNs, or patterns of them, of those who alone reach the bucket, besides CI's roles and the role that deploys.
   * @default - everybody whom IAM lets, but for EC2 instances and the clients' own roles
   */
  readonly deployers?: readonly string[];
}

/** A stack, and the key of its state in the bucket. */
export interface StackName {
  readonly name: string;
  readonly stateKey: string;
}

/** A security group that the stack manages. */
export interface ManagedSecurityGroup {
  readonly name: string;
  readonly description: string;
}

/** A key pair that the stack manages. */
export interface ManagedKeyPair {
  readonly name: string;
  readonly publicKey: string;
}

/** A CI as AWS knows it. */
export interface Ci {
  readonly stack: StackName;
  /** Host of the tokens' issuer, which names the identity provider and its condition keys. */
  readonly issuer: string;
  /** Which tokens plan. */
  readonly plan: Tokens;
  /** Which tokens apply. */
  readonly apply: Tokens;
  /** Field of the client file that describes it. */
  readonly provider: "github" | "gitlab";
  /** The branch that is deployed. */
  readonly branch: string;
  /** The environment that applies are jobs of. */
  readonly environment: string;
  /** Who manages the account's identity provider of that issuer. */
  readonly identityProvider: "managed" | "existing";
  /** Whether the databases stack is CI's too. */
  readonly databases: boolean;
  /** ARN of the permissions boundary of every role and user that the owner's stacks make. */
  readonly boundaryArn: string;
}

/** What a client and a shared stack have in common. */
interface Owner {
  /** Name of the client or shared stack, and of its file. */
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  /** @default - the operator's own credentials deploy */
  readonly deployRoleArn?: string;
  readonly state: State;
  /** Tags on everything taggable, besides `Project` and `ManagedBy`; a client's has `Client`. */
  readonly tags: Readonly<Record<string, string>>;
  readonly protected: boolean;
  /** @default - CI has no roles */
  readonly ci?: Ci;
}

/** What a client file or a shared stack's file describes. */
export type Described = Client | SharedStack;

/** A client as its file describes it: read, completed and checked. Nothing is left to default. */
export interface Client extends Owner, Https {
  readonly kind: "client";
  readonly release: ReleaseName;
  /** All names that `naming` decides, also of what the client does not manage today: CI's roles may manage it tomorrow. */
  readonly names: Readonly<Record<NameKey, string>>;
  /** Versions that the release runs on. */
  readonly versions: Release;
  readonly stacks: {
    readonly main: StackName;
    readonly databases: StackName;
  };
  /**
   * Name of the shared stack that the client uses.
   * @default - the client has its account to itself
   */
  readonly sharedStack?: string;
  readonly network: Network;
  readonly director: Director | Existing;
  readonly hosts: Hosts;
  readonly edxapp: Edxapp;
  readonly database: Database;
  readonly mysql: Mysql;
  /** @default - the release, or the client, has no Elasticsearch */
  readonly elasticsearch?: Elasticsearch;
  readonly emr: Emr;
  /** The buckets that the client has. */
  readonly buckets: Buckets;
  /** The KMS keys of all parts, each use of one. */
  readonly kmsKeys: readonly KmsKey[];
  /** @default - the client has no problem response reports */
  readonly reportsUser?: string;
  readonly configurationFiles: ConfigurationFiles;
  readonly jenkinsJobs: JenkinsJobs;
  /** @default - no e-mail is sent */
  readonly alarms?: Alarms;
  /** @default - hosts are reached by SSH alone */
  readonly sessionManager?: SessionManager;
  /** @default - secret access keys are in the state in clear */
  readonly pgpKey?: string;
  /** What an operator should know, though the client can be deployed. */
  readonly warnings: readonly string[];
}

/** What the clients of an account and region share: read, completed and checked. */
export interface SharedStack extends Owner {
  readonly kind: "shared-stack";
  readonly stacks: { readonly main: StackName };
  readonly network: SharedNetworkFields;
  readonly emr: Pick<Emr, "roles" | "servicePolicy" | "instancePolicy"> & {
    readonly securityGroups: Readonly<Record<"master" | "slave", ManagedSecurityGroup>>;
  };
  /** Whether the stack manages the account's service-linked role of Elasticsearch. */
  readonly elasticsearchServiceRole: boolean;
  readonly logPolicyName: string;
}

export type Network = NetworkFields & {
  /** `Name` tag of a new VPC. */
  readonly name: string;
};

type OwnDirectorFields = "name" | "keyPair" | "securityGroup" | "firstBoot" | "passwordReader" | "protected";

/** A new director. */
export type Director = Readonly<Omit<NewDirectorFields, OwnDirectorFields>> & {
  readonly name: string;
  readonly keyPair: ManagedKeyPair | Existing;
  readonly securityGroup: ManagedSecurityGroup;
  /** @default - its first boot installs nothing */
  readonly playbooks?: Playbooks;
  /** @default - it reads no passwords */
  readonly passwordReader?: { readonly roleName: string; readonly parameterArns: readonly string[] };
  readonly protected: boolean;
};

export interface Hosts {
  /** `Name` tag before `-N`. */
  readonly name: string;
  readonly keyPair: ManagedKeyPair | Existing;
  readonly role: { readonly name: string; readonly policyName: string };
  readonly securityGroup: (ManagedSecurityGroup & { readonly webFrom: readonly string[] }) | Existing;
  /**
   * Groups of the API's and Jenkins' hosts.
   * @default - no host has one: each service is on one host, or all are in `securityGroup`
   */
  readonly serviceGroups?: Readonly<Record<"api" | "jenkins", ManagedSecurityGroup>>;
  readonly active: string;
  readonly retired: readonly string[];
  /** In the order of their keys. */
  readonly iterations: readonly HostIteration[];
  /** @default - no snapshots are made */
  readonly backups?: HostBackups;
  readonly protectedAddress: boolean;
}

export type HostIteration = Readonly<HostIterationFields> & { readonly key: string; readonly protected: boolean };

export interface Database {
  readonly active: string;
  readonly retired: readonly string[];
  /** In the order of their keys. */
  readonly iterations: readonly DatabaseIteration[];
  readonly subnetGroup: { readonly name: string } | Existing;
  readonly backupRetentionDays: number;
  /** @default - RDS chooses one for each instance */
  readonly backupWindow?: string;
  /** @default - RDS chooses one for each instance */
  readonly maintenanceWindow?: string;
}

export type DatabaseIteration = Readonly<Omit<DatabaseIterationFields, "masterPassword">> & {
  readonly key: string;
  readonly identifier: string;
  readonly engineVersion: string;
  readonly lifecycleSupport: "extended" | "upgrade";
  readonly parameterGroupName: string;
  readonly finalSnapshotName: string;
  /** The runbook's utf8, by the name that the engine reports. */
  readonly characterSet: { readonly characterSet: string; readonly collation: string };
  /**
   * The master user's login, whose password the operator puts into SSM.
   * @default - RDS manages the password
   */
  readonly masterLogin?: MysqlLogin;
  readonly protected: boolean;
};

export interface Elasticsearch {
  readonly domainName: string;
  readonly version: string;
  readonly instanceType: string;
  readonly volumeGiB: number;
  readonly encrypted: boolean;
  /** @default - the account's Elasticsearch key */
  readonly kmsKeyId?: string;
  readonly snapshotHourUtc: number;
  readonly userName: string;
  /** @default - application logs are not published */
  readonly applicationLogs?: { readonly resourcePolicy: { readonly name: string } | Existing<true> };
  /** @default - it has a public endpoint */
  readonly vpc?: ElasticsearchVpc;
  readonly protected: boolean;
}

export interface Emr {
  readonly releaseLabel: string;
  /** Who manages the account's EMR roles: this stack, or another owner. */
  readonly roles: "managed" | "existing";
  /**
   * Private subnet of the clusters.
   * @default - the network's own subnet
   */
  readonly subnetId?: string;
  /**
   * Who manages `ElasticMapReduce-master` and `-slave`. Where they exist, `master` and `slave` are two additional groups
   * of the client's own.
   */
  readonly securityGroups: {
    readonly owner: "managed" | "existing";
    readonly master: ManagedSecurityGroup;
    readonly slave: ManagedSecurityGroup;
  };
  readonly rdsSecurityGroup: ManagedSecurityGroup | Existing;
  readonly servicePolicy: "v1" | "v2";
  readonly instancePolicy: "least-privilege" | "AmazonElasticMapReduceforEC2Role";
  /** Name of the instances' inline policy with `least-privilege`. */
  readonly instancePolicyName: string;
  /**
   * Name of the client's own role for the clusters' instances.
   * @default - the account's `EMR_EC2_DefaultRole`
   */
  readonly ec2RoleName?: string;
  readonly passRole: "emr-roles" | "any";
  /** What EMR's instances may do in Elasticsearch, by a policy of this name. */
  readonly elasticsearchAccess: "domain" | "any";
  readonly elasticsearchPolicyName: string;
}

export type Edxapp = Omit<EdxappFields, "gradesBucket"> & {
  readonly gradesBucket: EdxappFields["gradesBucket"] & {
    /** `Sid` of the client's statement in the bucket's policy. */
    readonly statementId: string;
    /** Name of the policy on the edxapp user. */
    readonly policyName: string;
  };
};
