import {
  DescribeAddressesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
} from "@aws-sdk/client-ec2";
import {
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
} from "@aws-sdk/client-iam";
import { GetBucketPolicyCommand } from "@aws-sdk/client-s3";
import example from "../../clients/example";
import { adopted, databaseIs, emptyAccount, groupIs, hostsAre, keysAre } from "../../test/hand-made-account";
import { ec2, iam, s3 } from "../../test/ready-account";

beforeEach(emptyAccount);

/** A group of another team. */
const monitored = { GroupId: "sg-0a1b2c3d", GroupName: "monitored" };

describe("adoption", () => {
  it("of an account with nothing in it makes everything, and drafts nothing", async () => {
    const { fields, conflicts, outcome, imports } = await adopted();

    expect(fields).toEqual({});
    expect(conflicts).toEqual([]);
    expect(imports).toEqual({ example: {} });
    expect(outcome("aws_instance.analytics_1")).toEqual({ kind: "not-found" });
    expect(outcome("aws_iam_role_policy_attachment.emr_provisioning")).toEqual({ kind: "not-found" });
  });

  it("drafts the existing hosts, of which the one with the Elastic IP is active", async () => {
    hostsAre({ "example-analytics-2": {}, "example-analytics-4": {} });
    ec2.on(DescribeAddressesCommand, { Filters: [{ Name: "instance-id", Values: ["i-1"] }] }).resolves({
      Addresses: [{ AllocationId: "eipalloc-1" }],
    });
    const { fields, outcome } = await adopted({ hosts: undefined, network: undefined });

    expect(fields).toMatchObject({
      "hosts.active": "2",
      "hosts.retired": ["1", "3"],
      "hosts.keyPair": { existing: "by-hand" },
      "hosts.iterations.2.instanceType": "t2.medium",
      "hosts.iterations.2.diskEncrypted": false,
      "hosts.iterations.4.ami": "ami-0a1b2c3d",
      "network.vpc": "default",
      "network.zones": ["eu-west-1a", "eu-west-1b"],
    });
    expect(outcome("aws_instance.analytics_2")).toEqual({ kind: "found", id: "i-1" });
    expect(outcome("aws_eip.analytics")).toEqual({ kind: "found", id: "eipalloc-1" });
    expect(outcome("aws_eip_association.analytics")).toMatchObject({ kind: "regardless" });
  });

  it("lets in to Insights those alone who are let in today", async () => {
    hostsAre({ "example-analytics-1": {} });
    groupIs("example-analytics", { Description: "by hand" });
    const rule = { GroupId: "sg-1", IsEgress: false, IpProtocol: "tcp", FromPort: 443, ToPort: 443 };
    ec2.on(DescribeSecurityGroupRulesCommand).resolves({
      SecurityGroupRules: ["198.51.100.0/24", "203.0.113.0/24"].map((CidrIpv4) => ({ ...rule, CidrIpv4 })),
    });
    const { fields } = await adopted({ hosts: undefined });

    expect(fields).toMatchObject({ "hosts.securityGroup.webFrom": ["198.51.100.0/24", "203.0.113.0/24"] });
  });

  it("drafts a host for each service, where Insights has one of its own", async () => {
    hostsAre({ "example-analytics-1-insights": {}, "example-analytics-1-api": {}, "example-analytics-1-jenkins": {} });
    const { fields, outcome } = await adopted({ hosts: undefined });

    expect(fields).toMatchObject({ "hosts.iterations.1.layout": "separate" });
    expect(outcome("aws_instance.analytics_1_jenkins")).toEqual({ kind: "found", id: "i-3" });
  });

  it("knows the runbook's names by the user too, as the role may have another", async () => {
    keysAre("analytics_elasticsearch", {});
    const { fields } = await adopted({ naming: undefined, hosts: { ...example.hosts, role: { name: "insights" } } });

    expect(fields).toMatchObject({ naming: "runbook" });
  });

  it("leaves to the client file what it sets itself, unless AWS would make another host for it", async () => {
    hostsAre({ "example-analytics-1": {} });
    const iterations = { "1": { instanceType: "t3.large", diskEncrypted: true } };
    const { fields, differences } = await adopted({ hosts: { ...example.hosts, iterations } });

    expect(differences).toEqual(["hosts.iterations.1.instanceType"]);
    expect(fields).toMatchObject({
      "hosts.iterations.1.diskEncrypted": false,
      "hosts.keyPair": { existing: "by-hand" },
    });
    expect(fields).not.toHaveProperty(["hosts.iterations.1.instanceType"]);
  });

  it("names one zone where the database's subnet group exists, and says so of a file that names two", async () => {
    hostsAre({ "example-analytics-1": {} });
    databaseIs({});
    const drafted = await adopted({ hosts: undefined, network: undefined });

    expect(drafted.fields).toMatchObject({
      "network.zones": ["eu-west-1a"],
      "database.subnetGroup.existing": "default",
    });
    expect(drafted.conflicts).toEqual([]);
    expect((await adopted()).conflicts).toEqual([
      expect.stringContaining(
        "an existing group has its own subnets, and `network.zones` names eu-west-1a, eu-west-1b",
      ),
    ]);
  });

  it("keeps a database what it is, its passwords among it", async () => {
    databaseIs({});
    const { fields, imports } = await adopted();

    expect(fields).toMatchObject({
      "database.iterations.1.engineVersion": "5.7.44",
      "database.iterations.1.encrypted": false,
      "database.iterations.1.masterUser": "admin",
      "database.iterations.1.masterPassword": { existing: true },
      "database.backupRetentionDays": 7,
      "mysql.passwords.analytics.existing": true,
      "mysql.passwords.edxapp_ro.existing": true,
      allowDiscontinued: true,
    });
    expect(imports["example-databases"]).toMatchObject({
      "mysql_database.analytics_1_analytics_api": "analytics-api",
      "mysql_user.analytics_1_migration": "edxapp001@%",
      "mysql_grant.analytics_1_analytics_all_on_reports": "analytics@%@reports@*",
    });
  });

  it("keeps a standby, storage that grows, and groups that the stack does not manage", async () => {
    hostsAre({
      "example-analytics-1": { SecurityGroups: [{ GroupId: "sg-default", GroupName: "default" }, monitored] },
    });
    databaseIs({
      MultiAZ: true,
      MaxAllocatedStorage: 100,
      DBSubnetGroup: { DBSubnetGroupName: "default", VpcId: "vpc-0a1b2c3d" },
      VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-default" }, { VpcSecurityGroupId: "sg-0a1b2c3d" }],
    });
    ec2.on(DescribeSecurityGroupsCommand).callsFake(({ Filters }) => ({
      SecurityGroups: Filters?.[1].Values.includes("default") ? [{ GroupId: "sg-default" }] : [],
    }));

    expect((await adopted()).fields).toMatchObject({
      "network.defaultSecurityGroup": true,
      "database.iterations.1.multiAz": true,
      "database.iterations.1.maxStorageGiB": 100,
      "database.iterations.1.additionalSecurityGroupIds": ["sg-0a1b2c3d"],
      "hosts.iterations.1.additionalSecurityGroupIds": ["sg-0a1b2c3d"],
    });
  });

  it("imports the access key that was used last, and leaves the others unmanaged", async () => {
    keysAre("example-analytics_elasticsearch", { AKIAUNUSED: 0, AKIAUSED: 5 });
    const user = { UserName: "example-analytics_elasticsearch" };
    iam.on(ListAttachedUserPoliciesCommand, user).resolves({
      AttachedPolicies: [
        { PolicyName: "AdministratorAccess", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
      ],
    });
    iam.on(ListUserPoliciesCommand, user).resolves({ PolicyNames: ["s3"] });
    const { outcome, unmanaged } = await adopted();

    expect(outcome("aws_iam_access_key.elasticsearch")).toEqual({ kind: "found", id: "AKIAUSED" });
    expect(unmanaged).toEqual([
      "user example-analytics_elasticsearch: the access key AKIAOLD, inactive",
      "user example-analytics_elasticsearch: the access key AKIAUNUSED, active",
      "user example-analytics_elasticsearch: the policy AdministratorAccess",
      "user example-analytics_elasticsearch: the inline policy s3",
    ]);
  });

  it("tells EMR's newer policy by the role that has it, and what else is on a role", async () => {
    const role = { Path: "/", RoleName: "EMR_DefaultRole", RoleId: "x", Arn: "x", CreateDate: new Date(0) };
    iam.on(GetRoleCommand, { RoleName: "EMR_DefaultRole" }).resolves({ Role: role });
    iam.on(ListAttachedRolePoliciesCommand, { RoleName: "EMR_DefaultRole" }).resolves({
      AttachedPolicies: [
        {
          PolicyName: "AmazonEMRServicePolicy_v2",
          PolicyArn: "arn:aws:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2",
        },
        { PolicyName: "theirs", PolicyArn: "arn:aws:iam::123456789012:policy/theirs" },
      ],
    });
    iam.on(ListRolePoliciesCommand, { RoleName: "EMR_DefaultRole" }).resolves({ PolicyNames: ["inline"] });
    const { fields, outcome, unmanaged } = await adopted();

    expect(fields).toEqual({ "emr.servicePolicy": "v2" });
    expect(outcome("aws_iam_role_policy_attachment.emr_roles_service_managed")).toMatchObject({ kind: "found" });
    expect(unmanaged).toEqual([
      "role EMR_DefaultRole: the policy theirs",
      "role EMR_DefaultRole: the inline policy inline",
    ]);
  });

  it("keeps AWS's managed policy of EMR's instances where the role has it", async () => {
    const role = { Path: "/", RoleName: "EMR_EC2_DefaultRole", RoleId: "x", Arn: "x", CreateDate: new Date(0) };
    iam.on(GetRoleCommand, { RoleName: "EMR_EC2_DefaultRole" }).resolves({ Role: role });
    iam.on(ListAttachedRolePoliciesCommand, { RoleName: "EMR_EC2_DefaultRole" }).resolves({
      AttachedPolicies: [
        {
          PolicyName: "AmazonElasticMapReduceforEC2Role",
          PolicyArn: "arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceforEC2Role",
        },
      ],
    });

    expect((await adopted()).fields).toEqual({ "emr.instancePolicy": "AmazonElasticMapReduceforEC2Role" });
  });

  it("imports a rule by what it lets in, and keeps the group's description", async () => {
    ec2.on(DescribeSecurityGroupsCommand).callsFake(({ Filters }) => ({
      SecurityGroups: Filters?.[1].Values.includes("example-analytics")
        ? [{ GroupId: "sg-1", GroupName: "example-analytics", Description: "by hand" }]
        : [],
    }));
    const tcp = { GroupId: "sg-1", IsEgress: false, IpProtocol: "tcp" };
    ec2.on(DescribeSecurityGroupRulesCommand).resolves({
      SecurityGroupRules: [
        { ...tcp, SecurityGroupRuleId: "sgr-80", FromPort: 80, ToPort: 80, CidrIpv4: "0.0.0.0/0" },
        { ...tcp, SecurityGroupRuleId: "sgr-6", FromPort: 80, ToPort: 80, CidrIpv6: "::/0" },
        { ...tcp, SecurityGroupRuleId: "sgr-443", FromPort: 443, ToPort: 443, CidrIpv4: "10.0.0.0/8" },
        {
          ...tcp,
          SecurityGroupRuleId: "sgr-range",
          FromPort: 1,
          ToPort: 99,
          CidrIpv4: "0.0.0.0/0",
          Description: "old",
        },
      ],
    });
    const { fields, outcome, unmanaged } = await adopted();

    expect(fields).toEqual({ "hosts.securityGroup.description": "by hand" });
    expect(outcome("aws_vpc_security_group_ingress_rule.analytics_http_from_anywhere")).toEqual({
      kind: "found",
      id: "sgr-80",
    });
    expect(outcome("aws_vpc_security_group_ingress_rule.analytics_https_from_anywhere")).toEqual({ kind: "not-found" });
    expect(unmanaged).toEqual([
      "group example-analytics: tcp 80 from ::/0",
      "group example-analytics: tcp 443 from 10.0.0.0/8",
      'group example-analytics: tcp 1-99 from 0.0.0.0/0, "old"',
    ]);
  });

  it.each([
    ["none", undefined, undefined, "new-policy"],
    ["none, as the file says", "new-policy", undefined, undefined],
    ["an unmanaged one, which would be replaced", "new-policy", {}, "merge-policy"],
    ["an unmanaged one", undefined, {}, "merge-policy"],
    ["the runbook's", "new-policy", { Principal: { AWS: example.edxapp.userArn } }, "print"],
    ["an unmanaged one, as the file says", "merge-policy", {}, undefined],
    ["its own, whose state is lost", "new-policy", { Sid: "EdxAnalyticsGradesDownloadExample" }, undefined],
    ["its own, and the file does not say so", undefined, { Sid: "EdxAnalyticsGradesDownloadExample" }, "new-policy"],
  ])("leaves the grades bucket its policy: it has %s", async (_, access, changes, drafted) => {
    const Resource = "arn:aws:s3:::example-edxapp/grades-download/*";
    const Statement = { Effect: "Allow", Action: "s3:GetObject", Resource, Principal: "*", ...changes };
    if (changes) {
      s3.on(GetBucketPolicyCommand, { Bucket: "example-edxapp" }).resolves({ Policy: JSON.stringify({ Statement }) });
    }
    const { fields } = await adopted({
      edxapp: { ...example.edxapp, gradesBucket: { name: "example-edxapp", access } },
    });

    expect(fields).toEqual(drafted === undefined ? {} : { "edxapp.gradesBucket.access": drafted });
  });

  it("imports what clients share", async () => {
    ec2.on(DescribeSecurityGroupsCommand).callsFake(({ Filters }) => ({
      SecurityGroups: Filters?.[1].Values.includes("ElasticMapReduce-slave")
        ? [{ GroupId: "sg-1", GroupName: "ElasticMapReduce-slave", Description: "Slave group, created on a day" }]
        : [],
    }));
    const { fields, outcome } = await adopted({}, "shared-210987654321-eu-central-1");

    expect(fields).toEqual({ "emr.securityGroups.slave.description": "Slave group, created on a day" });
    expect(outcome("aws_security_group.emr_slave")).toEqual({ kind: "found", id: "sg-1" });
  });
});
