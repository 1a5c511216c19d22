import type { Instance } from "@aws-sdk/client-ec2";
import type { Inventory } from "./inventory";

/** The client file's `network` for an instance that is there: `vpc` and what goes with it. */
export async function placeOf(
  inventory: Inventory,
  { VpcId: vpcId = "", SubnetId: subnetId }: Instance,
): Promise<{ readonly why: string; readonly vpc: "default" | "existing"; readonly [field: string]: unknown }> {
  const subnets = [...(await inventory.subnets(vpcId))].sort((one, other) =>
    String(one.AvailabilityZone).localeCompare(String(other.AvailabilityZone)),
  );
  const own = subnets.find((subnet) => subnet.SubnetId === subnetId);
  const others = subnets.filter(({ AvailabilityZone }) => AvailabilityZone !== own?.AvailabilityZone);
  const why = `where the hosts are: ${subnetId} in ${own?.AvailabilityZone}`;
  if (own?.DefaultForAz && vpcId === (await inventory.defaultVpcId())) {
    const second = others.find(({ DefaultForAz }) => DefaultForAz);
    return { why, vpc: "default", zones: [own, second].map((subnet) => subnet?.AvailabilityZone) };
  }
  return {
    why,
    vpc: "existing",
    vpcId,
    subnetId,
    databaseSubnetIds: [subnetId, others[0]?.SubnetId],
  };
}
