import { taken } from "../../test/alarms-of-changes";

const statement = (more: object) => ({
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::data/*",
  ...more,
});
const tlsOnly = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const policy = (...Statement: object[]) => ({ bucket: "data", policy: JSON.stringify({ Statement }) });
const bucket = { bucket: "data", arn: "arn:aws:s3:::data" };

/** What is said of a new policy of a bucket whose former one is removed from the state. */
function said(former: object, after: object): string[] {
  return taken({
    "aws_s3_bucket.data": { actions: ["no-op"], before: bucket, after: bucket },
    "aws_s3_bucket_policy.former": { actions: ["forget"], before: former },
    "aws_s3_bucket_policy.latter": { actions: ["create"], after },
  });
}

describe("a policy that takes the place of one that is removed from the state", () => {
  const takesPlace =
    "aws_s3_bucket_policy.latter takes the place of aws_s3_bucket_policy.former, of the same bucket, which is only removed from the state, and does not stay in AWS as it is";

  it("has an alarm of it", () => {
    expect(said(policy(tlsOnly), policy(tlsOnly))).toEqual([takesPlace]);
  });

  it("has one of each statement that is lost, and that is more", () => {
    const mallory = { Principal: { AWS: "arn:aws:iam::123456789012:user/mallory" } };
    const all = said(policy(tlsOnly), policy(statement(mallory)));

    expect(all).toContain(takesPlace);
    expect(all).toContainEqual(expect.stringContaining("latter accepts HTTP again"));
    expect(all).toContainEqual(expect.stringMatching(/latter lets in .*user\/mallory/));
  });

  it("has none where the other one is of another bucket", () => {
    expect(said({ ...policy(tlsOnly), bucket: "other" }, policy(tlsOnly))).toEqual([]);
  });
});
