import { Construct } from "constructs";
import { lookUpSubnet, requireRoute } from "./existing-vpc";
import type { IVpc } from "./interfaces";

export interface PrivateSubnetProps {
  readonly vpc: IVpc;
  /** Id of the subnet. */
  readonly subnetId: string;
  /**
   * End of the error about a subnet that is elsewhere, from "not in" on.
   * @default "the given VPC. Correct `subnetId` or `vpcId`."
   */
  readonly subnetHint?: string;
}

/**
 * A subnet that exists, whose way out is not an Internet gateway, as instances in it have no public addresses: a NAT gateway, or
 * what else the VPC's owner has. EMR's clusters fetch the pipeline and its packages from the Internet.
 */
export class PrivateSubnet extends Construct {
  readonly subnetId: string;
  /** IPv4 range of the subnet. */
  readonly subnetCidr: string;

  constructor(scope: Construct, id: string, { vpc, subnetId, subnetHint }: PrivateSubnetProps) {
    super(scope, id);
    const subnet = lookUpSubnet(this, "Resource", vpc.vpcId, subnetId, subnetHint);
    this.subnetId = subnet.id;
    this.subnetCidr = subnet.cidrBlock;
    requireRoute(this, vpc.vpcId, this.subnetId, {
      condition:
        '${anytrue([for route in self.routes : route.cidr_block == "0.0.0.0/0" && !startswith(route.gateway_id, "igw-")])}',
      errorMessage: `Route table \${self.id} of private subnet ${this.subnetId} has no default route through a NAT gateway, so EMR clusters would stay in \`provisioning\`. Create a NAT gateway in a public subnet, then: aws ec2 create-route --route-table-id \${self.id} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id nat-….`,
    });
  }
}
