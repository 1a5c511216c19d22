import type { Route, Subnet, Vpc } from "@aws-sdk/client-ec2";
import type { Client } from "../../config/client";
import { isExisting } from "../../config/existing";
import { overlap } from "../../config/schema/fields";
import type { NetworkFields, SharedNetworkFields } from "../../config/schema/network";
import { type Answer, type Finding, ok, refused } from "../findings";
import { emrTagFinding } from "./emr";
import { ask, type Context } from "./finding";
import { routeTableOf } from "./route-table";

type NewNetwork = Extract<NetworkFields, { vpc: "new" }>;
type ExistingNetwork = Exclude<NetworkFields, NewNetwork>;
type Peering = NonNullable<NewNetwork["peering"]>;

/** What EMR and RDS need of the network; without it a cluster stays in `provisioning` for good. */
export async function* networkFindings(context: Context, client: Client): AsyncGenerator<Finding> {
  const { network } = client;
  if (network.vpc === "new") {
    yield* newVpcFindings(context, network);
    return;
  }
  const vpc = yield* vpcFindings(context, network);
  if (vpc) {
    yield* subnetFindings(context, client, network, vpc);
  }
}

/**
 * Whether the VPC that a file names exists, with what EMR needs of it.
 * @returns the VPC
 */
export async function* vpcFindings(
  context: Context,
  network: SharedNetworkFields | ExistingNetwork,
): AsyncGenerator<Finding, Vpc | undefined> {
  const { ec2, region } = context.aws;
  const [subject, vpc, fix] =
    network.vpc === "default"
      ? [
          "default VPC",
          await ec2.defaultVpc(),
          "Make one with `aws ec2 create-default-vpc`, or choose another `network.vpc`",
        ]
      : [network.vpcId, await ec2.vpc(network.vpcId), "Correct `network.vpcId`"];
  if (vpc === undefined) {
    yield { subject, ...refused(`does not exist in ${region}. ${fix}.`) };
    return undefined;
  }
  yield { subject, ...ok(`exists: ${vpc.VpcId}, ${vpc.CidrBlock}`) };
  yield* dnsFindings(context, vpc, "", "so EMR clusters would stay in `provisioning`");
  return vpc;
}

/**
 * A VPC's two DNS attributes.
 * @param of whose they are, behind the attribute's name
 * @param consequence what comes of it where one is off, as the end of a sentence
 */
async function* dnsFindings(
  { aws }: Context,
  { VpcId = "" }: Vpc,
  of: string,
  consequence: string,
): AsyncGenerator<Finding> {
  for (const [attribute, name, option] of [
    ["enableDnsSupport", "support", "--enable-dns-support"],
    ["enableDnsHostnames", "hostnames", "--enable-dns-hostnames"],
  ] as const) {
    yield await ask(`DNS ${name}${of}`, async () =>
      (await aws.ec2.vpcAttribute(VpcId, attribute))
        ? ok("is on")
        : refused(
            `is off, ${consequence}. Turn it on: \`aws ec2 modify-vpc-attribute --region ${aws.region} --vpc-id ${VpcId} ${option}\`.`,
          ),
    );
  }
}

/** The hosts' subnet, and those of databases. */
async function* subnetFindings(
  context: Context,
  client: Client,
  network: ExistingNetwork,
  vpc: Vpc,
): AsyncGenerator<Finding> {
  const { ec2 } = context.aws;
  const byId = network.vpc === "existing";
  const [ofHosts, ofDatabases] = byId
    ? [network.subnetId, network.databaseSubnetIds]
    : [network.zones[0] as string, isExisting(client.database.subnetGroup) ? [] : network.zones];
  const subnets = new Map<string, Subnet | undefined>();
  for (const place of [ofHosts, ...ofDatabases]) {
    const inZone = async () =>
      (await ec2.defaultSubnets(vpc.VpcId ?? "")).find(({ AvailabilityZone }) => AvailabilityZone === place);
    subnets.set(place, await (byId ? ec2.subnet(place) : inZone()));
  }
  for (const [place, subnet] of subnets) {
    yield { subject: byId ? place : `subnet of ${place}`, ...subnetAnswer(subnet, vpc, byId) };
  }
  const database = ofDatabases.map((place) => subnets.get(place));
  const zones = new Set(database.map((subnet) => subnet?.AvailabilityZone));
  if (database.length > 0 && !database.includes(undefined)) {
    yield {
      subject: "database subnets",
      ...(zones.size > 1
        ? ok(`are in ${zones.size} zones`)
        : refused(
            `are all in ${[...zones][0]}; RDS requires two zones. Add a subnet to \`network.databaseSubnetIds\`.`,
          )),
    };
  }
  const subnet = subnets.get(ofHosts);
  if (subnet) {
    const consequence = client.emr.subnetId === undefined ? undefined : "so the hosts could not be reached";
    yield await ask("Internet route", () => routeAnswer(context, subnet, vpc, consequence));
    if (client.emr.servicePolicy === "v2" && client.sharedStack !== undefined) {
      yield emrTagFinding(context, client, subnet.SubnetId, subnet.Tags);
    }
  }
}

function subnetAnswer(subnet: Subnet | undefined, vpc: Vpc, byId: boolean): Answer {
  if (subnet === undefined) {
    return refused(
      byId
        ? "does not exist. Correct `network.subnetId` or `network.databaseSubnetIds`."
        : "does not exist. `aws ec2 create-default-subnet --availability-zone …` makes it, or change `network.zones`.",
    );
  }
  return subnet.VpcId === vpc.VpcId
    ? ok(`exists: ${subnet.SubnetId}, ${subnet.AvailabilityZone}, ${subnet.CidrBlock}`)
    : refused(`is in ${subnet.VpcId}, not in ${vpc.VpcId}. Correct \`network\`.`);
}

/**
 * Whether a subnet has a route to an Internet gateway.
 * @param consequence what comes of it without a route, as the end of a sentence
 * @param ipv6 whether the route is that of IPv6
 */
export async function routeAnswer(
  { aws }: Context,
  { SubnetId = "" }: Subnet,
  { VpcId = "" }: Vpc,
  consequence = "so EMR clusters would stay in `provisioning`",
  ipv6 = false,
): Promise<Answer> {
  const table = await routeTableOf(aws, { SubnetId, VpcId });
  const isDefault = ({ DestinationCidrBlock, DestinationIpv6CidrBlock }: Route) =>
    ipv6 ? DestinationIpv6CidrBlock === "::/0" : DestinationCidrBlock === "0.0.0.0/0";
  const gateway = table?.Routes?.find((route) => isDefault(route) && route.GatewayId?.startsWith("igw-"));
  const destination = ipv6 ? "--destination-ipv6-cidr-block ::/0" : "--destination-cidr-block 0.0.0.0/0";
  return gateway
    ? ok(`goes by ${gateway.GatewayId}`)
    : refused(
        `is missing, ${consequence}. Attach a gateway to the VPC, then: \`aws ec2 create-route --region ${aws.region} --route-table-id ${table?.RouteTableId ?? "rtb-…"} ${destination} --gateway-id igw-…\`.`,
      );
}

async function* newVpcFindings(context: Context, { zones, cidr, peering }: NewNetwork): AsyncGenerator<Finding> {
  const { ec2, region } = context.aws;
  yield await ask("zones", async () => {
    const known = await ec2.zones();
    const unknown = zones.filter((zone) => !known.includes(zone));
    return unknown.length === 0
      ? ok("exist")
      : refused(`${unknown.join(", ")} not among ${region}'s, ${known.join(", ")}. Correct \`network.zones\`.`);
  });
  if (peering) {
    yield* peeringFindings(context, cidr, peering);
  }
}

/**
 * The VPC of the edxapp RDS, which a VPC of the client's own is peered with.
 * @param cidr range of the client's own
 */
async function* peeringFindings(context: Context, cidr: string, peering: Peering): AsyncGenerator<Finding> {
  const { ec2, region } = context.aws;
  const { vpcId, routeTableIds } = peering;
  let peer: Vpc | undefined;
  yield await ask("peered VPC", async () => {
    peer = await ec2.vpc(vpcId);
    return peer
      ? peerAnswer(peer, cidr, peering)
      : refused(`${vpcId} does not exist in ${region}. Correct \`network.peering.vpcId\`.`);
  });
  if (peer) {
    yield* dnsFindings(context, peer, " of peered VPC", "and AWS resolves names over a peering only where it is on");
  }
  yield await ask("its route tables", async () => {
    const known = (await ec2.routeTables({ "vpc-id": vpcId })).map(({ RouteTableId }) => RouteTableId);
    const unknown = routeTableIds.filter((id) => !known.includes(id));
    return unknown.length === 0
      ? ok("exist")
      : refused(`${unknown.join(", ")} not in ${vpcId}. Correct \`network.peering.routeTableIds\`.`);
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
        `${peer.VpcId} has ${foreign} too, which overlaps with \`network.cidr\`, ${cidr}, and AWS does not peer VPCs whose ranges overlap. Choose another \`network.cidr\`.`,
      );
}
