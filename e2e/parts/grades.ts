import { DeleteBucketPolicyCommand, GetBucketPolicyCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import type { App } from "cdktf";
import type { ClientConfig } from "../../clients/config/client";
import { gradesPolicyName, gradesStatementId } from "../../clients/config/names";
import { GradesDownload } from "../../modules/grades-download";
import { ClientStack } from "../../stacks/client-stack";
import { equal, holds } from "../expectations/equal";
import { edxappSide, foreignPolicy, makeBucket, putForeignPolicy } from "../harness/before";
import type { Steps } from "../harness/steps";
import { Workspace } from "../harness/workspace";
import type { World } from "../harness/world";

type Access = ClientConfig["edxapp"]["gradesBucket"]["access"];
type Policy = { readonly Version: string; readonly Id?: string; readonly Statement: unknown };

/**
 * The one policy of a bucket that is somebody else's: whatever way a client takes, in and out again, foreign statements
 * survive in their meaning. Only the grades-download construct is deployed, as a whole client takes minutes each time.
 */
export async function grades(steps: Steps, world: World, client: ClientConfig): Promise<void> {
  const step: Steps["step"] = (title, run) => steps.step(title, run);
  const workspace = new Workspace(world, "grades");
  const bucket = client.edxapp.gradesBucket.name;
  const deploy = async (access: Access) => {
    await workspace.write((app: App) => {
      const stack = new ClientStack(app, "grades", { ...client, owner: "grades" });
      new GradesDownload(stack, "grades-download", {
        bucketName: bucket,
        access,
        reader: { arn: client.edxapp.userArn },
        statementId: gradesStatementId(client.name),
        userPolicyName: gradesPolicyName(client.name),
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
  const foreign = JSON.parse(JSON.stringify(foreignPolicy).replace("BUCKET", bucket)) as Policy;
  const isOurs = (statement: { Sid?: string }) => statement.Sid === gradesStatementId(client.name);
  const expectForeign = async (expected: unknown[], ours: number) => {
    const policy = await held();
    const statements = [policy.Statement].flat() as { Sid?: string }[];
    equal(
      "foreign statements",
      statements.filter((statement) => !isOurs(statement)),
      expected,
    );
    equal("statements of ours", statements.filter(isOurs).length, ours);
    equal("version", policy.Version, foreign.Version);
    equal("id", policy.Id, foreign.Id);
  };
  const first = foreign.Statement;

  await step("the bucket exists, with a foreign policy", async () => {
    await edxappSide(world, client);
    await makeBucket(world, client.state.bucket);
    await putForeignPolicy(world, bucket);
  });
  await step("merged: the foreign statement, its number, version and id stay", async () => {
    await deploy("merge-policy");
    await expectForeign([first], 1);
  });
  const second = {
    Sid: "Later",
    Effect: "Allow",
    Principal: "*",
    Action: ["s3:GetObject"],
    Resource: `arn:aws:s3:::${bucket}/static/*`,
  };
  await step("a foreign edit in between is kept, and asks for no change", async () => {
    const { Statement, ...rest } = await held();
    await put({ ...rest, Statement: [second, ...(Statement as unknown[])] });
    await workspace.unchanged();
    await expectForeign([second, first], 1);
  });
  await step("a foreign edit that lost our statement is mended, and kept", async () => {
    await put({ ...foreign, Statement: [second, first] });
    await deploy("merge-policy");
    await expectForeign([second, first], 1);
  });
  await step("destroy stops at plan, or the foreign statements would go too", () =>
    workspace.refused(["plan", "-destroy", "-input=false", "-no-color"], /prevent_destroy/),
  );
  await step("leaving: our statement goes", async () => {
    await deploy("leave-policy");
    await expectForeign([second, first], 0);
  });
  await step("left: Terraform lets go of the policy, which stays", async () => {
    const plan = await deploy("print");
    equal("what is destroyed", plan.destroyed, []);
    equal("what is forgotten", plan.forgotten, ["aws_s3_bucket_policy.grades_download_merged"]);
    await expectForeign([second, first], 0);
  });
  await step("by the user's own policy: the bucket is not touched", async () => {
    await deploy("user-policy");
    await expectForeign([second, first], 0);
  });
  await step("merged again", async () => {
    await deploy("merge-policy");
    await expectForeign([second, first], 1);
  });
  await step("straight to print: our statement stays, as docs/operations.md says", async () => {
    await deploy("print");
    await expectForeign([second, first], 1);
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
  await step("a policy of our own where there was none", async () => {
    await deploy("new-policy");
    equal("statements", ((await held()).Statement as unknown[]).length, 1);
  });
  await step("leaving it empty is refused at plan", async () => {
    const failed = await deploy("leave-policy").then(
      () => undefined,
      (error: Error) => error,
    );
    holds(`the plan says what to do: ${failed?.message}`, /no statement but ours/.test(failed?.message ?? ""));
  });
  await step("merged, once somebody else has put a statement there, which stays", async () => {
    const { Statement, ...rest } = await held();
    await put({ ...rest, Id: foreign.Id, Statement: [first, ...(Statement as unknown[])] });
    const plan = await deploy("merge-policy");
    equal("what is destroyed or replaced", [...plan.destroyed, ...plan.replaced], []);
    await expectForeign([first], 1);
  });
  await step("our own again, without a moment in which the bucket has none", async () => {
    const plan = await deploy("new-policy");
    equal("what is destroyed or replaced", [...plan.destroyed, ...plan.replaced], []);
    equal("statements", ((await held()).Statement as unknown[]).length, 1);
  });
  await step("and back to none", async () => {
    await deploy("print");
    const gone = await held().then(
      () => false,
      (error: Error) => error.name === "NoSuchBucketPolicy",
    );
    holds("the bucket has no policy", gone);
  });
}
