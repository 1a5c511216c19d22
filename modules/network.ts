import { DataAwsDbSubnetGroup } from "@cdktf/provider-aws/lib/data-aws-db-subnet-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { Construct } from "constructs";
import type { NetworkConfig } from "../clients/config/network";
import { ExistingVpc } from "./existing-vpc";
import { VpcOfOurs } from "./vpc-of-ours";

export interface NetworkProps {
  readonly config: NetworkConfig;
  /** Name of a VPC of ours and of the database's subnet group. */
  readonly name: string;
  /**
   * Whether EMR's service policy v2 is in use, which wants its tag on the subnet.
   * @default false
   */
  readonly clusterTag?: boolean;
  /**
   * Who makes that tag on a subnet that is not ours: the client, or others, as the stack that it shares.
   * @default "create"
   */
  readonly subnetTag?: "create" | "existing";
  /**
   * Name of a DB subnet group that is there already, and is used as it is.
   * @default - one is made, of the place's database subnets
   */
  readonly existingSubnetGroup?: string;
}

/** Where everything is placed (runbook, VPC DNS hostname and VPC Subnet): the default VPC, one that is there, or one of ours. */
export class Network extends Construct {
  readonly vpcId: string;
  /** Public subnet of the hosts and the EMR clusters. */
  readonly subnetId: string;
  /** IPv4 range of that subnet. */
  readonly subnetCidr: string;
  /** Subnet group of the database, in two zones or more. */
  readonly databaseSubnetGroupName: string;
  /** The VPC's `default` group, where hosts and databases are members of it; else none. */
  readonly defaultSecurityGroupIds: readonly string[];

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { config, name, clusterTag, subnetTag, existingSubnetGroup } = props;
    const place: Place =
      config.vpc === "new"
        ? new VpcOfOurs(this, "Vpc", { config, name, clusterTag })
        : new ExistingVpc(this, "Vpc", { config, clusterTag: clusterTag && subnetTag !== "existing" });
    this.vpcId = place.vpcId;
    this.subnetId = place.subnetId;
    this.subnetCidr = place.subnetCidr;
    this.defaultSecurityGroupIds = config.defaultSecurityGroup ? [place.defaultSecurityGroupId()] : [];
    this.databaseSubnetGroupName =
      existingSubnetGroup === undefined
        ? new DbSubnetGroup(this, "database", {
            name,
            description: "Subnets of the analytics database",
            subnetIds: [...place.databaseSubnetIds],
          }).name
        : this.lookUpSubnetGroup(existingSubnetGroup).name;
  }

  private lookUpSubnetGroup(name: string): DataAwsDbSubnetGroup {
    return new DataAwsDbSubnetGroup(this, "database", {
      name,
      lifecycle: {
        postcondition: [
          {
            condition: `\${self.vpc_id == ${this.vpcId}}`,
            errorMessage:
              "Subnet group ${self.name} is in ${self.vpc_id}, not in the VPC of the client file. Correct `database.existingSubnetGroup` or `network`.",
          },
        ],
      },
    });
  }
}

/** Name of a client's VPC and of the database's subnet group. */
export function networkName(client: string): string {
  return `${client}-analytics`;
}

/** A VPC, however it came about. */
export interface Place {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly subnetCidr: string;
  readonly databaseSubnetIds: readonly string[];
  /** Id of the VPC's `default` group, looked up where it is wanted. */
  defaultSecurityGroupId(): string;
}
