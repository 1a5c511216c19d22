import { textOf } from "../phrase";
import { alarmsOfPlan } from "./alarms";
import { readPlan } from "./plan";

const iam = (name: string) => `arn:aws:iam::210987654321:${name}`;
const allow = (Action: string, more: object) => JSON.stringify({ Statement: [{ Effect: "Allow", Action, ...more }] });
const passed = { Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } } };

/** What is said of a new role with a policy, in a plan that reads a role. */
function said(read: string, trust: string, policy: string): string {
  const change = (type: string, after: object) => ({
    address: `${type}.x`,
    mode: "managed",
    type,
    change: { actions: ["create"], before: null, after },
  });
  const plan = {
    format_version: "1.2",
    resource_changes: [
      change("aws_iam_role", { name: "x", assume_role_policy: trust }),
      change("aws_iam_role_policy", { name: "x", role: "x", policy }),
    ],
    prior_state: {
      values: {
        root_module: {
          resources: [{ mode: "data", type: "aws_iam_role", values: { name: read, arn: iam(`role/path/${read}`) } }],
        },
      },
    },
    configuration: {
      provider_config: { aws: { expressions: { allowed_account_ids: { constant_value: ["210987654321"] } } } },
      root_module: {
        resources: [
          {
            mode: "data",
            address: "data.aws_iam_role.read",
            type: "aws_iam_role",
            expressions: { name: { constant_value: read } },
          },
        ],
      },
    },
  };
  return alarmsOfPlan(readPlan(JSON.stringify(plan), "plan.json"))
    .map((alarm) => textOf(alarm))
    .join("\n");
}

const byHosts = allow("sts:AssumeRole", { Principal: { Service: "ec2.amazonaws.com" } });
const harmless = allow("s3:GetObject", { Resource: "arn:aws:s3:::data/*" });

describe("a role that the plan reads", () => {
  it.each([
    ["sts:AssumeRole", {}],
    ["iam:PassRole", {}],
    ["iam:PassRole", passed],
  ])("is another owner's unless it is EMR's: %s %j", (action, more) => {
    for (const Resource of [iam("role/path/Admin"), "${data.aws_iam_role.read.arn}"]) {
      expect(said("Admin", byHosts, allow(action, { Resource, ...more }))).toContain(
        `may act as ${Resource}, which the plan does not make`,
      );
    }
  });

  it("does not become a principal of the plan's", () => {
    const by = (AWS: string) => allow("sts:AssumeRole", { Principal: { AWS } });

    for (const AWS of [iam("role/path/Developer"), "${data.aws_iam_role.read.arn}"]) {
      expect(said("Developer", by(AWS), harmless)).toMatch(/^(can be assumed by|lets in) /);
    }
  });

  it("may be passed where it is EMR's", () => {
    for (const Resource of [iam("role/path/EMR_EC2_DefaultRole"), "${data.aws_iam_role.read.arn}"]) {
      expect(said("EMR_EC2_DefaultRole", byHosts, allow("iam:PassRole", { Resource, ...passed }))).not.toContain(
        "may act as",
      );
    }
  });
});
