import {
  DescribeAvailabilityZonesCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  type Filter,
  type RouteTable,
  type Subnet,
  type Vpc,
} from "@aws-sdk/client-ec2";
import type { ClientConfig } from "../../clients/config/client";
import type { NetworkConfig, SharedNetworkConfig } from "../../clients/config/network";
import { emrTagFinding } from "./emr-tag";
import { absent, ask, type Context, type Finding, ok, refused } from "./finding";
import { peeringFindings } from "./peering";
import { type ExistingNetwork, filter, findVpc, vpcFindings } from "./vpc";

/** What EMR and RDS need of the network; without it a cluster stays in `provisioning` for good. */
export async function* networkFindings(context: Context, client: ClientConfig): AsyncGenerator<Finding> {
  const { network } = client;
  if (network.vpc === "new") {
    yield* newVpc(context, network);
    return;
  }
  const vpc = await findVpc(context, network);
  yield* vpcFindings(context, network, vpc);
  if (vpc) {
    yield* subnetFindings(context, client, network, vpc);
  }
}

/** The VPC of a shared stack's groups. */
export async function* sharedNetworkFindings(context: Context, network: SharedNetworkConfig): AsyncGenerator<Finding> {
  yield* vpcFindings(context, network, await findVpc(context, network));
}

async function* subnetFindings(
  context: Context,
  client: ClientConfig,
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
    if (client.emr.servicePolicy === "v2" && client.sharing === "shared-stack") {
      yield emrTagFinding(context, client, subnet.SubnetId, subnet.Tags);
    }
  }
}

function subnetAnswer(subnet: Subnet | undefined, vpc: Vpc, network: ExistingNetwork) {
  if (subnet === undefined) {
    return refused(
      network.vpc === "default"
        ? "is missing. `aws ec2 create-default-subnet --availability-zone …` makes it, or change `network.zones`."
        : "is missing. Correct `network.subnetId` or `network.databaseSubnetIds`.",
    );
  }
  return subnet.VpcId === vpc.VpcId
    ? ok(`is there: ${subnet.SubnetId}, ${subnet.AvailabilityZone}, ${subnet.CidrBlock}`)
    : refused(`is in ${subnet.VpcId}, not in ${vpc.VpcId}. Correct \`network\`.`);
}

interface NamedSubnet {
  readonly name: string;
  readonly subnet: Subnet | undefined;
}

async function findSubnets(
  { aws }: Context,
  network: ExistingNetwork,
  vpc: Vpc,
): Promise<{ hosts: NamedSubnet; database: NamedSubnet[] }> {
  const describe = async (input: { SubnetIds?: string[]; Filters?: Filter[] }) => {
    const command = new DescribeSubnetsCommand(input);
    return (await aws.askIfThere("ec2:DescribeSubnets", aws.ec2.send(command), absent.subnet))?.Subnets ?? [];
  };
  if (network.vpc === "existing") {
    const byId = async (id: string) => ({ name: id, subnet: (await describe({ SubnetIds: [id] }))[0] });
    return {
      hosts: await byId(network.subnetId),
      database: await Promise.all(network.databaseSubnetIds.map(byId)),
    };
  }
  const defaults = await describe({
    Filters: [filter("vpc-id", vpc.VpcId as string), filter("default-for-az", "true")],
  });
  const byZone = network.zones.map((zone) => ({
    name: `subnet of ${zone}`,
    subnet: defaults.find(({ AvailabilityZone }) => AvailabilityZone === zone),
  }));
  return { hosts: byZone[0] as NamedSubnet, database: byZone };
}

/** A subnet without a route table of its own goes by the VPC's main one. */
async function routeAnswer({ aws, region }: Context, subnet: Subnet, vpc: Vpc) {
  const tables = async (...filters: Filter[]): Promise<RouteTable | undefined> =>
    (await aws.ask("ec2:DescribeRouteTables", aws.ec2.send(new DescribeRouteTablesCommand({ Filters: filters }))))
      .RouteTables?.[0];
  const table =
    (await tables(filter("association.subnet-id", subnet.SubnetId as string))) ??
    (await tables(filter("vpc-id", vpc.VpcId as string), filter("association.main", "true")));
  const gateway = table?.Routes?.find(
    ({ DestinationCidrBlock, GatewayId }) => DestinationCidrBlock === "0.0.0.0/0" && GatewayId?.startsWith("igw-"),
  );
  return gateway
    ? ok(`goes by ${gateway.GatewayId}`)
    : refused(
        `is missing, so EMR clusters would stay in \`provisioning\`. Attach a gateway to the VPC, then: aws ec2 create-route --region ${region} --route-table-id ${table?.RouteTableId ?? "rtb-…"} --destination-cidr-block 0.0.0.0/0 --gateway-id igw-…`,
      );
}

async function* newVpc(context: Context, network: Extract<NetworkConfig, { vpc: "new" }>): AsyncGenerator<Finding> {
  const { aws, region } = context;
  yield await ask("zones", async () => {
    const answer = await aws.ask(
      "ec2:DescribeAvailabilityZones",
      aws.ec2.send(new DescribeAvailabilityZonesCommand({})),
    );
    const known = (answer.AvailabilityZones ?? []).map(({ ZoneName }) => ZoneName);
    const unknown = network.zones.filter((zone) => !known.includes(zone));
    return unknown.length === 0
      ? ok("are there")
      : refused(`${unknown.join(", ")} not among ${region}'s, ${known.join(", ")}. Correct \`network.zones\`.`);
  });
  if (network.peering) {
    yield* peeringFindings(context, network.cidr, network.peering);
  }
}
