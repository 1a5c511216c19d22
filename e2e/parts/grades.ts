import { DeleteBucketPolicyCommand, GetBucketPolicyCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import type { App } from "cdktf";
import type { Client } from "../../config/client";
import { GradesDownload } from "../../modules/grades-download";
import { ClientStack } from "../../stacks/client-stack";
import { equal, holds } from "../expectations/equal";
import { edxappSide, makeBucket, putUnmanagedPolicy, unmanagedPolicy } from "../harness/before";
import type { Described } from "../harness/described";
import type { Steps } from "../harness/steps";
import { Workspace } from "../harness/workspace";
import type { World } from "../harness/world";

type Access = Client["edxapp"]["gradesBucket"]["access"];
type Policy = { readonly Version: string; readonly Id?: string; readonly Statement: unknown };

/**
 * The one policy of another owner's bucket: whatever access a client has, before and after, unmanaged statements
 * survive in their meaning. Only the grades-download construct is deployed, as a whole client takes minutes each time.
 */
export async function grades(steps: Steps, world: World, example: Described): Promise<void> {
  const { client } = example;
  const step: Steps["step"] = (title, run) => steps.step(title, run);
  const workspace = new Workspace(world, "grades");
  const bucket = client.edxapp.gradesBucket.name;
  const deploy = async (access: Access) => {
    await workspace.write((app: App) => {
      const stack = new ClientStack(app, { name: "grades", stateKey: "grades/grades.tfstate" }, client);
      new GradesDownload(stack, "grades-download", {
        bucketName: bucket,
        access,
        reader: { arn: client.edxapp.userArn },
        statementId: client.edxapp.gradesBucket.statementId,
        userPolicyName: client.edxapp.gradesBucket.policyName,
      });
    });
    const plan = await workspace.plan();
    await workspace.apply();
    await workspace.unchanged();
    return plan;
  };
  const held = async (): Promise<Policy> =>
    JSON.parse((await world.s3.send(new GetBucketPolicyCommand({ Bucket: bucket }))).Policy ?? "{}");
  const put = (policy: Policy) =>
    world.s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(policy) }));
  const unmanaged = JSON.parse(JSON.stringify(unmanagedPolicy).replace("BUCKET", bucket)) as Policy;
  const isClients = (statement: { Sid?: string }) => statement.Sid === client.edxapp.gradesBucket.statementId;
  const expectUnmanaged = async (expected: unknown[], managed: number) => {
    const policy = await held();
    const statements = [policy.Statement].flat() as { Sid?: string }[];
    equal(
      "unmanaged statements",
      statements.filter((statement) => !isClients(statement)),
      expected,
    );
    equal("statements of the client", statements.filter(isClients).length, managed);
    equal("version", policy.Version, unmanaged.Version);
    equal("id", policy.Id, unmanaged.Id);
  };
  const first = unmanaged.Statement;

  await step("the bucket exists, with an unmanaged policy", async () => {
    await edxappSide(world, example);
    await makeBucket(world, client.state.bucket);
    await putUnmanagedPolicy(world, bucket);
  });
  await step("merged: the unmanaged statement, its number, version and id stay", async () => {
    await deploy("merge-policy");
    await expectUnmanaged([first], 1);
  });
  const second = {
    Sid: "Later",
    Effect: "Allow",
    Principal: "*",
    Action: ["s3:GetObject"],
    Resource: `arn:aws:s3:::${bucket}/static/*`,
  };
  await step("an edit outside Terraform is kept, and plans no change", async () => {
    const { Statement, ...rest } = await held();
    await put({ ...rest, Statement: [second, ...(Statement as unknown[])] });
    await workspace.unchanged();
    await expectUnmanaged([second, first], 1);
  });
  await step(
    "an edit outside Terraform that lost the client's statement is kept, and the statement restored",
    async () => {
      await put({ ...unmanaged, Statement: [second, first] });
      await deploy("merge-policy");
      await expectUnmanaged([second, first], 1);
    },
  );
  await step("destroy stops at plan, or the unmanaged statements would be destroyed too", () =>
    workspace.refused(["plan", "-destroy", "-input=false", "-no-color"], /prevent_destroy/),
  );
  await step("leaving: the client's statement is removed", async () => {
    await deploy("leave-policy");
    await expectUnmanaged([second, first], 0);
  });
  await step("left: the policy is removed from the state, and stays", async () => {
    const plan = await deploy("print");
    equal("what is destroyed", plan.destroyed, []);
    equal("what is removed from the state", plan.removed, ["aws_s3_bucket_policy.grades_download_merged"]);
    await expectUnmanaged([second, first], 0);
  });
  await step("by the user's own policy: the bucket is not touched", async () => {
    await deploy("user-policy");
    await expectUnmanaged([second, first], 0);
  });
  await step("merged again", async () => {
    await deploy("merge-policy");
    await expectUnmanaged([second, first], 1);
  });
  await step("straight to print: the client's statement stays, as docs/operations.md says", async () => {
    await deploy("print");
    await expectUnmanaged([second, first], 1);
  });
  await step("merging where there is no policy fails at plan, and changes nothing", async () => {
    await world.s3.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
    const failed = await deploy("merge-policy").then(
      () => undefined,
      (error: Error) => error,
    );
    holds(
      `the plan says that there is no policy: ${failed?.message}`,
      failed?.message.includes(`reading S3 Bucket (${bucket}) Policy: couldn't find resource`),
    );
  });
  await step("new-policy where the bucket has none", async () => {
    await deploy("new-policy");
    equal("statements", ((await held()).Statement as unknown[]).length, 1);
  });
  await step("leaving it empty is refused at plan", async () => {
    const failed = await deploy("leave-policy").then(
      () => undefined,
      (error: Error) => error,
    );
    holds(
      `the plan says what to do: ${failed?.message}`,
      /no statement but this\s+stack's/.test(failed?.message ?? ""),
    );
  });
  await step("merged, once another owner has added a statement, which stays", async () => {
    const { Statement, ...rest } = await held();
    await put({ ...rest, Id: unmanaged.Id, Statement: [first, ...(Statement as unknown[])] });
    const plan = await deploy("merge-policy");
    equal("what is destroyed or replaced", [...plan.destroyed, ...plan.replaced], []);
    await expectUnmanaged([first], 1);
  });
  await step("new-policy again, without a moment in which the bucket has none", async () => {
    const plan = await deploy("new-policy");
    equal("what is destroyed or replaced", [...plan.destroyed, ...plan.replaced], []);
    equal("statements", ((await held()).Statement as unknown[]).length, 1);
  });
  await step("and back to none", async () => {
    await deploy("print");
    const hasNoPolicy = await held().then(
      () => false,
      (error: Error) => error.name === "NoSuchBucketPolicy",
    );
    holds("the bucket has no policy", hasNoPolicy);
  });
}
