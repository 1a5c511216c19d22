import { DescribeSecurityGroupRulesCommand, DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import { DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import example from "../../clients/example";
import { asked, ec2, ownTags, rds, readyAccount, subnets, withState } from "../../test/ready-account";

beforeEach(readyAccount);

describe("a rule on the edxapp server's group", () => {
  const rule = { SecurityGroupRuleId: "sgr-1", IsEgress: false, IpProtocol: "tcp", FromPort: 3306, ToPort: 3306 };
  const cidrRules = {
    edxapp: { ...example.edxapp, database: { ...example.edxapp.database, access: "cidr-rules" as const } },
  };
  const about = async () => (await asked(cidrRules)).rows.filter((row) => row.includes(" rule mysql from emr-subnet "));
  const existing = (fields: object) => {
    ec2.on(DescribeSubnetsCommand).resolves({ Subnets: subnets.map((subnet) => ({ ...subnet, DefaultForAz: true })) });
    rds.on(DescribeDBInstancesCommand, { DBInstanceIdentifier: "example-edxapp" }).resolves({
      DBInstances: [{ Endpoint: { Port: 3306 }, VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-0a1b2c3d" }] }],
    });
    ec2.on(DescribeSecurityGroupRulesCommand).resolves({
      SecurityGroupRules: [{ ...rule, CidrIpv4: "172.31.0.0/20", ...fields }],
    });
  };

  it("is refused where its owner has it: AWS takes no second one", async () => {
    existing({});

    expect(await about()).toEqual([
      'refused rule mysql from emr-subnet exists, and is not managed by this stack. Import it: "aws_vpc_security_group_ingress_rule.edxapp_database_mysql_from_emr_subnet": "sgr-1" in clients/imports/example.json. Or leave the way in to its owner: `edxapp.database.access` "print". If it was made by hand, it can be imported: docs/adopting.md.',
    ]);
  });

  it("is the stack's by its tags, as every other thing, or another client's", async () => {
    existing({ Tags: ownTags });
    withState();
    expect(await about()).toEqual(["ok rule mysql from emr-subnet exists, managed by this stack"]);
    existing({ Tags: [{ Key: "Client", Value: "birch" }] });
    expect((await about())[0]).toMatch(/^refused rule mysql from emr-subnet exists, and is managed by client birch\./);
  });

  it("is made where there is none", async () => {
    existing({ FromPort: 22, ToPort: 22 });

    expect(await about()).toEqual(["ok rule mysql from emr-subnet does not exist yet"]);
  });
});
