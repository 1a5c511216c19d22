import { planOf } from "../test/plan-of";
import {
  allow,
  attachment,
  aws,
  host,
  iamPolicy,
  ofAccounts,
  policy,
  trust,
  update,
  verdicts,
} from "../test/plan-verdicts";

const created = (type: string, after: object) => planOf(type, ["create"], null, after);
const newPolicy = (...statements: object[]) => created("aws_iam_role_policy", policy(...statements));
const keyOf = (account: string) => `arn:aws:kms:eu-west-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const onCondition = (Condition: object) => newPolicy(allow("iam:*", "*", { Condition }));

describe("plan-summary and adopt --plan, on what a plan lets do", () => {
  it.each<[string, object, string]>([
    ...[
      { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:*" } },
      { Bool: { "aws:SecureTransport": "true" } },
      { DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } },
      { NotIpAddress: { "aws:SourceIp": "192.0.2.1/32" } },
      { StringNotEquals: { "iam:PermissionsBoundary": "x" } },
      { StringLike: { "iam:PermissionsBoundary": "*" } },
      { StringEqualsIfExists: { "iam:PermissionsBoundary": "x" } },
    ].map((condition): [string, object, string] => [
      JSON.stringify(condition),
      onCondition(condition),
      "may give itself other permissions",
    ]),
    ...[
      "service-role/AmazonElasticMapReduceforEC2Role",
      "AmazonS3ReadOnlyAccess",
      "service-role/AmazonEMRServicePolicy_v2",
    ].map((name): [string, object, string] => [
      name,
      created("aws_iam_role_policy_attachment", attachment(aws(name))),
      "attaches AWS's policy",
    ]),
    ["commands", newPolicy(allow("ssm:SendCommand", "*")), "may run code as others"],
    ...["lambda:InvokeFunction", "states:UpdateStateMachine", "codebuild:StartBuild", "acm:ExportCertificate"].map(
      (action): [string, object, string] => [action, newPolicy(allow(action, "*")), "may run code as others"],
    ),
    ...["route53:ChangeResourceRecordSets", "elasticloadbalancing:ModifyListener", "sns:Subscribe"].map(
      (action): [string, object, string] => [action, newPolicy(allow(action, "*")), "elsewhere"],
    ),
    ["secrets", newPolicy(allow("ssm:GetParameter*", "*")), "or read their secrets"],
    [
      "a key of another account",
      ofAccounts(
        newPolicy(allow(["kms:Decrypt", "kms:GenerateDataKey"], [keyOf("123456789012"), keyOf("999999999999")])),
        "123456789012",
      ),
      `may decrypt what is encrypted with ${keyOf("999999999999")}, of another account: allow kms:Decrypt, kms:GenerateDataKey on`,
    ],
    ["every key", newPolicy(allow("kms:Decrypt", "*")), "may decrypt what is encrypted with every KMS key: allow"],
    [
      "a key and secrets",
      newPolicy(allow(["kms:Decrypt", "ssm:GetParameter"], "*")),
      "may run code as others, or read their secrets",
    ],
    [
      "a key's policy",
      ofAccounts(newPolicy(allow(["kms:Decrypt", "kms:PutKeyPolicy"], keyOf("999999999999"))), "123456789012"),
      "may run code as others, or read their secrets",
    ],
    ["a named role", newPolicy(allow("iam:PassRole", "arn:aws:iam::123456789012:role/Admin")), "may act as"],
    ["s3:?*", newPolicy(allow("s3:?*", "*")), "allows all of s3:?*"],
    ["all verbs", newPolicy(allow(["s3:Get*", "s3:Put*", "s3:Delete*"], "*")), "allows all of s3:*"],
    ["all buckets", newPolicy(allow("s3:*", "arn:aws:s3:::?*")), "allows all of s3:*"],
    ["buckets with a letter", newPolicy(allow("s3:*", "arn:aws:s3:::*e*")), "allows all of s3:*"],
    [
      "the account",
      ofAccounts(created("aws_iam_role", trust({ Principal: { AWS: "123456789012" } })), "123456789012"),
      "can be assumed by",
    ],
    ["user data", host({ user_data: "a" }, { user_data: "b" }), "gets other user data"],
    ["a new host's profile", created("aws_instance", { iam_instance_profile: "x" }), "gets the instance profile x"],
    ["a profile's role", created("aws_iam_instance_profile", { role: "Admin" }), "gives hosts the role Admin"],
    ["a copy", created("aws_db_instance", { snapshot_identifier: "s" }), "is made of the data of another database"],
    ["a script", created("aws_s3_object", { content: "x" }), "gets a content of its own"],
    [
      "a domain in clear",
      update("aws_elasticsearch_domain", { encrypt_at_rest: [{ enabled: true }] }, { encrypt_at_rest: [] }),
      "is no longer encrypted",
    ],
    ["the guard", planOf("terraform_data", ["delete"], { input: "a" }, null), "no longer remembers"],
  ])("both have an alarm of %s", async (_, plan, alarm) => {
    const { summary, adoption } = await verdicts(plan);
    expect(summary).toEqual({ status: 2, text: expect.stringContaining(alarm) });
    expect(adoption).toEqual({ status: 1, text: expect.stringContaining(alarm) });
  });

  it("summary alone has one of a bucket more: an adoption has the client file's reason for it", async () => {
    const plan = iamPolicy(allow("s3:GetObject", "a"), allow("s3:GetObject", ["a", "b"]));
    const { summary, adoption } = await verdicts(plan);

    expect(summary).toEqual({ status: 2, text: expect.stringContaining("allows more than before") });
    expect(adoption.status).toBe(0);
  });
});
