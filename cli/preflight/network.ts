import type { Subnet, Vpc } from "@aws-sdk/client-ec2";
import type { Client } from "../../config/client";
import type { NetworkFields } from "../../config/schema/network";
import { emrTagFinding } from "./emr";
import { type Answer, ask, type Context, type Finding, ok, refused } from "./finding";
import { peeringFindings } from "./peering";
import { type ExistingNetwork, findVpc, vpcFindings } from "./vpc";

/** What EMR and RDS need of the network; without it a cluster stays in `provisioning` for good. */
export async function* networkFindings(context: Context, client: Client): AsyncGenerator<Finding> {
  const { network } = client;
  if (network.vpc === "new") {
    yield* newVpc(context, network);
    return;
  }
  yield* vpcFindings(context, network);
  const vpc = await findVpc(context.aws, network);
  if (vpc) {
    yield* subnetFindings(context, client, network, vpc);
  }
}

async function* subnetFindings(
  context: Context,
  client: Client,
  network: ExistingNetwork,
  vpc: Vpc,
): AsyncGenerator<Finding> {
  const { hosts, database } = await findSubnets(context, network, vpc);
  for (const { name, subnet } of [hosts, ...database.filter(({ name }) => name !== hosts.name)]) {
    yield { subject: name, ...subnetAnswer(subnet, vpc, network) };
  }
  const zones = new Set(database.map(({ subnet }) => subnet?.AvailabilityZone));
  if (database.every(({ subnet }) => subnet)) {
    yield {
      subject: "database subnets",
      ...(zones.size > 1
        ? ok(`are in ${zones.size} zones`)
        : refused(`are all in ${[...zones][0]}; RDS wants two zones. Add a subnet to \`network.databaseSubnetIds\`.`)),
    };
  }
  const { subnet } = hosts;
  if (subnet) {
    yield await ask("Internet route", () => routeAnswer(context, subnet, vpc));
    if (client.emr.servicePolicy === "v2" && client.sharedStack !== undefined) {
      yield emrTagFinding(context, client, subnet.SubnetId, subnet.Tags);
    }
  }
}

function subnetAnswer(subnet: Subnet | undefined, vpc: Vpc, network: ExistingNetwork): Answer {
  if (subnet === undefined) {
    return refused(
      network.vpc === "default"
        ? "does not exist. `aws ec2 create-default-subnet --availability-zone …` makes it, or change `network.zones`."
        : "does not exist. Correct `network.subnetId` or `network.databaseSubnetIds`.",
    );
  }
  return subnet.VpcId === vpc.VpcId
    ? ok(`exists: ${subnet.SubnetId}, ${subnet.AvailabilityZone}, ${subnet.CidrBlock}`)
    : refused(`is in ${subnet.VpcId}, not in ${vpc.VpcId}. Correct \`network\`.`);
}

interface NamedSubnet {
  readonly name: string;
  readonly subnet: Subnet | undefined;
}

async function findSubnets(
  { aws: { ec2 } }: Context,
  network: ExistingNetwork,
  { VpcId = "" }: Vpc,
): Promise<{ hosts: NamedSubnet; database: NamedSubnet[] }> {
  if (network.vpc === "existing") {
    const byId = async (id: string) => ({ name: id, subnet: await ec2.subnet(id) });
    return {
      hosts: await byId(network.subnetId),
      database: await Promise.all(network.databaseSubnetIds.map(byId)),
    };
  }
  const subnets = await ec2.defaultSubnets(VpcId);
  const byZone = network.zones.map((zone) => ({
    name: `subnet of ${zone}`,
    subnet: subnets.find(({ AvailabilityZone }) => AvailabilityZone === zone),
  }));
  return { hosts: byZone[0] as NamedSubnet, database: byZone };
}

/** A subnet without a route table of its own goes by the VPC's main one. */
async function routeAnswer({ aws }: Context, { SubnetId = "" }: Subnet, { VpcId = "" }: Vpc): Promise<Answer> {
  const [own] = await aws.ec2.routeTables({ "association.subnet-id": SubnetId });
  const table = own ?? (await aws.ec2.routeTables({ "vpc-id": VpcId, "association.main": "true" }))[0];
  const gateway = table?.Routes?.find(
    ({ DestinationCidrBlock, GatewayId }) => DestinationCidrBlock === "0.0.0.0/0" && GatewayId?.startsWith("igw-"),
  );
  return gateway
    ? ok(`goes by ${gateway.GatewayId}`)
    : refused(
        `is missing, so EMR clusters would stay in \`provisioning\`. Attach a gateway to the VPC, then: aws ec2 create-route --region ${aws.region} --route-table-id ${table?.RouteTableId ?? "rtb-…"} --destination-cidr-block 0.0.0.0/0 --gateway-id igw-…`,
      );
}

async function* newVpc(context: Context, network: Extract<NetworkFields, { vpc: "new" }>): AsyncGenerator<Finding> {
  const { aws } = context;
  yield await ask("zones", async () => {
    const known = await aws.ec2.zones();
    const unknown = network.zones.filter((zone) => !known.includes(zone));
    return unknown.length === 0
      ? ok("exist")
      : refused(`${unknown.join(", ")} not among ${aws.region}'s, ${known.join(", ")}. Correct \`network.zones\`.`);
  });
  if (network.peering) {
    yield* peeringFindings(context, network.cidr, network.peering);
  }
}
