import { synthesizeClient, type Template } from "../test/synth";

/** A client in a VPC that exists. */
function inExistingVpc(fields: Parameters<typeof synthesizeClient>[0] = {}) {
  return synthesizeClient({
    network: {
      vpc: "existing",
      vpcId: "vpc-0a1b2c3d",
      subnetId: "subnet-0000000a",
      databaseSubnetIds: ["subnet-0000000b", "subnet-0000000c"],
    },
    ...fields,
  });
}

describe("existing VPC", () => {
  it("is the region's default one, with a default subnet in each zone", () => {
    const { resource, data } = synthesizeClient();

    expect(data.aws_vpc?.network).toMatchObject({ default: true });
    expect(data.aws_subnet).toMatchObject({
      network_eu_west_1a: {
        vpc_id: "${data.aws_vpc.network.id}",
        availability_zone: "eu-west-1a",
        default_for_az: true,
      },
      network_eu_west_1b: {
        vpc_id: "${data.aws_vpc.network.id}",
        availability_zone: "eu-west-1b",
        default_for_az: true,
      },
    });
    expect(resource).not.toHaveProperty("aws_vpc");
  });

  it("is looked up by its id, and its subnets are the named ones", () => {
    const { resource, data } = inExistingVpc();

    expect(data.aws_vpc?.network).toMatchObject({ id: "vpc-0a1b2c3d" });
    expect(data.aws_vpc?.network).not.toHaveProperty("default");
    expect(data.aws_subnet?.network_subnet).toMatchObject({ id: "subnet-0000000a" });
    expect(resource.aws_instance?.analytics_1).toMatchObject({ subnet_id: "${data.aws_subnet.network_subnet.id}" });
    expect(resource.aws_db_subnet_group?.network_database).toMatchObject({
      subnet_ids: ["subnet-0000000b", "subnet-0000000c"],
    });
  });

  it("must have DNS hostnames on, and says how to turn them on", () => {
    const { condition, error_message } = postcondition(synthesizeClient().data.aws_vpc?.network);

    expect(condition).toBe("${self.enable_dns_hostnames && self.enable_dns_support}");
    expect(error_message).toContain("DNS hostnames are off in VPC ${self.id}");
    expect(error_message).toContain("EMR clusters would stay in `provisioning`");
    expect(error_message).toContain("aws ec2 modify-vpc-attribute --vpc-id ${self.id} --enable-dns-hostnames");
    expect(error_message).toContain("--enable-dns-support");
  });

  it("must hold the subnet that the client file names, and says which fields to correct", () => {
    const { condition, error_message } = postcondition(inExistingVpc().data.aws_subnet?.network_subnet);

    expect(condition).toBe("${self.vpc_id == data.aws_vpc.network.id}");
    expect(error_message).toContain("Subnet ${self.id} is in ${self.vpc_id}");
    expect(error_message).toContain("Correct `network.subnetId` or `network.vpcId`.");
  });

  it("must have a way to the Internet from the subnet, and says how to make one", () => {
    const { condition, error_message } = postcondition(inExistingVpc().data.aws_route_table?.network_route_table);

    expect(condition).toContain('route.cidr_block == "0.0.0.0/0"');
    expect(condition).toContain('"igw-"');
    expect(error_message).toContain(
      "Route table ${self.id} of subnet ${data.aws_subnet.network_subnet.id} has no route to an Internet gateway",
    );
    expect(error_message).toContain("EMR clusters would stay in `provisioning`");
    expect(error_message).toContain("Attach a gateway to the VPC");
    expect(error_message).toContain(
      "aws ec2 create-route --route-table-id ${self.id} --destination-cidr-block 0.0.0.0/0 --gateway-id igw-",
    );
  });

  it("is asked for the subnet's own route table, and goes by the main one where it has none", () => {
    const { data } = inExistingVpc();

    expect(data.aws_route_tables?.network_subnet_route_tables).toMatchObject({
      vpc_id: "${data.aws_vpc.network.id}",
      filter: [{ name: "association.subnet-id", values: ["${data.aws_subnet.network_subnet.id}"] }],
    });
    expect(data.aws_route_table?.network_main_route_table).toMatchObject({
      vpc_id: "${data.aws_vpc.network.id}",
      filter: [{ name: "association.main", values: ["true"] }],
    });
    expect(data.aws_route_table?.network_route_table).toMatchObject({
      route_table_id:
        "${length(data.aws_route_tables.network_subnet_route_tables.ids) == 1 ? one(data.aws_route_tables.network_subnet_route_tables.ids) : data.aws_route_table.network_main_route_table.id}",
    });
  });

  it("is left without EMR's tag by default", () => {
    const { resource } = inExistingVpc();

    expect(resource).not.toHaveProperty("aws_ec2_tag");
  });

  it("gets EMR's tag on the subnet with the service policy v2", () => {
    const { resource } = inExistingVpc({ emr: { servicePolicy: "v2" } });

    expect(resource.aws_ec2_tag?.network_subnet_cluster_tag).toMatchObject({
      resource_id: "${data.aws_subnet.network_subnet.id}",
      key: "for-use-with-amazon-emr-managed-policies",
      value: "true",
    });
  });

  it("leaves that tag to the stack that the client shares", () => {
    const { resource } = inExistingVpc({ emr: { servicePolicy: "v2" }, sharing: "shared-stack" });

    expect(resource).not.toHaveProperty("aws_ec2_tag");
  });

  it("is known to the edxapp RDS by the range of the subnet, where rules go by range", () => {
    const { resource } = inExistingVpc({
      edxapp: {
        userArn: "arn:aws:iam::123456789012:user/edxapp",
        gradesBucket: { name: "example-edxapp", access: "print" },
        database: { identifier: "example-edxapp", user: "edxapp001", access: "cidr-rules" },
      },
    });

    expect(resource.aws_vpc_security_group_ingress_rule?.edxapp_database_mysql_from_emr_subnet).toMatchObject({
      cidr_ipv4: "${data.aws_subnet.network_subnet.cidr_block}",
    });
  });
});

/** The one postcondition of a data source. */
function postcondition(source: Template["data"][string][string] | undefined): {
  condition: string;
  error_message: string;
} {
  expect(source?.lifecycle.postcondition).toHaveLength(1);
  return source?.lifecycle.postcondition[0];
}
