import type { Instance } from "@aws-sdk/client-ec2";
import type { Ec2 } from "../../resources/aws/ec2";

/** The client file's `network` for an existing instance: `vpc` and what goes with it. */
export async function placeOf(
  ec2: Ec2,
  { VpcId: vpcId = "", SubnetId: subnetId }: Instance,
): Promise<{ readonly why: string; readonly vpc: "default" | "existing"; readonly [field: string]: unknown }> {
  const subnets = [...(await ec2.subnets(vpcId))].sort((one, other) =>
    String(one.AvailabilityZone).localeCompare(String(other.AvailabilityZone)),
  );
  const own = subnets.find((subnet) => subnet.SubnetId === subnetId);
  const others = subnets.filter(({ AvailabilityZone }) => AvailabilityZone !== own?.AvailabilityZone);
  const why = `where the hosts are: ${subnetId} in ${own?.AvailabilityZone}`;
  if (own?.DefaultForAz && vpcId === (await ec2.defaultVpc())?.VpcId) {
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
