import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const root = join(__dirname, "..");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if?: string;
  readonly needs?: unknown;
  readonly uses?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

const names = readdirSync(join(root, ".github/workflows"));
const workflows = new Map(
  names.map((name) => [name.replace(".yml", ""), parse(read(`.github/workflows/${name}`)) as Workflow]),
);
const workflow = (name: string) => workflows.get(name) as Workflow;
const steps = [...workflows.values()].flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.steps ?? []));

/** What Terraform reads beside it is of the commit: .ci/plan and .ci/apply copy it. */
const synthesised = "cdktf.out/stacks/*/cdk.tf.json";

describe("Node.js in CI", () => {
  const version = read(".nvmrc").trim();
  const { engines } = JSON.parse(read("package.json")) as { readonly engines: { readonly node: string } };

  it("is tested in each version of package.json's engines", () => {
    const { strategy } = workflow("check").jobs.check ?? {};

    expect(strategy?.matrix.node.map(String)).toEqual([...engines.node.matchAll(/\^(\d+)/g)].map(([, major]) => major));
    expect(strategy?.matrix.node.map(String)).toContain(version);
  });

  it("is .nvmrc's elsewhere, and in operators' repositories", () => {
    const template = parse(read("package/template/github/workflows/check.yml")) as Workflow;
    const others = [...workflows.values(), template].filter((one) => one !== workflow("check"));
    const setups = others
      .flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.steps ?? []))
      .filter(({ uses }) => uses?.startsWith("actions/setup-node"));

    expect(setups.map((step) => step.with?.["node-version-file"])).toEqual([".nvmrc", ".nvmrc", ".nvmrc"]);
    expect(parse(read(".gitlab-ci.yml")).variables.NODE_IMAGE).toBe(`node:${version}-bookworm`);
  });
});

describe("the workflows of GitHub", () => {
  it("are these", () => {
    expect([...workflows.keys()]).toEqual(["check", "deploy", "drift", "plan", "stack", "stacks", "synth"]);
  });

  it("take every action at a full commit, with its version beside it", () => {
    const uses = names.flatMap((name) => read(`.github/workflows/${name}`).match(/uses: (?!\.\/).*/g) ?? []);

    expect(uses.length).toBeGreaterThan(10);
    expect(uses.filter((use) => !/^uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use))).toEqual([]);
  });

  it("never run a pull request's code with the base's permissions, and read alone unless a job says more", () => {
    for (const { on, permissions } of workflows.values()) {
      expect(Object.keys(on)).not.toContain("pull_request_target");
      expect(Object.keys(on)).not.toContain("workflow_run");
      expect(permissions ?? { contents: "read" }).toEqual({ contents: "read" });
    }
  });

  it("check every push, and every pull request of a fork", () => {
    const { on, jobs } = workflow("check");

    expect(on).toEqual({ push: null, pull_request: null });
    expect(jobs.check?.steps?.at(-1)?.run).toBe(".ci/run");
  });

  it("synthesise without any credentials", () => {
    const { jobs, permissions } = workflow("synth");

    expect(permissions).toEqual({ contents: "read" });
    expect(jobs.synth).not.toHaveProperty("permissions");
    expect(read(".github/workflows/synth.yml")).not.toMatch(/secrets\.|github\.token|id-token|configure-aws/);
  });

  it("give a fork's pull request no credentials", () => {
    expect(workflow("plan").jobs.stacks?.if).toContain(
      "github.event.pull_request.head.repo.full_name == github.repository",
    );
  });

  it("keep no plan as an artefact: the synthesised stacks alone are uploaded", () => {
    const uploads = steps.filter(({ uses }) => uses?.startsWith("actions/upload-artifact"));

    expect(uploads.map((step) => step.with?.path)).toEqual([synthesised]);
  });

  it("apply in an environment, what was planned in the same run and by its checksum", () => {
    const { apply, plan } = workflow("stack").jobs;

    expect(apply?.environment).toBe("${{ vars.DEPLOY_ENVIRONMENT || 'production' }}");
    expect(apply?.needs).toBe("plan");
    expect(JSON.stringify(apply?.steps?.at(-1))).toContain("needs.plan.outputs.sha256");
    expect(JSON.stringify(apply?.steps)).not.toContain("terraform plan");
    expect(plan).not.toHaveProperty("environment");
  });

  it("keep one plan of the main branch for each stack, so that a later one overtakes it, whoever runs what again", () => {
    const { env } = workflow("stack");

    expect(env?.PLAN_KEY).toContain("inputs.mode == 'apply' && format('plans/{0}/deploy', inputs.stack)");
    expect(env?.PLAN_KEY).toContain("pull-request-{1}', inputs.stack, github.event.pull_request.number)");
    expect(read(".github/workflows/stack.yml")).not.toMatch(/run_attempt|concurrency:/);
  });

  it("report a plan in a comment and drift in an issue, and say of which commit it is", () => {
    const report = workflow("stack").jobs.plan?.steps?.find(({ run }) => run?.includes(".ci/report"));

    // A plan that failed too.
    expect(report).toMatchObject({
      if: "${{ !cancelled() && inputs.mode != 'apply' }}",
      env: { MODE: "${{ inputs.mode }}" },
    });
    expect(report?.run).toContain("Of commit $HEAD");
    expect(workflow("stack").jobs.plan?.steps?.at(-1)?.run).toContain("exit 1");
  });

  it("give updates by Dependabot no credentials", () => {
    expect(workflow("plan").jobs.stacks?.if).toContain("github.event.pull_request.user.login != 'dependabot[bot]'");
  });

  it("apply on the main branch alone, and look for drift every night", () => {
    const applying = [...workflows].filter(([, { jobs }]) => JSON.stringify(jobs.stacks)?.includes('"mode":"apply"'));

    expect(applying.map(([name]) => name)).toEqual(["deploy"]);
    expect(workflow("deploy").on).toEqual({ push: { branches: ["main"] }, workflow_dispatch: null });
    expect(workflow("drift").on).toHaveProperty("schedule");
  });

  it("put no text of external origin into a script but by its environment", () => {
    expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
  });

  it("give the jobs that they call no more than each needs", () => {
    const of = (name: string) => workflow(name).jobs.stacks?.permissions;

    expect(of("plan")).toEqual({ contents: "read", "id-token": "write", "pull-requests": "write" });
    expect(of("deploy")).toEqual({ actions: "read", contents: "read", "id-token": "write" });
    expect(of("drift")).toEqual({ contents: "read", "id-token": "write", issues: "write" });
    expect(workflow("stacks").jobs.stack).not.toHaveProperty("permissions");
    expect(workflow("stack").jobs.plan).not.toHaveProperty("permissions");
    expect(workflow("stack").jobs.apply?.permissions).toEqual({ contents: "read", "id-token": "write" });
  });
});

describe("GitLab's pipeline", () => {
  const pipeline = parse(read(".gitlab-ci.yml"));
  const stack = parse(read(".gitlab/stack.yml"));

  it("checks and synthesises without credentials", () => {
    expect(pipeline.check).not.toHaveProperty("id_tokens");
    expect(pipeline.synth).not.toHaveProperty("id_tokens");
    expect(stack[".plan"].extends).toBe(".aws");
    expect(stack[".aws"]).toHaveProperty("id_tokens");
  });

  it("plans no fork's merge request", () => {
    const [first, second] = pipeline.stacks.rules;

    expect(first.if).toContain("$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID");
    expect(second).toEqual({ if: '$CI_PIPELINE_SOURCE == "merge_request_event"', when: "never" });
  });

  it("plans and deploys the main branch, whatever merge requests there are from it", () => {
    const rules = pipeline.workflow.rules.map((rule: { if: string }) => rule.if);

    expect(rules.indexOf("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH")).toBeLessThan(
      rules.findIndex((rule: string) => rule.includes("$CI_OPEN_MERGE_REQUESTS")),
    );
  });

  it("applies with a token that no plan has, and keeps none on the runner", () => {
    expect(stack[".aws"].id_tokens.AWS_ID_TOKEN.aud).toBe("$CI_SERVER_URL");
    expect(stack[".apply"].id_tokens.AWS_ID_TOKEN.aud).toBe("$CI_SERVER_URL/apply");
    expect(stack[".apply"].timeout).toBe("2h");
    expect(stack[".aws"].after_script).toEqual(['rm -rf "$AWS_WEB_IDENTITY_TOKEN_FILE" "$CHECKOUT"']);
  });

  it("has the token for comments in the scope of the plan alone", () => {
    expect(stack[".plan"].environment).toEqual({ name: "plan", action: "access" });
  });

  it("shows counts beside the merge request, and edits its note in place", () => {
    expect(stack[".plan"].artifacts.reports.terraform).toBe("plan-result/counts.json");
    expect(stack[".plan"].script.join("\n")).toContain(".ci/report");
  });

  it("keeps the summary and the result as artefacts, not the plan, and no variables for the apply", () => {
    expect(stack[".plan"].artifacts.paths).toEqual(["plan-result/summary.md", "plan-result/result.env"]);
    expect(Object.keys(stack[".plan"].artifacts.reports)).toEqual(["terraform"]);
    expect(pipeline.synth.artifacts.paths).toEqual(["stacks.yml", synthesised]);
  });

  it("applies where a person says so, on the main branch alone", () => {
    expect(stack[".apply"].rules).toEqual([{ if: '$MODE == "apply"', when: "manual" }]);
    expect(pipeline.stacks.rules.at(-1)).toEqual({
      if: "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH",
      variables: { MODE: "apply" },
    });
  });
});

describe("the scripts of both", () => {
  it("run the providers that this commit locks, and no others: asked before, and by Terraform itself", () => {
    const plan = read(".ci/plan");
    const order = [
      'cp "providers/locks/$kind.terraform.lock.hcl" "$folder/.terraform.lock.hcl"',
      'cp providers/locks/versions.tf "$folder/versions.tf"',
      'check-providers "$folder"',
      " init -input=false -no-color -lockfile=readonly",
      " plan ",
    ].map((step) => plan.lastIndexOf(step));

    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(read(".ci/apply")).toMatch(
      /^cp providers\/locks\/versions\.tf "\$folder\/versions\.tf"\n.* init .*-lockfile=readonly/m,
    );
    expect(`${plan}${read(".ci/apply")}`.match(/terraform" .* init /g)).toHaveLength(2);
  });

  it("wait for a lock, keep the plan in the state's bucket, and delete it from the runner", () => {
    const plan = read(".ci/plan");

    expect(plan).toMatch(/terraform" .* plan .*-lock-timeout=10m/);
    expect(plan).toMatch(/^trap 'rm -f "\$folder\/plan" "\$folder\/plan\.json"; .*' EXIT$/m);
    expect(plan).toContain("s3://$STATE_BUCKET/$PLAN_KEY/");
    expect(read(".gitlab/stack.yml")).toContain("PLAN_KEY: plans/$STACK/deploy");
    expect(read(".gitlab/stack.yml")).toContain('PLAN_KEY="plans/$STACK/merge-request-$MERGE_REQUEST_IID"');
  });
});
