import { DataAwsDbSubnetGroup } from "@cdktf/provider-aws/lib/data-aws-db-subnet-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { Construct } from "constructs";
import { type DefaultVpcOptions, ExistingVpc, type ExistingVpcOptions } from "./existing-vpc";
import type { INetwork } from "./interfaces";
import { NewVpc, type NewVpcOptions } from "./new-vpc";
import type { VpcPlace } from "./vpc-place";

interface CommonProps {
  /** Name of a VPC that is made and of the database's subnet group. */
  readonly name: string;
  /**
   * Put hosts and databases into the VPC's `default` group too, whose members reach each other on every port.
   * @default false
   */
  readonly defaultSecurityGroup?: boolean;
  /**
   * Put the tag on the subnets that EMR's service policy v2 requires.
   * @default false
   */
  readonly clusterTag?: boolean;
  /**
   * Name of a DB subnet group that exists, which is looked up.
   * @default - one is made, of the database's subnets
   */
  readonly existingSubnetGroupName?: string;
  /**
   * End of the error about a subnet that is elsewhere, from "not in" on.
   * @default "the given VPC. Correct `subnetId` or `vpcId`."
   */
  readonly subnetHint?: string;
  /**
   * What comes of it where an existing subnet has no route to an Internet gateway, as the end of a sentence.
   * @default "so EMR clusters would stay in `provisioning`"
   */
  readonly routeConsequence?: string;
  /**
   * End of the error about a subnet group that is elsewhere, from "not in" on.
   * @default "the VPC of the network. Correct `existingSubnetGroupName` or the VPC."
   */
  readonly subnetGroupHint?: string;
}

/** The region's default VPC, another one that exists, or a new one. */
export type NetworkProps = CommonProps & (DefaultVpcOptions | ExistingVpcOptions | NewVpcOptions);

/** Where everything is placed (runbook, VPC DNS hostname and VPC Subnet). */
export class Network extends Construct implements INetwork {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly subnetCidr: string;
  readonly databaseSubnetGroupName: string;
  /** Public subnets, in two zones or more; of an existing VPC, none are known. */
  readonly publicSubnetIds: readonly string[];
  readonly defaultSecurityGroupIds: readonly string[];

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const place: VpcPlace = props.vpc === "new" ? new NewVpc(this, "Vpc", props) : new ExistingVpc(this, "Vpc", props);
    this.vpcId = place.vpcId;
    this.subnetId = place.subnetId;
    this.subnetCidr = place.subnetCidr;
    this.publicSubnetIds = props.vpc === "existing" ? [] : place.databaseSubnetIds;
    this.defaultSecurityGroupIds = props.defaultSecurityGroup ? [place.defaultSecurityGroupId()] : [];
    this.databaseSubnetGroupName =
      props.existingSubnetGroupName === undefined
        ? new DbSubnetGroup(this, "database", {
            name: props.name,
            description: "Subnets of the analytics database",
            subnetIds: [...place.databaseSubnetIds],
          }).name
        : this.lookUpSubnetGroup(props.existingSubnetGroupName, props.subnetGroupHint).name;
  }

  private lookUpSubnetGroup(
    name: string,
    hint = "the VPC of the network. Correct `existingSubnetGroupName` or the VPC.",
  ): DataAwsDbSubnetGroup {
    return new DataAwsDbSubnetGroup(this, "database", {
      name,
      lifecycle: {
        postcondition: [
          {
            condition: `\${self.vpc_id == ${this.vpcId}}`,
            errorMessage: `Subnet group \${self.name} is in \${self.vpc_id}, not in ${hint}`,
          },
        ],
      },
    });
  }
}
