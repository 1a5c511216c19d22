import example from "../clients/example";
import { synthesizeClient } from "../test/synth";

const zones = ["eu-west-1a", "eu-west-1b"];
const peering = { vpcId: "vpc-0a1b2c3d", cidr: "172.31.0.0/16", routeTableIds: ["rtb-0000000a", "rtb-0000000b"] };

/** A client in a VPC of its own. */
function inNewVpc(
  network: { zones?: string[]; cidr?: string; peering?: typeof peering } = {},
  fields: Parameters<typeof synthesizeClient>[0] = {},
) {
  return synthesizeClient({ network: { vpc: "new", zones, ...network }, ...fields });
}

describe("new VPC", () => {
  it("has DNS hostnames on and a range of its own", () => {
    const { resource, data } = inNewVpc();

    expect(resource.aws_vpc?.network).toMatchObject({
      cidr_block: "10.20.0.0/16",
      enable_dns_hostnames: true,
      enable_dns_support: true,
      tags: { Name: "example-analytics" },
    });
    expect(data).not.toHaveProperty("aws_vpc");
  });

  it("has an Internet gateway, attached and in the route table", () => {
    const { resource } = inNewVpc();

    expect(resource.aws_internet_gateway?.network_internet_gateway).toMatchObject({ vpc_id: "${aws_vpc.network.id}" });
    expect(resource.aws_route?.network_internet).toMatchObject({
      route_table_id: "${aws_route_table.network_route_table.id}",
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: "${aws_internet_gateway.network_internet_gateway.id}",
    });
  });

  it("has a public subnet in each zone", () => {
    const { resource } = inNewVpc();

    expect(Object.keys(resource.aws_subnet ?? {})).toEqual(["network_eu_west_1a", "network_eu_west_1b"]);
    expect(resource.aws_subnet?.network_eu_west_1a).toMatchObject({
      vpc_id: "${aws_vpc.network.id}",
      availability_zone: "eu-west-1a",
      map_public_ip_on_launch: true,
      tags: { Name: "example-analytics-eu-west-1a" },
    });
  });

  it("routes every subnet to the Internet before anything is placed in it", () => {
    const { resource, output } = inNewVpc();

    expect(resource.aws_route_table_association?.network_eu_west_1a_route_table).toMatchObject({
      subnet_id: "${aws_subnet.network_eu_west_1a.id}",
      route_table_id: "${aws_route.network_internet.route_table_id}",
    });
    expect(resource.aws_instance?.analytics_1?.subnet_id).toBe(
      "${aws_route_table_association.network_eu_west_1a_route_table.subnet_id}",
    );
    expect(output.subnet_id?.value).toBe("${aws_route_table_association.network_eu_west_1a_route_table.subnet_id}");
  });

  it("places the database in all zones", () => {
    const { resource } = inNewVpc();

    expect(resource.aws_db_subnet_group?.network_database?.subnet_ids).toEqual([
      "${aws_route_table_association.network_eu_west_1a_route_table.subnet_id}",
      "${aws_route_table_association.network_eu_west_1b_route_table.subnet_id}",
    ]);
  });

  it("takes the range that the client file names", () => {
    const { resource } = inNewVpc({ cidr: "10.99.0.0/20" });

    expect(resource.aws_vpc?.network).toMatchObject({ cidr_block: "10.99.0.0/20" });
    expect(resource.aws_subnet?.network_eu_west_1a).toMatchObject({ cidr_block: "10.99.0.0/24" });
  });

  it.each([
    { cidr: "10.20.0.0/16", zone: "eu-west-1a", expected: "10.20.0.0/20" },
    { cidr: "10.20.0.0/16", zone: "eu-west-1c", expected: "10.20.32.0/20" },
    { cidr: "192.168.4.0/22", zone: "eu-west-1f", expected: "192.168.5.64/26" },
    { cidr: "10.0.255.0/24", zone: "eu-west-1b", expected: "10.0.255.16/28" },
  ])("gives $zone of $cidr the sixteenth of its letter, $expected", ({ cidr, zone, expected }) => {
    const { resource } = inNewVpc({ cidr, zones: [zone, "eu-west-1d"] });

    expect(resource.aws_subnet?.[`network_${zone.replaceAll("-", "_")}`]).toMatchObject({ cidr_block: expected });
  });

  it("leaves every subnet where it is when zones are added and put in another order", () => {
    const before = inNewVpc().resource.aws_subnet;

    const after = inNewVpc({ zones: ["eu-west-1c", "eu-west-1b", "eu-west-1a"] }).resource.aws_subnet;

    expect(after).toMatchObject(before ?? {});
  });

  it("reaches no other VPC unless the client file names one", () => {
    const { resource } = inNewVpc();

    expect(resource).not.toHaveProperty("aws_vpc_peering_connection");
    expect(Object.keys(resource.aws_route ?? {})).toEqual(["network_internet"]);
  });

  it("peers with the VPC of the edxapp RDS, and names resolve to private addresses on both sides", () => {
    const { resource } = inNewVpc({ peering });

    expect(resource.aws_vpc_peering_connection?.network_peering).toMatchObject({
      vpc_id: "${aws_vpc.network.id}",
      peer_vpc_id: "vpc-0a1b2c3d",
      auto_accept: true,
      requester: { allow_remote_vpc_dns_resolution: true },
      accepter: { allow_remote_vpc_dns_resolution: true },
      tags: { Name: "example-analytics-edxapp" },
    });
  });

  it("has the way there in its route table and the way back in each of the other side's", () => {
    const { resource } = inNewVpc({ peering });

    const connection = "${aws_vpc_peering_connection.network_peering.id}";
    expect(resource.aws_route).toMatchObject({
      network_edxapp: {
        route_table_id: "${aws_route_table.network_route_table.id}",
        destination_cidr_block: "172.31.0.0/16",
        vpc_peering_connection_id: connection,
      },
      network_back_rtb_0000000a: {
        route_table_id: "rtb-0000000a",
        destination_cidr_block: "${aws_vpc.network.cidr_block}",
        vpc_peering_connection_id: connection,
      },
      network_back_rtb_0000000b: { route_table_id: "rtb-0000000b" },
    });
  });

  it("is known to the edxapp RDS by the range of EMR's subnet", () => {
    const database = { identifier: "example-edxapp", user: "edxapp001", access: "cidr-rules" } as const;

    const { resource } = inNewVpc({ peering }, { edxapp: { ...example.edxapp, database } });

    expect(resource.aws_vpc_security_group_ingress_rule?.edxapp_database_mysql_from_emr_subnet).toMatchObject({
      cidr_ipv4: "10.20.0.0/20",
      from_port: "${data.aws_db_instance.edxapp_database.port}",
      to_port: "${data.aws_db_instance.edxapp_database.port}",
    });
  });

  it("carries EMR's tag on its subnets with the service policy v2 alone", () => {
    const tagsOf = (servicePolicy: "v1" | "v2") =>
      inNewVpc({}, { emr: { servicePolicy } }).resource.aws_subnet?.network_eu_west_1a?.tags;

    expect(tagsOf("v1")).not.toHaveProperty("for-use-with-amazon-emr-managed-policies");
    expect(tagsOf("v2")).toMatchObject({ "for-use-with-amazon-emr-managed-policies": "true" });
  });
});
