import { Construct } from "constructs";
import { type Peer, type Port, SecurityGroup, ssh } from "./shared/security-group";

/** Names that EMR itself gives the groups of clusters in a public subnet. */
export const emrSecurityGroupNames = { master: "ElasticMapReduce-master", slave: "ElasticMapReduce-slave" } as const;

export interface EmrSecurityGroupsProps {
  readonly vpcId: string;
  /**
   * Descriptions, as AWS cannot change those of groups that EMR made.
   * @default - "Master group for Elastic MapReduce", "Slave group for Elastic MapReduce"
   */
  readonly descriptions?: { readonly master?: string; readonly slave?: string };
  /**
   * Whether EMR's service policy v2 is in use, which wants its tag on the groups.
   * @default false
   */
  readonly clusterTag?: boolean;
  /**
   * Stop every plan that would destroy the groups, as where other clients use them.
   * @default false
   */
  readonly protected?: boolean;
}

/** What EMR opens between the groups of a cluster's instances, each from itself and from the other. */
const clusterTraffic: readonly Port[] = [
  { portName: "all-tcp", protocol: "tcp", from: 0, to: 65535 },
  { portName: "all-udp", protocol: "udp", from: 0, to: 65535 },
  { portName: "all-icmp", protocol: "icmp", from: -1, to: -1 },
];

/** The groups of a client's cluster instances, whoever else may use them. */
export interface IEmrSecurityGroups extends Construct {
  readonly master: SecurityGroup;
  readonly slave: SecurityGroup;
  /** Lets a peer, the analytics hosts, SSH to the masters (runbook, EMR Security Groups). */
  allowSshFrom(peer: Peer): void;
}

/** `ElasticMapReduce-master` and `-slave` with the rules that EMR adds again whenever a cluster starts (runbook, EMR Roles). */
export class EmrSecurityGroups extends Construct implements IEmrSecurityGroups {
  readonly master: SecurityGroup;
  readonly slave: SecurityGroup;

  constructor(scope: Construct, id: string, props: EmrSecurityGroupsProps) {
    super(scope, id);
    const { vpcId, descriptions, clusterTag, protected: isProtected } = props;
    this.master = new SecurityGroup(this, "master", {
      vpcId,
      name: emrSecurityGroupNames.master,
      description: descriptions?.master ?? "Master group for Elastic MapReduce",
      managedByEmr: true,
      clusterTag,
      protected: isProtected,
    });
    this.slave = new SecurityGroup(this, "slave", {
      vpcId,
      name: emrSecurityGroupNames.slave,
      description: descriptions?.slave ?? "Slave group for Elastic MapReduce",
      managedByEmr: true,
      clusterTag,
      protected: isProtected,
    });
    for (const port of clusterTraffic) {
      for (const group of [this.master, this.slave]) {
        group.allowFrom(this.master, port);
        group.allowFrom(this.slave, port);
      }
    }
  }

  allowSshFrom(peer: Peer): void {
    this.master.allowFrom(peer, ssh);
  }
}

/**
 * Two groups that a client's clusters get in addition where `ElasticMapReduce-master` and `-slave` are shared, so that
 * its database lets its own clusters in, and no other client's.
 */
export class AdditionalEmrSecurityGroups extends Construct implements IEmrSecurityGroups {
  readonly master: SecurityGroup;
  readonly slave: SecurityGroup;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly vpcId: string; readonly client: string; readonly clusterTag?: boolean },
  ) {
    super(scope, id);
    const { vpcId, client, clusterTag } = props;
    this.master = new SecurityGroup(this, "master", {
      vpcId,
      name: `${client}-emr-master`,
      description: `EMR masters of ${client}`,
      clusterTag,
    });
    this.slave = new SecurityGroup(this, "slave", {
      vpcId,
      name: `${client}-emr-slave`,
      description: `EMR slaves of ${client}`,
      clusterTag,
    });
  }

  allowSshFrom(peer: Peer): void {
    this.master.allowFrom(peer, ssh);
  }
}
