import { textOf } from "../phrase";
import { alarmsOfPlan } from "./alarms";
import { readPlan } from "./plan";

const own = "210987654321";
const iam = (name: string) => `arn:aws:iam::${own}:${name}`;
const deny = (more: object) => ({ Effect: "Deny", Action: "s3:*", Resource: "arn:aws:s3:::data/*", ...more });
const http = deny({ Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } });
const allow = (Principal: object, more: object = {}) => ({ ...deny({}), Effect: "Allow", Principal, ...more });

/** What is said of the first policy of a new bucket, which refuses HTTP and has another statement. */
function said(...statements: object[]): string {
  const change = (type: string, after: object) => ({
    address: `${type}.data`,
    mode: "managed",
    type,
    change: { actions: ["create"], before: null, after },
  });
  const plan = {
    format_version: "1.2",
    resource_changes: [
      change("aws_s3_bucket", { bucket: "data" }),
      change("aws_s3_bucket_policy", {
        bucket: "data",
        policy: JSON.stringify({ Statement: [http, ...statements] }),
      }),
    ],
    configuration: {
      provider_config: { aws: { expressions: { allowed_account_ids: { constant_value: [own] } } } },
      root_module: {},
    },
  };
  return alarmsOfPlan(readPlan(JSON.stringify(plan), "plan.json"))
    .filter(({ resource }) => resource.type === "aws_s3_bucket_policy")
    .map((alarm) => textOf(alarm))
    .join("\n");
}

describe("the policy of a new bucket", () => {
  const ofAccount = { Condition: { StringEquals: { "aws:SourceAccount": own } } };

  it("has an alarm of a service that calls for anybody", () => {
    expect(said(allow({ Service: "ec2.amazonaws.com" }))).toContain("lets in the service ec2.amazonaws.com");
    expect(said(allow({ Service: "es.amazonaws.com" }, ofAccount))).toBe("");
  });

  it("has one of the whole account", () => {
    expect(said(allow({ AWS: iam("root") }))).toContain("which is no role or user of the plan");
  });

  it("has one where it locks out everybody but the account's root, and none where it refuses HTTP alone", () => {
    expect(said(deny({ Principal: "*" }))).toContain("denies what it did not: deny s3:*");
    expect(said(deny({ NotPrincipal: { AWS: iam("role/hosts") } }))).toContain("denies what it did not");
    expect(said()).toBe("");
  });
});
