import { planOf } from "../../test/plan-of";
import { policy } from "../../test/plan-verdicts";
import { textOf } from "../phrase";
import { alarmsOfPlan } from "./alarms";

const bucket = "acme-terraform-state";
const said = (type: string, after: object, before: object | null = null) =>
  alarmsOfPlan(planOf(type, [before === null ? "create" : "update"], before, after), bucket).map((alarm) =>
    textOf(alarm),
  );
const user = (Action: unknown, Resource: unknown) =>
  said("aws_iam_user_policy", { user: "edxapp", ...policy({ Effect: "Allow", Action, Resource }) });

describe("alarms of the bucket of the state", () => {
  it.each<[string, unknown, unknown]>([
    ["its objects", "s3:*", `arn:aws:s3:::${bucket}/*`],
    ["plans alone", "s3:PutObject", `arn:aws:s3:::${bucket}/plans/acme/*`],
    ["buckets that begin alike", ["s3:Get*"], "arn:aws:s3:::acme-*"],
  ])("are of a policy for %s", (_, action, resource) => {
    expect(user(action, resource)).toContainEqual(
      expect.stringContaining("concerns the bucket of the state, which holds plans and every secret: allow"),
    );
  });

  it.each<[string, object]>([
    ["aws_s3_bucket_policy", { bucket, ...policy() }],
    ["aws_s3_bucket_lifecycle_configuration", { bucket, rule: [] }],
    [
      "aws_s3_bucket_replication_configuration",
      { bucket: "x", rule: [{ destination: [{ bucket: `arn:aws:s3:::${bucket}` }] }] },
    ],
    ["aws_s3_object", { bucket, key: "plans/acme/deploy/plan" }],
  ])("are of a resource that names it: %s", (type, after) => {
    expect(said(type, after).join()).toContain(`names the bucket of the state, ${bucket}`);
  });

  it("are one of a policy, whatever its statements", () => {
    const statements = ["s3:GetObject", "s3:PutObject"].map((Action) => ({
      Effect: "Allow",
      Action,
      Resource: `arn:aws:s3:::${bucket}/*`,
    }));
    const concerns = said("aws_iam_user_policy", { user: "edxapp", ...policy(...statements) }).filter((words) =>
      words.includes("the bucket of the state"),
    );

    expect(concerns).toEqual([
      `concerns the bucket of the state, which holds plans and every secret: allow s3:GetObject on arn:aws:s3:::${bucket}/*; allow s3:PutObject on arn:aws:s3:::${bucket}/*`,
    ]);
  });

  it("are none of another bucket, another service, or what named it before", () => {
    const ofTheState = (alarms: readonly string[]) =>
      alarms.filter((words) => words.includes("the bucket of the state"));

    expect(ofTheState(user("s3:GetObject", "arn:aws:s3:::acme-terraform-state-logs/*"))).toEqual([]);
    expect(ofTheState(user("es:ESHttpGet", "*"))).toEqual([]);
    expect(said("aws_s3_object", { bucket, key: "x" }, { bucket, key: "x", tags: {} })).toEqual([]);
  });
});
