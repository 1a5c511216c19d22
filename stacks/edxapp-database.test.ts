import example from "../clients/example";
import type { ClientInput } from "../config/schema/client";
import { synthesizeClient, type Template } from "../test/synth";

type Database = ClientInput["edxapp"]["database"];

function withDatabase(database: Partial<Database>): Template {
  return synthesizeClient({ edxapp: { ...example.edxapp, database: { ...example.edxapp.database, ...database } } });
}

const byAddress: Partial<Database> = {
  identifier: undefined,
  address: "edxapp.c0ffee.eu-west-1.rds.amazonaws.com",
  port: 3307,
  securityGroupIds: ["sg-0a1b2c3d"],
};

function rules({ resource }: Template) {
  return Object.fromEntries(
    Object.entries(resource.aws_vpc_security_group_ingress_rule ?? {}).filter(([name]) =>
      name.startsWith("edxapp_database_"),
    ),
  );
}

describe("edxapp database", () => {
  it("is looked up, and its own group lets EMR in", () => {
    const synthesised = withDatabase({});
    const group = "${one(data.aws_db_instance.edxapp_database.vpc_security_groups)}";

    expect(synthesised.data.aws_db_instance?.edxapp_database).toMatchObject({
      db_instance_identifier: "example-edxapp",
    });
    expect(Object.values(rules(synthesised))).toEqual([
      expect.objectContaining({
        security_group_id: group,
        referenced_security_group_id: "${aws_security_group.emr_master.id}",
        from_port: "${data.aws_db_instance.edxapp_database.port}",
        to_port: "${data.aws_db_instance.edxapp_database.port}",
      }),
      expect.objectContaining({
        security_group_id: group,
        referenced_security_group_id: "${aws_security_group.emr_slave.id}",
      }),
    ]);
  });

  it("with several groups is refused at plan, unless the client file names one", () => {
    expect(withDatabase({}).data.aws_db_instance?.edxapp_database?.lifecycle.postcondition).toEqual([
      {
        condition: "${length(self.vpc_security_groups) == 1}",
        error_message: expect.stringContaining(
          "Name the one that gets the rules in `edxapp.database.ruleSecurityGroupId`.",
        ),
      },
    ]);

    const named = withDatabase({ ruleSecurityGroupId: "sg-0a1b2c3d" });
    expect(named.data.aws_db_instance?.edxapp_database?.lifecycle.postcondition[0].condition).toBe(
      '${contains(self.vpc_security_groups, "sg-0a1b2c3d")}',
    );
    expect(Object.values(rules(named)).map(({ security_group_id }) => security_group_id)).toEqual([
      "sg-0a1b2c3d",
      "sg-0a1b2c3d",
    ]);
  });

  it("in another VPC lets in the range of EMR's subnet", () => {
    expect(Object.values(rules(withDatabase({ access: "cidr-rules" })))).toEqual([
      expect.objectContaining({ cidr_ipv4: "${data.aws_subnet.network_eu_west_1a.cidr_block}" }),
    ]);
  });

  it("that its owner manages gets no rule", () => {
    const synthesised = withDatabase({ access: "print" });

    expect(rules(synthesised)).toEqual({});
    expect(synthesised.data.aws_db_instance?.edxapp_database).not.toHaveProperty("lifecycle");
  });

  it("may be named by address, port and groups, where it cannot be looked up", () => {
    const synthesised = withDatabase(byAddress);

    expect(synthesised.data).not.toHaveProperty("aws_db_instance");
    expect(Object.values(rules(synthesised))[0]).toMatchObject({ security_group_id: "sg-0a1b2c3d", from_port: 3307 });
    expect(synthesised.output.edxapp_database?.value).toMatchObject({
      address: "edxapp.c0ffee.eu-west-1.rds.amazonaws.com",
      port: 3307,
    });
  });

  it("has the command of its owner put out, with all its groups and EMR RDS", () => {
    const printed = (database: object) => withDatabase({ ...database, access: "print" });

    expect(printed({}).output.edxapp_database_attach_command?.value).toBe(
      'aws rds modify-db-instance --region eu-west-1 --db-instance-identifier example-edxapp --vpc-security-group-ids ${join(" ", setunion(data.aws_db_instance.edxapp_database.vpc_security_groups, [aws_security_group.database_emr_rds.id]))} --apply-immediately',
    );
    expect(printed(byAddress).output.edxapp_database_attach_command?.value).toContain(
      '--db-instance-identifier edxapp --vpc-security-group-ids ${join(" ", setunion(["sg-0a1b2c3d"], [',
    );
    expect(
      printed({ ...byAddress, address: "edxapp.abc123.us-west-2.rds.amazonaws.com" }).output
        .edxapp_database_attach_command?.value,
    ).toContain("--region us-west-2 --db-instance-identifier edxapp ");
    expect(
      printed({ ...byAddress, address: "edxapp.cluster-abc123.us-west-2.rds.amazonaws.com" }).output
        .edxapp_database_attach_command?.value,
    ).toMatch(/^The edxapp server is not addressed as an RDS instance/);
    expect(printed({ ...byAddress, address: "mysql.example.org" }).output.edxapp_database_attach_command?.value).toBe(
      'The edxapp server is not addressed as an RDS instance: ask its owner to give it the groups ${join(" ", setunion(["sg-0a1b2c3d"], [aws_security_group.database_emr_rds.id]))}, the whole list.',
    );
    // With rules in the server's own group it needs no second one.
    expect(withDatabase({}).output).not.toHaveProperty("edxapp_database_attach_command");
  });
});
