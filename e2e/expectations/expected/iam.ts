import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListUserPoliciesCommand,
} from "@aws-sdk/client-iam";
import type { Client } from "../../../config/client";
import type { World } from "../../harness/world";
import { equal, holds } from "../equal";
import { statementsOf } from "./statements";

/** EMR's two roles and the hosts' role: whom they trust, and which managed policies they have. */
export async function expectRoles(world: World, client: Client): Promise<void> {
  const { accountId, names } = client;
  const trust = (service: string, Condition?: unknown) => [
    { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service }, ...(Condition ? { Condition } : {}) },
  ];
  const ofThisAccount = {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": `arn:aws:elasticmapreduce:*:${accountId}:*` },
  };
  for (const [role, expected] of [
    ["EMR_DefaultRole", trust("elasticmapreduce.amazonaws.com", ofThisAccount)],
    [ec2Role(client), trust("ec2.amazonaws.com")],
    [names.hostsRole, trust("ec2.amazonaws.com")],
  ] as const) {
    const { Role } = await world.iam.send(new GetRoleCommand({ RoleName: role }));
    equal(`whom ${role} trusts`, statementsOf(Role?.AssumeRolePolicyDocument), expected);
  }
  const attached = async (RoleName: string) =>
    ((await world.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies ?? [])
      .map(({ PolicyArn }) => PolicyArn as string)
      .sort();
  const aws = (name: string) => `arn:aws:iam::aws:policy/service-role/${name}`;
  const customerManaged = (name: string) => `arn:aws:iam::${accountId}:policy/${name}`;
  const servicePolicy = { v1: "AmazonElasticMapReduceRole", v2: "AmazonEMRServicePolicy_v2" }[client.emr.servicePolicy];
  equal("policies of EMR_DefaultRole", await attached("EMR_DefaultRole"), [aws(servicePolicy)]);
  const { instancePolicy } = client.emr;
  equal(
    `policies of ${ec2Role(client)}`,
    await attached(ec2Role(client)),
    [
      ...(client.elasticsearch && managesRoles(client) ? [customerManaged(names.elasticsearchPolicy)] : []),
      ...(instancePolicy === "least-privilege" ? [] : [aws(instancePolicy)]),
    ].sort(),
  );
  equal(`policies of ${names.hostsRole}`, await attached(names.hostsRole), [customerManaged(names.hostsPolicy)]);
}

/** `provision_emr_clusters` and `elasticsearch_all`, statement by statement. */
export async function expectPolicies(world: World, client: Client): Promise<void> {
  const { accountId, emr, names, elasticsearch: domain } = client;
  const runbook = [
    "ec2:DescribeInstances",
    "elasticmapreduce:*",
    "rds:DescribeDBInstances",
    "route53:Get*",
    "route53:List*",
  ];
  const pass = (role: string, service: string) => ({
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: `arn:aws:iam::${accountId}:role/${role}`,
    Condition: { StringEquals: { "iam:PassedToService": service } },
  });
  equal(names.hostsPolicy, statementsOf(await managedPolicy(world, accountId, names.hostsPolicy)), [
    ...(emr.passRole === "any"
      ? [{ Effect: "Allow", Action: [...runbook, "iam:PassRole"].sort(), Resource: "*" }]
      : [
          { Effect: "Allow", Action: runbook, Resource: "*" },
          pass("EMR_DefaultRole", "elasticmapreduce.amazonaws.com"),
          pass(ec2Role(client), "ec2.amazonaws.com"),
        ]),
    {
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: "arn:aws:iam::*:role/aws-service-role/elasticmapreduce.amazonaws.com/AWSServiceRoleForEMRCleanup*",
      Condition: { StringEquals: { "iam:AWSServiceName": "elasticmapreduce.amazonaws.com" } },
    },
  ]);

  if (domain) {
    const arn = `arn:aws:es:${client.region}:${accountId}:domain/${domain.domainName}`;
    const document = managesRoles(client)
      ? await managedPolicy(world, accountId, names.elasticsearchPolicy)
      : await inlinePolicy(world, ec2Role(client), `${client.name}-elasticsearch_all`);
    equal("elasticsearch_all", statementsOf(document), [
      emr.elasticsearchAccess === "any"
        ? { Effect: "Allow", Action: "es:*", Resource: "*" }
        : { Effect: "Allow", Action: ["es:Describe*", "es:ESHttp*", "es:List*"], Resource: [arn, `${arn}/*`] },
    ]);
    const UserName = names.elasticsearchUser;
    const attached = await world.iam.send(new ListAttachedUserPoliciesCommand({ UserName }));
    const inline = await world.iam.send(new ListUserPoliciesCommand({ UserName }));
    equal(`policies of ${UserName}`, [...(attached.AttachedPolicies ?? []), ...(inline.PolicyNames ?? [])], []);
  }
}

/** `analytics_reports` and its inline policy. */
export async function expectReportsUser(world: World, { buckets, names }: Client): Promise<void> {
  const bucket = buckets.apiReports;
  if (bucket) {
    const { PolicyDocument } = await world.iam.send(
      new GetUserPolicyCommand({ UserName: names.reportsUser, PolicyName: "s3-read-analytics-reports" }),
    );
    const arn = `arn:aws:s3:::${bucket.name}`;
    equal("s3-read-analytics-reports", statementsOf(PolicyDocument), [
      { Effect: "Allow", Action: ["s3:Get*", "s3:List*"], Resource: [arn, `${arn}/*`] },
    ]);
  }
}

/** Name of the role, and the profile, of the client's clusters' instances. */
export function ec2Role({ emr }: Client): string {
  return emr.ec2RoleName ?? "EMR_EC2_DefaultRole";
}

function managesRoles({ emr }: Client): boolean {
  return emr.roles === "managed";
}

async function managedPolicy(world: World, accountId: string, name: string): Promise<string | undefined> {
  const PolicyArn = `arn:aws:iam::${accountId}:policy/${name}`;
  const { Policy } = await world.iam.send(new GetPolicyCommand({ PolicyArn }));
  holds(`policy ${name} exists`, Policy);
  const { PolicyVersion } = await world.iam.send(
    new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
  );
  return PolicyVersion?.Document;
}

async function inlinePolicy(world: World, RoleName: string, PolicyName: string): Promise<string | undefined> {
  return (await world.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))).PolicyDocument;
}
