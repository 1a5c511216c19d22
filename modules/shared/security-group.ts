import { DataAwsSecurityGroup } from "@cdktf/provider-aws/lib/data-aws-security-group";
import { SecurityGroup as AwsSecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { isStructural } from "./client-stack";
import { clusterTag } from "./emr-tag";

/** Where traffic comes from: a security group, or an IPv4 range. */
export interface Peer {
  /** The peer in a rule's address and description, as in `director`. */
  readonly peerName: string;
  /** Id of the group. @default - `cidr` is used */
  readonly securityGroupId?: string;
  /** IPv4 range. @default - `securityGroupId` is used */
  readonly cidr?: string;
}

/** What traffic is let in. */
export interface Port {
  /** The port in a rule's address and description, as in `ssh`. */
  readonly portName: string;
  readonly protocol: "tcp" | "udp" | "icmp";
  /** First port; the ICMP type, -1 for all, for `icmp`. */
  readonly from: number;
  /** Last port; the ICMP code, -1 for all, for `icmp`. */
  readonly to: number;
}

export const ssh: Port = tcp("ssh", 22);
export const http: Port = tcp("http", 80);
export const https: Port = tcp("https", 443);
export const mysql: Port = tcp("mysql", 3306);

export function tcp(portName: string, port: number): Port {
  return { portName, protocol: "tcp", from: port, to: port };
}

/** An IPv4 range as a peer; the whole Internet is `anywhere`. */
export function range(cidr: string): Peer {
  return { peerName: cidr === "0.0.0.0/0" ? "anywhere" : cidr, cidr };
}

export interface SecurityGroupProps {
  readonly vpcId: string;
  /** Name, unique in the VPC; cannot change without replacement. */
  readonly name: string;
  /** Description; cannot change without replacement. */
  readonly description: string;
  /**
   * Whether EMR adds rules by itself, which must go before the group can.
   * @default false
   */
  readonly managedByEmr?: boolean;
  /**
   * Whether EMR's service policy v2 is in use, which wants the tag on groups that it handles.
   * @default false
   */
  readonly clusterTag?: boolean;
  /**
   * Stop every plan that would destroy the group.
   * @default false
   */
  readonly protected?: boolean;
}

/** A security group, whoever made it. */
export interface ISecurityGroup extends Construct, Peer {
  readonly securityGroupId: string;
  /** Lets a peer in on a port. */
  allowFrom(peer: Peer, port: Port): void;
}

abstract class SecurityGroupBase extends Construct implements ISecurityGroup {
  abstract readonly securityGroupId: string;
  readonly peerName: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.peerName = this.node.scopes.map((outer) => outer.node.id).findLast((part) => !isStructural(part)) as string;
  }

  /** One rule is one resource: rules that others add stay, and a plan names the pair. */
  allowFrom(peer: Peer, port: Port): void {
    new VpcSecurityGroupIngressRule(this, `${port.portName}-from-${peer.peerName}`, {
      securityGroupId: this.securityGroupId,
      description: `${port.portName} from ${peer.peerName}`,
      ipProtocol: port.protocol,
      fromPort: port.from,
      toPort: port.to,
      referencedSecurityGroupId: peer.securityGroupId,
      cidrIpv4: peer.cidr,
    });
  }
}

/** A security group of ours: everything out, nothing in but what `allowFrom` says. */
export class SecurityGroup extends SecurityGroupBase {
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id);
    const group = new AwsSecurityGroup(this, "Resource", {
      name: props.name,
      description: props.description,
      vpcId: props.vpcId,
      revokeRulesOnDelete: props.managedByEmr ? true : undefined,
      tags: { Name: props.name, ...(props.clusterTag ? clusterTag : {}) },
      lifecycle: props.protected ? { preventDestroy: true } : undefined,
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

/** A security group that is there already, and gets rules of ours beside its own. */
export class ExtendedSecurityGroup extends SecurityGroupBase {
  constructor(
    scope: Construct,
    id: string,
    readonly securityGroupId: string,
  ) {
    super(scope, id);
  }
}

/** A security group that is there already and is used as it is, looked up so that a wrong id or VPC stops the plan. */
export class ExistingSecurityGroup extends SecurityGroupBase {
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: { readonly securityGroupId: string; readonly vpcId: string }) {
    super(scope, id);
    this.securityGroupId = new DataAwsSecurityGroup(this, "Resource", {
      id: props.securityGroupId,
      vpcId: props.vpcId,
    }).id;
  }

  /** Adds nothing: the group's rules are its owner's, and adding one that is there fails. */
  override allowFrom(): void {}
}
