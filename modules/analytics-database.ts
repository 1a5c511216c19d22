import { DbInstance, type DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import type { Postcondition } from "cdktf";
import { Construct } from "constructs";
import type { INetwork } from "./interfaces";
import { keepsKey } from "./kms-key";
import type { IPeer } from "./peer";
import { Port } from "./port";
import { type ISecurityGroup, type ISecurityGroupRef, memberOf } from "./security-group";

/** One RDS instance of the database. */
export interface DatabaseIteration {
  /** Identifier of the RDS instance. */
  readonly identifier: string;
  /** Name of the snapshot that is taken when the instance is destroyed, and outlives it. */
  readonly finalSnapshotIdentifier: string;
  /**
   * Name of the parameter group; a group is of one engine version.
   * @default - Terraform makes a unique one
   */
  readonly parameterGroupName?: string;
  /**
   * MySQL version, major and minor number: RDS takes its newest patch; or the whole of an instance that is imported.
   * @default "8.0"
   */
  readonly engineVersion?: string;
  /**
   * RDS instance class.
   * @default "db.t3.medium"
   */
  readonly instanceClass?: string;
  /**
   * Storage type.
   * @default "gp3"
   */
  readonly storageType?: "gp2" | "gp3";
  /**
   * Storage, GiB.
   * @default 20
   */
  readonly storageGiB?: number;
  /**
   * The most that RDS grows the storage to by itself, GiB.
   * @default - RDS does not grow it
   */
  readonly maxStorageGiB?: number;
  /**
   * Encryption at rest; another value replaces the instance.
   * @default true
   */
  readonly encrypted?: boolean;
  /**
   * ARN of the KMS key that the instance is created with. An instance that has another one keeps it, and stops the plan.
   * @default - the account's RDS key
   */
  readonly kmsKeyId?: string;
  /**
   * A standby in another availability zone.
   * @default false
   */
  readonly multiAz?: boolean;
  /**
   * Master user; another one replaces the instance.
   * @default "root"
   */
  readonly masterUser?: string;
  /**
   * `managed`: RDS makes the master user's password, keeps it in Secrets Manager and rotates it. `existing`: an instance
   * that is imported keeps its own.
   * @default "managed"
   */
  readonly masterPassword?: "managed" | "existing";
  /**
   * What the instance is created from: a snapshot's identifier, or another instance as it was at a time in UTC, as
   * in `2026-11-26T09:30:00Z`, or `latest`. Once the instance exists it has no effect.
   * @default - an empty instance
   */
  readonly restoreFrom?: { readonly snapshot: string } | { readonly instance: string; readonly at: string };
  /**
   * After the engine's end of standard support: `extended` pays for RDS Extended Support, `upgrade` lets RDS upgrade it.
   * @default "upgrade"
   */
  readonly lifecycleSupport?: "extended" | "upgrade";
  /**
   * Groups that the instance is in besides `EMR RDS`.
   * @default []
   */
  readonly additionalSecurityGroups?: readonly ISecurityGroupRef[];
  /**
   * Stop every plan that would destroy the instance, and turn deletion protection on.
   * @default true
   */
  readonly protected?: boolean;
}

export interface AnalyticsDatabaseProps {
  readonly network: INetwork;
  /** The instances by iteration; an upgrade is a new iteration. */
  readonly iterations: Readonly<Record<string, DatabaseIteration>>;
  /**
   * Automated backups, days.
   * @default 14
   */
  readonly backupRetentionDays?: number;
  /**
   * When RDS makes its daily backup, UTC, as in `03:00-04:00`.
   * @default - a half-hour that RDS chooses
   */
  readonly backupWindow?: string;
  /**
   * When RDS changes instances, UTC, as in `sun:04:30-sun:05:30`.
   * @default - a half-hour that RDS chooses
   */
  readonly maintenanceWindow?: string;
  /** `EMR RDS`, which lets EMR's instances in. */
  readonly securityGroup: ISecurityGroup;
}

/** The runbook's character set, utf8, as the server's default: `dashboard`, `analytics-api` and `reports` are made in it. */
const utf8 = [
  { name: "character_set_server", value: "utf8" },
  { name: "collation_server", value: "utf8_general_ci" },
];

const lifecycleSupport = {
  extended: "open-source-rds-extended-support",
  upgrade: "open-source-rds-extended-support-disabled",
} as const;

/**
 * The RDS MySQL of Insights, the Analytics API and the pipeline (runbook, RDS), keyed by iteration: an upgrade is a new
 * instance that is set up before it becomes active.
 */
export class AnalyticsDatabase extends Construct {
  /** `EMR RDS`, on these instances and, by its owner, on the edxapp RDS. */
  readonly securityGroup: ISecurityGroup;
  /** Instances by iteration. */
  readonly iterations: Readonly<Record<string, DbInstance>>;
  /** ARNs of the secrets that RDS keeps master passwords in, by iteration, of those that it manages. */
  readonly masterSecretArns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: AnalyticsDatabaseProps) {
    super(scope, id);
    this.securityGroup = props.securityGroup;
    const iterations = Object.entries(props.iterations);
    this.iterations = Object.fromEntries(
      iterations.map(([key, iteration]) => [key, this.instance(key, iteration, props)]),
    );
    this.masterSecretArns = Object.fromEntries(
      iterations
        .filter(([, { masterPassword }]) => masterPassword !== "existing")
        .map(([key]) => [key, `\${one(${this.iterations[key]?.fqn}.master_user_secret[*].secret_arn)}`]),
    );
  }

  /** Lets a peer reach MySQL on every iteration. */
  allowFrom(peer: IPeer): void {
    this.securityGroup.allowFrom(peer, Port.MYSQL);
  }

  private instance(key: string, iteration: DatabaseIteration, props: AnalyticsDatabaseProps): DbInstance {
    const { identifier, engineVersion = "8.0", kmsKeyId, protected: isProtected = true } = iteration;
    const { network } = props;
    const parameters = new DbParameterGroup(this, `${key}-parameters`, {
      name: iteration.parameterGroupName,
      family: familyOf(engineVersion),
      description: `MySQL of ${identifier}`,
      parameter: utf8,
      // A new engine is a new group, which the instance moves to before the old one can go.
      lifecycle: { createBeforeDestroy: true },
    });
    return new DbInstance(this, key, {
      identifier,
      engine: "mysql",
      engineVersion,
      instanceClass: iteration.instanceClass ?? "db.t3.medium",
      storageType: iteration.storageType ?? "gp3",
      allocatedStorage: iteration.storageGiB ?? 20,
      maxAllocatedStorage: iteration.maxStorageGiB,
      storageEncrypted: iteration.encrypted ?? true,
      kmsKeyId,
      username: iteration.masterUser ?? "root",
      // Without it and without `password` an instance keeps the one that it has.
      manageMasterUserPassword: iteration.masterPassword === "existing" ? undefined : true,
      dbSubnetGroupName: network.databaseSubnetGroupName,
      vpcSecurityGroupIds: memberOf(network, this.securityGroup, iteration.additionalSecurityGroups),
      parameterGroupName: parameters.name,
      multiAz: iteration.multiAz ?? false,
      publiclyAccessible: false,
      backupRetentionPeriod: props.backupRetentionDays ?? 14,
      backupWindow: props.backupWindow,
      maintenanceWindow: props.maintenanceWindow,
      ...restored(iteration),
      autoMinorVersionUpgrade: false,
      engineLifecycleSupport: lifecycleSupport[iteration.lifecycleSupport ?? "upgrade"],
      copyTagsToSnapshot: true,
      deletionProtection: isProtected,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: iteration.finalSnapshotIdentifier,
      tags: { Name: identifier },
      lifecycle: {
        preventDestroy: isProtected,
        // Decided when the instance is created. AWS does not tell what it was created from, so an imported one would be replaced.
        ignoreChanges: [
          "engine_lifecycle_support",
          "snapshot_identifier",
          "restore_to_point_in_time",
          ...(kmsKeyId === undefined ? [] : ["kms_key_id"]),
        ],
        postcondition: [
          keepsVersion(key, iteration.identifier, engineVersion),
          ...goesNotBack(key, iteration.identifier, engineVersion),
          ...(kmsKeyId === undefined
            ? []
            : [
                keepsKey({
                  kmsKeyId,
                  attribute: "kms_key_id",
                  what: identifier,
                  fix: "Remove kmsKeyId from that iteration. Another key is a new iteration, of a snapshot that is copied with the key.",
                }),
              ]),
        ],
      },
    });
  }
}

function restored({
  restoreFrom: from,
}: DatabaseIteration): Pick<DbInstanceConfig, "snapshotIdentifier" | "restoreToPointInTime"> {
  if (from === undefined) {
    return {};
  }
  if ("snapshot" in from) {
    return { snapshotIdentifier: from.snapshot };
  }
  const time = from.at === "latest" ? { useLatestRestorableTime: true } : { restoreTime: from.at };
  return { restoreToPointInTime: { sourceDbInstanceIdentifier: from.instance, ...time } };
}

/** Family of the parameters of an engine version such as 5.7.44. */
function familyOf(engineVersion: string): string {
  return `mysql${majorMinor(engineVersion)}`;
}

function majorMinor(engineVersion: string): string {
  return engineVersion.split(".").slice(0, 2).join(".");
}

/** Stops a plan that would upgrade a running instance in place: it shows the version that RDS runs until it is applied. */
function keepsVersion(key: string, identifier: string, engineVersion: string): Postcondition {
  const running = 'join(".", slice(split(".", self.engine_version_actual), 0, 2))';
  return {
    condition: `\${${running} == "${majorMinor(engineVersion)}"}`,
    errorMessage: `${identifier} runs MySQL \${self.engine_version_actual}, and is to be ${engineVersion}. An iteration keeps the version that it was made with: set engineVersion of the database's iteration ${key} to "\${${running}}". Another version is a new iteration.`,
  };
}

/**
 * Stops a plan for an older patch, or build of one, than RDS runs by now: it refuses to go back, half-way through an apply. It compares
 * with the instance's own argument, which is a variable in HCL.
 */
function goesNotBack(key: string, identifier: string, engineVersion: string): Postcondition[] {
  const patch = "^[0-9]+[.][0-9]+[.]([0-9]+)";
  if (!new RegExp(patch).test(engineVersion)) {
    return [];
  }
  // A build is a day, of eight digits.
  const number = (version: string) =>
    `tonumber(try(regex("${patch}", ${version})[0], "0")) * 100000000 + tonumber(try(regex("-rds[.]([0-9]+)$", ${version})[0], "0"))`;
  return [
    {
      condition: `\${!can(regex("${patch}", self.engine_version)) || ${number("self.engine_version_actual")} <= ${number("self.engine_version")}}`,
      errorMessage: `${identifier} runs MySQL \${self.engine_version_actual}, and is to be \${self.engine_version}: RDS has moved on and refuses to go back. Set engineVersion of the database's iteration ${key} to "\${self.engine_version_actual}".`,
    },
  ];
}
