import { Construct } from "constructs";
import type { IVpc } from "./interfaces";
import type { IPeer } from "./peer";
import { Port } from "./port";
import { type ISecurityGroup, SecurityGroup } from "./security-group";

/** Names that EMR itself gives the groups of clusters in a public subnet. */
export const emrSecurityGroupNames = { master: "ElasticMapReduce-master", slave: "ElasticMapReduce-slave" } as const;

/** The groups of a cluster's instances, whoever else may use them. */
export interface IEmrSecurityGroups {
  readonly master: ISecurityGroup;
  readonly slave: ISecurityGroup;
  /** Lets a peer, the analytics hosts, SSH to the masters (runbook, EMR Security Groups). */
  allowSshFrom(peer: IPeer): void;
  /** Lets the instances reach MySQL of the members of a group, `EMR RDS` (runbook, EMR Security Groups). */
  allowMysqlTo(group: ISecurityGroup): void;
}

/** The rules of the runbook's section on EMR's groups, whoever else uses them. */
abstract class EmrInstances extends Construct implements IEmrSecurityGroups {
  abstract readonly master: ISecurityGroup;
  abstract readonly slave: ISecurityGroup;

  allowSshFrom(peer: IPeer): void {
    this.master.allowFrom(peer, Port.SSH);
  }

  allowMysqlTo(group: ISecurityGroup): void {
    group.allowFrom(this.master, Port.MYSQL);
    group.allowFrom(this.slave, Port.MYSQL);
  }
}

export interface EmrSecurityGroupsProps {
  readonly vpc: IVpc;
  /**
   * Description of the masters' group, as AWS cannot change that of one that EMR made.
   * @default "Master group for Elastic MapReduce"
   */
  readonly masterDescription?: string;
  /**
   * Description of the slaves' group.
   * @default "Slave group for Elastic MapReduce"
   */
  readonly slaveDescription?: string;
  /**
   * Whether EMR's service policy v2 is in use, which requires its tag on the groups.
   * @default false
   */
  readonly clusterTag?: boolean;
  /**
   * Stop every plan that would destroy or replace the groups.
   * @default true
   */
  readonly protected?: boolean;
}

/** `ElasticMapReduce-master` and `-slave` with the rules that EMR adds again whenever a cluster starts (runbook, EMR Roles). */
export class EmrSecurityGroups extends EmrInstances {
  readonly master: ISecurityGroup;
  readonly slave: ISecurityGroup;

  constructor(scope: Construct, id: string, props: EmrSecurityGroupsProps) {
    super(scope, id);
    const common = { ...props, managedByEmr: true };
    this.master = new SecurityGroup(this, "master", {
      ...common,
      name: emrSecurityGroupNames.master,
      description: props.masterDescription ?? "Master group for Elastic MapReduce",
    });
    this.slave = new SecurityGroup(this, "slave", {
      ...common,
      name: emrSecurityGroupNames.slave,
      description: props.slaveDescription ?? "Slave group for Elastic MapReduce",
    });
    // What EMR opens between the groups of a cluster's instances, each from itself and from the other.
    for (const port of [Port.ALL_TCP, Port.ALL_UDP, Port.ALL_ICMP]) {
      for (const group of [this.master, this.slave]) {
        group.allowFrom(this.master, port);
        group.allowFrom(this.slave, port);
      }
    }
  }
}

export interface AdditionalEmrSecurityGroupsProps {
  readonly vpc: IVpc;
  /** Name of the masters' group. */
  readonly masterName: string;
  /** Name of the slaves' group. */
  readonly slaveName: string;
  /**
   * Description of the masters' group.
   * @default "EMR masters"
   */
  readonly masterDescription?: string;
  /**
   * Description of the slaves' group.
   * @default "EMR slaves"
   */
  readonly slaveDescription?: string;
  /**
   * Whether EMR's service policy v2 is in use, which requires its tag on the groups.
   * @default false
   */
  readonly clusterTag?: boolean;
  /**
   * Stop every plan that would destroy or replace the groups.
   * @default true
   */
  readonly protected?: boolean;
}

/**
 * Two groups that clusters get in addition where `ElasticMapReduce-master` and `-slave` are shared, so that a database
 * lets these clusters in, and no others.
 */
export class AdditionalEmrSecurityGroups extends EmrInstances {
  readonly master: ISecurityGroup;
  readonly slave: ISecurityGroup;

  constructor(scope: Construct, id: string, props: AdditionalEmrSecurityGroupsProps) {
    super(scope, id);
    const { vpc, clusterTag, protected: isProtected } = props;
    const common = { vpc, clusterTag, protected: isProtected };
    this.master = new SecurityGroup(this, "master", {
      ...common,
      name: props.masterName,
      description: props.masterDescription ?? "EMR masters",
    });
    this.slave = new SecurityGroup(this, "slave", {
      ...common,
      name: props.slaveName,
      description: props.slaveDescription ?? "EMR slaves",
    });
  }
}

export interface EmrRdsSecurityGroupProps {
  readonly vpc: IVpc;
  /**
   * Name of the group.
   * @default "EMR RDS"
   */
  readonly name?: string;
  /**
   * Description of the group.
   * @default "MySQL from EMR"
   */
  readonly description?: string;
  /**
   * Stop every plan that would destroy or replace the group.
   * @default true
   */
  readonly protected?: boolean;
}

/** `EMR RDS` (runbook, EMR Security Groups): the group of the analytics RDS and, by its owner, of the edxapp RDS. */
export class EmrRdsSecurityGroup extends SecurityGroup {
  constructor(scope: Construct, id: string, props: EmrRdsSecurityGroupProps) {
    const { name = "EMR RDS", description = "MySQL from EMR" } = props;
    super(scope, id, { ...props, name, description });
  }
}
