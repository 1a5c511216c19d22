import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Client } from "../../../config/client";
import { clientOf } from "../../../test/client-files";
import { deployedWith } from "../deployed-with";
import { inCi } from "./readme";
import { workflowOf } from "./workflow";

const github = { repository: "acme/infrastructure", branch: "trunk", environment: "live" };
const withGithub = clientOf({ ci: { github } });
const withGitlab = clientOf({ ci: { gitlab: { project: "acme/infrastructure" } } });
const { main, databases } = withGithub.stacks;

/** The one workflow of a stack, as it is written and as it is read. */
function workflow(stack: string, owner: Client) {
  const [file, ...others] = workflowOf(stack, owner, deployedWith("aws"));
  expect(others).toEqual([]);
  return { ...file, text: file?.content ?? "", yaml: parse(file?.content ?? "", { merge: true }) };
}

describe("a stack's workflow", () => {
  it("is of the CI whose tokens the roles trust", () => {
    expect(workflow(main.name, withGithub).name).toBe("ci/github.yml");
    expect(workflow(main.name, withGitlab).name).toBe("ci/gitlab.yml");
  });

  it("is none without `ci`, of CI's own roles, of databases that are not CI's, and with OpenTofu", () => {
    const tofu = { ...deployedWith("aws"), engine: { name: "OpenTofu", command: "tofu" } as const };

    expect(workflowOf(main.name, clientOf({}), deployedWith("aws"))).toEqual([]);
    expect(workflowOf("example-ci", withGithub, deployedWith("aws"))).toEqual([]);
    expect(workflowOf(databases.name, withGithub, deployedWith("databases"))).toEqual([]);
    expect(workflowOf(main.name, withGithub, tofu)).toEqual([]);
  });

  it("of databases that are CI's runs inside the VPC", () => {
    const inside = clientOf({ ci: { github: { ...github, databases: true } } });

    expect(workflow(databases.name, inside).yaml.jobs.plan["runs-on"]).toBe("${{ vars.DATABASES_RUNNER }}");
    expect(workflow(main.name, inside).yaml.jobs.plan["runs-on"]).toBe("ubuntu-24.04");
  });

  it("plans with the role that reads, and applies with the other, in the environment that it trusts, on its branch", () => {
    const { yaml } = workflow(main.name, withGithub);
    const roleOf = (job: string) =>
      yaml.jobs[job].steps.find(({ uses = "" }) => uses.startsWith("aws-actions/")).with["role-to-assume"];

    expect(roleOf("plan")).toBe(`arn:aws:iam::${withGithub.accountId}:role/example-ci-plan`);
    expect(roleOf("apply")).toBe(`arn:aws:iam::${withGithub.accountId}:role/example-ci-apply`);
    expect(yaml.jobs.apply.environment).toBe("live");
    expect(yaml.jobs.plan).not.toHaveProperty("environment");
    expect(yaml.on.push.branches).toEqual(["trunk"]);
  });

  it("of GitLab asks for the audience that the apply role trusts for the apply alone", () => {
    const { yaml } = workflow(main.name, withGitlab);

    expect(yaml["example-plan"].extends).toBe(".example");
    expect(yaml[".example"].id_tokens.AWS_ID_TOKEN.aud).toBe("$CI_SERVER_URL");
    expect(yaml["example-apply"].id_tokens.AWS_ID_TOKEN.aud).toBe("$CI_SERVER_URL/apply");
    expect(yaml["example-apply"].rules).toEqual([expect.objectContaining({ when: "manual" })]);
  });

  it("of GitLab hands the apply a file, and no variables that the plan sets", () => {
    const { yaml } = workflow(main.name, withGitlab);

    expect(yaml["example-plan"].artifacts).toEqual({ paths: ["example/plan.env"] });
    expect(yaml["example-apply"].script).toEqual(
      expect.arrayContaining([
        `changes=$(sed -nE 's/^CHANGES=(true|false)$/\\1/p' "$CI_PROJECT_DIR/example/plan.env")`,
        `sha256=$(sed -nE 's/^SHA256=([0-9a-f]{64})$/\\1/p' "$CI_PROJECT_DIR/example/plan.env")`,
      ]),
    );
  });

  it("of GitLab applies a checkout of its own, which no artefact has been in", () => {
    const { yaml } = workflow(main.name, withGitlab);
    const { script, variables, dependencies } = yaml["example-apply"];

    expect(variables.GIT_STRATEGY).toBe("none");
    expect(dependencies).toEqual(["example-plan"]);
    expect(script.findIndex((line: string) => line.includes("git checkout"))).toBeLessThan(
      script.findIndex((line: string) => line.startsWith("terraform init")),
    );
    expect(yaml["example-plan"].dependencies).toEqual([]);
  });

  it.each([
    ["GitHub", withGithub],
    ["GitLab", withGitlab],
  ])("of %s applies the plan that was approved, runs locked providers, and needs no Node.js", (_, owner) => {
    const { text } = workflow(main.name, owner);

    expect(text.match(/terraform init .*-lockfile=readonly$/gm)).toHaveLength(2);
    expect(text).toContain("terraform apply -input=false -lock-timeout=10m plan");
    expect(text).toContain("is not the plan that was approved");
    expect(text).not.toMatch(/\b(npm|node|npx)\b/);
    expect(text.split("\n").length).toBeLessThan(85);
  });

  it("takes the actions and the Terraform of the project's own workflows", () => {
    const own = readFileSync(".github/workflows/stack.yml", "utf8");
    const uses = [...workflow(main.name, withGithub).text.matchAll(/uses: (\S+ # \S+)/g)].map(([, action]) => action);

    expect(uses.filter((action) => !own.includes(action as string))).toEqual([]);
    const [, version = "?"] = /terraform_version: ([\d.]+)/.exec(own) ?? [];
    expect(workflow(main.name, withGithub).text).toContain(`terraform_version: ${version},`);
    expect(workflow(main.name, withGitlab).text).toContain(`hashicorp/terraform:${version}`);
  });

  it("is explained in the README: what to protect, where it goes, and whom the roles trust", () => {
    const said = (client: Client) =>
      inCi("example", client.ci as NonNullable<typeof client.ci>).replaceAll(/\s+/g, " ");

    expect(said(withGithub)).toContain(
      "Create the environment `live`: *required reviewers*, *Prevent self-review*, no bypass for administrators, and `trunk` as its only branch.",
    );
    expect(said(withGithub)).toContain("`repo:acme/infrastructure:environment:live` applies");
    expect(said(withGitlab)).toContain("include: [{ local: example/ci/gitlab.yml }]");
  });
});
