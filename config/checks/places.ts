import type { NetworkFields, SharedNetworkFields } from "../schema/network";

/** A VPC in words, which are the same where two files name the same one. */
export function vpcOf(owner: {
  accountId: string;
  region: string;
  name: string;
  network: { vpc: string; vpcId?: string };
}): string {
  const { network } = owner;
  return (
    network.vpcId ??
    `the ${network.vpc} VPC of ${network.vpc === "new" ? owner.name : `account ${owner.accountId}, ${owner.region}`}`
  );
}

/** An existing subnet: its words, and the field that names it. */
interface ExistingSubnet {
  readonly subnet: string;
  readonly path: string;
  /** What the field says. */
  readonly value: string;
}

/** The subnet of a client's EMR clusters; undefined in a new VPC. */
export function emrSubnetOf({ network }: { readonly network: NetworkFields }): ExistingSubnet | undefined {
  switch (network.vpc) {
    case "new":
      return undefined;
    case "existing":
      return { subnet: network.subnetId, path: "network.subnetId", value: network.subnetId };
    case "default": {
      const [zone = ""] = network.zones;
      return { subnet: defaultSubnetOf(zone), path: "network.zones.0", value: zone };
    }
  }
}

/** The subnets that a shared stack tags for EMR, once its service policy is v2, and the field that names them. */
export function sharedSubnetsOf({ network }: { readonly network: SharedNetworkFields }) {
  return network.vpc === "existing"
    ? { subnets: network.subnetIds ?? [], path: "network.subnetIds" }
    : { subnets: (network.zones ?? []).map(defaultSubnetOf), path: "network.zones" };
}

function defaultSubnetOf(zone: string): string {
  return `the default subnet of ${zone}`;
}
