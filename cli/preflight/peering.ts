import type { Vpc } from "@aws-sdk/client-ec2";
import { overlap } from "../../config/schema/fields";
import type { NetworkFields } from "../../config/schema/network";
import { type Answer, ask, type Context, type Finding, ok, refused } from "./finding";
import { dnsFindings } from "./vpc";

type Peering = NonNullable<Extract<NetworkFields, { vpc: "new" }>["peering"]>;

/**
 * The VPC of the edxapp RDS, which a VPC of the client's own is peered with.
 * @param cidr range of the client's own
 */
export async function* peeringFindings(context: Context, cidr: string, peering: Peering): AsyncGenerator<Finding> {
  const { aws } = context;
  let peer: Vpc | undefined;
  yield await ask("peered VPC", async () => {
    peer = await aws.ec2.vpc(peering.vpcId);
    return peer
      ? peerAnswer(peer, cidr, peering)
      : refused(`${peering.vpcId} does not exist in ${aws.region}. Correct \`network.peering.vpcId\`.`);
  });
  if (peer) {
    yield* dnsFindings(context, peer, " of peered VPC", "and AWS resolves names over a peering only where it is on");
  }
  yield await ask("its route tables", async () => {
    const tables = await aws.ec2.routeTables({ "vpc-id": peering.vpcId });
    const known = tables.map(({ RouteTableId }) => RouteTableId);
    const unknown = peering.routeTableIds.filter((id) => !known.includes(id));
    return unknown.length === 0
      ? ok("exist")
      : refused(`${unknown.join(", ")} not in ${peering.vpcId}. Correct \`network.peering.routeTableIds\`.`);
  });
}

/** Of a VPC with several ranges the file names the RDS's, and AWS compares them all. */
function peerAnswer(peer: Vpc, cidr: string, peering: Peering): Answer {
  const ranges = (peer.CidrBlockAssociationSet ?? []).flatMap(({ CidrBlock }) => CidrBlock ?? []);
  if (!ranges.includes(peering.cidr)) {
    return refused(`${peer.VpcId} has ${ranges.join(", ")}, not ${peering.cidr}. Correct \`network.peering.cidr\`.`);
  }
  const foreign = ranges.find((range) => overlap(range, cidr));
  return foreign === undefined
    ? ok(`exists: ${peer.VpcId}`)
    : refused(
        `${peer.VpcId} has ${foreign} too, which overlaps with \`network.cidr\`, ${cidr}, and AWS peers no such VPCs. Choose another \`network.cidr\`.`,
      );
}
