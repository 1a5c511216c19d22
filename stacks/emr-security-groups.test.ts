import { synthesizeClient } from "../test/synth";

const master = "${aws_security_group.emr_master.id}";
const slave = "${aws_security_group.emr_slave.id}";

describe("EMR's security groups", () => {
  it("are those that EMR makes for itself, whose rules go before they do", () => {
    const { resource } = synthesizeClient();

    expect(resource.aws_security_group?.emr_master).toMatchObject({
      name: "ElasticMapReduce-master",
      description: "Master group for Elastic MapReduce",
      revoke_rules_on_delete: true,
    });
    expect(resource.aws_security_group?.emr_slave).toMatchObject({
      name: "ElasticMapReduce-slave",
      description: "Slave group for Elastic MapReduce",
      revoke_rules_on_delete: true,
    });
  });

  it.each([
    ["emr_master_all_tcp_from_master", master, master, "tcp", 0, 65535],
    ["emr_master_all_tcp_from_slave", master, slave, "tcp", 0, 65535],
    ["emr_master_all_udp_from_master", master, master, "udp", 0, 65535],
    ["emr_master_all_udp_from_slave", master, slave, "udp", 0, 65535],
    ["emr_master_all_icmp_from_master", master, master, "icmp", -1, -1],
    ["emr_master_all_icmp_from_slave", master, slave, "icmp", -1, -1],
    ["emr_slave_all_tcp_from_master", slave, master, "tcp", 0, 65535],
    ["emr_slave_all_tcp_from_slave", slave, slave, "tcp", 0, 65535],
    ["emr_slave_all_udp_from_master", slave, master, "udp", 0, 65535],
    ["emr_slave_all_udp_from_slave", slave, slave, "udp", 0, 65535],
    ["emr_slave_all_icmp_from_master", slave, master, "icmp", -1, -1],
    ["emr_slave_all_icmp_from_slave", slave, slave, "icmp", -1, -1],
  ])("have EMR's own rule %s", (name, group, peer, protocol, from, to) => {
    expect(ingressRules[name]).toMatchObject({
      security_group_id: group,
      referenced_security_group_id: peer,
      ip_protocol: protocol,
      from_port: from,
      to_port: to,
    });
  });

  it("let the analytics hosts SSH to the masters, and to no slave", () => {
    expect(ingressRules.emr_master_ssh_from_analytics).toMatchObject({
      security_group_id: master,
      referenced_security_group_id: "${aws_security_group.analytics.id}",
      from_port: 22,
      to_port: 22,
    });
    expect(ingressRules).not.toHaveProperty("emr_slave_ssh_from_analytics");
  });

  it("have no other rule, and none for the world, which EMR would refuse", () => {
    const rules = Object.values(ingressRules).filter((rule) => [master, slave].includes(rule.security_group_id));

    expect(rules).toHaveLength(13);
    expect(rules.filter((rule) => "cidr_ipv4" in rule)).toEqual([]);
  });

  it("let everything out", () => {
    const { resource } = synthesizeClient();

    expect(resource.aws_vpc_security_group_egress_rule).toMatchObject({
      emr_master_everything_out: { security_group_id: master, ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" },
      emr_slave_everything_out: { security_group_id: slave, ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" },
    });
  });

  it("reach MySQL of the analytics RDS and of the edxapp RDS", () => {
    expect(ingressRules).toMatchObject({
      database_emr_rds_mysql_from_master: { referenced_security_group_id: master, from_port: 3306, to_port: 3306 },
      database_emr_rds_mysql_from_slave: { referenced_security_group_id: slave, from_port: 3306, to_port: 3306 },
      edxapp_database_mysql_from_master: {
        referenced_security_group_id: master,
        from_port: "${data.aws_db_instance.edxapp_database.port}",
      },
      edxapp_database_mysql_from_slave: {
        referenced_security_group_id: slave,
        from_port: "${data.aws_db_instance.edxapp_database.port}",
      },
    });
  });

  it("keep the descriptions of groups that EMR made, which AWS cannot change", () => {
    const { resource } = synthesizeClient({
      emr: {
        securityGroups: {
          master: { description: "Master group for Elastic MapReduce created on 2017-03-01T10:00:00.000Z" },
          slave: { description: "Slave group for Elastic MapReduce created on 2017-03-01T10:00:00.000Z" },
        },
      },
    });

    expect(resource.aws_security_group).toMatchObject({
      emr_master: { description: "Master group for Elastic MapReduce created on 2017-03-01T10:00:00.000Z" },
      emr_slave: { description: "Slave group for Elastic MapReduce created on 2017-03-01T10:00:00.000Z" },
    });
  });

  it("carry EMR's tag with the service policy v2 alone", () => {
    const tagsOf = (servicePolicy: "v1" | "v2") => {
      const groups = synthesizeClient({ emr: { servicePolicy } }).resource.aws_security_group;
      return [groups?.emr_master?.tags, groups?.emr_slave?.tags];
    };

    const tagged = expect.objectContaining({ "for-use-with-amazon-emr-managed-policies": "true" });
    expect(tagsOf("v1")).not.toContainEqual(tagged);
    expect(tagsOf("v2")).toEqual([tagged, tagged]);
  });

  it("are no one's additional groups where the client has them to itself", () => {
    const { output } = synthesizeClient();

    expect(output.emr_additional_master_security_groups?.value).toEqual([]);
    expect(output.emr_additional_slave_security_groups?.value).toEqual([]);
  });

  const ingressRules = synthesizeClient().resource.aws_vpc_security_group_ingress_rule ?? {};
});

describe("additional groups of a client's clusters", () => {
  const additionalMaster = "${aws_security_group.emr_additional_master.id}";
  const additionalSlave = "${aws_security_group.emr_additional_slave.id}";

  it.each([
    ["emr.securityGroups is existing", { emr: { securityGroups: { existing: true } } }],
    ["the account is shared", { sharing: "shared-stack" }],
  ] as const)("take the place of EMR's own where %s", (_, fields) => {
    const { resource, output } = synthesizeClient(fields);

    expect(resource.aws_security_group).toMatchObject({
      emr_additional_master: { name: "example-emr-master", description: "EMR masters of example" },
      emr_additional_slave: { name: "example-emr-slave", description: "EMR slaves of example" },
    });
    expect(resource.aws_security_group).not.toHaveProperty("emr_master");
    expect(output.emr_additional_master_security_groups?.value).toEqual([additionalMaster]);
    expect(output.emr_additional_slave_security_groups?.value).toEqual([additionalSlave]);
  });

  it("have SSH from the analytics hosts on masters, and none of EMR's own rules", () => {
    const { resource } = synthesizeClient({ sharing: "shared-stack" });

    const rules = Object.keys(resource.aws_vpc_security_group_ingress_rule ?? {});
    expect(rules.filter((name) => name.startsWith("emr_"))).toEqual(["emr_additional_master_ssh_from_analytics"]);
  });

  it("reach both databases, which let in no other client's clusters", () => {
    const { resource } = synthesizeClient({ sharing: "shared-stack" });

    expect(resource.aws_vpc_security_group_ingress_rule).toMatchObject({
      database_emr_rds_mysql_from_master: { referenced_security_group_id: additionalMaster },
      database_emr_rds_mysql_from_slave: { referenced_security_group_id: additionalSlave },
      edxapp_database_mysql_from_master: { referenced_security_group_id: additionalMaster },
      edxapp_database_mysql_from_slave: { referenced_security_group_id: additionalSlave },
    });
  });

  it("carry EMR's tag with the service policy v2", () => {
    const { resource } = synthesizeClient({ sharing: "shared-stack", emr: { servicePolicy: "v2" } });

    for (const group of ["emr_additional_master", "emr_additional_slave"]) {
      expect(resource.aws_security_group?.[group]?.tags).toMatchObject({
        "for-use-with-amazon-emr-managed-policies": "true",
      });
    }
  });
});
