import { DescribeSecurityGroupRulesCommand, DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import { DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
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
    rds.on(DescribeDBInstancesCommand, { DBInstanceIdentifier: "example-edxapp" }).resolves({
      DBInstances: [
        { Endpoint: { Address: "edxapp", Port: 3307 }, VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-edxapp" }] },
      ],
    });
    ec2.on(DescribeSecurityGroupsCommand).callsFake(({ Filters }) => ({
      SecurityGroups: Filters?.[1].Values.includes("ElasticMapReduce-master")
        ? [{ GroupId: "sg-master", GroupName: "ElasticMapReduce-master" }]
        : [],
    }));
    const rule = { IsEgress: false, IpProtocol: "tcp", ReferencedGroupInfo: { GroupId: "sg-master" } };
    ec2.on(DescribeSecurityGroupRulesCommand, { Filters: [{ Name: "group-id", Values: ["sg-edxapp"] }] }).resolves({
      SecurityGroupRules: [
        { ...rule, SecurityGroupRuleId: "sgr-3306", FromPort: 3306, ToPort: 3306 },
        { ...rule, SecurityGroupRuleId: "sgr-3307", FromPort: 3307, ToPort: 3307 },
      ],
    });
    const { outcome } = await adopted();

    const address = (role: string) => `aws_vpc_security_group_ingress_rule.edxapp_database_mysql_from_${role}`;
    expect(outcome(address("master"))).toEqual({ kind: "found", id: "sgr-3307" });
    expect(outcome(address("slave"))).toEqual({ kind: "not-found" });
  });
});
