import { DescribeSecurityGroupRulesCommand } from "@aws-sdk/client-ec2";
import {
  GetLoginProfileCommand,
  ListAccessKeysCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupsForUserCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
} from "@aws-sdk/client-iam";
import { clientOf } from "../test/client-files";
import { fakeTerminal } from "../test/fake-terminal";
import { ec2, failing, iam, readyAccount, withState } from "../test/ready-account";
import type { CommandError } from "./command-error";
import { drift } from "./drift";

const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const held = {
  "aws_security_group.director": { id: "sg-1", name: "director" },
  "aws_vpc_security_group_ingress_rule.director_ssh": { id: "sgr-1" },
  "aws_iam_user.reports": { id: "reports", name: "reports" },
  "aws_iam_access_key.reports": { id: "AKIA1", user: "reports" },
  "aws_iam_user_policy.reports": { id: "reports:own", user: "reports" },
  "aws_iam_role.hosts": { id: "hosts", name: "hosts" },
  // An id of Terraform's own making.
  "aws_iam_role_policy_attachment.hosts": { id: "hosts-2026", role: "hosts", policy_arn: readOnly },
};

beforeEach(() => {
  readyAccount();
  withState(held);
  ec2.on(DescribeSecurityGroupRulesCommand).resolves({ SecurityGroupRules: [{ SecurityGroupRuleId: "sgr-1" }] });
  iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [{ AccessKeyId: "AKIA1", Status: "Active" }] });
  iam.on(ListAttachedUserPoliciesCommand).resolves({ AttachedPolicies: [] });
  iam.on(ListUserPoliciesCommand).resolves({ PolicyNames: ["own"] });
  iam
    .on(ListAttachedRolePoliciesCommand)
    .resolves({ AttachedPolicies: [{ PolicyArn: readOnly, PolicyName: "ReadOnlyAccess" }] });
  iam.on(ListRolePoliciesCommand).resolves({ PolicyNames: [] });
});

async function asked(owners = [clientOf()]) {
  const terminal = fakeTerminal();
  const error = await drift(clientOf(), terminal, owners).then(
    () => undefined,
    (reason: CommandError) => reason,
  );
  const rows = terminal.results.map((line) => line.trim().replaceAll(/ {2,}/g, " "));
  return { error, rows: rows.filter((line) => /^(refused|unasked) /.test(line)), last: rows.at(-1) };
}

describe("drift that no plan sees", () => {
  it("is none where AWS has what the stack made, and nothing else", async () => {
    expect(await asked()).toMatchObject({
      error: undefined,
      rows: [],
      last: "3 ok, 0 warnings, 0 refused, 0 not asked.",
    });
  });

  it("is a rule, a policy or a key that somebody added, and fails", async () => {
    ec2.on(DescribeSecurityGroupRulesCommand).resolves({
      SecurityGroupRules: [
        { SecurityGroupRuleId: "sgr-1" },
        { SecurityGroupRuleId: "sgr-2", IpProtocol: "tcp", FromPort: 8080, ToPort: 8080, CidrIpv4: "0.0.0.0/0" },
      ],
    });
    iam.on(ListAccessKeysCommand).resolves({
      AccessKeyMetadata: [{ AccessKeyId: "AKIA1" }, { AccessKeyId: "AKIA2", Status: "Active" }],
    });
    const admin = { PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess", PolicyName: "AdministratorAccess" };
    iam.on(ListAttachedUserPoliciesCommand).resolves({ AttachedPolicies: [admin] });
    iam.on(ListUserPoliciesCommand).resolves({ PolicyNames: ["own", "more"] });
    iam.on(ListAttachedRolePoliciesCommand).resolves({ AttachedPolicies: [admin] });
    iam.on(ListRolePoliciesCommand).resolves({ PolicyNames: ["inline"] });

    const { error, rows } = await asked();

    expect(rows).toEqual([
      "refused aws_security_group.director group director: tcp 8080 from 0.0.0.0/0. Terraform does not see it.",
      "refused aws_iam_user.reports user reports: the access key AKIA2, active. Terraform does not see it.",
      "refused aws_iam_user.reports user reports: the policy AdministratorAccess. Terraform does not see it.",
      "refused aws_iam_user.reports user reports: the inline policy more. Terraform does not see it.",
      "refused aws_iam_role.hosts role hosts: the policy AdministratorAccess. Terraform does not see it.",
      "refused aws_iam_role.hosts role hosts: the inline policy inline. Terraform does not see it.",
    ]);
    expect(error).toMatchObject({ exitStatus: 1 });
  });

  it("is a user's group, whose policies are the user's too, or password", async () => {
    const made = { CreateDate: new Date(0) };
    iam.on(ListGroupsForUserCommand).resolves({
      Groups: [{ ...made, Path: "/", GroupName: "admins", GroupId: "AGPA1", Arn: "arn:aws:iam::1:group/a" }],
    });
    iam.on(GetLoginProfileCommand).resolves({ LoginProfile: { ...made, UserName: "reports" } });

    const { error, rows } = await asked();

    expect(rows).toEqual([
      "refused aws_iam_user.reports user reports: the group admins, with its policies. Terraform does not see it.",
      "refused aws_iam_user.reports user reports: a password for the console. Terraform does not see it.",
    ]);
    expect(error).toMatchObject({ exitStatus: 1 });
  });

  it("is no inline policy of another client's, on a role that both use", async () => {
    iam.on(ListRolePoliciesCommand).resolves({ PolicyNames: ["other-emr_instances", "another-emr_instances"] });

    const { rows } = await asked([clientOf(), clientOf({ name: "other" })]);

    expect(rows).toEqual([
      "refused aws_iam_role.hosts role hosts: the inline policy another-emr_instances. Terraform does not see it.",
    ]);
  });

  it("has a status of its own where something could not be asked", async () => {
    iam.on(ListUserPoliciesCommand).rejects(failing("AccessDenied", 403));

    const { error, rows } = await asked();

    expect(rows).toEqual([expect.stringMatching(/^unasked aws_iam_user\.reports .*iam:ListUserPolicies/)]);
    expect(error).toMatchObject({ exitStatus: 2 });
  });

  it("is not known without a state", async () => {
    readyAccount();

    expect((await asked()).error?.message).toMatch(/^example: there is no state yet/);
  });
});
