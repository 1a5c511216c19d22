import example from "../clients/example";
import { ci, github, shared, trust } from "../test/ci-stacks";
import type { Overrides } from "../test/client-files";
import { app, clientOf, synthesizeClient, type Template } from "../test/synth";
import { addCiStacks } from "./ci-stack";

describe("the roles of CI", () => {
  it("are two, in a stack and a state of their own", () => {
    const { resource, terraform, output } = ci();

    expect(resource.aws_iam_role).toMatchObject({
      plan: { name: "example-ci-plan", max_session_duration: 3600 },
      apply: { name: "example-ci-apply", max_session_duration: 7200 },
    });
    expect(terraform.backend.s3.key).toBe("example/example-ci.tfstate");
    expect(output.plan_role_arn?.value).toBe("${aws_iam_role.plan.arn}");
    expect(output.apply_role_arn?.value).toBe("${aws_iam_role.apply.arn}");
  });

  it("are limited, and so is every role and user that the client's stack makes; without `ci` none is", () => {
    const limits = (template: Template) =>
      ["aws_iam_role", "aws_iam_user"].flatMap((type) =>
        Object.values(template.resource[type] ?? {}).map((each) => each.permissions_boundary),
      );
    const director = { ...example.director, passwordReader: {} } as Overrides["director"];
    const options = { buckets: { apiReports: {} }, director };
    const limited = limits(synthesizeClient({ ...options, ci: github }));

    expect(limits(ci())).toEqual(Array(2).fill("${aws_iam_policy.apply_boundary.arn}"));
    expect(limited).toHaveLength(6);
    expect(new Set(limited)).toEqual(new Set(["arn:aws:iam::123456789012:policy/example-ci-boundary"]));
    expect(new Set(limits(synthesizeClient(options)))).toEqual(new Set([undefined]));
  });

  it("do not exist without `ci`", () => {
    expect(addCiStacks(app(), { clients: [clientOf()], shared: [] })).toEqual([]);
  });

  it("trust GitHub's tokens: pull requests and the main branch plan, approved jobs alone apply", () => {
    const { resource } = ci();
    const of = (subjects: string[]) => [
      {
        effect: "Allow",
        actions: ["sts:AssumeRoleWithWebIdentity"],
        principals: [{ type: "Federated", identifiers: ["${aws_iam_openid_connect_provider.identity_provider.arn}"] }],
        condition: [
          {
            test: "StringEquals",
            variable: "token.actions.githubusercontent.com:aud",
            values: ["sts.amazonaws.com"],
          },
          { test: "StringEquals", variable: "token.actions.githubusercontent.com:sub", values: subjects },
        ],
      },
    ];

    expect(trust(ci(), "plan")).toEqual(
      of(["repo:acme/infrastructure:pull_request", "repo:acme/infrastructure:ref:refs/heads/main"]),
    );
    expect(trust(ci(), "apply")).toEqual(of(["repo:acme/infrastructure:environment:production"]));
    expect(resource.aws_iam_openid_connect_provider?.identity_provider).toMatchObject({
      url: "https://token.actions.githubusercontent.com",
      client_id_list: ["sts.amazonaws.com"],
    });
  });

  it("trust another branch and environment on request", () => {
    const template = ci({
      ci: { github: { repository: "acme/infrastructure", branch: "live", environment: "aws" } },
    });

    expect(trust(template, "plan")[0].condition[1].values).toContain("repo:acme/infrastructure:ref:refs/heads/live");
    expect(trust(template, "apply")[0].condition[1].values).toEqual(["repo:acme/infrastructure:environment:aws"]);
  });

  it("trust GitLab's tokens: every branch of the project plans, the main one applies", () => {
    const template = ci({ ci: { gitlab: { project: "acme/infrastructure", host: "gitlab.example.com" } } });

    expect(template.resource.aws_iam_openid_connect_provider?.identity_provider).toMatchObject({
      url: "https://gitlab.example.com",
      client_id_list: ["https://gitlab.example.com", "https://gitlab.example.com/apply"],
    });
    expect(trust(template, "plan")[0].condition).toEqual([
      { test: "StringEquals", variable: "gitlab.example.com:aud", values: ["https://gitlab.example.com"] },
      {
        test: "StringLike",
        variable: "gitlab.example.com:sub",
        values: ["project_path:acme/infrastructure:ref_type:branch:ref:*"],
      },
    ]);
    // The plan job of the main branch has a token of the same subject, and must not apply with it.
    expect(trust(template, "apply")[0].condition).toEqual([
      { test: "StringEquals", variable: "gitlab.example.com:aud", values: ["https://gitlab.example.com/apply"] },
      {
        test: "StringEquals",
        variable: "gitlab.example.com:sub",
        values: ["project_path:acme/infrastructure:ref_type:branch:ref:main"],
      },
    ]);
  });

  it("trust tokens of immutable subjects, as repositories made since July 2026 have them", () => {
    const template = ci({ ci: { github: { repository: "acme@123456/infrastructure@456789" } } });

    expect(trust(template, "apply")[0].condition[1].values).toEqual([
      "repo:acme@123456/infrastructure@456789:environment:production",
    ]);
  });

  it.each<[string, Template]>([
    ["on request", ci({ ci: { github: { ...github.github, identityProvider: { existing: true } } } })],
    ["in a shared account", ci({ sharing: "shared-stack" })],
  ])("find an existing identity provider %s", (_, { resource, data }) => {
    expect(resource).not.toHaveProperty("aws_iam_openid_connect_provider");
    expect(data.aws_iam_openid_connect_provider?.identity_provider).toMatchObject({
      url: "https://token.actions.githubusercontent.com",
    });
  });

  it("are the shared stack's as well, which makes the account's identity provider", () => {
    const { resource } = shared();

    expect(resource.aws_iam_role?.plan?.name).toBe("shared-210987654321-eu-central-1-ci-plan");
    expect(resource).toHaveProperty("aws_iam_openid_connect_provider");
  });
});
