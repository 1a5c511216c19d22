import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcPeeringConnection } from "@cdktf/provider-aws/lib/vpc-peering-connection";
import { Construct } from "constructs";
import type { NetworkConfig } from "../clients/config/network";
import type { Place } from "./network";
import { clusterTag } from "./shared/emr-tag";

type NewVpcConfig = Extract<NetworkConfig, { vpc: "new" }>;

export interface VpcOfOursProps {
  readonly config: NewVpcConfig;
  /** `Name` tag of the VPC. */
  readonly name: string;
  /**
   * Whether EMR's service policy v2 is in use, which wants its tag on the subnets.
   * @default false
   */
  readonly clusterTag?: boolean;
}

/** A VPC as the runbook asks for: DNS hostnames on, an Internet gateway attached and in the route table, public subnets. */
export class VpcOfOurs extends Construct implements Place {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly subnetCidr: string;
  readonly databaseSubnetIds: readonly string[];
  private readonly vpc: Vpc;

  constructor(scope: Construct, id: string, props: VpcOfOursProps) {
    super(scope, id);
    const { name } = props;
    const { cidr, zones, peering } = props.config;
    this.vpc = new Vpc(this, "Resource", {
      cidrBlock: cidr,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { Name: name },
    });
    this.vpcId = this.vpc.id;

    const gateway = new InternetGateway(this, "internet-gateway", { vpcId: this.vpcId, tags: { Name: name } });
    const routeTable = new RouteTable(this, "route-table", { vpcId: this.vpcId, tags: { Name: name } });
    const internet = new Route(this, "internet", {
      routeTableId: routeTable.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: gateway.id,
    });

    const subnets = zones.map((zone) => {
      const subnet = new Subnet(this, zone, {
        vpcId: this.vpcId,
        availabilityZone: zone,
        cidrBlock: subnetCidr(cidr, zone),
        mapPublicIpOnLaunch: true,
        tags: { Name: `${name}-${zone}`, ...(props.clusterTag ? clusterTag : {}) },
      });
      // Through route and association, so that a host that takes its subnet's id from here boots with its way out.
      return new RouteTableAssociation(this, `${zone}-route-table`, {
        subnetId: subnet.id,
        routeTableId: internet.routeTableId,
      });
    });
    this.databaseSubnetIds = subnets.map(({ subnetId }) => subnetId);
    this.subnetId = this.databaseSubnetIds[0] as string;
    this.subnetCidr = subnetCidr(cidr, zones[0] as string);

    if (peering) {
      this.peer(peering, routeTable, name);
    }
  }

  defaultSecurityGroupId(): string {
    return this.vpc.defaultSecurityGroupId;
  }

  /** The way to the edxapp RDS and back; names resolve to private addresses on both sides. */
  private peer(peering: NonNullable<NewVpcConfig["peering"]>, routeTable: RouteTable, name: string): void {
    const connection = new VpcPeeringConnection(this, "peering", {
      vpcId: this.vpcId,
      peerVpcId: peering.vpcId,
      autoAccept: true,
      requester: { allowRemoteVpcDnsResolution: true },
      accepter: { allowRemoteVpcDnsResolution: true },
      tags: { Name: `${name}-edxapp` },
    });
    new Route(this, "edxapp", {
      routeTableId: routeTable.id,
      destinationCidrBlock: peering.cidr,
      vpcPeeringConnectionId: connection.id,
    });
    for (const routeTableId of peering.routeTableIds) {
      new Route(this, `back-${routeTableId}`, {
        routeTableId,
        destinationCidrBlock: this.vpc.cidrBlock,
        vpcPeeringConnectionId: connection.id,
      });
    }
  }
}

/** A sixteenth of the VPC's range, by the letter of the zone, so that a list of zones can change without moving a subnet. */
function subnetCidr(vpcCidr: string, zone: string): string {
  const [address = "", mask = ""] = vpcCidr.split("/");
  const size = 2 ** (32 - Number(mask) - 4);
  const first = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const start = first + (zone.charCodeAt(zone.length - 1) - "a".charCodeAt(0)) * size;
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
  return `${octets.join(".")}/${Number(mask) + 4}`;
}
