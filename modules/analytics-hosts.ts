import { Eip } from "@cdktf/provider-aws/lib/eip";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { Construct } from "constructs";
import type { HostsConfig } from "../clients/config/hosts";
import type { Release } from "../clients/config/releases";
import type { HostIteration } from "../clients/config/resolve";
import type { EmrProvisioning } from "./emr-provisioning";
import type { Network } from "./network";
import { keyPairName } from "./shared/key-pair";
import {
  ExistingSecurityGroup,
  http,
  https,
  type ISecurityGroup,
  type Peer,
  range,
  SecurityGroup,
  ssh,
} from "./shared/security-group";
import { UbuntuHost } from "./shared/ubuntu-host";

export interface AnalyticsHostsProps {
  readonly network: Network;
  readonly config: HostsConfig;
  readonly iterations: readonly HostIteration[];
  readonly names: {
    readonly analyticsHost: string;
    readonly analyticsSecurityGroup: string;
    readonly analyticsKeyPair: string;
  };
  readonly ubuntu: Release["ubuntu"];
  /** The role that starts EMR clusters, given to the host that Jenkins is on. */
  readonly provisioning: EmrProvisioning;
  /** Default of the config's `protectedAddress`. */
  readonly protected: boolean;
  /**
   * Description of the security group.
   * @default "Insights, Analytics API and Jenkins"
   */
  readonly description?: string;
  /**
   * Id of a security group that is there already, and is used as it is.
   * @default - a group is made
   */
  readonly existingSecurityGroupId?: string;
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
  readonly securityGroup: ISecurityGroup;
  readonly keyPairName: string;
  readonly elasticIp: string;
  /** Hosts by iteration. */
  readonly iterations: Readonly<Record<string, HostsOfIteration>>;

  constructor(scope: Construct, id: string, props: AnalyticsHostsProps) {
    super(scope, id);
    const { network, config, names } = props;
    const { vpcId } = network;
    this.securityGroup =
      props.existingSecurityGroupId === undefined
        ? new SecurityGroup(this, "Group", {
            vpcId,
            name: names.analyticsSecurityGroup,
            description: props.description ?? "Insights, Analytics API and Jenkins",
          })
        : new ExistingSecurityGroup(this, "Group", { vpcId, securityGroupId: props.existingSecurityGroupId });
    for (const cidr of config.webFrom) {
      this.securityGroup.allowFrom(range(cidr), http);
      this.securityGroup.allowFrom(range(cidr), https);
    }
    this.keyPairName = keyPairName(this, "KeyPair", config.keyPair, names.analyticsKeyPair);
    this.iterations = Object.fromEntries(
      props.iterations.map((iteration) => [iteration.key, this.hostsOf(iteration, props)]),
    );

    const address = new Eip(this, "Address", {
      domain: "vpc",
      tags: { Name: names.analyticsHost },
      lifecycle: { preventDestroy: config.protectedAddress ?? props.protected },
    });
    this.elasticIp = address.publicIp;
    const active = this.iterations[config.active] as HostsOfIteration;
    new EipAssociation(this, "AddressAssociation", {
      allocationId: address.id,
      instanceId: active.insights.instanceId,
      allowReassociation: true,
      // The address moves from host to host, and is at no time on none.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** Lets a peer, the director, SSH to the hosts. */
  allowSshFrom(peer: Peer): void {
    this.securityGroup.allowFrom(peer, ssh);
  }

  private hostsOf(iteration: HostIteration, props: AnalyticsHostsProps): HostsOfIteration {
    const name = `${props.names.analyticsHost}-${iteration.key}`;
    const role = props.provisioning.instanceProfileName;
    if (iteration.layout === "single") {
      const host = this.host(iteration.key, name, iteration, props, role);
      return { insights: host, api: host, jenkins: host };
    }
    return {
      insights: this.host(`${iteration.key}-insights`, `${name}-insights`, iteration, props),
      api: this.host(`${iteration.key}-api`, `${name}-api`, iteration, props),
      jenkins: this.host(`${iteration.key}-jenkins`, `${name}-jenkins`, iteration, props, role),
    };
  }

  private host(
    id: string,
    name: string,
    iteration: HostIteration,
    { network, ubuntu }: AnalyticsHostsProps,
    instanceProfile?: string,
  ): UbuntuHost {
    return new UbuntuHost(this, id, {
      name,
      ubuntu,
      ami: iteration.ami,
      instanceType: iteration.instanceType,
      diskGiB: iteration.diskGiB,
      diskType: iteration.diskType,
      diskEncrypted: iteration.diskEncrypted,
      keyName: this.keyPairName,
      subnetId: network.subnetId,
      securityGroupIds: [
        ...network.defaultSecurityGroupIds,
        this.securityGroup.securityGroupId,
        ...iteration.additionalSecurityGroupIds,
      ],
      instanceProfile,
      imdsV2Only: instanceProfile === undefined,
      protected: iteration.protected,
    });
  }
}
