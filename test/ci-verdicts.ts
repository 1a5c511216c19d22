import example from "../clients/example";
import type { ClientInput } from "../config/schema/client";
import { ci, github } from "./ci-stacks";
import { type Call, callers, isAllowed } from "./iam";

/** What docs/ci.md says of CI's roles: a line of its table, and the calls that it is of. */
interface Question {
  /** What is done, in the words of the table. */
  readonly what: string;
  readonly calls: readonly Call[];
  /**
   * Fields of the client file that it depends on.
   * @default - none
   */
  readonly client?: Partial<ClientInput>;
}

const account = "123456789012";
const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:${account}:${rest}`;
const iam = (rest: string) => `arn:aws:iam::${account}:${rest}`;
const s3 = (rest: string) => `arn:aws:s3:::${rest}`;
const call = (action: string, resource: string, context?: Call["context"]): Call => ({ action, resource, context });
const client = (name: string) => ({ "aws:ResourceTag/Client": name, "aws:ResourceTag/Project": "edx-analytics" });
const boundary = { "iam:PermissionsBoundary": iam("policy/example-ci-boundary") };
const instance = arn("ec2", "instance/i-0a1b2c3d4e5f60718");
const group = arn("ec2", "security-group/sg-0a1b2c3d4e5f60718");
const role = iam("role/example-edxanalytics");
const user = iam("user/example-analytics_elasticsearch");
const { edxapp } = example;
const edxappDatabase = { ...edxapp.database, access: "group-rules" as const, identifier: "edxapp" };
const grades = (access: "merge-policy" | "new-policy" | "print"): Partial<ClientInput> => ({
  edxapp: { ...edxapp, gradesBucket: { name: "example-edxapp", access } },
});
const withDatabases = { ci: { github: { ...github.github, databases: true } } };
const secretOf = (identifier: string) => ({
  "aws:ResourceTag/aws:rds:primaryDBInstanceArn": arn("rds", `db:${identifier}`),
});
const masterSecret = arn("secretsmanager", "secret:rds!db-0a1b2c3d-AbCdEf");

export const questions: readonly Question[] = [
  {
    what: "read settings of EC2 and RDS, and of the client's domain, buckets, roles and users",
    calls: [
      call("ec2:DescribeInstances", "*"),
      call("rds:DescribeDBInstances", arn("rds", "db:*")),
      call("es:DescribeElasticsearchDomain", arn("es", "domain/example-analytics-es")),
      call("s3:GetBucketPolicy", s3("example-edxanalytics")),
      call("iam:GetRole", role),
      call("iam:GetRolePolicy", role),
    ],
  },
  {
    what: "read the user data of the client's hosts",
    calls: [call("ec2:DescribeInstanceAttribute", instance, client("example"))],
  },
  {
    what: "read the user data of others, launch templates among it",
    calls: [
      call("ec2:DescribeInstanceAttribute", instance, client("other")),
      call("ec2:DescribeInstanceAttribute", instance),
      call("ec2:DescribeLaunchTemplateVersions", "*"),
      call("ec2:GetPasswordData", instance, client("example")),
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
  {
    what: "start hosts, make security groups and their rules",
    calls: [
      call("ec2:RunInstances", instance),
      call("ec2:CreateSecurityGroup", group),
      call("ec2:AuthorizeSecurityGroupIngress", group, client("example")),
    ],
  },
  {
    what: "change and end the client's hosts and groups, which AWS knows by the tag `Client`",
    calls: [
      call("ec2:TerminateInstances", instance, client("example")),
      call("ec2:ModifyInstanceAttribute", instance, client("example")),
      call("ec2:DeleteSecurityGroup", group, client("example")),
    ],
  },
  {
    what: "end another owner's hosts, another client's among them",
    calls: [call("ec2:TerminateInstances", instance, client("other")), call("ec2:TerminateInstances", instance)],
  },
  {
    what: 'the same with `emr.servicePolicy: "v2"`',
    client: { emr: { servicePolicy: "v2" } },
    calls: [call("ec2:TerminateInstances", instance, client("other")), call("ec2:TerminateInstances", instance)],
  },
  {
    what: "stop other owners' hosts, take their addresses, change their routes",
    calls: [
      call("ec2:StopInstances", instance, client("other")),
      call("ec2:ReleaseAddress", arn("ec2", "elastic-ip/eipalloc-0a1b2c3d"), client("other")),
      call("ec2:AssociateAddress", arn("ec2", "elastic-ip/eipalloc-0a1b2c3d"), client("other")),
      call("ec2:CreateRoute", arn("ec2", "route-table/rtb-0a1b2c3d")),
    ],
  },
  {
    what: "change rules of any security group, where only AWS knows the group of the edxapp RDS",
    client: { edxapp: { ...edxapp, database: edxappDatabase } },
    calls: [call("ec2:AuthorizeSecurityGroupIngress", group)],
  },
  {
    what: 'the same where `edxapp.database.ruleSecurityGroupId` names it, and `emr.servicePolicy` is "v2"',
    client: {
      emr: { servicePolicy: "v2" },
      edxapp: { ...edxapp, database: { ...edxappDatabase, ruleSecurityGroupId: "sg-0123456789abcdef0" } },
    },
    calls: [
      call("ec2:AuthorizeSecurityGroupIngress", group),
      call("ec2:RevokeSecurityGroupIngress", group, client("other")),
    ],
  },
  {
    what: "give a host of another owner the client's tags",
    calls: [
      call("ec2:CreateTags", instance, { "aws:TagKeys": ["Client", "Project"] }),
      call("ec2:CreateTags", instance, { ...client("other"), "aws:TagKeys": ["Client"] }),
      call("ec2:CreateTags", arn("ec2", "subnet/subnet-0a1b2c3d"), { "aws:TagKeys": ["Client"] }),
    ],
  },
  {
    what: "change the size of any volume, and the groups and disks that a host has",
    calls: [call("ec2:ModifyVolume", arn("ec2", "volume/vol-0a1b2c3d"))],
  },
  {
    what: "make, change and delete the client's RDS instances",
    calls: [
      call("rds:CreateDBInstance", arn("rds", "db:example-analytics")),
      call("rds:ModifyDBInstance", arn("rds", "db:example-analytics")),
      call("rds:DeleteDBInstance", arn("rds", "db:example-analytics")),
      call("rds:CreateDBParameterGroup", arn("rds", "pg:example-analytics-mysql8-0")),
    ],
  },
  {
    what: "the same with any other RDS, edxapp's and such as begin like the client's among them",
    calls: ["edxapp", "example-analytics-edxapp", "example-analytics-2", "example-two-analytics"].flatMap((name) => [
      call("rds:DeleteDBInstance", arn("rds", `db:${name}`)),
      call("rds:ModifyDBInstance", arn("rds", `db:${name}`)),
      call("rds:AddTagsToResource", arn("rds", `db:${name}`)),
    ]),
  },
  {
    what: "make, change and delete the client's Elasticsearch domain",
    calls: [
      call("es:CreateElasticsearchDomain", arn("es", "domain/example-analytics-es")),
      call("es:DeleteElasticsearchDomain", arn("es", "domain/example-analytics-es")),
    ],
  },
  {
    what: "the same with another domain",
    calls: [call("es:DeleteElasticsearchDomain", arn("es", "domain/example-analytics-es2"))],
  },
  {
    what: "change settings of the client's buckets, rules by which objects expire and the policy among them",
    calls: [
      call("s3:PutLifecycleConfiguration", s3("example-edxanalytics")),
      call("s3:PutBucketVersioning", s3("example-edxanalytics")),
      call("s3:PutBucketPolicy", s3("example-edxanalytics")),
    ],
  },
  {
    what: "read, write and delete objects of the client's buckets, which are versioned",
    calls: [
      call("s3:GetObject", s3("example-edxanalytics/data")),
      call("s3:PutObject", s3("example-edxanalytics/data")),
      call("s3:DeleteObject", s3("example-edxanalytics/data")),
    ],
  },
  {
    what: "delete the client's buckets and versions of objects, replicate them elsewhere, let others in by ACLs",
    calls: [
      call("s3:DeleteBucket", s3("example-edxanalytics")),
      call("s3:DeleteObjectVersion", s3("example-edxanalytics/data")),
      call("s3:PutReplicationConfiguration", s3("example-edxanalytics")),
      call("s3:PutBucketAcl", s3("example-edxanalytics")),
    ],
  },
  {
    what: 'with `gradesBucket.access` "new-policy" or "merge-policy", write any policy of edxapp\'s bucket',
    client: grades("merge-policy"),
    calls: [call("s3:PutBucketPolicy", s3("example-edxapp"))],
  },
  {
    what: 'with "merge-policy", delete that policy; with "print", write it',
    client: grades("print"),
    calls: [call("s3:PutBucketPolicy", s3("example-edxapp")), call("s3:DeleteBucketPolicy", s3("example-edxapp"))],
  },
  {
    what: "change other settings of edxapp's bucket, read its objects besides `grades-download/`",
    client: grades("new-policy"),
    calls: [
      call("s3:PutLifecycleConfiguration", s3("example-edxapp")),
      call("s3:GetObject", s3("example-edxapp/private")),
      call("s3:PutObject", s3("example-edxapp/private")),
    ],
  },
  {
    what: "read or write objects of other buckets in the account; settings of the state's bucket",
    calls: [
      call("s3:GetObject", s3("example-two-edxanalytics/data")),
      call("s3:PutObject", s3("example-two-edxanalytics/data")),
      call("s3:PutBucketPolicy", s3("example-terraform-state")),
      call("s3:PutLifecycleConfiguration", s3("example-terraform-state")),
      call("s3:DeleteObjectVersion", s3("example-terraform-state/example/example.tfstate")),
    ],
  },
  {
    what: "make and change the client's roles and users, as long as the permissions boundary limits them",
    calls: [
      ...["iam:CreateRole", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:PutRolePermissionsBoundary"].map(
        (action) => call(action, role, boundary),
      ),
      call("iam:PutUserPolicy", user, boundary),
      call("iam:CreateAccessKey", user),
      call("iam:AttachRolePolicy", role, {
        ...boundary,
        "iam:PolicyARN": iam("policy/example-provision_emr_clusters"),
      }),
    ],
  },
  {
    what: "the same without the boundary, or with another one",
    calls: ["iam:CreateRole", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:PutRolePermissionsBoundary"]
      .flatMap((action) => [
        call(action, role),
        call(action, role, { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" }),
      ])
      .concat(call("iam:PutUserPolicy", user), call("iam:CreateUser", user)),
  },
  {
    what: "take the boundary away",
    calls: [
      call("iam:DeleteRolePermissionsBoundary", role, boundary),
      call("iam:DeleteUserPermissionsBoundary", user, boundary),
    ],
  },
  {
    what: "attach other policies to the client's roles, such as AdministratorAccess",
    calls: [
      call("iam:AttachRolePolicy", role, {
        ...boundary,
        "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
    ],
  },
  {
    what: "change CI's own roles, their policies, the boundaries and the identity provider",
    calls: [
      ...["example-ci-apply", "example-ci-plan"].flatMap((name) =>
        ["iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:DeleteRole"].map((action) =>
          call(action, iam(`role/${name}`), boundary),
        ),
      ),
      call("iam:DeleteRolePermissionsBoundary", iam("role/example-ci-apply")),
      ...["example-ci-boundary", "example-ci-apply-boundary", "example-ci-iam"].map((name) =>
        call("iam:CreatePolicyVersion", iam(`policy/${name}`)),
      ),
      call("iam:DeleteOpenIDConnectProvider", iam("oidc-provider/token.actions.githubusercontent.com")),
      call("iam:UpdateOpenIDConnectProviderThumbprint", iam("oidc-provider/token.actions.githubusercontent.com")),
    ],
  },
  {
    what: "change other roles and users of the account, make access keys for them, assume or pass such roles",
    calls: [
      call("iam:PutRolePolicy", iam("role/deploy"), boundary),
      call("iam:UpdateAssumeRolePolicy", iam("role/example-two-edxanalytics"), boundary),
      call("iam:PutUserPolicy", iam("user/edxapp"), boundary),
      call("iam:CreateAccessKey", iam("user/edxapp")),
      call("iam:CreateUser", iam("user/administrator"), boundary),
      call("iam:PassRole", iam("role/deploy"), { "iam:PassedToService": "ec2.amazonaws.com" }),
      call("sts:AssumeRole", iam("role/deploy")),
    ],
  },
  {
    what: "write a policy on an EMR role of another owner, where the boundary of the client or its shared stack limits that",
    client: { emr: { roles: { existing: true } } },
    calls: [call("iam:PutRolePolicy", iam("role/EMR_EC2_DefaultRole"), boundary)],
  },
  {
    what: "the same where nothing limits that role, and on edxapp's user",
    client: { emr: { roles: { existing: true } } },
    calls: [
      call("iam:PutRolePolicy", iam("role/EMR_EC2_DefaultRole")),
      call("iam:PutUserPolicy", iam("user/edxapp"), boundary),
    ],
  },
];

const columns = ["plan", "apply", "made"] as const;

/**
 * The lines of the table: yes where every call is allowed, no where none is.
 * @throws where IAM allows some of a question's calls
 */
export async function verdicts(): Promise<string[]> {
  return Promise.all(
    questions.map(async ({ what, calls, client: fields = {} }) => {
      const all = callers(ci(fields));
      const answers = await Promise.all(
        columns.map(async (column) => {
          const allowed = await Promise.all(calls.map((each) => isAllowed(all[column], each)));
          if (new Set(allowed).size > 1) {
            const list = calls.map(({ action, resource }, index) => `${action} on ${resource}: ${allowed[index]}`);
            throw new Error(`${what}, by ${column}:\n${list.join("\n")}`);
          }
          return allowed[0] ? "yes" : "no";
        }),
      );
      return `| ${what} | ${answers.join(" | ")} |`;
    }),
  );
}
