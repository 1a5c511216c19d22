import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { firstPlan } from "../../test/first-plan";
import { synthesizeClient } from "../../test/synth";
import { attributesOf, blocks, texts } from "../attributes";
import { textOf } from "../phrase";
import { alarmsOfPlan } from "../plan/alarms";
import { readPlan } from "../plan/plan";
import { ofStacks } from "./everywhere";

/** All that is said of a new policy on a new role. */
function said(statement: object): string {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
  const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } };
  const change = (type: string, after: object) => ({
    address: `${type}.x`,
    mode: "managed",
    type,
    change: { actions: ["create"], before: null, after, after_unknown: {} },
  });
  const plan = {
    format_version: "1.2",
    resource_changes: [
      change("aws_iam_role", { name: "x", assume_role_policy: JSON.stringify({ Statement: [trust] }) }),
      change("aws_iam_role_policy", { name: "x", role: "x", policy }),
    ],
  };
  return alarmsOfPlan(readPlan(JSON.stringify(plan), "plan.json"))
    .map((alarm) => textOf(alarm))
    .join("\n");
}

const dangerous = [
  ...["ec2:AuthorizeSecurityGroupIngress", "ec2:*Ingress", "ec2:CreateImage", "ec2:CreateRoute", "ec2:StopInstances"],
  ...["iam:CreateOpenIDConnectProvider", "iam:UpdateSAMLProvider", "iam:UploadSSHPublicKey", "sts:GetFederationToken"],
  ...["kms:CreateGrant", "kms:PutKeyPolicy", "lambda:CreateFunction", "cloudformation:CreateStack", "s3:PutBucketAcl"],
  ...["cloudtrail:StopLogging", "secretsmanager:BatchGetSecretValue", "ssm:PutParameter", "rds-db:connect"],
  ...["ec2:DescribeInstanceAttribute", "lambda:ListFunctions", "ebs:GetSnapshotBlock", "backup:StartRestoreJob"],
];

describe("a new policy of a new role", () => {
  it.each(dangerous)("has an alarm of %s on everything, as no stack has it", (Action) => {
    expect(said({ Action, Resource: "*" })).toContain(`allows on everything what no stack does, ${Action}`);
  });

  it.each([
    ["arn:aws:*"],
    ["arn:*:kms:*:*:*"],
    ["arn:aws:kms:eu-west-1:123456789012:key/*"],
    ["arn:aws:kms:*:*:k*"],
    ["arn:a?s:kms:*:*:key/*"],
  ])("has one of all there is of something: %s", (Resource) => {
    expect(said({ Action: ["kms:CreateGrant", "kms:DescribeKey"], Resource })).toContain(
      "allows on everything what no stack does, kms:CreateGrant",
    );
  });

  it("has one of what stacks have by a condition alone, without it or with the opposite", () => {
    const words = "allows on everything what no stack does, ec2:CreateTags";
    const opposite = { StringNotEquals: { "ec2:CreateAction": "RunInstances" } };
    const kept = { StringLike: { "ec2:CreateAction": "*" } };

    expect(said({ Action: "ec2:CreateTags", Resource: "*" })).toContain(words);
    expect(said({ Action: "ec2:CreateTags", Resource: "*", Condition: opposite })).toContain(words);
    expect(said({ Action: "ec2:CreateTags", Resource: "*", Condition: kept })).toBe("");
  });

  it("names four at most", () => {
    expect(said({ Action: dangerous.slice(2, 9), Resource: "*" })).toContain(
      "no stack does, ec2:CreateImage, ec2:CreateRoute, ec2:StopInstances, iam:CreateOpenIDConnectProvider and 3 more:",
    );
  });

  it.each<[string, object]>([
    ["on a named thing", { Action: "ec2:StopInstances", Resource: "arn:aws:ec2:eu-west-1:123456789012:instance/i-1" }],
    ["on what has a tag", { Action: "ec2:StopInstances", Resource: "*", Condition: ofClient("acme") }],
    ["as stacks have it", { Action: ["cloudwatch:PutMetricData", "EC2:describeinstances"], Resource: "*" }],
  ])("has none %s", (_, statement) => {
    expect(said(statement)).toBe("");
  });
});

function ofClient(name: string) {
  return { StringEquals: { "aws:ResourceTag/Client": name } };
}

it("what stacks have on everything is what they synthesise, and no more", () => {
  const folder = join(__dirname, "..", "..", "__snapshots__");
  const templates = [
    ...readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8"))),
    synthesizeClient({ sessionManager: true }),
  ];
  const synthesised = templates.flatMap((template) =>
    firstPlan(template)
      .resource_changes.filter(({ type }) => type === "aws_iam_policy_document")
      .flatMap(({ change }) => blocks(attributesOf(change.after).statement))
      .flatMap(({ actions, resources, condition }) =>
        texts(actions).map((action) => ({
          action: String(action),
          resources: texts(resources).map(String),
          keys: blocks(condition).map(({ variable }) => variable),
        })),
      ),
  );
  const unused = ofStacks.flatMap(({ actions, of = ["*"], if: key }) =>
    actions.flatMap((action) =>
      of
        .filter((kind) => {
          const [service, type] = kind.split(":");
          return !synthesised.some(
            (one) =>
              one.action === action &&
              (key === undefined || one.keys.includes(key)) &&
              one.resources.some((arn) =>
                kind === "*" ? arn === "*" : new RegExp(`^arn:aws:${service}:.*:+${type}/\\*$`).test(arn),
              ),
          );
        })
        .map((kind) => `${action} ${kind}`),
    ),
  );

  expect(unused).toEqual([]);
});
