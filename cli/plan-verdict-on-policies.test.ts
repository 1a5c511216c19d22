import { planOf } from "../test/plan-of";
import {
  allow,
  attachment,
  aws,
  bothHave,
  everybody,
  iamPolicy,
  pending,
  policy,
  role,
  secure,
  service,
  tlsOnly,
  update,
} from "../test/plan-verdicts";

const pendingInside = { after_unknown: { inline_policy: [{ policy: true }] } };

describe("plan-summary and adopt --plan, on policies", () => {
  it.each<[string, object, string, number?]>([
    [
      "AWS's administrator policy, attached to a role",
      planOf("aws_iam_role_policy_attachment", ["create"], null, attachment(aws("AdministratorAccess"))),
      "attaches AWS's policy AdministratorAccess",
    ],
    [
      "AWS's administrator policy in the place of another one",
      planOf(
        "aws_iam_user_policy_attachment",
        ["delete", "create"],
        { user: "reports", policy_arn: aws("job-function/Billing") },
        { user: "reports", policy_arn: aws("PowerUserAccess") },
      ),
      "attaches AWS's policy PowerUserAccess",
      3,
    ],
    [
      "all of IAM, attached to a group",
      planOf("aws_iam_group_policy_attachment", ["create"], null, { group: "all", policy_arn: aws("IAMFullAccess") }),
      "attaches AWS's policy IAMFullAccess",
      3,
    ],
    [
      "an administrator in a list of a role",
      role({ managed_policy_arns: [] }, { managed_policy_arns: [aws("job-function/SystemAdministrator")] }),
      "attaches AWS's policy SystemAdministrator",
    ],
    [
      "a policy with every action",
      iamPolicy(allow("s3:GetObject"), allow(["s3:GetObject", "*"])),
      "allows every action on some resources: allow *",
    ],
    [
      "a policy with all of a service",
      iamPolicy(allow("s3:GetObject"), allow("S3:*")),
      "allows s3:* now: allow S3:* on arn:aws:s3:::data/*",
    ],
    [
      "a policy on every resource",
      iamPolicy(allow("s3:GetObject"), allow("s3:GetObject", ["arn:aws:s3:::data/*", "*"])),
      "allows * now: allow s3:GetObject on *",
    ],
    [
      "another action on every resource",
      update(
        "aws_iam_policy",
        policy(allow("ec2:Describe*", "*")),
        policy(allow("ec2:Describe*", "*"), allow("secretsmanager:GetSecretValue", "*")),
      ),
      "allows * now: allow secretsmanager:GetSecretValue on *",
    ],
    [
      "a wider action on every resource",
      iamPolicy(allow("s3:Get*", "*"), allow("s3:*Object*", "*")),
      "allows * now: allow s3:*Object* on *",
    ],
    [
      "a condition that goes",
      iamPolicy(
        allow("sqs:SendMessage", "q", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }),
        allow("sqs:SendMessage", "q"),
      ),
      "allows on other conditions than before: allow sqs:SendMessage on q",
    ],
    [
      "a role that may be passed to any service",
      iamPolicy(
        allow("iam:PassRole", "*", { Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } } }),
        allow("iam:PassRole", "*"),
      ),
      "may give itself other permissions: allow iam:PassRole on *",
    ],
    [
      "another role that may be passed",
      iamPolicy(
        allow("iam:PassRole", "arn:aws:iam::123456789012:role/hosts"),
        allow("iam:PassRole", ["arn:aws:iam::123456789012:role/hosts", "arn:aws:iam::123456789012:role/Admin"]),
      ),
      "may give itself other permissions: allow iam:PassRole on arn:aws:iam::123456789012:role/Admin",
    ],
    [
      "a new policy to pass any role",
      planOf("aws_iam_policy", ["create"], null, policy(allow(["iam:PassRole", "ec2:RunInstances"], "*"))),
      "may give itself other permissions: allow iam:PassRole, ec2:RunInstances on *",
    ],
    [
      "a boundary that may be removed",
      iamPolicy(allow("sqs:*", "q"), allow(["sqs:*", "iam:DeleteRolePermissionsBoundary"], "q")),
      "may give itself other permissions",
    ],
    [
      "a policy of all but some actions",
      iamPolicy(allow("s3:GetObject"), { Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
      "allows all but what it names: allow all but iam:* on *",
    ],
    [
      "a policy to give oneself others",
      update("aws_iam_role_policy", policy(allow("s3:Get*")), policy(allow("s3:Get*"), allow("iam:Put*", "*"))),
      "may give itself other permissions: allow iam:Put* on *",
    ],
    [
      "a new policy of an administrator",
      planOf("aws_iam_role_policy", ["create"], null, policy(allow("*", "*"))),
      "allows every action on everything: allow * on *",
    ],
    [
      "a new policy of all of a service everywhere",
      planOf("aws_iam_user_policy", ["create"], null, policy(allow("s3:*", "*"))),
      "allows all of s3:* on everything",
    ],
    [
      "a policy inside a role",
      role({ inline_policy: [] }, { inline_policy: [{ name: "x", ...policy(allow("*", "*")) }] }),
      "allows every action on everything",
    ],
    [
      "a statement less in a role's policy",
      update("aws_iam_role_policy", policy(allow("s3:GetObject"), allow("sqs:*", "q")), policy(allow("s3:GetObject"))),
      "loses this statement: allow sqs:* on q",
    ],
    [
      "a key for everybody",
      update(
        "aws_kms_key",
        policy(),
        policy({ Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" }),
      ),
      "opens to the world: kms:Decrypt to everybody",
      2,
    ],
    [
      "logs that another service writes no more",
      update(
        "aws_cloudwatch_log_resource_policy",
        { policy_document: policy({ ...service("es.amazonaws.com"), ...allow("logs:Put*", "*") }).policy },
        { policy_document: policy().policy },
      ),
      "loses this statement: allow logs:Put* on * to es.amazonaws.com",
    ],
    [
      "a refusal that is taken back",
      update("aws_s3_bucket_policy", policy(secure, { ...everybody, Effect: "Deny" }), policy(secure)),
      "no longer denies what it did: deny s3:GetObject on * to everybody",
    ],
    [
      "HTTP to a bucket",
      update("aws_s3_bucket_policy", policy(secure), policy()),
      "accepts HTTP again: it loses TlsOnly: deny s3:* on * to everybody, if aws:SecureTransport is false",
    ],
    [
      "HTTP to a bucket, by a policy that is destroyed",
      planOf("aws_s3_bucket_policy", ["delete"], policy(secure), null),
      "accepts HTTP again",
    ],
    [
      "a policy that is destroyed",
      planOf("aws_iam_policy", ["delete"], { id: "p", ...policy(allow("sqs:*", "q")) }, null),
      "is destroyed, and with it this statement: allow sqs:* on q",
    ],
    [
      "a policy that is not known yet",
      planOf("aws_s3_bucket_policy", ["update"], policy(tlsOnly), {}, pending("policy")),
      "has a policy that is known after the apply alone: policy",
    ],
    [
      "a new policy that is not known yet",
      planOf("aws_iam_role", ["create"], null, {}, pending("assume_role_policy")),
      "has a policy that is known after the apply alone: assume_role_policy",
    ],
    [
      "a new policy inside a role that is not known yet",
      planOf("aws_iam_role", ["create"], null, { inline_policy: [{ name: "x" }] }, pendingInside),
      "has a policy that is known after the apply alone: inline_policy[0].policy",
    ],
    [
      "a policy inside a role that is not known yet",
      planOf(
        "aws_iam_role",
        ["update"],
        { inline_policy: [{ name: "x", ...policy(allow("sqs:*", "q")) }] },
        { inline_policy: [{ name: "x" }] },
        pendingInside,
      ),
      "has a policy that is known after the apply alone: inline_policy[0].policy",
    ],
    [
      "policies inside a role that is not known yet",
      planOf(
        "aws_iam_role",
        ["update"],
        { inline_policy: [{ name: "x", ...policy(allow("sqs:*", "q")) }] },
        {},
        pending("inline_policy"),
      ),
      "has a policy that is known after the apply alone: inline_policy",
    ],
    [
      "a role without its boundary",
      role({ permissions_boundary: "arn:aws:iam::123456789012:policy/ci" }, { permissions_boundary: null }),
      "loses its permissions boundary arn:aws:iam::123456789012:policy/ci",
    ],
    [
      "a user without its boundary",
      update("aws_iam_user", { permissions_boundary: "arn:aws:iam::123456789012:policy/ci" }, {}),
      "loses its permissions boundary arn:aws:iam::123456789012:policy/ci",
    ],
    [
      "a user with AWS's administrator policy as its boundary",
      update(
        "aws_iam_user",
        { permissions_boundary: "arn:aws:iam::123456789012:policy/ci" },
        { permissions_boundary: aws("AdministratorAccess") },
      ),
      "gets another permissions boundary: arn:aws:iam::aws:policy/AdministratorAccess in the place of arn:aws:iam::123456789012:policy/ci",
    ],
  ])("both have an alarm of %s", async (_, plan, alarm, alarms = 1) => {
    await bothHave(plan, alarm, alarms);
  });
});
