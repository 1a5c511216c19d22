import { planOf } from "../test/plan-of";
import {
  allow,
  bothHave,
  bucketPolicy,
  domainPolicy,
  everybody,
  externalPrincipal,
  ofAccounts,
  policy,
  role,
  service,
  subject,
  together,
  tokens,
  trust,
  update,
} from "../test/plan-verdicts";

describe("plan-summary and adopt --plan, on whom a policy lets in", () => {
  it.each<[string, object, string, number?]>([
    [
      "another service in a trust",
      role(trust(service("ec2.amazonaws.com")), trust(service("ec2.amazonaws.com"), service("lambda.amazonaws.com"))),
      "can be assumed by lambda.amazonaws.com too",
    ],
    [
      "tokens in a trust",
      role(
        trust(service("ec2.amazonaws.com")),
        trust(service("ec2.amazonaws.com"), tokens({ StringEquals: { [subject]: "repo:acme/x:environment:y" } })),
      ),
      "can be assumed by arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com too",
    ],
    [
      "tokens of a subject with a wildcard",
      planOf("aws_iam_role", ["create"], null, trust(tokens({ StringLike: { [subject]: "repo:acme/*" } }))),
      "can be assumed with tokens of each subject like repo:acme/*",
    ],
    [
      "tokens of anybody's repository",
      planOf("aws_iam_role", ["create"], null, trust(tokens({ StringEquals: { "x:aud": "sts.amazonaws.com" } }))),
      "can be assumed with tokens of any subject",
    ],
    [
      "another account in a new trust",
      planOf("aws_iam_role", ["create"], null, trust(externalPrincipal)),
      "lets in arn:aws:iam::999999999999:root, which is not of this account",
    ],
    [
      "a trust that loses its condition",
      role(
        trust({
          ...service("ec2.amazonaws.com"),
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        }),
        trust(service("ec2.amazonaws.com")),
      ),
      "can be assumed on other conditions than before",
    ],
    [
      "another account in a bucket's policy",
      bucketPolicy(allow("s3:GetObject", "arn:aws:s3:::data/*", externalPrincipal)),
      "lets in arn:aws:iam::999999999999:root, which is not of this account: allow s3:GetObject",
    ],
    [
      "another account, which the provider allows as well",
      ofAccounts(
        planOf(
          "aws_s3_bucket_policy",
          ["update"],
          { ...policy(), arn: "arn:aws:iam::123456789012:x" },
          policy(allow("s3:GetObject", "arn:aws:s3:::data/*", externalPrincipal)),
        ),
        "123456789012",
        "999999999999",
      ),
      "lets in arn:aws:iam::999999999999:root",
      2,
    ],
    [
      "another account, which a resource that stays is of",
      ofAccounts(
        together(
          update(
            "aws_sqs_queue",
            { arn: "arn:aws:sns:eu-west-1:999999999999:t" },
            { arn: "arn:aws:sns:eu-west-1:999999999999:t" },
          ),
          update(
            "aws_iam_role",
            { arn: "arn:aws:iam::123456789012:role/x" },
            { arn: "arn:aws:iam::123456789012:role/x" },
          ),
          planOf("aws_iam_role", ["create"], null, trust(externalPrincipal)),
        ),
        "123456789012",
      ),
      "lets in arn:aws:iam::999999999999:root",
      2,
    ],
    [
      "another account in a domain's policy",
      update("aws_elasticsearch_domain", domainPolicy(), domainPolicy(allow("es:*", "*", externalPrincipal))),
      "lets in arn:aws:iam::999999999999:root",
    ],
    [
      "everybody by a condition that narrows nothing",
      bucketPolicy({ ...everybody, Condition: { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:*" } } }),
      "opens to the world: s3:GetObject to everybody, by its policy",
    ],
    ...(
      [
        ["aws:PrincipalArn", "arn:aws:iam::999999999999:role/*", "arn:aws:iam::999999999999:role/*"],
        ["aws:PrincipalAccount", "999999999999", "999999999999"],
        ["aws:PrincipalOrgID", "o-evil", "the organization o-evil"],
        ["aws:SourceIp", "203.0.113.7/32", "whoever calls from 203.0.113.7/32"],
      ] as const
    ).map(([key, value, who]): [string, object, string] => [
      `external principals by the condition ${key}`,
      bucketPolicy({ ...everybody, Condition: { StringLike: { [key]: value } } }),
      `lets in ${who}, which is not of this account: allow s3:GetObject`,
    ]),
    ...(
      [
        ["aws:PrincipalOrgID", "o-*"],
        ["aws:SourceVpc", "vpc-*"],
        ["aws:userid", "A*"],
      ] as const
    ).map(([key, value]): [string, object, string] => [
      `everybody by ${key} like ${value}`,
      bucketPolicy({ ...everybody, Condition: { StringLike: { [key]: value } } }),
      "opens to the world: s3:GetObject to everybody, by its policy",
    ]),
    [
      "a service for another account",
      bucketPolicy(
        allow("s3:PutObject", "arn:aws:s3:::data/*", {
          ...service("logging.s3.amazonaws.com"),
          Condition: { StringEquals: { "aws:SourceAccount": "999999999999" } },
        }),
      ),
      "lets in 999999999999, which is not of this account: allow s3:PutObject",
    ],
    [
      "another account's identity provider",
      ofAccounts(
        planOf(
          "aws_iam_role",
          ["create"],
          null,
          trust({
            Principal: { Federated: "arn:aws:iam::999999999999:saml-provider/x" },
            Action: "sts:AssumeRoleWithSAML",
          }),
        ),
        "123456789012",
      ),
      "lets in arn:aws:iam::999999999999:saml-provider/x, which is not of this account",
    ],
    [
      "everybody but somebody",
      bucketPolicy({ Effect: "Allow", NotPrincipal: { AWS: "arn:aws:iam::1:root" }, Action: "s3:*", Resource: "*" }),
      "opens to the world: s3:* to everybody",
    ],
  ])("both have an alarm of %s", async (_, plan, alarm, alarms = 1) => {
    await bothHave(plan, alarm, alarms);
  });
});
