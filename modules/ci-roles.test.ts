import { synthesize } from "../test/synth";
import { CiRoles, type CiRolesProps } from "./ci-roles";

const tokens = { audience: "aws", subjects: ["repo:acme/infrastructure:ref:refs/heads/main"] };
const role = (roleName: string, action: string) => ({
  roleName,
  description: roleName,
  tokens,
  statements: [{ effect: "Allow", actions: [action], resources: ["*"] }],
});

function roles(props: Partial<CiRolesProps> = {}) {
  return synthesize((stack) => {
    new CiRoles(stack, "ci", {
      issuer: "ci.example.org",
      plan: role("acme-plan", "ec2:Describe*"),
      apply: role("acme-apply", "ec2:RunInstances"),
      ...props,
    });
  });
}

describe("the roles of CI", () => {
  it("are made with their identity provider; the one that applies may plan too", () => {
    const { resource, data } = roles();
    const actions = (name: string) => data.aws_iam_policy_document?.[`ci_${name}_statements`]?.statement[0].actions;

    expect(resource.aws_iam_openid_connect_provider?.ci_identity_provider).toMatchObject({
      url: "https://ci.example.org",
      client_id_list: ["aws"],
    });
    expect(resource.aws_iam_role).toMatchObject({
      ci_plan: { name: "acme-plan", max_session_duration: 3600 },
      ci_apply: { name: "acme-apply", max_session_duration: 7200 },
    });
    expect([actions("plan_read"), actions("apply_read"), actions("apply_change")]).toEqual([
      ["ec2:Describe*"],
      ["ec2:Describe*"],
      ["ec2:RunInstances"],
    ]);
  });

  it("trust one subject word for word, or a pattern", () => {
    const tests = (subjects: string[]) =>
      roles({
        plan: { ...role("acme-plan", "ec2:Describe*"), tokens: { audience: "aws", subjects } },
      }).data.aws_iam_policy_document?.ci_plan_trust?.statement[0].condition.map(({ test }: { test: string }) => test);

    expect(tests(tokens.subjects)).toEqual(["StringEquals", "StringEquals"]);
    expect(tests(["project_path:acme/*"])).toEqual(["StringEquals", "StringLike"]);
  });

  it("take an identity provider that exists", () => {
    const { resource, data } = roles({ identityProvider: "existing" });

    expect(resource).not.toHaveProperty("aws_iam_openid_connect_provider");
    expect(data.aws_iam_openid_connect_provider?.ci_identity_provider).toMatchObject({ url: "https://ci.example.org" });
  });
});
