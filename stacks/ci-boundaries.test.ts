import example from "../clients/example";
import type { ClientInput } from "../config/schema/client";
import { allowing, ci, github, policiesOf, shared } from "../test/ci-stacks";
import { inShared } from "../test/client-files";
import { type Call, callers, isAllowed } from "../test/iam";
import type { Template } from "../test/synth";

describe("what limits the apply role stays", () => {
  const { applyAsAdministrator } = callers(ci());
  const iam = (rest: string) => `arn:aws:iam::123456789012:${rest}`;

  it.each([
    ["iam:CreateUser", iam("user/mallory")],
    ["iam:PutRolePolicy", iam("role/example-edxanalytics")],
    ["iam:AttachRolePolicy", iam("role/example-ci-apply")],
    ["iam:DeleteRolePermissionsBoundary", iam("role/example-ci-apply")],
    ["iam:UpdateAssumeRolePolicy", iam("role/example-ci-plan")],
    ["iam:CreatePolicyVersion", iam("policy/example-ci-boundary")],
    ["iam:DeleteOpenIDConnectProvider", iam("oidc-provider/token.actions.githubusercontent.com")],
    ["sts:AssumeRole", iam("role/OrganizationAccountAccessRole")],
    ["organizations:LeaveOrganization", "*"],
    ["lambda:CreateFunction", "arn:aws:lambda:eu-west-1:123456789012:function:x"],
  ])("whatever is attached to it: no %s on %s", async (action, resource) => {
    expect(await isAllowed(applyAsAdministrator, { action, resource })).toBe(false);
  });
});

describe("what limits a client's roles", () => {
  const { made } = callers(ci());
  const ec2 = "arn:aws:ec2:eu-west-1:123456789012:";
  const iam = "arn:aws:iam::123456789012:role/";

  it.each<[string, string, Call["context"]]>([
    ["elasticmapreduce:RunJobFlow", "*", {}],
    ["elasticmapreduce:TerminateJobFlows", "arn:aws:elasticmapreduce:eu-west-1:123456789012:cluster/j-1", {}],
    ["iam:PassRole", `${iam}EMR_DefaultRole`, { "iam:PassedToService": "elasticmapreduce.amazonaws.com" }],
    ["iam:PassRole", `${iam}EMR_EC2_DefaultRole`, { "iam:PassedToService": "ec2.amazonaws.com" }],
    [
      "iam:CreateServiceLinkedRole",
      `${iam}aws-service-role/elasticmapreduce.amazonaws.com/AWSServiceRoleForEMRCleanup`,
      { "iam:AWSServiceName": "elasticmapreduce.amazonaws.com" },
    ],
    ["ec2:RunInstances", `${ec2}instance/i-0a1b2c3d`, {}],
    ["ec2:TerminateInstances", `${ec2}instance/i-0a1b2c3d`, {}],
    ["ec2:AuthorizeSecurityGroupIngress", `${ec2}security-group/sg-0a1b2c3d`, {}],
    ["ec2:CreateTags", `${ec2}instance/i-0a1b2c3d`, { "aws:TagKeys": ["Name"] }],
    ["ec2:DescribeInstances", "*", {}],
    ["rds:DescribeDBInstances", "arn:aws:rds:eu-west-1:123456789012:db:*", {}],
    ["route53:ListHostedZones", "*", {}],
    ["s3:ListBucket", "arn:aws:s3:::example-tracking-logs", {}],
    ["s3:GetObject", "arn:aws:s3:::example-tracking-logs/tracking.log.gz", {}],
    ["s3:PutObject", "arn:aws:s3:::example-analytics-emr/logs/j-1", {}],
    ["s3:ListMultipartUploadParts", "arn:aws:s3:::example-analytics-emr/logs/j-1", {}],
    ["s3:PutObject", "arn:aws:s3:::example-edxapp/grades-download/a.csv", {}],
    ["s3:GetObject", "arn:aws:s3:::eu-west-1.elasticmapreduce/libs/script-runner.jar", { "aws:ResourceAccount": "1" }],
    ["es:ESHttpPost", "arn:aws:es:eu-west-1:123456789012:domain/example-analytics-es/roster", {}],
    ["cloudwatch:PutMetricData", "*", {}],
  ])("lets them %s on %s", async (action, resource, context) => {
    expect(await isAllowed(made, { action, resource, context })).toBe(true);
  });
});

describe("in an account that clients share", () => {
  const client = { ...inShared, ci: github };
  const sharedBoundary = "shared-210987654321-eu-central-1-ci-boundary";
  const role = (name: string) => `arn:aws:iam::210987654321:role/${name}`;
  const put = (name: string, boundary?: string): Call => ({
    action: "iam:PutRolePolicy",
    resource: role(name),
    context:
      boundary === undefined ? {} : { "iam:PermissionsBoundary": `arn:aws:iam::210987654321:policy/${boundary}` },
  });

  it("a client makes a role of its own for EMR's instances within its boundary, and writes on no shared one", async () => {
    const { apply } = callers(ci(client));

    expect(await isAllowed(apply, put("example-EMR_EC2_DefaultRole", "example-ci-boundary"))).toBe(true);
    expect(await isAllowed(apply, put("example-EMR_EC2_DefaultRole"))).toBe(false);
    expect(await isAllowed(apply, put("EMR_EC2_DefaultRole", sharedBoundary))).toBe(false);
  });

  it("Jenkins passes that role on, and EMR too with service policy v2", async () => {
    const context = { "iam:PassedToService": "ec2.amazonaws.com" };
    const pass = (name: string): Call => ({ action: "iam:PassRole", resource: role(name), context });

    const { made } = callers(ci(client));

    expect(await isAllowed(made, pass("example-EMR_EC2_DefaultRole"))).toBe(true);
    expect(await isAllowed(made, pass("birch-EMR_EC2_DefaultRole"))).toBe(false);
    expect(await isAllowed(callers(shared()).made, pass("birch-EMR_EC2_DefaultRole"))).toBe(true);
  });

  it("a client writes its policy on EMR's role where the shared stack's boundary limits that, and not without", async () => {
    const { apply } = callers(ci({ ...client, emr: { instancePolicy: "AmazonElasticMapReduceforEC2Role" } }));

    expect(await isAllowed(apply, put("EMR_EC2_DefaultRole", sharedBoundary))).toBe(true);
    expect(await isAllowed(apply, put("EMR_EC2_DefaultRole"))).toBe(false);
    expect(await isAllowed(apply, put("EMR_DefaultRole", "example-ci-boundary"))).toBe(false);
  });

  it("the shared stack makes EMR's roles, and ends nothing of its clients'", async () => {
    const { apply } = callers(shared());
    const group = "arn:aws:ec2:eu-central-1:210987654321:security-group/sg-0a1b2c3d";
    const ended = (tags: Record<string, string>) =>
      isAllowed(apply, {
        action: "ec2:DeleteSecurityGroup",
        resource: group,
        context: {
          "aws:RequestedRegion": "eu-central-1",
          ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
        },
      });

    expect(await isAllowed(apply, put("EMR_DefaultRole", sharedBoundary))).toBe(true);
    expect(await ended({ Project: "edx-analytics" })).toBe(true);
    expect(await ended({ Project: "edx-analytics", Client: "birch" })).toBe(false);
    expect(allowing(policiesOf(shared(), "apply"), "ec2:RunInstances")).toEqual([]);
  });

  it("a director reads the passwords that the client file lets it read, and no other", async () => {
    const read = (template: Template, login: string) =>
      isAllowed(callers(template).made, {
        action: "ssm:GetParameter",
        resource: `arn:aws:ssm:eu-west-1:123456789012:parameter/edx-analytics/example/mysql/${login}`,
      });
    const reader = ci({ director: director({}) });

    expect(await Promise.all([read(reader, "migration"), read(reader, "edxapp_admin")])).toEqual([true, false]);
    expect(await read(ci(), "migration")).toBe(false);
  });

  it("EMR's role of the shared stack still reads EMR's own packages", async () => {
    const call = {
      action: "s3:GetObject",
      resource: "arn:aws:s3:::eu-central-1.elasticmapreduce/libs/script-runner.jar",
      context: { "aws:ResourceAccount": "1" },
    };

    expect(await isAllowed(callers(shared()).made, call)).toBe(true);
  });
});

function director(passwordReader: object): ClientInput["director"] {
  return { ...example.director, passwordReader } as ClientInput["director"];
}
