import { github } from "../ci-stacks";
import { arn, call, iam, instance, type Question, s3, tagsOf } from "./question";

const withDatabases = { ci: { github: { ...github.github, databases: true } } };
const secretOf = (identifier: string) => ({
  "aws:ResourceTag/aws:rds:primaryDBInstanceArn": arn("rds", `db:${identifier}`),
});
const masterSecret = arn("secretsmanager", "secret:rds!db-0a1b2c3d-AbCdEf");
const role = iam("role/example-edxanalytics");

/** What is read, and what of the state is written. */
export const reads: readonly Question[] = [
  {
    what: "read settings of EC2 and RDS, and of the client's domain, buckets, roles and users",
    calls: [
      call("ec2:DescribeInstances", "*"),
      call("rds:DescribeDBInstances", arn("rds", "db:*")),
      call("es:DescribeElasticsearchDomain", arn("es", "domain/example-analytics-es")),
      call("s3:GetBucketPolicy", s3("example-edxanalytics")),
      call("iam:GetRole", role),
      call("iam:GetRolePolicy", role),
      call("iam:ListRolePolicies", role),
      call("ec2:DescribeSecurityGroupRules", "*"),
    ],
  },
  {
    what: "ask what policies and keys were added to the client's roles and users, as `drift` does",
    calls: [
      call("iam:ListAttachedRolePolicies", role),
      call("iam:ListAccessKeys", iam("user/example-analytics_elasticsearch")),
      call("iam:ListAttachedUserPolicies", iam("user/example-analytics_elasticsearch")),
      call("iam:ListUserPolicies", iam("user/example-analytics_elasticsearch")),
    ],
  },
  {
    what: "read the policies in any role of the account",
    calls: [call("iam:GetRole", iam("role/deploy")), call("iam:GetRolePolicy", iam("role/deploy"))],
  },
  {
    what: "read the user data of the client's hosts",
    calls: [call("ec2:DescribeInstanceAttribute", instance, tagsOf("example"))],
  },
  {
    what: "read the user data of other owners, launch templates among it",
    calls: [
      call("ec2:DescribeInstanceAttribute", instance, tagsOf("other")),
      call("ec2:DescribeInstanceAttribute", instance),
      call("ec2:DescribeLaunchTemplateVersions", "*"),
      call("ec2:GetPasswordData", instance, tagsOf("example")),
    ],
  },
  {
    what: "read the client's state",
    calls: [call("s3:GetObject", s3("example-terraform-state/example/example.tfstate"))],
  },
  {
    what: "read CI's own state, and those of other clients",
    calls: [
      call("s3:GetObject", s3("example-terraform-state/example/example-ci.tfstate")),
      call("s3:GetObject", s3("example-terraform-state/example-two/example-two.tfstate")),
      call("s3:GetObject", s3("example-terraform-state/plans/example-two/deploy/plan")),
    ],
  },
  {
    what: "read the passwords of MySQL users that the stack makes",
    calls: [call("ssm:GetParameter", arn("ssm", "parameter/edx-analytics/example/mysql/analytics"))],
  },
  {
    what: "read other parameters: Jenkins' key, e-mail, OAuth, Django's secrets, what the operator puts there, other clients'",
    calls: [
      call("ssm:GetParameter", arn("ssm", "parameter/edx-analytics/example/jenkins/private-key")),
      call("ssm:GetParametersByPath", arn("ssm", "parameter/edx-analytics/example")),
      call("ssm:GetParameter", arn("ssm", "parameter/edx-analytics/example/mysql/edxapp_admin")),
      call("ssm:GetParameter", arn("ssm", "parameter/edx-analytics/example-two/mysql/analytics")),
    ],
  },
  {
    what: "with `databases: true`, read the master password of the client's RDS",
    client: withDatabases,
    calls: [call("secretsmanager:GetSecretValue", masterSecret, secretOf("example-analytics"))],
  },
  {
    what: "read the master password of another RDS, edxapp's among them",
    client: withDatabases,
    calls: [
      call("secretsmanager:GetSecretValue", masterSecret, secretOf("edxapp")),
      call("secretsmanager:GetSecretValue", masterSecret),
    ],
  },
  {
    what: "take a lock",
    calls: [call("s3:PutObject", s3("example-terraform-state/example/example.tfstate.tflock"))],
  },
  {
    what: "keep a plan",
    calls: [call("s3:PutObject", s3("example-terraform-state/plans/example/deploy/plan"))],
  },
  {
    what: "write the client's state",
    calls: [call("s3:PutObject", s3("example-terraform-state/example/example.tfstate"))],
  },
];
