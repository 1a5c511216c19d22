import example from "../clients/example";
import type { ClientInput } from "../config/schema/client";
import { clientOf, inShared, mistakes } from "../test/client-files";
import { synthesizeClient } from "../test/synth";

const subnetId = "subnet-0a1b2c3d";
const isPrivate = { emr: { subnetId } } satisfies Partial<ClientInput>;

describe("EMR clusters in a private subnet", () => {
  const { data, resource, output } = synthesizeClient(isPrivate);

  it("are in it by emr-vars.yml, and hosts stay in the public one", () => {
    expect(output.subnet_id?.value).toBe("${data.aws_subnet.emr_subnet.id}");
    expect(data.aws_subnet?.emr_subnet).toMatchObject({
      id: subnetId,
      lifecycle: {
        postcondition: [
          {
            condition: "${self.vpc_id == data.aws_vpc.network.id}",
            error_message: expect.stringContaining("Correct `emr.subnetId` or `network`."),
          },
        ],
      },
    });
    expect(resource.aws_instance?.analytics_1?.subnet_id).toBe("${data.aws_subnet.network_eu_west_1a.id}");
  });

  it("need a default route by something other than an Internet gateway, which hosts still need", () => {
    const conditionOf = (name: string) => data.aws_route_table?.[name]?.lifecycle?.postcondition?.[0];

    expect(conditionOf("emr_subnet_route_table")).toEqual({
      condition:
        '${anytrue([for route in self.routes : route.cidr_block == "0.0.0.0/0" && !startswith(route.gateway_id, "igw-")])}',
      error_message: expect.stringContaining("so EMR clusters would stay in `provisioning`. Create a NAT gateway"),
    });
    expect(data.aws_route_tables?.emr_subnet_subnet_route_tables).toMatchObject({
      filter: [{ name: "association.subnet-id", values: ["${data.aws_subnet.emr_subnet.id}"] }],
    });
    expect(conditionOf("network_route_table")?.error_message).toContain(
      "no route to an Internet gateway, so the hosts could not be reached.",
    );
  });

  it("get two groups of the client's own, as EMR makes those of private subnets itself", () => {
    expect(Object.keys(resource.aws_security_group ?? {})).toEqual(
      expect.arrayContaining(["emr_additional_master", "emr_additional_slave"]),
    );
    expect(resource.aws_security_group).not.toHaveProperty("emr_master");
    expect(output.emr_additional_master_security_groups?.value).toHaveLength(1);
    expect(Object.keys(resource.aws_vpc_security_group_ingress_rule ?? {})).toEqual(
      expect.arrayContaining([
        "emr_additional_master_ssh_from_analytics",
        "database_emr_rds_mysql_from_master",
        "database_emr_rds_mysql_from_slave",
      ]),
    );
  });

  it("reach the edxapp server from that subnet's range", () => {
    const database = { ...example.edxapp.database, access: "cidr-rules" as const };
    const rules = synthesizeClient({ ...isPrivate, edxapp: { ...example.edxapp, database } }).resource
      .aws_vpc_security_group_ingress_rule;

    expect(rules?.edxapp_database_mysql_from_emr_subnet).toMatchObject({
      cidr_ipv4: "${data.aws_subnet.emr_subnet.cidr_block}",
    });
  });

  it("may be of a client of a shared stack", () => {
    expect(clientOf({ ...isPrivate, sharing: "shared-stack" }).emr.securityGroups.owner).toBe("existing");
  });

  it.each<[string, object, string]>([
    [
      "in a new VPC",
      { network: { vpc: "new", zones: ["eu-west-1a", "eu-west-1b"] }, "edxapp.database.access": "print" },
      "a new VPC has public subnets alone. Remove the field",
    ],
    [
      "in the hosts' subnet",
      { network: { ...inShared.network, subnetId }, region: "eu-west-1" },
      "it is `network.subnetId`, which holds the hosts and is public.",
    ],
    [
      "with EMR's public groups",
      { "emr.securityGroups": {} },
      "clusters in a private subnet have groups of other names",
    ],
    ["with service policy v2", { "emr.servicePolicy": "v2" }, "with it EMR makes no groups for a private subnet"],
    ["on EMR 4.1", { "emr.releaseLabel": "emr-4.1.0" }, "EMR starts clusters in private subnets since emr-4.2.0."],
  ])("cannot be %s", (_, changes, said) => {
    expect(mistakes({ ...changes, "emr.subnetId": subnetId }).join("\n")).toContain(said);
  });

  it("are warned of on Ficus, which does not give slaves additional groups", () => {
    const said = "so the databases refuse clusters in `emr.subnetId`";

    expect(clientOf({ ...isPrivate, release: "ficus" }).warnings.join("\n")).toContain(said);
    expect(clientOf(isPrivate).warnings.join("\n")).not.toContain(said);
  });
});
