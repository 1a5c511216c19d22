import type { Client } from "../config/client";
import { isExisting } from "../config/existing";
import type { INetwork } from "../modules/interfaces";
import type { NetworkProps } from "../modules/network";
import type { PrivateSubnetProps } from "../modules/private-subnet";

/** Where a client's things are placed, as the props of the constructs of networks. */

export function networkProps({ network, database, emr, sharedStack }: Client): NetworkProps {
  const { subnetGroup } = database;
  return {
    ...network,
    // On an existing subnet the shared stack sets it, if the client has one.
    clusterTag: emr.servicePolicy === "v2" && (network.vpc === "new" || sharedStack === undefined),
    existingSubnetGroupName: isExisting(subnetGroup) ? subnetGroup.existing : undefined,
    subnetHint: "the VPC of the client file. Correct `network.subnetId` or `network.vpcId`.",
    ...(emr.subnetId !== undefined && { routeConsequence: "so the hosts could not be reached" }),
    subnetGroupHint: "the VPC of the client file. Correct `database.subnetGroup` or `network`.",
  };
}

/** The clusters' own subnet, where they are not in the hosts'. */
export function emrSubnetProps({ emr: { subnetId } }: Client, vpc: INetwork): PrivateSubnetProps | undefined {
  const subnetHint = "the VPC of the client file. Correct `emr.subnetId` or `network`.";
  return subnetId === undefined ? undefined : { vpc, subnetId, subnetHint };
}
