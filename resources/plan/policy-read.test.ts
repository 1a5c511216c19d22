import { textOf } from "../phrase";
import { alarmsOfPlan } from "./alarms";
import { readPlan } from "./plan";

const deny = { Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: "arn:aws:s3:::grades/uploads/*" };
const partner = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::210987654321:root" },
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::grades/*",
};

/** What is said of the first policy of a bucket that a plan has read the policy of. */
function said(existing: readonly object[] | string, after: readonly object[], bucket = "grades"): string[] {
  const policy = typeof existing === "string" ? existing : JSON.stringify({ Statement: existing });
  const plan = {
    format_version: "1.2",
    resource_changes: [
      {
        address: "aws_s3_bucket_policy.merged",
        type: "aws_s3_bucket_policy",
        mode: "managed",
        change: {
          actions: ["create"],
          before: null,
          after: { bucket: "grades", policy: JSON.stringify({ Statement: after }) },
          after_unknown: { id: true },
        },
      },
    ],
    prior_state: {
      values: {
        root_module: {
          resources: [
            {
              address: "data.aws_s3_bucket_policy.existing",
              mode: "data",
              type: "aws_s3_bucket_policy",
              values: { bucket, policy },
            },
          ],
        },
      },
    },
  };
  return alarmsOfPlan(readPlan(JSON.stringify(plan), "plan.json")).map(
    (alarm) => `${alarm.category}: ${textOf(alarm)}`,
  );
}

describe("a policy that is merged with the bucket's own", () => {
  it("has no alarm of the statements that the bucket has already", () => {
    expect(said([deny, partner], [deny, partner])).not.toContainEqual(expect.stringMatching(/denies|lets in/));
  });

  it("has one of each that it adds", () => {
    expect(said([], [deny, partner])).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^exposure: lets in .*210987654321/),
        expect.stringMatching(/^access: denies what it did not/),
      ]),
    );
    expect(said([deny, partner], [deny, partner], "another")).toContainEqual(expect.stringMatching(/^access: denies/));
  });

  it("has one of each that it loses", () => {
    expect(said([deny, partner], [partner])).toContainEqual(expect.stringMatching(/^exposure: no longer denies/));
    expect(said([deny, partner], [deny])).toContainEqual(expect.stringMatching(/^access: .*s3:GetObject/));
  });

  it("is judged as the first one where the other cannot be read", () => {
    expect(said('{"Statement": [', [deny])).toContainEqual(expect.stringMatching(/^access: denies/));
  });
});
