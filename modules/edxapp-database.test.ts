import { network } from "../test/network";
import { synthesize } from "../test/synth";
import { EdxappDatabase, type EdxappDatabaseProps } from "./edxapp-database";

const peer = (peerName: string) => ({ peerName, securityGroupId: `sg-${peerName}`, allowFrom: () => {} });
const server = { address: "mysql.example.org", securityGroups: [{ securityGroupId: "sg-0a1b2c3d" }] };

function database(props: Partial<EdxappDatabaseProps>) {
  return synthesize((stack) => {
    new EdxappDatabase(stack, "edxapp", {
      access: "group-rules",
      region: "eu-west-1",
      network,
      emr: { master: peer("master"), slave: peer("slave") },
      emrRds: { securityGroupId: "sg-emr-rds" },
      ...props,
    });
  });
}

describe("edxapp database", () => {
  it("at an address lets EMR's groups in on 3306, or on the port that it is given", () => {
    const ports = (props: Partial<EdxappDatabaseProps>) =>
      Object.entries(database({ ...server, ...props }).resource?.aws_vpc_security_group_ingress_rule ?? {}).map(
        ([name, { security_group_id, from_port }]) => [name, security_group_id, from_port],
      );

    expect(ports({})).toEqual([
      ["edxapp_mysql_from_master", "sg-0a1b2c3d", 3306],
      ["edxapp_mysql_from_slave", "sg-0a1b2c3d", 3306],
    ]);
    expect(ports({ port: 3307, access: "cidr-rules", ruleSecurityGroup: { securityGroupId: "sg-rules" } })).toEqual([
      ["edxapp_mysql_from_emr_subnet", "sg-rules", 3307],
    ]);
    expect(ports({ access: "print" })).toEqual([]);
  });

  it("is named by its identifier, or by address and groups", () => {
    expect(() => database({ address: "mysql.example.org" })).toThrow(
      "test/edxapp: the server is not named. Set `identifier`, or `address` and `securityGroups`.",
    );
  });

  it("by its identifier is looked up, and asks for the group in the words of its props or in those given", () => {
    const messageOf = (props: Partial<EdxappDatabaseProps>) =>
      database({ identifier: "edxapp", ...props }).data.aws_db_instance?.edxapp?.lifecycle.postcondition[0]
        .error_message;
    const ruleSecurityGroup = { securityGroupId: "sg-rules" };

    expect(messageOf({})).toMatch(/Name the one that gets the rules in `ruleSecurityGroup`\.$/);
    expect(messageOf({ ruleSecurityGroupField: "edxapp.group" })).toMatch(/in `edxapp\.group`\.$/);
    expect(messageOf({ ruleSecurityGroup })).toMatch(/^`ruleSecurityGroup` is not among the edxapp RDS's/);
  });
});
