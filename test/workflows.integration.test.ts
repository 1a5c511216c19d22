import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { workflowOf } from "../handoff/terraform/ci/workflow";
import { deployedWith } from "../handoff/terraform/deployed-with";
import { clientOf } from "./client-files";

const read = (file: string) => parse(readFileSync(join(__dirname, "..", file), "utf8"));

const exported = clientOf({ ci: { github: { repository: "acme/infrastructure" } } });
const [exportedWorkflow] = workflowOf(exported.stacks.main.name, exported, deployedWith("aws"));

describe.each([
  ["GitHub's workflow", read(".github/workflows/stack.yml")],
  ["the workflow of an exported stack", parse(exportedWorkflow?.content ?? "")],
])("%s looks at the environment before a plan that is to be applied", (_, workflow) => {
  const guard = workflow.jobs.plan.steps[0].run as string;
  const folder = mkdtempSync(join(tmpdir(), "edx-analytics-guard-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(() => {
    const gh = `#!/bin/sh
case "$*" in
  *deployment-branch-policies*) printf '%s' "$BRANCHES" ;;
  *protection_rules*) printf '%s' "$RULES" ;;
  *) printf '%s' "$POLICY" ;;
esac
`;
    writeFileSync(join(folder, "gh"), gh, { mode: 0o755 });
  });

  /** What the step says, with GitHub's answers after `--jq` in the place of `gh`. */
  function look(answers: { readonly rules?: string; readonly policy?: string; readonly branches?: string }) {
    const { rules = "required_reviewers branch_policy", policy = "", branches = "" } = answers;
    const { status, stdout } = spawnSync("bash", ["-e", "-c", guard], {
      encoding: "utf8",
      env: {
        PATH: `${folder}:${process.env.PATH}`,
        GITHUB_REPOSITORY: "acme/infrastructure",
        GITHUB_REF_NAME: "main",
        ENVIRONMENT: "production",
        RULES: rules,
        POLICY: policy,
        BRANCHES: branches,
      },
    });
    return `${status} ${stdout}`;
  }

  it.each([
    ["protected branches", { policy: "protected" }],
    ["the main branch alone", { branches: "branch main" }],
  ])("of %s: it goes on", (_, answers) => {
    expect(look(answers)).toBe("0 ");
  });

  it.each([
    ["any branch", { branches: "branch *" }, "lets other branches deploy than main (branch *)"],
    ["another branch", { branches: "branch main\nbranch release/*" }, "(branch main, branch release/*)"],
    ["a tag called main", { branches: "tag main" }, "(tag main)"],
    ["no rule at all", {}, "lets other branches deploy than main ()"],
  ])("of %s: it stops", (_, answers, words) => {
    const said = look(answers);

    expect(said).toMatch(/^1 ::error::/);
    expect(said).toContain(words);
  });

  it("without reviewers: it stops", () => {
    expect(look({ rules: "branch_policy wait_timer", policy: "protected" })).toMatch(/^1 .*has no required reviewers/);
  });
});

describe("GitLab's apply takes two values of the plan's result, as text", () => {
  // As in the shell of the job, whose `before_script` defines it.
  const take = (read(".gitlab/stack.yml")[".aws"].before_script as string[]).find((line) => line.startsWith("take()"));
  const script = `${take?.split('mkdir -p "$CHECKOUT"')[0]}\n${read(".gitlab/stack.yml")[".apply"].script.join("\n")}`;
  const sha256 = "0a".repeat(32);

  /** Exit status and what is printed, `.ci/apply` printing the checksum that it gets. */
  function apply(result: string): string {
    const folder = mkdtempSync(join(tmpdir(), "edx-analytics-gitlab-"));
    mkdirSync(join(folder, ".ci"));
    mkdirSync(join(folder, "project", "plan-result"), { recursive: true });
    writeFileSync(join(folder, "project", "plan-result", "result.env"), result);
    writeFileSync(join(folder, ".ci", "apply"), '#!/bin/sh\necho "$PLAN_SHA256 $STACK"\n', { mode: 0o755 });
    const env = { PATH: process.env.PATH, STACK: "acme", CI_PROJECT_DIR: join(folder, "project") };
    const { status, stdout } = spawnSync("sh", ["-e", "-c", script], { cwd: folder, env, encoding: "utf8" });
    rmSync(folder, { recursive: true });
    return `${status} ${stdout}`;
  }

  it.each([
    [`CHANGES=true\nPLAN_SHA256=${sha256}\n`, `0 ${sha256} acme\n`],
    [`CHANGES=true\nPLAN_SHA256=${sha256}\nSTACK=/tmp/evil\nPATH=/tmp\n`, `0 ${sha256} acme\n`],
    ["CHANGES=true\nPLAN_SHA256=$(id)\n", "0  acme\n"],
    ["CHANGES=false\nPLAN_SHA256=\n", "0 Nothing to apply.\n"],
    ["CHANGES=maybe\n", "1 "],
    ["", "1 "],
  ])("of %j", (result, expected) => {
    expect(apply(result)).toBe(expected);
  });
});

describe("GitLab's jobs run their commit, whatever artefacts have put into the project's folder", () => {
  const prepare = (read(".gitlab/stack.yml")[".aws"].before_script as string[]).at(-1) as string;
  const root = mkdtempSync(join(tmpdir(), "edx-analytics-gitlab-"));
  afterAll(() => rmSync(root, { recursive: true }));

  function prepared(folder: string, spoil: (project: string) => void) {
    const [repository, project] = ["repository", "project"].map((name) => join(root, folder, name)) as [string, string];
    mkdirSync(join(repository, ".ci"), { recursive: true });
    writeFileSync(join(repository, ".ci", "apply"), "of the commit\n");
    const git = ["init -q", "add -A", "-c user.name=x -c user.email=x@example.org commit -qm x"];
    for (const line of git) {
      spawnSync("git", line.split(" "), { cwd: repository });
    }
    mkdirSync(join(project, "cdktf.out/stacks/acme"), { recursive: true });
    writeFileSync(join(project, "cdktf.out/stacks/acme/cdk.tf.json"), "{}");
    spoil(project);
    const env = {
      PATH: process.env.PATH,
      STACK: "acme",
      CI_PROJECT_DIR: project,
      CI_REPOSITORY_URL: repository,
      CI_COMMIT_SHA: "HEAD",
      CHECKOUT: join(root, folder, "checkout"),
    };
    return spawnSync("sh", ["-e", "-c", `${prepare}\ncat .ci/apply\nls -A . cdktf.out/stacks/acme`], {
      cwd: project,
      env,
      encoding: "utf8",
    });
  }

  it("takes the stack's JSON and nothing else", () => {
    const { status, stdout } = prepared("spoilt", (project) => {
      for (const file of [".ci/apply", ".git/config", "cdktf.out/stacks/acme/evil.tf", "versions.tf"]) {
        mkdirSync(dirname(join(project, file)), { recursive: true });
        writeFileSync(join(project, file), "of an attacker\n");
      }
    });

    expect(status).toBe(0);
    expect(stdout).toBe("of the commit\n.:\n.ci\n.git\ncdktf.out\n\ncdktf.out/stacks/acme:\ncdk.tf.json\n");
  });

  it("takes nothing through a symbolic link, which leads to the job's own files", () => {
    const { status, stderr } = prepared("linked", (project) => {
      rmSync(join(project, "cdktf.out/stacks/acme/cdk.tf.json"));
      symlinkSync("/proc/self/environ", join(project, "cdktf.out/stacks/acme/cdk.tf.json"));
    });

    expect(status).toBe(1);
    expect(stderr).toContain("cdktf.out/stacks/acme/cdk.tf.json of the artefacts is missing, or a symbolic link.");
  });
});

it.each([0, 1])("GitLab's pipeline reports a plan that ends with status %i, and ends so", (status) => {
  const folder = mkdtempSync(join(tmpdir(), "edx-analytics-gitlab-"));
  mkdirSync(join(folder, ".ci"));
  writeFileSync(join(folder, ".ci", "plan"), `#!/bin/sh\nexit ${status}\n`, { mode: 0o755 });
  writeFileSync(join(folder, ".ci", "report"), "#!/bin/sh\necho reported\n", { mode: 0o755 });
  const script = read(".gitlab/stack.yml")[".plan"].script.find((line: string) => line.includes(".ci/plan")) as string;
  const env = { PATH: process.env.PATH, MODE: "drift", PLAN_COMMENT_TOKEN: "token" };

  expect(spawnSync("sh", ["-e", "-c", script], { cwd: folder, env, encoding: "utf8" })).toMatchObject({
    status,
    stdout: "reported\n",
  });
  rmSync(folder, { recursive: true });
});
