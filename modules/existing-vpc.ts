import { DataAwsRouteTable } from "@cdktf/provider-aws/lib/data-aws-route-table";
import { DataAwsRouteTables } from "@cdktf/provider-aws/lib/data-aws-route-tables";
import { DataAwsSecurityGroup } from "@cdktf/provider-aws/lib/data-aws-security-group";
import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Ec2Tag } from "@cdktf/provider-aws/lib/ec2-tag";
import { Construct } from "constructs";
import { clusterTag } from "./emr-tag";
import type { VpcPlace } from "./vpc-place";

/** The region's default VPC. */
export interface DefaultVpcOptions {
  readonly vpc: "default";
  /** Availability zones whose default subnets are used: the first holds hosts and EMR, all of them the database. */
  readonly zones: readonly string[];
}

/** A VPC that exists, looked up by id. */
export interface ExistingVpcOptions {
  readonly vpc: "existing";
  /** Id of the VPC, with DNS hostnames on and an Internet gateway in the route table. */
  readonly vpcId: string;
  /** Id of the public subnet that holds the hosts and the EMR clusters. */
  readonly subnetId: string;
  /** Ids of the subnets of the database, in two availability zones or more. */
  readonly databaseSubnetIds: readonly string[];
}

export type ExistingVpcProps = (DefaultVpcOptions | ExistingVpcOptions) & {
  /**
   * Put the tag on the subnet that EMR's service policy v2 requires.
   * @default false
   */
  readonly clusterTag?: boolean;
  /**
   * End of the error about a subnet that is elsewhere, from "not in" on.
   * @default "the given VPC. Correct `subnetId` or `vpcId`."
   */
  readonly subnetHint?: string;
  /**
   * What comes of it where the subnet has no route to an Internet gateway, as the end of a sentence.
   * @default "so EMR clusters would stay in `provisioning`"
   */
  readonly routeConsequence?: string;
};

/**
 * A VPC that exists. What EMR needs of it is asked of AWS at every plan, because without it a cluster stays in
 * `provisioning` for good.
 */
export class ExistingVpc extends Construct implements VpcPlace {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly subnetCidr: string;
  readonly databaseSubnetIds: readonly string[];

  constructor(scope: Construct, id: string, props: ExistingVpcProps) {
    super(scope, id);
    this.vpcId = lookUpVpc(this, "Vpc", props.vpc === "existing" ? props.vpcId : undefined).id;
    const subnets = this.subnets(props);
    this.subnetId = subnets.hosts.id;
    this.subnetCidr = subnets.hosts.cidrBlock;
    this.databaseSubnetIds = subnets.databaseIds;
    const consequence = props.routeConsequence ?? "so EMR clusters would stay in `provisioning`";
    requireRoute(this, this.vpcId, this.subnetId, {
      condition:
        '${anytrue([for route in self.routes : route.cidr_block == "0.0.0.0/0" && startswith(route.gateway_id, "igw-")])}',
      errorMessage: `Route table \${self.id} of subnet ${this.subnetId} has no route to an Internet gateway, ${consequence}. Attach a gateway to the VPC, then: aws ec2 create-route --route-table-id \${self.id} --destination-cidr-block 0.0.0.0/0 --gateway-id igw-….`,
    });
    if (props.clusterTag) {
      tagForEmr(this, "subnet", this.subnetId);
    }
  }

  defaultSecurityGroupId(): string {
    return new DataAwsSecurityGroup(this, "default", { name: "default", vpcId: this.vpcId }).id;
  }

  private subnets(props: ExistingVpcProps): { hosts: DataAwsSubnet; databaseIds: readonly string[] } {
    if (props.vpc === "existing") {
      const { subnetId, databaseSubnetIds: databaseIds, subnetHint } = props;
      return { hosts: lookUpSubnet(this, "subnet", this.vpcId, subnetId, subnetHint), databaseIds };
    }
    const defaults = props.zones.map((zone) => lookUpDefaultSubnet(this, zone, this.vpcId, zone));
    return { hosts: defaults[0] as DataAwsSubnet, databaseIds: defaults.map((subnet) => subnet.id) };
  }
}

/**
 * A VPC that exists, with DNS hostnames on (runbook, VPC DNS hostname).
 * @param vpcId its id; of none the region's default VPC
 */
export function lookUpVpc(scope: Construct, id: string, vpcId: string | undefined): DataAwsVpc {
  return new DataAwsVpc(scope, id, {
    ...(vpcId === undefined ? { default: true } : { id: vpcId }),
    lifecycle: {
      postcondition: [
        {
          condition: "${self.enable_dns_hostnames && self.enable_dns_support}",
          errorMessage:
            "DNS hostnames are off in VPC ${self.id}, so EMR clusters would stay in `provisioning`. Turn them on: aws ec2 modify-vpc-attribute --vpc-id ${self.id} --enable-dns-hostnames; the same with --enable-dns-support.",
        },
      ],
    },
  });
}

/**
 * A subnet that exists, in the given VPC.
 * @param hint end of the error about one that is elsewhere, from "not in" on
 */
export function lookUpSubnet(
  scope: Construct,
  id: string,
  vpcId: string,
  subnetId: string,
  hint = "the given VPC. Correct `subnetId` or `vpcId`.",
): DataAwsSubnet {
  return new DataAwsSubnet(scope, id, {
    id: subnetId,
    lifecycle: {
      postcondition: [
        {
          condition: `\${self.vpc_id == ${vpcId}}`,
          errorMessage: `Subnet \${self.id} is in \${self.vpc_id}, not in ${hint}`,
        },
      ],
    },
  });
}

/** The default subnet of a zone. */
export function lookUpDefaultSubnet(scope: Construct, id: string, vpcId: string, zone: string): DataAwsSubnet {
  return new DataAwsSubnet(scope, id, { vpcId, availabilityZone: zone, defaultForAz: true });
}

/** The tag that EMR's service policy v2 requires, on a subnet that exists. */
export function tagForEmr(scope: Construct, id: string, subnetId: string): Ec2Tag {
  const [[key, value]] = Object.entries(clusterTag) as [[string, string]];
  return new Ec2Tag(scope, `${id}-cluster-tag`, { resourceId: subnetId, key, value });
}

/** Demands something of the routes of a subnet at every plan; one without a route table of its own goes by the VPC's main one. */
export function requireRoute(
  scope: Construct,
  vpcId: string,
  subnetId: string,
  postcondition: { readonly condition: string; readonly errorMessage: string },
): void {
  const own = new DataAwsRouteTables(scope, "subnet-route-tables", {
    vpcId,
    filter: [{ name: "association.subnet-id", values: [subnetId] }],
  });
  const main = new DataAwsRouteTable(scope, "main-route-table", {
    vpcId,
    filter: [{ name: "association.main", values: ["true"] }],
  });
  new DataAwsRouteTable(scope, "route-table", {
    routeTableId: `\${length(${own.fqn}.ids) == 1 ? one(${own.fqn}.ids) : ${main.id}}`,
    lifecycle: { postcondition: [postcondition] },
  });
}
