import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { firstPlan } from "../../test/first-plan";
import { synthesizeClient } from "../../test/synth";
import { attributesOf, blocks, texts } from "../attributes";
import { textOf } from "../phrase";
import { alarmsOfPlan } from "../plan/alarms";
import { readPlan } from "../plan/plan";
import { ofStacks } from "./everywhere";

const account = "123456789012";

/** All that is said of a new policy on a new role, in a plan whose provider gives these tags. */
function said(statement: object, tags: object = { Client: "acme", Project: "edx-analytics" }): string {
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
    configuration: {
      provider_config: { aws: { expressions: { default_tags: [{ tags: { constant_value: tags } }] } } },
    },
  };
  return alarmsOfPlan(readPlan(JSON.stringify(plan), "plan.json"))
    .map((alarm) => textOf(alarm))
    .join("\n");
}

const ofClient = (name: string) => ({ StringEquals: { "aws:ResourceTag/Client": name } });
const ofShared = {
  StringEquals: { "aws:ResourceTag/Project": "edx-analytics" },
  Null: { "aws:ResourceTag/Client": "true" },
};

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

  it("has none on what has the tags of a shared stack, in that", () => {
    const statement = { Action: "ec2:StopInstances", Resource: "*", Condition: ofShared };

    expect(said(statement, { Project: "edx-analytics" })).toBe("");
  });

  it.each<[string, string[], string, object]>([
    ["another client's tag", ["ssm:SendCommand"], "*", ofClient("birch")],
    ["another client's or the own", ["ec2:*"], "*", { StringEquals: { "aws:ResourceTag/Client": ["acme", "birch"] } }],
    ["another tag", ["secretsmanager:GetSecretValue"], "*", { StringEquals: { "aws:ResourceTag/app": "edxapp" } }],
    ["the project's tag, which every client has", ["rds:*"], "*", ofShared],
    [
      "a tag that the service calls so",
      ["ssm:StartSession"],
      `arn:aws:ec2:us-west-2:${account}:instance/*`,
      { StringEquals: { "ssm:resourceTag/Environment": "production" } },
    ],
    ["a VPC", ["ec2:*"], "*", { ArnEquals: { "ec2:Vpc": `arn:aws:ec2:us-west-2:${account}:vpc/vpc-0bad` } }],
    [
      "AWS's policy, which is an administrator's",
      ["iam:AttachRolePolicy"],
      "*",
      { ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess" } },
    ],
    [
      "a boundary, which may leave everything",
      ["iam:CreateRole", "iam:PutRolePolicy"],
      "*",
      { StringEquals: { "iam:PermissionsBoundary": `arn:aws:iam::${account}:policy/open` } },
    ],
  ])("has one of everything on the condition of %s", (_, Action, Resource, Condition) => {
    expect(said({ Action, Resource, Condition })).toMatch(/everything|may (run code|give itself)/);
  });

  it.each([
    ["s3:*", "arn:aws:s3:::acme-edxapp*"],
    ["s3:GetObject", "arn:aws:s3:::a*"],
    ["s3:GetObject", "arn:aws:s3:::acme-?*/data"],
    ["s3:GetObject", "arn:aws:s3:::${aws:PrincipalTag/x, '*'}"],
    ["iam:TagUser", "arn:aws:iam::123456789012:user/${aws:username}"],
    ["ssm:GetParameter", "arn:aws:ssm:us-west-2:123456789012:parameter/edx-analytics/*"],
    ["ssm:GetParameter", "arn:aws:ssm:us-west-2:123456789012:parameter/edxapp/*"],
    ["ssm:GetParameter", "arn:aws:ssm:us-west-2:123456789012:parameter/edx-analytics/acme*"],
    ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-west-2:123456789012:secret:rds!db-*"],
    ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-west-2:123456789012:secret:rds!*"],
    ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-west-2:123456789012:secret:prod/*"],
    ["lambda:UpdateFunctionCode", "arn:aws:lambda:us-west-2:123456789012:function:prod-*"],
    ["sns:Publish", "arn:aws:sns:us-west-2:123456789012:acme-*"],
    ["logs:GetLogEvents", "arn:aws:logs:us-west-2:123456789012:log-group:/aws/lambda/*"],
    ["elasticloadbalancing:ModifyListener", "arn:aws:elasticloadbalancing:us-west-2:123456789012:listener/app/*"],
  ])("has one of %s on whatever has a name like %s", (Action, Resource) => {
    expect(said({ Action, Resource })).toContain(`allows for whatever is called ${Resource}, also of others`);
  });

  it.each([
    ["s3:GetObject", "arn:aws:s3:::acme-data/logs*"],
    ["s3:GetObject", "${aws_s3_bucket.data.arn}/*"],
    ["ssm:GetParameter", "arn:aws:ssm:us-west-2:123456789012:parameter/edx-analytics/acme/mysql/*"],
    ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-west-2:123456789012:secret:acme-mysql-??????"],
    ["es:ESHttpGet", "arn:aws:es:us-west-2:123456789012:domain/acme-es/*"],
    ["logs:PutLogEvents", "arn:aws:logs:us-west-2:123456789012:log-group:/aws/aes/domains/acme-analytics-es/*"],
    ["es:ListTags", "arn:aws:logs:us-west-2:123456789012:log-group:/aws/aes/domains/*/*"],
  ])("has none of %s on %s, which is below one name or harmless", (Action, Resource) => {
    expect(said({ Action, Resource })).toBe("");
  });

  it("has none of the secrets of a named database", () => {
    const Resource = `arn:aws:secretsmanager:us-west-2:${account}:secret:rds!*`;
    const database = `arn:aws:rds:us-west-2:${account}:db:acme`;
    const Condition = { StringEquals: { "aws:ResourceTag/aws:rds:primaryDBInstanceArn": database } };

    expect(said({ Action: "secretsmanager:GetSecretValue", Resource, Condition })).toBe("");
    expect(said({ Action: ["secretsmanager:CreateSecret", "secretsmanager:TagResource"], Resource })).toBe("");
  });
});

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
