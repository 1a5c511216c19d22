import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateTagsCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupsCommand,
} from "@aws-sdk/client-ec2";
import {
  AttachUserPolicyCommand,
  CreatePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetUserCommand,
  ListAttachedRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  GetBucketLifecycleConfigurationCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { AssumeRoleWithWebIdentityCommand, type Credentials, STSClient } from "@aws-sdk/client-sts";
import type { ClientInput } from "../../config/schema/client";
import { equal, holds, says } from "../expectations/equal";
import { awsCommandLine } from "../harness/aws-command-line";
import { edxappSide } from "../harness/before";
import type { Described } from "../harness/described";
import { ForeignProvider } from "../harness/foreign-provider";
import { Project } from "../harness/project";
import type { Steps } from "../harness/steps";
import { emulate, init } from "../harness/workspace";
import type { World } from "../harness/world";

const bucket = "acme-terraform-state";
const key = "plans/acme/deploy";

/** CI's scripts with CI's roles, IAM asked about every call: what each role may, and what it may not. */
export async function ciRoles(steps: Steps, world: World, example: Described): Promise<void> {
  const step: Steps["step"] = (title, run) => steps.step(title, run);
  const project = new Project(world, "ci");
  const acme: ClientInput = {
    ...example.input,
    state: { bucket },
    edxapp: { ...example.input.edxapp, gradesBucket: { name: "example-edxapp", access: "new-policy" } },
    buckets: { trackingLogs: {} },
    ci: { github: { repository: "acme/infrastructure" } },
  };
  const folder = (stack: string) => join(project.folder, "cdktf.out", "stacks", stack);
  const variables = {
    STACK: "acme",
    STATE_BUCKET: bucket,
    STATE_REGION: world.region,
  };
  const PATH = `${awsCommandLine(world, project.folder)}${delimiter}${process.env.PATH}`;
  const script = (name: "plan" | "apply", credentials: Credentials, more: Record<string, string>) => ({
    command: join(project.folder, ".ci", name),
    options: { env: { ...environmentOf(credentials), ...variables, PATH, ...more } },
  });
  const result = () => readFileSync(join(project.folder, "plan-result", "result.env"), "utf8");
  const summary = () => readFileSync(join(project.folder, "plan-result", "summary.md"), "utf8");

  await step("the edxapp side exists, and the state's bucket, whose plans expire", async () => {
    await edxappSide(world, example);
    project.client("acme", acme);
    await project.succeed("node", ["cli/edx-analytics.js", "state", "acme"]);
    const { Rules = [] } = await world.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }));
    const rule = Rules.find(({ Filter }) => Filter?.Prefix === "plans/");
    equal("days that a plan is kept", rule?.Expiration?.Days, 3);
  });
  await step("a person deploys acme-ci", async () => {
    await project.succeed("npm", ["run", "synth"], { env: { CLIENT: "acme" } });
    for (const stack of ["acme", "acme-ci"]) {
      emulate(folder(stack));
    }
    await project.succeed("terraform", ["init", "-input=false", "-no-color"], { cwd: folder("acme-ci") });
    await project.succeed("terraform", ["apply", "-input=false", "-auto-approve"], { cwd: folder("acme-ci") });
  });
  await withoutResources(world, "acme-ci-plan");
  await withoutResources(world, "acme-ci-apply");
  const plan = await assume(world, "acme-ci-plan");
  const apply = await assume(world, "acme-ci-apply");

  await step("the plan role creates no bucket, reads no logs, and writes no state", () =>
    world.enforcingIam(async () => {
      const s3 = clientOf(world, plan);
      await refused("s3:CreateBucket", s3.send(new CreateBucketCommand({ Bucket: "acme-other" })));
      await refused("s3:GetObject", s3.send(new GetObjectCommand({ Bucket: "example-edxapp", Key: "grades" })));
      const state = { Bucket: bucket, Key: "acme/acme.tfstate", Body: "{}" };
      await refused("s3:PutObject", s3.send(new PutObjectCommand(state)));
    }),
  );
  await step(".ci/plan with the plan role: the summary, and the plan in the bucket", async () => {
    await world.enforcingIam(() => run(project, script("plan", plan, { PLAN_KEY: key })));
    says(summary(), /### Plan of `acme` \(\d{12}, [\w-]+\): \d+ to create\n/);
    holds("nothing in the file that no stack writes", !summary().includes("**Configuration:**"));
    says(
      summary(),
      /Exposure:\*\* `aws_vpc_security_group_ingress_rule\.analytics_\w+` opens to the world: `tcp 443 from 0\.0\.0\.0\/0`/,
    );
    says(result(), /^CHANGES=true\nPLAN_SHA256=[0-9a-f]{64}\n$/);
    const { Contents = [] } = await world.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: "plans/" }));
    equal("what is kept", Contents.map(({ Key }) => Key).sort(), [`${key}/.terraform.lock.hcl`, `${key}/plan`]);
  });
  const checksum = () => /PLAN_SHA256=(\w+)/.exec(result())?.[1] as string;
  const overtaken = checksum();
  const refusesOvertaken = async () => {
    const { command, options } = script("apply", apply, { PLAN_KEY: key, PLAN_SHA256: overtaken });
    await world.enforcingIam(() => project.refused(command, [], /is not the plan that was approved/, options));
  };

  await step(".ci/apply takes no plan that a later one of the same stack has overtaken", async () => {
    await world.enforcingIam(() => run(project, script("plan", plan, { PLAN_KEY: key })));
    await refusesOvertaken();
    holds("no instance", (await instances(world)).length === 0);
  });
  const PLAN_SHA256 = checksum();
  await step(".ci/apply with the plan role is refused, and creates nothing", async () => {
    const { command, options } = script("apply", plan, { PLAN_KEY: key, PLAN_SHA256 });
    await world.enforcingIam(() => project.refused(command, [], /403|Forbidden|AccessDenied/, options));
    holds("no instance", (await instances(world)).length === 0);
  });
  await step(".ci/apply with the apply role creates exactly what was planned", async () => {
    await world.enforcingIam(() => run(project, script("apply", apply, { PLAN_KEY: key, PLAN_SHA256 })));
    holds("instances", (await instances(world)).length === 2);
  });
  await step("the roles and users that it made are limited, and so is itself", async () => {
    const boundary = (name: string) => `arn:aws:iam::${world.accountId}:policy/acme-ci-${name}`;
    const limitOf = async (RoleName: string) =>
      (await world.iam.send(new GetRoleCommand({ RoleName }))).Role?.PermissionsBoundary?.PermissionsBoundaryArn;
    const { User } = await world.iam.send(new GetUserCommand({ UserName: "acme-analytics_elasticsearch" }));
    equal("of the hosts' role", await limitOf("acme-edxanalytics"), boundary("boundary"));
    equal("of EMR's role", await limitOf("EMR_EC2_DefaultRole"), boundary("boundary"));
    equal("of the user", User?.PermissionsBoundary?.PermissionsBoundaryArn, boundary("boundary"));
    equal("of the apply role", await limitOf("acme-ci-apply"), boundary("apply-boundary"));
  });
  await step("a second .ci/plan has nothing to change, which overtakes a plan as well", async () => {
    await world.enforcingIam(() => run(project, script("plan", plan, { PLAN_KEY: key })));
    says(result(), /^CHANGES=false\nPLAN_SHA256=[0-9a-f]{64}\n$/);
    says(summary(), /### Plan of `acme` \(\d{12}, [\w-]+\): no changes/);
    holds("the plan is another", checksum() !== PLAN_SHA256);
    await refusesOvertaken();
  });
  await step("a state that names another provider is refused before anything is downloaded", async () => {
    const foreign = await ForeignProvider.inState(world, { Bucket: bucket, Key: "acme/acme.tfstate" });
    const terraform = join(folder("acme"), ".terraform");
    rmSync(terraform, { recursive: true, force: true });
    const { command, options } = script("plan", plan, { PLAN_KEY: key, ...foreign.environment });
    await world.enforcingIam(() =>
      project.refused(command, [], /names "registry\.terraform\.io\/evil\/evil": evil_thing\.x/, options),
    );
    holds("nothing was downloaded", !existsSync(terraform));

    // The state may have changed since it was looked at.
    const inFolder = { cwd: folder("acme"), env: foreign.environment };
    await project.refused("terraform", [...init, "-lockfile=readonly"], /the lock file is read-only/, inFolder);
    await project.refused("terraform", ["plan", "-input=false"], /requires provider .*evil\/evil/, inFolder);
    holds("it has not run", !foreign.hasRun());
    await project.succeed("terraform", init, inFolder);
    await project.run("terraform", ["plan", "-input=false"], inFolder);
    holds("it runs without either", foreign.hasRun());
    await foreign.takeBack();
  });
  await step("drift: a tag that was changed in the console is in the summary", async () => {
    const [id] = await instances(world);
    await world.ec2.send(
      new CreateTagsCommand({ Resources: [id as string], Tags: [{ Key: "Project", Value: "`x`" }] }),
    );
    await world.enforcingIam(() => run(project, script("plan", plan, { PLAN_KEY: "" })));
    equal("result", result(), "CHANGES=true\nPLAN_SHA256=\n");
    says(summary(), /changed back\n\n- `aws_instance\.\w+`\n {2}- `tags\.Project`: \(none\) → ``"`x`"``$/m);
  });
  await step("drift: a rule and a policy that were added, which no plan sees, are in the summary", async () => {
    await project.succeed("node", ["cli/edx-analytics.js", "drift", "acme"]);
    const { SecurityGroups = [] } = await world.ec2.send(
      new DescribeSecurityGroupsCommand({ Filters: [{ Name: "tag:Client", Values: ["acme"] }] }),
    );
    const GroupId = SecurityGroups[0]?.GroupId as string;
    const open = { IpProtocol: "tcp", FromPort: 8080, ToPort: 8080, IpRanges: [{ CidrIp: "0.0.0.0/0" }] };
    await world.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [open] }));
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await world.iam.send(new AttachUserPolicyCommand({ UserName: "acme-analytics_elasticsearch", PolicyArn }));
    await world.enforcingIam(() => run(project, script("plan", plan, { PLAN_KEY: "" })));
    equal("result", result(), "CHANGES=true\nPLAN_SHA256=\n");
    says(summary(), /Added outside of Terraform[\s\S]* tcp 8080 from 0\.0\.0\.0\/0\. Terraform does not see it/);
    says(summary(), /the policy AdministratorAccess\. Terraform does not see it/);
  });
  await step("a change that loses data raises an alarm", async () => {
    const file = join(folder("acme"), "cdk.tf.json");
    const stack = JSON.parse(readFileSync(file, "utf8"));
    delete stack.resource.aws_iam_access_key;
    for (const name of Object.keys(stack.output)) {
      if (JSON.stringify(stack.output[name]).includes("aws_iam_access_key")) {
        delete stack.output[name];
      }
    }
    writeFileSync(file, JSON.stringify(stack));
    await world.enforcingIam(() => run(project, script("plan", plan, { PLAN_KEY: "" })));
    says(summary(), /Data:\*\* `aws_iam_access_key\.elasticsearch` is destroyed, and with it the key/);
  });
}

async function run(
  project: Project,
  { command, options }: { command: string; options: { env: Record<string, string> } },
): Promise<void> {
  await project.succeed(command, [], options);
}

async function refused(action: string, answer: Promise<unknown>): Promise<void> {
  const error = await answer.then(
    () => undefined,
    (failure: Error) => failure,
  );
  holds(`${action} is refused: ${error?.name}`, error?.name === "AccessDenied" || error?.name === "Forbidden");
}

/** The token of the CI is not judged by the emulator; the trust policy is compared in the unit tests. */
async function assume(world: World, role: string): Promise<Credentials> {
  const sts = new STSClient({ endpoint: world.endpoint, region: world.region });
  const { Credentials } = await sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: `arn:aws:iam::${world.accountId}:role/${role}`,
      RoleSessionName: "ci",
      WebIdentityToken: "token",
    }),
  );
  return Credentials as Credentials;
}

function environmentOf({ AccessKeyId, SecretAccessKey, SessionToken }: Credentials): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: AccessKeyId as string,
    AWS_SECRET_ACCESS_KEY: SecretAccessKey as string,
    AWS_SESSION_TOKEN: SessionToken as string,
  };
}

function clientOf(world: World, { AccessKeyId, SecretAccessKey, SessionToken }: Credentials): S3Client {
  return new S3Client({
    endpoint: world.endpoint,
    region: world.region,
    forcePathStyle: true,
    credentials: {
      accessKeyId: AccessKeyId as string,
      secretAccessKey: SecretAccessKey as string,
      sessionToken: SessionToken as string,
    },
  });
}

/**
 * The emulator judges S3's resources, takes every other call to be on `*`, and every condition for not met: what the role
 * may do is left, where and on what condition is taken away. It judges no boundary. The unit tests ask IAM's rules.
 */
async function withoutResources({ iam }: World, role: string): Promise<void> {
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: role }));
  for (const { PolicyArn } of AttachedPolicies) {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const VersionId = Policy?.DefaultVersionId;
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    const policy = JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? "")) as {
      Statement: { Action: string | string[]; Resource: unknown }[];
    };
    const Statement = policy.Statement.map(({ Action, Resource }) => ({
      Effect: "Allow",
      Action,
      Resource: [Action].flat().every((action) => action.startsWith("s3:")) ? Resource : "*",
    }));
    const PolicyDocument = JSON.stringify({ ...policy, Statement });
    await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
  }
}

async function instances(world: World): Promise<string[]> {
  const { Reservations = [] } = await world.ec2.send(new DescribeInstancesCommand({}));
  return Reservations.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId }) => InstanceId as string));
}
