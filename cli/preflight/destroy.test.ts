import {
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
} from "@aws-sdk/client-ec2";
import { ListAccessKeysCommand, ListAttachedRolePoliciesCommand } from "@aws-sdk/client-iam";
import { DescribeDBInstancesCommand, DescribeDBSnapshotsCommand } from "@aws-sdk/client-rds";
import { HeadBucketCommand, ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import example from "../../clients/example";
import { clientOf } from "../../test/client-files";
import { asked, ec2, iam, ownTags, rds, readyAccount, s3, withState } from "../../test/ready-account";

beforeEach(() => {
  readyAccount();
  withState();
});

const printed = {
  ...example.edxapp,
  gradesBucket: { ...example.edxapp.gradesBucket, access: "print" as const },
  database: { ...example.edxapp.database, access: "print" as const },
};
const destroy = (fields = {}) => asked(fields, clientOf({ protected: false, ...fields }), true);

describe("preflight of a destroy", () => {
  it("is content where nothing conflicts", async () => {
    expect((await destroy({ edxapp: printed })).notOk).toEqual([]);
  });

  it("says what is protected", async () => {
    expect((await asked({}, clientOf(), true)).notOk[0]).toMatch(
      /^refused protection is on for .*aws_db_instance\.database_1/,
    );
  });

  it("says what would make it hang, and what it would lose", async () => {
    ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [{ GroupId: "sg-1", Tags: ownTags }] });
    const edxapp = { DBInstanceIdentifier: "example-edxapp", VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-1" }] };
    rds.on(DescribeDBInstancesCommand).resolves({ DBInstances: [edxapp] });
    rds.on(DescribeDBSnapshotsCommand).resolves({ DBSnapshots: [{}] });
    s3.on(HeadBucketCommand).resolves({ BucketRegion: "eu-west-1" });
    s3.on(ListObjectVersionsCommand).resolves({ Versions: [{}] });
    withState({ "aws_s3_bucket.buckets_emr": { force_destroy: true } });

    const { notOk } = await destroy({ edxapp: printed });

    for (const expected of [
      /^refused group \S.* has RDS example-edxapp in it\. Remove the group from it; .* The destroy would wait in vain\.$/,
      /^warning bucket example-analytics-emr is destroyed with all its objects/,
      /^refused final snapshot example-analytics-final exists already/,
    ]) {
      expect(notOk).toContainEqual(expect.stringMatching(expected));
    }
  });

  it("goes by what is deployed, where the file alone is no longer protected", async () => {
    rds.on(DescribeDBInstancesCommand).resolves({ DBInstances: [{ DeletionProtection: true }] });
    s3.on(HeadBucketCommand).resolves({ BucketRegion: "eu-west-1" });
    s3.on(ListObjectVersionsCommand).resolves({ Versions: [{}] });
    withState({
      "aws_s3_bucket.buckets_emr": { force_destroy: false },
      "aws_lb.load_balancer": { enable_deletion_protection: true },
    });

    const { notOk } = await destroy({ edxapp: printed });

    for (const expected of [
      "refused protection in the state is on for aws_lb.load_balancer, as deployed.",
      "refused bucket example-analytics-emr has objects, and is not destroyed with them while it is protected.",
      "refused deletion protection of example-analytics is on, and RDS deletes no such instance.",
    ]) {
      expect(notOk).toContainEqual(expect.stringContaining(expected));
    }
  });

  it("names clusters and hosts that are in a group, and rules of others that name it", async () => {
    ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [{ GroupId: "sg-1", Tags: ownTags }] });
    ec2
      .on(DescribeSecurityGroupsCommand, { Filters: [{ Name: "ip-permission.group-id", Values: ["sg-1"] }] })
      .resolves({ SecurityGroups: [{ GroupId: "sg-1" }, { GroupId: "sg-9", GroupName: "edxapp" }] });
    ec2
      .on(DescribeSecurityGroupsCommand, { Filters: [{ Name: "egress.ip-permission.group-id", Values: ["sg-1"] }] })
      .resolves({ SecurityGroups: [] });
    const named = { ReferencedGroupInfo: { GroupId: "sg-1" } };
    ec2.on(DescribeSecurityGroupRulesCommand, { Filters: [{ Name: "group-id", Values: ["sg-9"] }] }).resolves({
      SecurityGroupRules: [
        { ...named, SecurityGroupRuleId: "sgr-own" },
        { ...named, SecurityGroupRuleId: "sgr-theirs" },
        { SecurityGroupRuleId: "sgr-else" },
      ],
    });
    ec2.on(DescribeNetworkInterfacesCommand).resolves({
      NetworkInterfaces: [
        { NetworkInterfaceId: "eni-1", Attachment: { InstanceId: "i-cluster" } },
        { NetworkInterfaceId: "eni-2" },
        { NetworkInterfaceId: "eni-3", RequesterManaged: true },
      ],
    });
    withState({ "aws_vpc_security_group_ingress_rule.edxapp_database": { id: "sgr-own" } });

    expect((await destroy({ edxapp: printed })).notOk).toContain(
      "refused group example-analytics has i-cluster, eni-2 in it. Terminate the EMR clusters, or have others taken off the group. It is named by rules of others: sgr-theirs of group edxapp. Have them removed. The destroy would wait in vain.",
    );
  });

  it("names what else is on users and roles, which IAM does not delete then", async () => {
    iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [{ AccessKeyId: "AKIA1" }, { AccessKeyId: "AKIA2" }] });
    iam
      .on(ListAttachedRolePoliciesCommand)
      .resolves({ AttachedPolicies: [{ PolicyName: "ReadOnlyAccess", PolicyArn: "arn:aws:iam::aws:policy/x" }] });
    withState({
      "aws_iam_user.elasticsearch": { id: "example-elasticsearch" },
      "aws_iam_access_key.elasticsearch": { id: "AKIA1", user: "example-elasticsearch" },
      "aws_iam_role.emr_roles_ec2": { id: "EMR_EC2_DefaultRole" },
    });

    expect((await destroy({ edxapp: printed })).notOk).toEqual([
      expect.stringMatching(/^refused aws_iam_user\.elasticsearch has more on it .*: the access key AKIA2/),
      expect.stringMatching(/^refused aws_iam_role\.emr_roles_ec2 has more on it .*: the policy ReadOnlyAccess\. Take/),
    ]);
  });
});
