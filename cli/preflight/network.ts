import {
  DescribeAvailabilityZonesCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  type Filter,
  type RouteTable,
  type Subnet,
  type Vpc,
} from "@aws-sdk/client-ec2";
import type { ClientConfig } from "../../clients/config/client";
import type { NetworkConfig, SharedNetworkConfig } from "../../clients/config/network";
import { emrTagFinding } from "./emr-tag";
import { absent, ask, type Context, type Finding, ok, refused } from "./finding";

type ExistingNetwork = Exclude<NetworkConfig, { vpc: "new" }>;

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

/** The VPC that a file names; undefined where there is none. */
export async function findVpc(
  { aws }: Context,
  network: SharedNetworkConfig | ExistingNetwork,
): Promise<Vpc | undefined> {
  const wanted = network.vpc === "default" ? { Filters: [filter("is-default", "true")] } : { VpcIds: [network.vpcId] };
  const answer = await aws.askIfThere("ec2:DescribeVpcs", aws.ec2.send(new DescribeVpcsCommand(wanted)), absent.vpc);
  return answer?.Vpcs?.[0];
}

async function* vpcFindings(
  context: Context,
  network: SharedNetworkConfig | ExistingNetwork,
  vpc: Vpc | undefined,
): AsyncGenerator<Finding> {
  const subject = network.vpc === "default" ? "default VPC" : network.vpcId;
  if (vpc === undefined) {
    const fix =
      network.vpc === "default"
        ? "Make one with `aws ec2 create-default-vpc`, or choose another `network.vpc`"
        : "Correct `network.vpcId`";
    yield { subject, ...refused(`is missing in ${context.region}. ${fix}.`) };
    return;
  }
  yield { subject, ...ok(`is there: ${vpc.VpcId}, ${vpc.CidrBlock}`) };
  for (const [attribute, option] of [
    ["enableDnsSupport", "--enable-dns-support"],
    ["enableDnsHostnames", "--enable-dns-hostnames"],
  ] as const) {
    yield await ask(attribute === "enableDnsSupport" ? "DNS support" : "DNS hostnames", async () => {
      const answer = await context.aws.ask(
        "ec2:DescribeVpcAttribute",
        context.aws.ec2.send(new DescribeVpcAttributeCommand({ VpcId: vpc.VpcId, Attribute: attribute })),
      );
      const value = attribute === "enableDnsSupport" ? answer.EnableDnsSupport : answer.EnableDnsHostnames;
      return value?.Value
        ? ok("is on")
        : refused(
            `is off, so EMR clusters would stay in \`provisioning\`. aws ec2 modify-vpc-attribute --region ${context.region} --vpc-id ${vpc.VpcId} ${option}`,
          );
    });
  }
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
  const { peering } = network;
  if (peering === undefined) {
    return;
  }
  yield await ask("peered VPC", async () => {
    const vpc = await findVpc(context, { vpc: "existing", vpcId: peering.vpcId });
    if (vpc === undefined) {
      return refused(`${peering.vpcId} is missing in ${region}. Correct \`network.peering.vpcId\`.`);
    }
    const ranges = (vpc.CidrBlockAssociationSet ?? []).map(({ CidrBlock }) => CidrBlock);
    return ranges.includes(peering.cidr)
      ? ok(`is there: ${vpc.VpcId}`)
      : refused(`${vpc.VpcId} has ${ranges.join(", ")}, not ${peering.cidr}. Correct \`network.peering.cidr\`.`);
  });
  yield await ask("its route tables", async () => {
    const answer = await aws.ask(
      "ec2:DescribeRouteTables",
      aws.ec2.send(new DescribeRouteTablesCommand({ Filters: [filter("vpc-id", peering.vpcId)] })),
    );
    const known = (answer.RouteTables ?? []).map(({ RouteTableId }) => RouteTableId);
    const unknown = peering.routeTableIds.filter((id) => !known.includes(id));
    return unknown.length === 0
      ? ok("are there")
      : refused(`${unknown.join(", ")} not in ${peering.vpcId}. Correct \`network.peering.routeTableIds\`.`);
  });
}

function filter(Name: string, value: string): Filter {
  return { Name, Values: [value] };
}
