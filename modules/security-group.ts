import { DataAwsSecurityGroup } from "@cdktf/provider-aws/lib/data-aws-security-group";
import { SecurityGroup as AwsSecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { clusterTag } from "./emr-tag";
import type { INetwork, IVpc } from "./interfaces";
import type { IPeer } from "./peer";
import type { IPort } from "./port";

/** A security group that something is a member of. */
export interface ISecurityGroupRef {
  readonly securityGroupId: string;
}

/** A security group, managed or existing: members, peers, and rules. */
export interface ISecurityGroup extends ISecurityGroupRef, IPeer {
  readonly securityGroupId: string;
  /** Lets a peer in on a port. */
  allowFrom(peer: IPeer, port: IPort): void;
}

/** Ids of the groups that an instance is a member of: the network's default ones, its own, and additional ones. */
export function memberOf(
  network: INetwork,
  own: ISecurityGroupRef,
  additional: readonly ISecurityGroupRef[] = [],
): string[] {
  return [...(network.defaultSecurityGroupIds ?? []), ...[own, ...additional].map((group) => group.securityGroupId)];
}

/** How rules call a group that is their peer. */
interface PeerOptions {
  /**
   * The group in the ids and descriptions of rules that it is the peer of; unique among the peers of a group.
   * @default - the construct's id
   */
  readonly peerName?: string;
}

export interface SecurityGroupProps extends PeerOptions {
  readonly vpc: IVpc;
  /** Name, unique in the VPC; AWS cannot change it. */
  readonly name: string;
  /** Description; AWS cannot change it. */
  readonly description: string;
  /**
   * Whether EMR adds rules by itself, which must go before the group can.
   * @default false
   */
  readonly managedByEmr?: boolean;
  /**
   * Whether EMR's service policy v2 is in use, which requires its tag on groups that it handles.
   * @default false
   */
  readonly clusterTag?: boolean;
  /**
   * Stop every plan that would destroy or replace the group. A replacement takes all rules away first, then fails: AWS deletes no
   * group that is in use, and takes no second one of the same name.
   * @default true
   */
  readonly protected?: boolean;
}

export interface ExistingSecurityGroupOptions extends PeerOptions {
  /**
   * VPC that the group is looked up in, so that a wrong id or VPC stops the plan.
   * @default - the group is not looked up
   */
  readonly vpc?: IVpc;
  /**
   * Whether `allowFrom` adds rules; without, they are their owner's alone, as adding a rule that exists fails.
   * @default true
   */
  readonly mutable?: boolean;
}

abstract class SecurityGroupBase extends Construct implements ISecurityGroup {
  abstract readonly securityGroupId: string;
  readonly peerName: string;

  constructor(scope: Construct, id: string, { peerName }: PeerOptions) {
    super(scope, id);
    this.peerName = peerName ?? id;
  }

  /** One rule is one resource: rules that others add stay, and a plan names the pair. */
  allowFrom(peer: IPeer, port: IPort): void {
    new VpcSecurityGroupIngressRule(this, `${port.portName}-from-${peer.peerName}`, {
      securityGroupId: this.securityGroupId,
      description: `${port.portName} from ${peer.peerName}`,
      ipProtocol: port.protocol,
      fromPort: port.from,
      toPort: port.to,
      referencedSecurityGroupId: peer.securityGroupId,
      cidrIpv4: peer.cidr,
      cidrIpv6: peer.cidrIpv6,
    });
  }
}

/** A security group: everything out, nothing in but what `allowFrom` says. */
export class SecurityGroup extends SecurityGroupBase {
  /** An existing group that this stack does not manage. */
  static fromSecurityGroupId(
    scope: Construct,
    id: string,
    securityGroupId: string,
    options: ExistingSecurityGroupOptions = {},
  ): ISecurityGroup {
    return new ExistingSecurityGroup(scope, id, securityGroupId, options);
  }

  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id, props);
    const group = new AwsSecurityGroup(this, "Resource", {
      name: props.name,
      description: props.description,
      vpcId: props.vpc.vpcId,
      revokeRulesOnDelete: props.managedByEmr ? true : undefined,
      tags: { Name: props.name, ...(props.clusterTag ? clusterTag : {}) },
      lifecycle: { preventDestroy: props.protected ?? true },
    });
    this.securityGroupId = group.id;
    new VpcSecurityGroupEgressRule(this, "everything-out", {
      securityGroupId: group.id,
      description: "Everything out",
      ipProtocol: "-1",
      cidrIpv4: "0.0.0.0/0",
    });
  }
}

class ExistingSecurityGroup extends SecurityGroupBase {
  readonly securityGroupId: string;
  private readonly mutable: boolean;

  constructor(scope: Construct, id: string, securityGroupId: string, options: ExistingSecurityGroupOptions) {
    super(scope, id, options);
    const { vpc, mutable = true } = options;
    this.mutable = mutable;
    this.securityGroupId =
      vpc === undefined
        ? securityGroupId
        : new DataAwsSecurityGroup(this, "Resource", { id: securityGroupId, vpcId: vpc.vpcId }).id;
  }

  override allowFrom(peer: IPeer, port: IPort): void {
    if (this.mutable) {
      super.allowFrom(peer, port);
    }
  }
}
