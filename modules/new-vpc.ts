import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcPeeringConnection } from "@cdktf/provider-aws/lib/vpc-peering-connection";
import { Construct } from "constructs";
import { clusterTag } from "./emr-tag";
import type { VpcPlace } from "./vpc-place";

/** Peering with the VPC of the edxapp RDS, in the same account and region. */
export interface Peering {
  /** Id of the other VPC. */
  readonly vpcId: string;
  /** IPv4 range of the other VPC. */
  readonly cidr: string;
  /** Ids of the route tables of the edxapp RDS's subnets, which get the way back. */
  readonly routeTableIds: readonly string[];
}

/** A VPC that is made. */
export interface NewVpcOptions {
  readonly vpc: "new";
  /**
   * IPv4 range of the VPC, private, /16 to /24; each subnet is a sixteenth of it.
   * @default "10.20.0.0/16"
   */
  readonly cidr?: string;
  /** Availability zones, one public subnet in each: the first holds hosts and EMR, all of them the database. */
  readonly zones: readonly string[];
  /**
   * The way to the edxapp RDS.
   * @default - none
   */
  readonly peering?: Peering;
}

export interface NewVpcProps extends NewVpcOptions {
  /** `Name` tag of the VPC. */
  readonly name: string;
  /**
   * Put the tag on the subnets that EMR's service policy v2 requires.
   * @default false
   */
  readonly clusterTag?: boolean;
}

/** A VPC as the runbook asks for: DNS hostnames on, an Internet gateway attached and in the route table, public subnets. */
export class NewVpc extends Construct implements VpcPlace {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly subnetCidr: string;
  readonly databaseSubnetIds: readonly string[];
  private readonly vpc: Vpc;

  constructor(scope: Construct, id: string, props: NewVpcProps) {
    super(scope, id);
    const { name, cidr = "10.20.0.0/16", zones, peering } = props;
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
  private peer(peering: Peering, routeTable: RouteTable, name: string): void {
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
