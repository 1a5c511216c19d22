import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { Construct } from "constructs";
import type { DatabaseConfig } from "../clients/config/data";
import { type DatabaseIteration, majorMinor } from "../clients/config/resolve";
import type { Network } from "./network";
import { ExistingSecurityGroup, type ISecurityGroup, mysql, type Peer, SecurityGroup } from "./shared/security-group";

export interface AnalyticsDatabaseProps {
  readonly network: Network;
  readonly config: DatabaseConfig;
  readonly iterations: readonly DatabaseIteration[];
  /** Name of the group `EMR RDS`. */
  readonly emrRdsSecurityGroup: string;
  /**
   * Description of the group `EMR RDS`.
   * @default "MySQL from EMR"
   */
  readonly description?: string;
  /**
   * Id of an `EMR RDS` group that is there already, and is used as it is.
   * @default - the group is made
   */
  readonly existingSecurityGroupId?: string;
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
  /** `EMR RDS`, on our instances and, by its owner, on the edxapp RDS. */
  readonly securityGroup: ISecurityGroup;
  /** Instances by iteration. */
  readonly iterations: Readonly<Record<string, DbInstance>>;
  /** ARNs of the secrets that RDS keeps master passwords in, by iteration, of those that it manages. */
  readonly masterSecretArns: Readonly<Record<string, string>>;
  readonly active: DbInstance;

  constructor(scope: Construct, id: string, props: AnalyticsDatabaseProps) {
    super(scope, id);
    const { network, config } = props;
    const { vpcId } = network;
    this.securityGroup =
      props.existingSecurityGroupId === undefined
        ? new SecurityGroup(this, "emr-rds", {
            vpcId,
            name: props.emrRdsSecurityGroup,
            description: props.description ?? "MySQL from EMR",
          })
        : new ExistingSecurityGroup(this, "emr-rds", { vpcId, securityGroupId: props.existingSecurityGroupId });
    this.iterations = Object.fromEntries(
      props.iterations.map((iteration) => [iteration.key, this.instance(iteration, props)]),
    );
    this.masterSecretArns = Object.fromEntries(
      props.iterations
        .filter(({ masterPassword }) => masterPassword === "managed")
        .map(({ key }) => [key, `\${one(${this.iterations[key]?.fqn}.master_user_secret[*].secret_arn)}`]),
    );
    this.active = this.iterations[config.active] as DbInstance;
  }

  /** Lets a peer reach MySQL on every iteration. */
  allowFrom(peer: Peer): void {
    this.securityGroup.allowFrom(peer, mysql);
  }

  private instance(iteration: DatabaseIteration, { network, config }: AnalyticsDatabaseProps): DbInstance {
    const { key, identifier, engineVersion } = iteration;
    const parameters = new DbParameterGroup(this, `${key}-parameters`, {
      name: parameterGroupOf(iteration),
      family: `mysql${majorMinor(engineVersion)}`,
      description: `MySQL of ${identifier}`,
      parameter: utf8,
      // A new engine is a new group, which the instance moves to before the old one can go.
      lifecycle: { createBeforeDestroy: true },
    });
    return new DbInstance(this, key, {
      identifier,
      engine: "mysql",
      engineVersion,
      instanceClass: iteration.instanceClass,
      storageType: iteration.storageType,
      allocatedStorage: iteration.storageGiB,
      maxAllocatedStorage: iteration.maxStorageGiB,
      storageEncrypted: iteration.encrypted,
      username: iteration.masterUser,
      // Without it and without `password` an instance keeps the one that it has.
      manageMasterUserPassword: iteration.masterPassword === "managed" ? true : undefined,
      dbSubnetGroupName: network.databaseSubnetGroupName,
      vpcSecurityGroupIds: [
        ...network.defaultSecurityGroupIds,
        this.securityGroup.securityGroupId,
        ...iteration.additionalSecurityGroupIds,
      ],
      parameterGroupName: parameters.name,
      multiAz: iteration.multiAz,
      publiclyAccessible: false,
      backupRetentionPeriod: config.backupRetentionDays,
      autoMinorVersionUpgrade: false,
      engineLifecycleSupport: lifecycleSupport[iteration.lifecycleSupport],
      copyTagsToSnapshot: true,
      deletionProtection: iteration.protected,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: finalSnapshotOf(identifier),
      tags: { Name: identifier },
      lifecycle: {
        preventDestroy: iteration.protected,
        // Decided when the instance is made: the provider does not send a change, and would plan it for ever.
        ignoreChanges: ["engine_lifecycle_support"],
      },
    });
  }
}

/** Name of an iteration's parameter group; a group is of one engine version. */
export function parameterGroupOf({
  identifier,
  engineVersion,
}: Pick<DatabaseIteration, "identifier" | "engineVersion">): string {
  return `${identifier}-mysql${majorMinor(engineVersion).replace(".", "-")}`;
}

/** Name of the snapshot that outlives an instance. */
export function finalSnapshotOf(identifier: string): string {
  return `${identifier}-final`;
}
