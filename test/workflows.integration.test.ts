import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

const read = (file: string) => parse(readFileSync(join(__dirname, "..", file), "utf8"));

describe("GitHub's workflow looks at the environment before a plan that is to be applied", () => {
  const guard = read(".github/workflows/stack.yml").jobs.plan.steps[0].run as string;
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
  const script = read(".gitlab/stack.yml")[".apply"].script.join("\n") as string;
  const sha256 = "0a".repeat(32);

  /** Exit status and what is printed, `.ci/apply` printing the checksum that it gets. */
  function apply(result: string): string {
    const folder = mkdtempSync(join(tmpdir(), "edx-analytics-gitlab-"));
    mkdirSync(join(folder, ".ci"));
    mkdirSync(join(folder, "plan-result"));
    writeFileSync(join(folder, "plan-result", "result.env"), result);
    writeFileSync(join(folder, ".ci", "apply"), '#!/bin/sh\necho "$PLAN_SHA256 $FOLDER"\n', { mode: 0o755 });
    const env = { PATH: process.env.PATH, FOLDER: "acme" };
    const { status, stdout } = spawnSync("sh", ["-e", "-c", script], { cwd: folder, env, encoding: "utf8" });
    rmSync(folder, { recursive: true });
    return `${status} ${stdout}`;
  }

  it.each([
    [`CHANGES=true\nPLAN_SHA256=${sha256}\n`, `0 ${sha256} acme\n`],
    [`CHANGES=true\nPLAN_SHA256=${sha256}\nFOLDER=/tmp/evil\nPATH=/tmp\n`, `0 ${sha256} acme\n`],
    ["CHANGES=true\nPLAN_SHA256=$(id)\n", "0  acme\n"],
    ["CHANGES=false\nPLAN_SHA256=\n", "0 Nothing to apply.\n"],
    ["CHANGES=maybe\n", "1 "],
    ["", "1 "],
  ])("of %j", (result, expected) => {
    expect(apply(result)).toBe(expected);
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
