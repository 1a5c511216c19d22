import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AttachRolePolicyCommand } from "@aws-sdk/client-iam";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { ClientInput } from "../../config/schema/client";
import { data } from "../../test/ci-questions/data";
import { ec2 } from "../../test/ci-questions/ec2";
import { rights } from "../../test/ci-questions/iam";
import type { Question } from "../../test/ci-questions/question";
import { reads } from "../../test/ci-questions/reads";
import { github } from "../../test/ci-stacks";
import { DeployedCaller } from "../expectations/deployed-caller";
import { equal } from "../expectations/equal";
import { s3As } from "../expectations/instances";
import { calls } from "../expectations/permitted";
import { edxappSide } from "../harness/before";
import type { Described } from "../harness/described";
import { Project } from "../harness/project";
import type { Steps } from "../harness/steps";
import { writeOverride } from "../harness/workspace";
import type { World } from "../harness/world";

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const nothing = { read: false, list: false, write: false };
const everything = { read: true, list: true, write: true };

/**
 * What somebody tries who has taken over a cluster, a host, a pull request or CI: on S3 with IAM enforced by the emulator,
 * and where that does not judge, by IAM's rules on the policies that were deployed.
 */
export async function attacks(steps: Steps, world: World, example: Described): Promise<void> {
  const step: Steps["step"] = (title, play) => steps.step(title, play);
  const project = new Project(world, "attacks");
  const role = (name: string) => DeployedCaller.role(world, name);
  const state = "example-terraform-state";
  const objects = { state: "example/example.tfstate", plan: "plans/example/deploy/plan" };

  await step("example and its CI are deployed, in the account of the edxapp side", async () => {
    const { input } = await edxappSide(world, example);
    const client: ClientInput = { ...input, state: { bucket: state }, ci: github };
    project.client("example", client);
    await project.succeed("node", ["cli/edx-analytics.js", "state", "example"]);
    await project.succeed("npm", ["run", "synth"], { env: { CLIENT: "example" } });
    for (const stack of ["example-ci", "example"]) {
      const cwd = join(project.folder, "cdktf.out", "stacks", stack);
      writeOverride(cwd);
      await project.succeed("terraform", ["init", "-input=false", "-no-color"], { cwd });
      await project.succeed("terraform", ["apply", "-input=false", "-no-color", "-auto-approve"], { cwd });
    }
    for (const Key of Object.values(objects)) {
      await world.s3.send(new PutObjectCommand({ Bucket: state, Key, Body: "secret" }));
    }
    await world.s3.send(new PutObjectCommand({ Bucket: "example-edxanalytics", Key: "report.csv", Body: "1" }));
  });

  await step("EMR's instances reach the client's data, as they have to", async () => {
    const s3 = await s3As(world, "EMR_EC2_DefaultRole");
    await world.enforcingIam(() => calls(s3, "example-edxanalytics", everything));
  });
  for (const name of ["EMR_EC2_DefaultRole", "example-edxanalytics"]) {
    await step(`${name} reads and writes neither state nor plans, not even as an administrator`, async () => {
      const s3 = await s3As(world, name);
      const refused = () =>
        world.enforcingIam(async () => {
          for (const key of Object.values(objects)) {
            await calls(s3, state, nothing, key);
          }
        });
      await refused();
      await world.iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: administrator }));
      await refused();
    });
  }
  await step("no one's credentials reach the state from an EC2 instance, nor where they were taken to", async () => {
    const apply = await role("example-ci-apply");
    const get = { action: "s3:GetObject", resource: `arn:aws:s3:::${state}/${objects.state}` };
    const fromInstance = { "aws:Ec2InstanceSourceVpc": "vpc-0a1b2c3d", "aws:SourceIp": "203.0.113.7" };
    equal("CI's", await apply.may(get), true);
    equal("those of an instance", await apply.may({ ...get, context: fromInstance }), false);
  });
  await step("an administrator's policy on the hosts' role gives no right beyond its boundary", async () => {
    const host = await role("example-edxanalytics");
    for (const [action, resource] of [
      ["iam:CreateRole", "arn:aws:iam::123456789012:role/mine"],
      ["iam:CreateUser", "arn:aws:iam::123456789012:user/mine"],
      ["iam:PutRolePolicy", "arn:aws:iam::123456789012:role/example-ci-apply"],
      ["rds:DeleteDBInstance", "arn:aws:rds:eu-west-1:123456789012:db:example-edxapp"],
      ["s3:GetObject", "arn:aws:s3:::example-two-edxanalytics/data"],
      ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-0a1b-AbCdEf"],
      ["ssm:GetParameter", "arn:aws:ssm:eu-west-1:123456789012:parameter/edx-analytics/example/mysql/analytics"],
    ] as const) {
      equal(`${action} on ${resource}`, await host.may({ action, resource }), false);
    }
    equal("ec2:DescribeInstances", await host.may({ action: "ec2:DescribeInstances", resource: "*" }), true);
  });
  await step("the roles that are deployed may what docs/ci.md's table says, and nothing else of it", async () => {
    const columns = [await role("example-ci-plan"), await role("example-ci-apply"), await role("example-edxanalytics")];
    const table = readFileSync(join(__dirname, "..", "..", "docs", "ci.md"), "utf8").split("\n");
    for (const question of [...reads, ...ec2, ...data, ...rights].filter(({ client }) => client === undefined)) {
      const answers = await Promise.all(columns.map((caller) => answerOf(caller, question)));
      const row = `| ${[question.what, ...answers].join(" | ")} |`;
      equal(
        "a line of docs/ci.md",
        table.find((line) => line.startsWith(`| ${question.what} |`)),
        row,
      );
    }
  });
}

/** Yes where every call is allowed, no where none is. */
async function answerOf(caller: DeployedCaller, { calls: all, bucketPolicy }: Question): Promise<string> {
  const allowed = new Set(await Promise.all(all.map((call) => caller.may(call, bucketPolicy))));
  return allowed.size > 1 ? "some" : allowed.has(true) ? "yes" : "no";
}
