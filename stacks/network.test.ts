import { synthesizeClient } from "../test/synth";

describe("network", () => {
  it("is the default VPC, with hosts and EMR in the first zone and the database in all", () => {
    const { resource, data, output } = synthesizeClient();

    expect(data.aws_vpc?.network).toMatchObject({ default: true });
    expect(resource.aws_instance?.analytics_1).toMatchObject({ subnet_id: "${data.aws_subnet.network_eu_west_1a.id}" });
    expect(output.subnet_id?.value).toBe("${data.aws_subnet.network_eu_west_1a.id}");
    expect(resource.aws_db_subnet_group?.network_database).toMatchObject({
      subnet_ids: ["${data.aws_subnet.network_eu_west_1a.id}", "${data.aws_subnet.network_eu_west_1b.id}"],
    });
  });

  it("names the database's subnet group by the client, in every kind of VPC", () => {
    const { resource } = synthesizeClient();

    expect(resource.aws_db_subnet_group?.network_database).toMatchObject({ name: "example-analytics" });
    expect(resource.aws_db_instance?.database_1).toMatchObject({
      db_subnet_group_name: "${aws_db_subnet_group.network_database.name}",
    });
  });

  it("has an existing subnet group on request, of the same VPC", () => {
    const { resource, data } = synthesizeClient({
      network: { vpc: "default", zones: ["eu-west-1a"] },
      database: { subnetGroup: { existing: "default-vpc-0a1b2c3d" }, iterations: { "1": {}, "2": {} } },
    });

    expect(resource).not.toHaveProperty("aws_db_subnet_group");
    expect(data.aws_db_subnet_group?.network_database).toMatchObject({
      name: "default-vpc-0a1b2c3d",
      lifecycle: { postcondition: [{ condition: "${self.vpc_id == data.aws_vpc.network.id}" }] },
    });
    for (const { db_subnet_group_name } of Object.values(resource.aws_db_instance ?? {})) {
      expect(db_subnet_group_name).toBe("${data.aws_db_subnet_group.network_database.name}");
    }
  });

  it("leaves the VPC's default group alone by default", () => {
    const { resource, data } = synthesizeClient();

    expect(data.aws_security_group).toBeUndefined();
    expect(resource.aws_instance?.analytics_1?.vpc_security_group_ids).toEqual(["${aws_security_group.analytics.id}"]);
    expect(resource.aws_instance?.director?.vpc_security_group_ids).toEqual(["${aws_security_group.director.id}"]);
    expect(resource.aws_db_instance?.database_1?.vpc_security_group_ids).toEqual([
      "${aws_security_group.database_emr_rds.id}",
    ]);
  });

  it("lets director and hosts reach MySQL by rules of their own, without the default group", () => {
    const { resource } = synthesizeClient();

    expect(resource.aws_vpc_security_group_ingress_rule).toMatchObject({
      database_emr_rds_mysql_from_director: {
        referenced_security_group_id: "${aws_security_group.director.id}",
        from_port: 3306,
        to_port: 3306,
      },
      database_emr_rds_mysql_from_analytics: {
        referenced_security_group_id: "${aws_security_group.analytics.id}",
        from_port: 3306,
        to_port: 3306,
      },
    });
  });

  it("makes director, hosts and database members of the default group on request, as in the runbook", () => {
    const { resource, data } = synthesizeClient({
      network: { vpc: "default", zones: ["eu-west-1a", "eu-west-1b"], defaultSecurityGroup: true },
    });

    const defaultGroup = "${data.aws_security_group.network_default.id}";
    expect(data.aws_security_group?.network_default).toMatchObject({
      name: "default",
      vpc_id: "${data.aws_vpc.network.id}",
    });
    expect(resource.aws_instance?.director?.vpc_security_group_ids).toContain(defaultGroup);
    expect(resource.aws_instance?.analytics_1?.vpc_security_group_ids).toContain(defaultGroup);
    expect(resource.aws_db_instance?.database_1?.vpc_security_group_ids).toContain(defaultGroup);
    expect(resource.aws_vpc_security_group_ingress_rule).not.toHaveProperty("database_emr_rds_mysql_from_director");
    expect(resource.aws_vpc_security_group_ingress_rule).not.toHaveProperty("database_emr_rds_mysql_from_analytics");
  });

  it("takes the default group of a new VPC from that VPC", () => {
    const { resource, data } = synthesizeClient({
      network: { vpc: "new", zones: ["eu-west-1a", "eu-west-1b"], defaultSecurityGroup: true },
    });

    expect(data.aws_security_group).toBeUndefined();
    expect(resource.aws_instance?.analytics_1?.vpc_security_group_ids).toContain(
      "${aws_vpc.network.default_security_group_id}",
    );
  });

  it("is the same for every group", () => {
    const { resource } = synthesizeClient();

    const vpcs = Object.values(resource.aws_security_group ?? {}).map((group) => group.vpc_id);
    expect(new Set(vpcs)).toEqual(new Set(["${data.aws_vpc.network.id}"]));
  });
});
