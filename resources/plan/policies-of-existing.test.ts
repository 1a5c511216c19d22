import { sessionActions } from "../../modules/session-actions";
import { companionsOfBucket } from "../../test/companions-of-bucket";
import { textOf } from "../phrase";
import { alarmsOfPlan } from "./alarms";
import { readPlan } from "./plan";

const own = "210987654321";
const iam = (name: string, account = own) => `arn:aws:iam::${account}:${name}`;
const role = { name: "hosts", arn: iam("role/hosts"), assume_role_policy: "{}" };
const user = { name: "reports", arn: iam("user/reports") };

interface Written {
  readonly type: string;
  readonly before?: object | null;
  readonly after: object | null;
  readonly name?: string;
}

/** What is said of a plan for a role and a user that exist, or that it makes. */
function said(resources: readonly Written[], actions: "no-op" | "create" = "no-op"): string {
  const holders = [
    { type: "aws_iam_role", values: role },
    { type: "aws_iam_user", values: user },
    { type: "aws_s3_bucket", values: { bucket: "data", id: "data" } },
    ...(actions === "create" ? companionsOfBucket("data") : []).filter(
      (companion) => !resources.some(({ type }) => type === companion.type),
    ),
  ].map(({ type, values }) => ({
    address: `${type}.holder`,
    mode: "managed",
    type,
    change: { actions: [actions], before: actions === "create" ? null : values, after: values },
  }));
  const plan = {
    format_version: "1.2",
    resource_changes: [
      ...holders,
      ...resources.map(({ type, name = "one", before = null, after }) => ({
        address: `${type}.${name}`,
        mode: "managed",
        type,
        change: { actions: before === null ? ["create"] : ["update"], before, after },
      })),
    ],
    configuration: {
      provider_config: { aws: { expressions: { allowed_account_ids: { constant_value: [own] } } } },
      root_module: {},
    },
  };
  return alarmsOfPlan(readPlan(JSON.stringify(plan), "plan.json"))
    .map(({ category, ...alarm }) => `${category}: ${textOf(alarm)}`)
    .join("\n");
}

const policy = (...statements: object[]) => ({ policy: JSON.stringify({ Statement: statements }) });
const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const onRole = (...statements: object[]) => [
  { type: "aws_iam_role_policy", after: { role: "hosts", name: "x", ...policy(...statements) } },
];
const onUser = (...statements: object[]) => [
  { type: "aws_iam_user_policy", after: { user: "reports", name: "x", ...policy(...statements) } },
];
const attached = (...statements: object[]) => [
  { type: "aws_iam_policy", after: { name: "x", arn: iam("policy/x"), ...policy(...statements) } },
  { type: "aws_iam_role_policy_attachment", after: { role: "hosts", policy_arn: iam("policy/x") } },
];
const passed = (service: string) => ({ Condition: { StringEquals: { "iam:PassedToService": service } } });

describe("a new policy on a role or user that exists", () => {
  const widening: [unknown, string][] = [
    [["iam:PutRolePolicy", "iam:AttachRolePolicy"], iam("role/hosts")],
    ["iam:CreatePolicyVersion", iam("policy/birch-ci-boundary")],
    ["iam:CreateAccessKey", iam("user/edxapp")],
    ["iam:PassRole", iam("role/edxapp")],
    ["s3:*", "arn:aws:s3:::edxapp-prod/*"],
    ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:eu-west-1:${own}:secret:edxapp-*`],
    ["es:ESHttp*", "*"],
    ["rds:DeleteDBInstance", "*"],
    [["rds:ModifyDBInstance", "rds:RestoreDBInstanceFromDBSnapshot"], "*"],
    ["rds:ModifyDBSnapshotAttribute", "*"],
    [["ec2:CreateSnapshot", "ec2:ModifySnapshotAttribute"], "*"],
    ["ec2:RunInstances", "*"],
    ["ec2:TerminateInstances", "*"],
    ["dynamodb:Scan", "*"],
  ];

  it.each(widening)("has an alarm of %s on %s, as an existing policy that gains it has", (action, resource) => {
    const statement = allow(action, resource);

    for (const written of [onRole(statement), onUser(statement), attached(statement)]) {
      expect(said(written)).toContain("permission: ");
    }
  });

  it("has one of what is harmless too, for which an adoption has the client file's reason", () => {
    const harmless = allow("s3:GetObject", "arn:aws:s3:::data/*");

    expect(said(onRole(harmless))).toMatch(/^gain: allows more than before/);
    expect(said(attached(harmless))).toMatch(/^gain: attaches .*policy\/x to the role hosts, which exists/);
    expect(said(onRole(harmless), "create")).toBe("");
    expect(said(attached(harmless), "create")).toBe("");
  });

  it("has none but that of what stacks have there: clusters, metrics and EMR's role", () => {
    const statements = [
      allow(["elasticmapreduce:*", "ec2:DescribeInstances", "cloudwatch:PutMetricData"], "*"),
      allow("iam:PassRole", iam("role/hosts"), passed("elasticmapreduce.amazonaws.com")),
    ];

    expect(said(onRole(...statements))).not.toContain("permission");
    expect(said(attached(...statements))).not.toContain("permission");
  });

  it("has none of Session Manager's statement as stacks write it, and one of more than that", () => {
    expect(said(onRole(allow(sessionActions, "*")))).toBe("");
    expect(said(attached(allow(sessionActions, "*")))).toBe("");
    for (const more of [
      allow([...sessionActions, "ssm:GetParameter"], "*"),
      allow([...sessionActions.slice(1), "ssm:*"], "*"),
      allow(["ssmmessages:*", "ssm:UpdateInstanceInformation"], "*"),
      allow(sessionActions.slice(1), "*"),
      { Effect: "Allow", NotAction: sessionActions, Resource: "*" },
    ]) {
      expect(said(onRole(more))).toContain("permission: ");
    }
  });

  it("has one where it was on another role before", () => {
    const before = { role: "other", name: "x", ...policy(allow("s3:*", "*")) };

    const words = said([{ type: "aws_iam_role_policy", before, after: { ...before, role: "hosts" } }]);

    expect(words).toContain("allows all of s3:* on everything");
    expect(words).toContain("is destroyed, and with it this statement: allow s3:* on *");
  });
});

describe("a new policy", () => {
  it.each<[string, object]>([
    ["the role that has it", allow("iam:PutRolePolicy", iam("role/hosts"))],
    ["roles with a wildcard", allow("iam:PutRolePolicy", iam("role/edx*"))],
    ["a wildcard that a service gets", allow("iam:PassRole", iam("role/edx*"), passed("ec2.amazonaws.com"))],
    ["everything that a service gets", allow("iam:PassRole", "*", passed("ec2.amazonaws.com"))],
    ["a role that Lambda gets", allow("iam:PassRole", iam("role/admin"), passed("lambda.amazonaws.com"))],
    ["a role of another owner that a host gets", allow("iam:PassRole", iam("role/Admin"), passed("ec2.amazonaws.com"))],
    ["a role that some service gets", allow("iam:PassRole", iam("role/admin"), passed("*.amazonaws.com"))],
    ["a role of the same name elsewhere", allow("sts:AssumeRole", iam("role/hosts", "999999999999"))],
    ["a user with the name of a role", allow("sts:AssumeRole", iam("user/hosts"))],
    ["databases of everybody", allow("rds:DeleteDBInstance", "*")],
    ["what is known later", allow("s3:GetObject", "${terraform_data.x.output}")],
    [
      "a condition that is known later",
      allow("s3:*", "*", { Condition: { StringEquals: { "aws:ResourceTag/x": "${local.x}" } } }),
    ],
    ...["aws:SourceAccount", "aws:RequestTag/x", "ec2:CreateAction", "s3:prefix"].map((key): [string, object] => [
      `everything on the condition ${key}, which callers meet as they like`,
      allow(["iam:*", "ssm:*", "s3:*"], "*", { Condition: { StringEquals: { [key]: own } } }),
    ]),
  ])("on a new role has an alarm of %s", (_, statement) => {
    expect(said(onRole(statement), "create")).toContain("permission: ");
  });

  it("on a new role has none of a named role that EMR or EC2 gets, or of IAM's own variables", () => {
    const statement = allow("iam:PassRole", iam("role/EMR_DefaultRole"), passed("elasticmapreduce.amazonaws.com"));

    expect(said(onRole(statement, allow("s3:GetObject", "arn:aws:s3:::data/${aws:username}/*")), "create")).toBe("");
  });

  it("on a role or user of another owner has an alarm", () => {
    const harmless = policy(allow("s3:GetObject", "arn:aws:s3:::edxapp/*"));
    const elsewhere = (type: string, after: object) => said([...attached(), { type, name: "two", after }], "create");

    expect(elsewhere("aws_iam_role_policy", { role: "edxapp-web", ...harmless })).toBe(
      "gain: is a policy on the role edxapp-web, which the plan does not have",
    );
    expect(elsewhere("aws_iam_user_policy", { user: "edxapp", ...harmless })).toBe(
      "gain: is a policy on the user edxapp, which the plan does not have",
    );
    expect(elsewhere("aws_iam_role_policy_attachment", { role: "edxapp-web", policy_arn: iam("policy/x") })).toBe(
      "permission: is a policy on the role edxapp-web, which the plan does not have",
    );
  });
});

describe("a new role", () => {
  const trust = (AWS: unknown) =>
    said([
      {
        type: "aws_iam_role",
        after: {
          name: "x",
          assume_role_policy: JSON.stringify({
            Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS } }],
          }),
        },
      },
    ]);

  it.each([
    iam("role/edxapp-web"),
    iam("user/edxapp"),
    iam("root"),
    own,
    `arn:aws:sts::${own}:assumed-role/edxapp-web/i-1`,
    "AIDAJQABLZS4A3QDU576Q",
    "AROAJQABLZS4A3QDU576Q",
  ])("has an alarm where %s can assume it", (principal) => {
    expect(trust(principal)).toContain("can be assumed by");
  });

  it("has one of principals of a kind that IAM does not have", () => {
    const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { aws: iam("root", "999999999999") } };
    const after = { name: "x", assume_role_policy: JSON.stringify({ Statement: [statement] }) };

    expect(said([{ type: "aws_iam_role", after }])).toContain("lets in aws arn:aws:iam::999999999999:root");
  });

  it("has none where a role of the plan can", () => {
    expect(trust(iam("role/hosts"))).toBe("");
  });
});

describe("a new bucket's policy", () => {
  const http = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: "arn:aws:s3:::data/*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const lettingIn = (Principal: object, more: object = {}) =>
    said(
      [
        {
          type: "aws_s3_bucket_policy",
          after: { bucket: "data", ...policy(http, allow("s3:*", "arn:aws:s3:::data/*", { Principal, ...more })) },
        },
      ],
      "create",
    );
  const ofAccount = { Condition: { StringEquals: { "aws:SourceAccount": own } } };

  it("has an alarm of a service that calls for anybody, and of the whole account", () => {
    expect(lettingIn({ Service: "ec2.amazonaws.com" })).toContain("lets in the service ec2.amazonaws.com");
    expect(lettingIn({ Service: "es.amazonaws.com" }, ofAccount)).toBe("");
    expect(lettingIn({ AWS: iam("root") })).toContain("which is no role or user of the plan");
  });
});

describe("what is denied and was not", () => {
  const deny = (more: object = {}) => ({ Effect: "Deny", Action: "*", Resource: "*", ...more });
  const tls = deny({ Condition: { Bool: { "aws:SecureTransport": "false" } } });
  const before = allow("s3:GetObject", "arn:aws:s3:::data/*");
  const gained = (statement: object) => [
    ...["aws_iam_role_policy", "aws_s3_bucket_policy", "aws_iam_policy"].map((type) => ({
      type,
      before: policy(before),
      after: policy(before, statement),
    })),
    { type: "aws_iam_role", before: { x: policy(before).policy }, after: { x: policy(before, statement).policy } },
    {
      type: "aws_elasticsearch_domain",
      before: { access_policies: "" },
      after: { access_policies: policy(statement).policy },
    },
  ];

  it.each(gained(deny({ Principal: "*" })))("has an alarm of an existing $type", (change) => {
    expect(said([change])).toContain("access: denies what it did not: deny * on * to everybody");
  });

  it("has one of a new policy on a role, user or bucket that exists", () => {
    const bucket = { type: "aws_s3_bucket_policy", after: { bucket: "data", ...policy(deny({ Principal: "*" })) } };

    for (const written of [onRole(deny()), onUser(deny()), attached(deny())]) {
      expect(said(written)).toContain("access: denies what it did not");
      expect(said(written, "create")).toBe("");
    }
    expect(said([bucket])).toContain("access: denies what it did not");
  });

  it("has one of a new bucket, which nobody but the account's root can open again", () => {
    const first = (...statements: object[]) =>
      said([{ type: "aws_s3_bucket_policy", after: { bucket: "data", ...policy(...statements) } }], "create");
    const http = deny({ Principal: "*", Action: "s3:*", Condition: { Bool: { "aws:SecureTransport": "false" } } });

    expect(first(http, deny({ Principal: "*" }))).toBe("access: denies what it did not: deny * on * to everybody");
    expect(first(http, deny({ NotPrincipal: { AWS: iam("role/hosts") } }))).toContain("access: denies");
    expect(first(http)).toBe("");
  });

  it("has none of requests without TLS, and one of requests with it", () => {
    expect(
      gained(tls)
        .map((change) => said([change]))
        .join(""),
    ).toBe("");
    expect(said(onRole(deny({ Condition: { Bool: { "aws:SecureTransport": "true" } } })))).toContain("denies");
    expect(said(onRole(deny({ Condition: { StringNotEquals: { "aws:SecureTransport": "false" } } })))).toContain(
      "denies",
    );
  });
});
