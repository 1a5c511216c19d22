import {
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type Instance,
} from "@aws-sdk/client-ec2";
import { DescribeElasticsearchDomainCommand } from "@aws-sdk/client-elasticsearch-service";
import {
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetUserPolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { DescribeDBInstancesCommand, DescribeDBParametersCommand } from "@aws-sdk/client-rds";
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadObjectCommand,
} from "@aws-sdk/client-s3";
import type { ClientConfig } from "../../clients/config/client";
import { namesOf } from "../../clients/config/names";
import { bucketsOf, databaseIterationsOf, elasticsearchOf, ownership } from "../../clients/config/resolve";
import type { Workspace } from "../harness/workspace";
import type { World } from "../harness/world";
import { equal, holds } from "./equal";

/** Looks through AWS's API, not through the state, whether a deployed client is what the runbook promises. */
export async function expectPromised(world: World, config: ClientConfig, workspace: Workspace): Promise<void> {
  await expectState(world, config);
  await expectGroups(world, config);
  await expectHosts(world, config);
  await expectRoles(world, config);
  await expectBuckets(world, config);
  await expectGrades(world, config);
  await expectDatabases(world, config);
  await expectElasticsearch(world, config, workspace);
}

async function expectState(world: World, { name, state }: ClientConfig): Promise<void> {
  const key = `${state.keyPrefix ?? name}/${name}.tfstate`;
  const head = await world.s3.send(new HeadObjectCommand({ Bucket: state.bucket, Key: key }));
  equal("the state's encryption", head.ServerSideEncryption, "AES256");
}

/** Ingress rules of a group by name, as `tcp 22 from director`. */
async function rulesOf(world: World, groupName: string): Promise<string[]> {
  const { SecurityGroups: groups = [] } = await world.ec2.send(new DescribeSecurityGroupsCommand({}));
  const nameOf = new Map(groups.map(({ GroupId, GroupName }) => [GroupId, GroupName]));
  const group = groups.find(({ GroupName }) => GroupName === groupName);
  holds(`security group ${groupName} exists`, group);
  const { SecurityGroupRules: rules = [] } = await world.ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: [group?.GroupId as string] }] }),
  );
  return rules
    .filter(({ IsEgress }) => !IsEgress)
    .map((rule) => {
      const ports = rule.FromPort === rule.ToPort ? rule.FromPort : `${rule.FromPort}-${rule.ToPort}`;
      return `${rule.IpProtocol} ${ports} from ${rule.CidrIpv4 ?? nameOf.get(rule.ReferencedGroupInfo?.GroupId)}`;
    })
    .sort();
}

async function expectGroups(world: World, config: ClientConfig): Promise<void> {
  const names = namesOf(config);
  const director = config.director.existingSecurityGroupId ? `${config.name}-director` : names.directorSecurityGroup;
  if (!config.director.existingSecurityGroupId) {
    const expected = (config.director.sshFrom ?? []).map((cidr) => `tcp 22 from ${cidr}`);
    equal("rules of the director", await rulesOf(world, director), expected.sort());
  }
  const web = config.hosts.webFrom.flatMap((cidr) => [`tcp 443 from ${cidr}`, `tcp 80 from ${cidr}`]);
  equal(
    "rules of the hosts",
    await rulesOf(world, names.analyticsSecurityGroup),
    [`tcp 22 from ${director}`, ...web].sort(),
  );

  const own = (config.emr.securityGroups ?? ownership(config)) === "create";
  const master = own ? "ElasticMapReduce-master" : `${config.name}-emr-master`;
  const slave = own ? "ElasticMapReduce-slave" : `${config.name}-emr-slave`;
  const cluster = [master, slave].flatMap((peer) =>
    ["icmp -1", "tcp 0-65535", "udp 0-65535"].map((port) => `${port} from ${peer}`),
  );
  const ssh = `tcp 22 from ${names.analyticsSecurityGroup}`;
  equal("rules of EMR's masters", await rulesOf(world, master), (own ? [...cluster, ssh] : [ssh]).sort());
  equal("rules of EMR's slaves", await rulesOf(world, slave), own ? cluster.sort() : []);
  const mysql = [
    master,
    slave,
    ...(config.network.defaultSecurityGroup ? [] : [director, names.analyticsSecurityGroup]),
  ];
  equal(
    "rules of EMR RDS",
    await rulesOf(world, names.emrRdsSecurityGroup),
    mysql.map((peer) => `tcp 3306 from ${peer}`).sort(),
  );
}

async function hostsByName(world: World): Promise<Map<string, Instance>> {
  const { Reservations = [] } = await world.ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: "instance-state-name", Values: ["running"] }] }),
  );
  const instances = Reservations.flatMap((reservation) => reservation.Instances ?? []);
  return new Map(
    instances.map((instance) => [instance.Tags?.find(({ Key }) => Key === "Name")?.Value ?? "", instance]),
  );
}

async function expectHosts(world: World, config: ClientConfig): Promise<void> {
  const names = namesOf(config);
  const hosts = await hostsByName(world);
  const active = config.hosts.iterations[config.hosts.active];
  const host = `${names.analyticsHost}-${config.hosts.active}`;
  const insights = hosts.get(active?.layout === "separate" ? `${host}-insights` : host);
  const jenkins = hosts.get(active?.layout === "separate" ? `${host}-jenkins` : host);
  holds(`the host of Insights, ${host}, runs`, insights);
  equal("instance type", insights?.InstanceType, active?.instanceType);
  equal("profile of Jenkins's host", jenkins?.IamInstanceProfile?.Arn?.split("/").at(-1), names.analyticsRole);

  const { Addresses = [] } = await world.ec2.send(new DescribeAddressesCommand({}));
  const addresses = Addresses.filter(({ InstanceId }) => InstanceId === insights?.InstanceId);
  equal("Elastic IPs of Insights", addresses.length, 1);
}

async function expectRoles(world: World, config: ClientConfig): Promise<void> {
  const names = namesOf(config);
  const { InstanceProfile } = await world.iam.send(
    new GetInstanceProfileCommand({ InstanceProfileName: names.analyticsRole }),
  );
  equal("role of the profile of the same name", InstanceProfile?.Roles?.[0]?.RoleName, names.analyticsRole);
  const provision = await managedPolicy(world, config.accountId, names.provisionPolicy);
  for (const action of [
    "elasticmapreduce:*",
    "route53:Get*",
    "route53:List*",
    "ec2:DescribeInstances",
    "rds:DescribeDBInstances",
  ]) {
    holds(`${names.provisionPolicy} allows ${action}`, provision.includes(`"${action}"`));
  }
  for (const [role, policy, trusted] of [
    ["EMR_DefaultRole", "AmazonElasticMapReduceRole", "elasticmapreduce.amazonaws.com"],
    ["EMR_EC2_DefaultRole", "AmazonElasticMapReduceforEC2Role", "ec2.amazonaws.com"],
  ] as const) {
    const attached = await world.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: role }));
    holds(
      `${role} has ${policy}`,
      attached.AttachedPolicies?.some(({ PolicyName }) => PolicyName === policy),
    );
    const trust = (await world.iam.send(new GetRoleCommand({ RoleName: role }))).Role?.AssumeRolePolicyDocument ?? "";
    holds(`${role} trusts ${trusted}`, decodeURIComponent(trust).includes(trusted));
  }
  if (elasticsearchOf(config)) {
    const inline = await world.iam.send(new ListRolePoliciesCommand({ RoleName: "EMR_EC2_DefaultRole" }));
    const attached = await world.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: "EMR_EC2_DefaultRole" }));
    const policies = [
      ...(inline.PolicyNames ?? []),
      ...(attached.AttachedPolicies ?? []).map(({ PolicyName }) => PolicyName),
    ];
    holds(
      "EMR_EC2_DefaultRole may write the index",
      policies.some((name) => name?.endsWith("elasticsearch_all")),
    );
  }
  if (config.buckets.apiReports) {
    const policy = await world.iam.send(
      new GetUserPolicyCommand({ UserName: names.reportsUser, PolicyName: "s3-read-analytics-reports" }),
    );
    const statement = JSON.parse(decodeURIComponent(policy.PolicyDocument ?? "{}")).Statement;
    const arn = `arn:aws:s3:::${bucketsOf(config).apiReports?.name}`;
    equal("what the reports user may do", [statement].flat()[0].Action, ["s3:List*", "s3:Get*"]);
    equal("what the reports user may read", [statement].flat()[0].Resource, [`${arn}/*`, arn]);
  }
}

async function managedPolicy(world: World, accountId: string, name: string): Promise<string> {
  const arn = `arn:aws:iam::${accountId}:policy/${name}`;
  const { Policy } = await world.iam.send(new GetPolicyCommand({ PolicyArn: arn }));
  const { PolicyVersion } = await world.iam.send(
    new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: Policy?.DefaultVersionId }),
  );
  return decodeURIComponent(PolicyVersion?.Document ?? "");
}

async function expectBuckets(world: World, config: ClientConfig): Promise<void> {
  for (const { name: Bucket, create } of Object.values(bucketsOf(config))) {
    if (!create) {
      continue;
    }
    const access = await world.s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    equal(`${Bucket}: public access is blocked`, Object.values(access.PublicAccessBlockConfiguration ?? {}), [
      true,
      true,
      true,
      true,
    ]);
    const versioning = await world.s3.send(new GetBucketVersioningCommand({ Bucket }));
    equal(`${Bucket}: versioning`, versioning.Status, "Enabled");
    const encryption = await world.s3.send(new GetBucketEncryptionCommand({ Bucket }));
    equal(
      `${Bucket}: encryption`,
      encryption.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
      "AES256",
    );
    const ownership = await world.s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    equal(`${Bucket}: ownership`, ownership.OwnershipControls?.Rules?.[0]?.ObjectOwnership, "BucketOwnerEnforced");
    const policy = await world.s3.send(new GetBucketPolicyCommand({ Bucket }));
    holds(`${Bucket}: TLS only`, policy.Policy?.includes("aws:SecureTransport"));
    const lifecycle = await world.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    const rules = (lifecycle.Rules ?? []).map(({ ID }) => ID);
    holds(
      `${Bucket}: unfinished uploads and old versions expire`,
      rules.includes("unfinished-uploads") && rules.includes("old-versions"),
    );
  }
  const blacklist = { Bucket: bucketsOf(config).edxanalytics?.name, Key: "enrollments-blacklist/" };
  const head = await world.s3.send(new HeadObjectCommand(blacklist));
  equal("size of enrollments-blacklist/", head.ContentLength, 0);
}

async function expectGrades(world: World, { edxapp }: ClientConfig): Promise<void> {
  const { name: Bucket, access } = edxapp.gradesBucket;
  if (access !== "merge-policy" && access !== "new-policy") {
    return;
  }
  const { Policy } = await world.s3.send(new GetBucketPolicyCommand({ Bucket }));
  const { Version, Statement } = JSON.parse(Policy ?? "{}");
  const ours = [Statement].flat().filter(({ Sid }: { Sid?: string }) => Sid?.startsWith("EdxAnalyticsGradesDownload"));
  equal("grades-download statements of ours", ours.length, 1);
  equal("version of the grades bucket's policy", Version, "2008-10-17");
  equal("what edxapp may do", ours[0].Action, "s3:GetObject");
  equal("what edxapp may read", ours[0].Resource, `arn:aws:s3:::${Bucket}/grades-download/*`);
  equal("who may read it", ours[0].Principal, { AWS: edxapp.userArn });
}

async function expectDatabases(world: World, config: ClientConfig): Promise<void> {
  for (const { identifier, engineVersion } of databaseIterationsOf(config)) {
    const { DBInstances } = await world.rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier }));
    const instance = DBInstances?.[0];
    holds(`${identifier}: MySQL ${engineVersion}`, instance?.EngineVersion?.startsWith(engineVersion));
    equal(`${identifier}: backups`, instance?.BackupRetentionPeriod, config.database.backupRetentionDays);
    equal(`${identifier}: public`, instance?.PubliclyAccessible, false);
    equal(`${identifier}: minor upgrades`, instance?.AutoMinorVersionUpgrade, false);
    equal(`${identifier}: deletion protection`, instance?.DeletionProtection, config.protected);
    equal(`${identifier}: master user`, instance?.MasterUsername, "root");
    holds(`${identifier}: the master password is RDS's`, instance?.MasterUserSecret?.SecretArn);
    const groups = await groupNames(
      world,
      (instance?.VpcSecurityGroups ?? []).map((group) => group.VpcSecurityGroupId as string),
    );
    const expected = [namesOf(config).emrRdsSecurityGroup, ...(config.network.defaultSecurityGroup ? ["default"] : [])];
    equal(`${identifier}: groups`, groups, expected.sort());
    const parameters = await world.rds.send(
      new DescribeDBParametersCommand({ DBParameterGroupName: instance?.DBParameterGroups?.[0]?.DBParameterGroupName }),
    );
    const charset = parameters.Parameters?.find(({ ParameterName }) => ParameterName === "character_set_server");
    equal(`${identifier}: character set`, charset?.ParameterValue, "utf8");
  }
}

async function groupNames(world: World, ids: string[]): Promise<string[]> {
  const { SecurityGroups = [] } = await world.ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: ids }));
  return SecurityGroups.map(({ GroupName }) => GroupName as string).sort();
}

async function expectElasticsearch(world: World, config: ClientConfig, workspace: Workspace): Promise<void> {
  const expected = elasticsearchOf(config);
  if (!expected) {
    return;
  }
  const { DomainStatus: domain } = await world.es.send(
    new DescribeElasticsearchDomainCommand({ DomainName: expected.domainName }),
  );
  equal("Elasticsearch version", domain?.ElasticsearchVersion, expected.version);
  equal("nodes", domain?.ElasticsearchClusterConfig?.InstanceCount, 1);
  equal("node type", domain?.ElasticsearchClusterConfig?.InstanceType, expected.instanceType);
  equal("volume", [domain?.EBSOptions?.VolumeType, domain?.EBSOptions?.VolumeSize], ["gp2", expected.volumeGiB]);
  equal("advanced options", domain?.AdvancedOptions?.["rest.action.multi.allow_explicit_index"], "true");
  const policy = domain?.AccessPolicies ?? "";
  holds("the API's user has the domain", policy.includes(`user/${namesOf(config).elasticsearchUser}`));
  holds("EMR's role has the domain", policy.includes("role/EMR_EC2_DefaultRole"));
  const outputs = await workspace.outputs();
  equal("output elasticsearch_endpoint", outputs.elasticsearch_endpoint, domain?.Endpoint);
}
