import { Eip } from "@cdktf/provider-aws/lib/eip";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { Construct } from "constructs";
import type { IInstanceProfile, INetwork } from "./interfaces";
import { type KeyPairOptions, keyPairName } from "./key-pair";
import { type IPeer, Peer } from "./peer";
import { type IPort, Port } from "./port";
import { type ISecurityGroup, type ISecurityGroupRef, SecurityGroup } from "./security-group";
import { type Ubuntu, UbuntuHost, type UbuntuHostOptions, type UbuntuHostProps } from "./ubuntu-host";

/** One iteration of the hosts. */
export interface HostIteration extends UbuntuHostOptions {
  /**
   * `single`: one host for Insights, the Analytics API and Jenkins. `separate`: a host for each of them; the Elastic IP
   * is on Insights, the instance profile on Jenkins.
   * @default "single"
   */
  readonly layout?: "single" | "separate";
}

export interface AnalyticsHostsProps extends KeyPairOptions {
  readonly network: INetwork;
  /** `Name` tag of the Elastic IP; of the hosts with their iteration, and their service, behind it. */
  readonly name: string;
  /** The hosts by iteration; a replacement is a new iteration. */
  readonly iterations: Readonly<Record<string, HostIteration>>;
  /** Iteration that has the Elastic IP. */
  readonly active: string;
  /**
   * Profile of the role that starts EMR clusters, given to the host that Jenkins is on.
   * @default - none
   */
  readonly instanceProfile?: IInstanceProfile;
  /**
   * Tags of the hosts that Jenkins is on, besides `Name`: backups find them by one.
   * @default {}
   */
  readonly jenkinsTags?: Readonly<Record<string, string>>;
  /**
   * Profile of the other hosts of the layout `separate`.
   * @default - none
   */
  readonly otherInstanceProfile?: IInstanceProfile;
  /**
   * Ubuntu LTS of the images.
   * @default "20.04"
   */
  readonly ubuntu?: Ubuntu;
  /**
   * Who reaches Insights: everybody, or a load balancer.
   * @default - everybody
   */
  readonly webFrom?: readonly IPeer[];
  /**
   * The ports that they reach it on.
   * @default - 80 and 443
   */
  readonly webPorts?: readonly IPort[];
  /**
   * Name of the security group.
   * @default "analytics"
   */
  readonly securityGroupName?: string;
  /**
   * Description of the security group.
   * @default "Insights, Analytics API and Jenkins"
   */
  readonly securityGroupDescription?: string;
  /**
   * A group that exists: it is looked up in the VPC, and gets no rules.
   * @default - a group is made
   */
  readonly existingSecurityGroup?: ISecurityGroupRef;
  /**
   * Groups of the API's and Jenkins' hosts of the layout `separate`, by name and description: Insights' host reaches the API
   * on 80 and 443, the world neither.
   * @default - they are in the one group of all hosts
   */
  readonly serviceGroups?: Readonly<Record<"api" | "jenkins", { readonly name: string; readonly description: string }>>;
  /**
   * Stop every plan that would release the Elastic IP.
   * @default true
   */
  readonly protectedAddress?: boolean;
  /**
   * Stop every plan that would destroy or replace a security group.
   * @default true
   */
  readonly protectedGroups?: boolean;
}

/** The hosts of one iteration; one and the same for each service with the layout `single`. */
export interface HostsOfIteration {
  readonly insights: UbuntuHost;
  readonly api: UbuntuHost;
  readonly jenkins: UbuntuHost;
}

/**
 * Insights, the Analytics API and Jenkins (runbook, EC2 and Elastic IP). Hosts are keyed by iteration; the Elastic IP
 * is the clients' address, and moves to the iteration that is active.
 */
export class AnalyticsHosts extends Construct {
  /** Group of the hosts that Insights is on. */
  readonly securityGroup: ISecurityGroup;
  /**
   * Groups of the API's and Jenkins' hosts.
   * @default - they have none of their own
   */
  readonly serviceGroups?: Readonly<Record<"api" | "jenkins", ISecurityGroup>>;
  /** Groups of the hosts that the API is on. */
  readonly apiSecurityGroups: readonly ISecurityGroup[];
  readonly keyPairName: string;
  readonly elasticIp: string;
  /** The host that Insights is on, of the iteration that has the Elastic IP. */
  readonly activeInsights: UbuntuHost;
  /** Hosts by iteration. */
  readonly iterations: Readonly<Record<string, HostsOfIteration>>;

  constructor(scope: Construct, id: string, props: AnalyticsHostsProps) {
    super(scope, id);
    const { network, existingSecurityGroup: existing } = props;
    const common = { vpc: network, protected: props.protectedGroups };
    this.securityGroup =
      existing === undefined
        ? new SecurityGroup(this, "Group", {
            ...common,
            name: props.securityGroupName ?? "analytics",
            description: props.securityGroupDescription ?? "Insights, Analytics API and Jenkins",
            peerName: id,
          })
        : SecurityGroup.fromSecurityGroupId(this, "Group", existing.securityGroupId, {
            vpc: network,
            mutable: false,
            peerName: id,
          });
    for (const peer of props.webFrom ?? [Peer.anyIpv4()]) {
      for (const port of props.webPorts ?? [Port.HTTP, Port.HTTPS]) {
        this.securityGroup.allowFrom(peer, port);
      }
    }
    this.serviceGroups = props.serviceGroups && {
      api: new SecurityGroup(this, "api", { ...common, ...props.serviceGroups.api, peerName: `${id}-api` }),
      jenkins: new SecurityGroup(this, "jenkins", {
        ...common,
        ...props.serviceGroups.jenkins,
        peerName: `${id}-jenkins`,
      }),
    };
    this.serviceGroups?.api.allowFrom(this.securityGroup, Port.HTTP);
    this.serviceGroups?.api.allowFrom(this.securityGroup, Port.HTTPS);
    const isTogether = Object.values(props.iterations).some(({ layout }) => layout !== "separate");
    this.apiSecurityGroups = [
      ...(this.serviceGroups === undefined || isTogether ? [this.securityGroup] : []),
      ...(this.serviceGroups ? [this.serviceGroups.api] : []),
    ];
    this.keyPairName = keyPairName(this, "KeyPair", props);
    this.iterations = Object.fromEntries(
      Object.entries(props.iterations).map(([key, iteration]) => [key, this.hostsOf(key, iteration, props)]),
    );

    const address = new Eip(this, "Address", {
      domain: "vpc",
      tags: { Name: props.name },
      lifecycle: { preventDestroy: props.protectedAddress ?? true },
    });
    this.elasticIp = address.publicIp;
    const active = this.iterations[props.active];
    if (active === undefined) {
      throw new Error(
        `${this.node.path}: \`active\` is "${props.active}", which is not among the iterations ${Object.keys(props.iterations).join(", ")}. Name one of them.`,
      );
    }
    this.activeInsights = active.insights;
    new EipAssociation(this, "AddressAssociation", {
      allocationId: address.id,
      instanceId: active.insights.instanceId,
      allowReassociation: true,
      // The address moves from host to host, and is at no time on none.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** Lets a peer, the director, SSH to the hosts. */
  allowSshFrom(peer: IPeer): void {
    for (const group of [this.securityGroup, ...Object.values(this.serviceGroups ?? {})]) {
      group.allowFrom(peer, Port.SSH);
    }
  }

  private hostsOf(key: string, iteration: HostIteration, props: AnalyticsHostsProps): HostsOfIteration {
    const name = `${props.name}-${key}`;
    const { instanceProfile, jenkinsTags: tags } = props;
    // Jenkins' boto starts clusters with the role, and knows IMDSv1 alone.
    const ofJenkins = { instanceProfile, tags, imdsV2Only: instanceProfile === undefined };
    if (iteration.layout !== "separate") {
      const host = this.host(key, name, props, { ...iteration, ...ofJenkins });
      return { insights: host, api: host, jenkins: host };
    }
    const { api, jenkins } = this.serviceGroups ?? {};
    const other = { ...iteration, instanceProfile: props.otherInstanceProfile };
    return {
      insights: this.host(`${key}-insights`, `${name}-insights`, props, other),
      api: this.host(`${key}-api`, `${name}-api`, props, { ...other, securityGroup: api }),
      jenkins: this.host(`${key}-jenkins`, `${name}-jenkins`, props, {
        ...iteration,
        ...ofJenkins,
        securityGroup: jenkins,
      }),
    };
  }

  private host(
    id: string,
    name: string,
    { network, ubuntu }: AnalyticsHostsProps,
    options: HostIteration &
      Partial<Pick<UbuntuHostProps, "securityGroup" | "instanceProfile" | "tags" | "imdsV2Only">>,
  ): UbuntuHost {
    return new UbuntuHost(this, id, {
      ...options,
      network,
      name,
      ubuntu,
      keyName: this.keyPairName,
      securityGroup: options.securityGroup ?? this.securityGroup,
    });
  }
}
