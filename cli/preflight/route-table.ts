import type { RouteTable, Subnet } from "@aws-sdk/client-ec2";
import type { Aws } from "../../resources/aws/aws";

/** A subnet without a route table of its own goes by the VPC's main one. */
export async function routeTableOf(
  { ec2 }: Aws,
  { SubnetId = "", VpcId = "" }: Pick<Subnet, "SubnetId" | "VpcId">,
): Promise<RouteTable | undefined> {
  const [own] = await ec2.routeTables({ "association.subnet-id": SubnetId });
  return own ?? (await ec2.routeTables({ "vpc-id": VpcId, "association.main": "true" }))[0];
}
