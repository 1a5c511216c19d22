import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import type { ByHandClient } from "../runbook-by-hand";
import type { World } from "../world";

export interface RunbookKey {
  readonly id: string;
  readonly secret: string;
  readonly status: "Active" | "Inactive";
}

export interface RunbookKeys {
  readonly analytics_elasticsearch: readonly RunbookKey[];
  readonly analytics_reports: readonly RunbookKey[];
}

const managed = "arn:aws:iam::aws:policy/service-role";

/** The role of the analytics host (runbook, Provision EMR Clusters). */
export async function roleOfHost(world: World): Promise<void> {
  const policyArn = await makePolicy(world, "provision_emr_clusters", "Lets Jenkins start and stop EMR clusters", {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Resource: "*",
        Action: [
          "elasticmapreduce:*",
          "iam:PassRole",
          "route53:Get*",
          "route53:List*",
          "ec2:DescribeInstances",
          "rds:DescribeDBInstances",
        ],
      },
    ],
  });
  await world.iam.send(
    new CreateRoleCommand({
      RoleName: "edxanalytics",
      Description: "Allows EC2 instances to call AWS services on your behalf.",
      AssumeRolePolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
    }),
  );
  await attach(world, "edxanalytics", policyArn);
  await makeInstanceProfile(world, "edxanalytics");
}

/** The users and their keys (runbook, ElasticSearch User and Role; Analytics API Reports). */
export async function analyticsUsers(world: World, client: ByHandClient): Promise<RunbookKeys> {
  await world.iam.send(new CreateUserCommand({ UserName: "analytics_elasticsearch" }));
  await world.iam.send(new CreateUserCommand({ UserName: "analytics_reports" }));
  const bucket = `arn:aws:s3:::${client.name}-analytics-api-reports`;
  await world.iam.send(
    new PutUserPolicyCommand({
      UserName: "analytics_reports",
      PolicyName: "s3-read-analytics-reports",
      // Without a version, as the runbook has it.
      PolicyDocument: JSON.stringify({
        Statement: [{ Effect: "Allow", Action: ["s3:Get*", "s3:List*"], Resource: [bucket, `${bucket}/*`] }],
      }),
    }),
  );
  return {
    analytics_elasticsearch: [await makeKey(world, "analytics_elasticsearch", "Active")],
    // The first was replaced and deactivated, and is still to be deleted.
    analytics_reports: [
      await makeKey(world, "analytics_reports", "Inactive"),
      await makeKey(world, "analytics_reports", "Active"),
    ],
  };
}

/** The roles that EMR creates with the throwaway cluster, and the policy for Elasticsearch (runbook, EMR Roles). */
export async function rolesOfEmr(world: World): Promise<void> {
  await makeRoleOfEmr(world, "EMR_DefaultRole", "elasticmapreduce.amazonaws.com");
  await attach(world, "EMR_DefaultRole", `${managed}/AmazonElasticMapReduceRole`);
  await makeRoleOfEmr(world, "EMR_EC2_DefaultRole", "ec2.amazonaws.com");
  await attach(world, "EMR_EC2_DefaultRole", `${managed}/AmazonElasticMapReduceforEC2Role`);
  await makeInstanceProfile(world, "EMR_EC2_DefaultRole");
  const policyArn = await makePolicy(world, "elasticsearch_all", "Lets EMR write the index of the Learner API", {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Resource: "*", Action: ["es:*"] }],
  });
  await attach(world, "EMR_EC2_DefaultRole", policyArn);
}

/** A role as EMR creates it: https://docs.aws.amazon.com/cli/latest/reference/emr/create-default-roles.html. */
async function makeRoleOfEmr(world: World, name: string, service: string): Promise<void> {
  await world.iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: "2008-10-17",
        Statement: [{ Sid: "", Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
      }),
    }),
  );
}

async function makePolicy(world: World, name: string, description: string, document: object): Promise<string> {
  const { Policy } = await world.iam.send(
    new CreatePolicyCommand({
      PolicyName: name,
      Description: description,
      // IAM keeps the blanks of what is pasted into the console.
      PolicyDocument: JSON.stringify(document, undefined, 2),
    }),
  );
  return Policy?.Arn as string;
}

async function attach(world: World, RoleName: string, PolicyArn: string): Promise<void> {
  await world.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
}

/** The instance profile of a role, under its name. */
async function makeInstanceProfile(world: World, name: string): Promise<void> {
  await world.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: name }));
  await world.iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName: name }));
}

async function makeKey(world: World, UserName: string, status: RunbookKey["status"]): Promise<RunbookKey> {
  const { AccessKey } = await world.iam.send(new CreateAccessKeyCommand({ UserName }));
  const id = AccessKey?.AccessKeyId as string;
  if (status === "Inactive") {
    await world.iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId: id, Status: status }));
  }
  return { id, secret: AccessKey?.SecretAccessKey as string, status };
}
