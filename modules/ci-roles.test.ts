import { synthesize } from "../test/synth";
import { CiRoles, type CiRolesProps } from "./ci-roles";

const tokens = { audience: "aws", subjects: ["repo:acme/infrastructure:ref:refs/heads/main"] };
const statements = (action: string, resources = ["*"]) => [{ effect: "Allow", actions: [action], resources }];
const role = (roleName: string, policies: CiRolesProps["plan"]["policies"]) => ({
  roleName,
  description: roleName,
  tokens,
  policies,
});
const plan = role("acme-plan", { read: statements("ec2:Describe*") });

function roles(props: Partial<CiRolesProps> = {}) {
  return synthesize((stack) => {
    new CiRoles(stack, "ci", {
      issuer: "ci.example.org",
      policyPrefix: "acme-",
      plan,
      apply: role("acme-apply", { change: statements("ec2:RunInstances") }),
      boundary: statements("s3:*"),
      applyBoundary: statements("ec2:*"),
      ...props,
    });
  });
}

describe("the roles of CI", () => {
  it("are made with their identity provider; the one that applies may plan too", () => {
    const { resource } = roles();
    const attached = Object.values(resource.aws_iam_role_policy_attachment ?? {}).map(
      ({ role: name, policy_arn: arn }) => `${name} ${arn}`,
    );

    expect(resource.aws_iam_openid_connect_provider?.ci_identity_provider).toMatchObject({
      url: "https://ci.example.org",
      client_id_list: ["aws"],
    });
    expect(resource.aws_iam_role).toMatchObject({
      ci_plan: { name: "acme-plan", max_session_duration: 3600 },
      ci_apply: { name: "acme-apply", max_session_duration: 7200 },
    });
    expect(attached).toEqual([
      "${aws_iam_role.ci_plan.name} ${aws_iam_policy.ci_read.arn}",
      "${aws_iam_role.ci_apply.name} ${aws_iam_policy.ci_read.arn}",
      "${aws_iam_role.ci_apply.name} ${aws_iam_policy.ci_change.arn}",
    ]);
  });

  it("have a boundary of their own; the other boundary is for what the one that applies makes", () => {
    const { resource } = roles();

    for (const role of ["ci_plan", "ci_apply"]) {
      expect(resource.aws_iam_role?.[role]?.permissions_boundary).toBe("${aws_iam_policy.ci_apply_boundary.arn}");
    }
    expect(resource.aws_iam_policy?.ci_boundary?.name).toBe("acme-boundary");
  });

  it("refuse a policy that IAM would not take, and say its length", () => {
    const buckets = Array.from({ length: 100 }, (_, index) => `arn:aws:s3:::${"b".repeat(60)}${index}`);

    expect(() => roles({ boundary: statements("s3:GetObject", buckets) })).toThrow(
      /the policy `acme-boundary` has 7\d{3} characters, of which IAM takes 6144\. .*shorten names/,
    );
  });

  it("refuse more policies than IAM attaches to a role", () => {
    const policies = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`p${index}`, statements("s3:*")]));

    expect(() => roles({ plan: role("acme-plan", policies) })).toThrow("IAM attaches 10 policies to a role, not 11.");
  });

  it("trust one subject word for word, or a pattern", () => {
    const tests = (subjects: string[]) =>
      roles({
        plan: { ...plan, tokens: { audience: "aws", subjects } },
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
