import type { INetwork } from "../modules/interfaces";

/** A network that constructs are placed in without one being made. */
export const network: INetwork = {
  vpcId: "vpc-0a1b2c3d",
  subnetId: "subnet-0a1b2c3d",
  subnetCidr: "10.20.0.0/20",
  databaseSubnetGroupName: "acme",
};
