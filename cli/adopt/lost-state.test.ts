import { DescribeSecurityGroupRulesCommand, DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import { DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import example from "../../clients/example";
import { adopted, emptyAccount, hostsAre } from "../../test/hand-made-account";
import { ec2, rds } from "../../test/ready-account";

beforeEach(emptyAccount);

describe("adoption of a deployment of our own, whose state is lost", () => {
  it("uses the key pairs that the stack itself made, where its state is lost: they cannot be imported", async () => {
    hostsAre({
      "example-analytics-1": { KeyName: "example-analytics" },
      "example-director": { KeyName: "example-director" },
    });
    const { fields, conflicts } = await adopted();

    expect(fields).toMatchObject({
      "hosts.keyPair": { existing: "example-analytics" },
      "director.keyPair": { existing: "example-director" },
    });
    expect(conflicts).toEqual([]);
  });

  it("finds the edxapp server's rules, whose port is what the server has", async () => {
    edxappHas(["sg-0a1b2c3d"]);
    const { outcome } = await adopted();

    const address = (role: string) => `aws_vpc_security_group_ingress_rule.edxapp_database_mysql_from_${role}`;
    expect(outcome(address("master"))).toEqual({ kind: "found", id: "sgr-3307" });
    expect(outcome(address("slave"))).toEqual({ kind: "not-found" });
  });

  it.each([
    [["sg-0a1b2c3d"], {}],
    [["sg-0a1b2c3e", "sg-0a1b2c3d"], { "edxapp.database.ruleSecurityGroupId": "sg-0a1b2c3d" }],
  ])("drafts rules as the way to the edxapp server where EMR's masters are let in so: %j", async (groups, more) => {
    edxappHas(groups);
    const { access: _, ...database } = example.edxapp.database;
    const { fields } = await adopted({ edxapp: { ...example.edxapp, database } });

    const drafted = Object.entries(fields).filter(([path]) => path.startsWith("edxapp.database."));
    expect(Object.fromEntries(drafted)).toEqual({ "edxapp.database.access": "group-rules", ...more });
  });
});

/** The edxapp server by its groups, of which one has rules for EMR's masters. */
function edxappHas(groups: readonly string[]) {
  rds.on(DescribeDBInstancesCommand, { DBInstanceIdentifier: "example-edxapp" }).resolves({
    DBInstances: [
      {
        Endpoint: { Address: "edxapp", Port: 3307 },
        VpcSecurityGroups: groups.map((id) => ({ VpcSecurityGroupId: id })),
      },
    ],
  });
  ec2.on(DescribeSecurityGroupsCommand).callsFake(({ Filters }) => ({
    SecurityGroups: Filters?.[1].Values.includes("ElasticMapReduce-master")
      ? [{ GroupId: "sg-master", GroupName: "ElasticMapReduce-master" }]
      : [],
  }));
  const rule = { IsEgress: false, IpProtocol: "tcp", ReferencedGroupInfo: { GroupId: "sg-master" } };
  ec2.on(DescribeSecurityGroupRulesCommand, { Filters: [{ Name: "group-id", Values: ["sg-0a1b2c3d"] }] }).resolves({
    SecurityGroupRules: [
      { ...rule, SecurityGroupRuleId: "sgr-3306", FromPort: 3306, ToPort: 3306 },
      { ...rule, SecurityGroupRuleId: "sgr-3307", FromPort: 3307, ToPort: 3307 },
    ],
  });
}
