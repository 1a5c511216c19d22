import { call, iam, type Question } from "./question";

const boundary = { "iam:PermissionsBoundary": iam("policy/example-ci-boundary") };
const role = iam("role/example-edxanalytics");
const user = iam("user/example-analytics_elasticsearch");

/** Roles, users, and what limits them. */
export const rights: readonly Question[] = [
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
    what: "write a policy on an EMR role of another owner that has AWS's managed policy, where the boundary of the client or its shared stack limits that",
    client: { emr: { roles: { existing: true }, instancePolicy: "AmazonElasticMapReduceforEC2Role" } },
    calls: [call("iam:PutRolePolicy", iam("role/EMR_EC2_DefaultRole"), boundary)],
  },
  {
    what: "the same where nothing limits that role, and on edxapp's user",
    client: { emr: { roles: { existing: true }, instancePolicy: "AmazonElasticMapReduceforEC2Role" } },
    calls: [
      call("iam:PutRolePolicy", iam("role/EMR_EC2_DefaultRole")),
      call("iam:PutUserPolicy", iam("user/edxapp"), boundary),
    ],
  },
];
