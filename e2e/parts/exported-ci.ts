import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join, parse as parsePath } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { parse } from "yaml";
import { exportFleet } from "../../cli/export";
import type { SharedStack as SharedStackConfig } from "../../config/client";
import { checkFiles } from "../../config/load/load";
import { sharedStackName } from "../../config/names";
import type { SharedStackInput } from "../../config/schema/shared";
import { workflowOf } from "../../handoff/terraform/ci/workflow";
import { deployedWith } from "../../handoff/terraform/deployed-with";
import { writeFolder } from "../../handoff/terraform/folder";
import { SharedStack } from "../../stacks/shared-stack";
import { equal, holds, says } from "../expectations/equal";
import { awsCommandLine } from "../harness/aws-command-line";
import { makeBucket } from "../harness/before";
import type { Described } from "../harness/described";
import { type Result, run, tail } from "../harness/processes";
import type { Steps } from "../harness/steps";
import { Workspace } from "../harness/workspace";
import type { World } from "../harness/world";

/** The scripts of the workflows that an exported stack comes with, as its team's CI runs them, on GitHub and on GitLab. */
export async function exportedCi(steps: Steps, world: World, { client }: Described): Promise<void> {
  const step: Steps["step"] = (title, play) => steps.step(title, play);
  const name = sharedStackName(client);
  const sharedBy = (ci: SharedStackInput["ci"]) => {
    const input: SharedStackInput = { state: { bucket: "acme-terraform-state" }, network: { vpc: "default" }, ci };
    return checkFiles([{ name, input }], { complete: false }).shared[0] as SharedStackConfig;
  };
  const repository = "acme/infrastructure";
  const [github, gitlab] = [sharedBy({ github: { repository } }), sharedBy({ gitlab: { project: repository } })];
  const json = new Workspace(world, name);
  const folder = join(json.folder, name);
  const PATH = `${awsCommandLine(world, world.tools.folder)}${delimiter}${process.env.PATH}`;
  const shell = async (lines: readonly string[], env: Record<string, string>, cwd = folder): Promise<Result> =>
    run("bash", ["-e", "-c", lines.join("\n")], {
      cwd,
      env: { ...world.environment(), STATE_REGION: world.region, PATH, ...env },
    });
  const done = async (lines: readonly string[], env: Record<string, string>, cwd?: string) => {
    const { code, output } = await shell(lines, env, cwd);
    holds(`${lines.at(-1)} ended with ${code}:\n${tail(output)}`, code === 0);
  };

  await step("a stack is exported, with the workflow of its CI", async () => {
    await makeBucket(world, "acme-terraform-state");
    json.synthesize((app) => new SharedStack(app, github));
    const [stack] = exportFleet({ clients: [], shared: [github] }, world.tools.folder);
    writeFolder(folder, stack?.files ?? []);
    cpSync(join(json.folder, "zz_override.tf.json"), join(folder, "zz_override.tf.json"));
  });

  const onGithub = yamlOf(github);
  const PLAN: string = onGithub.env.PLAN;
  const githubJob = (job: string) => (onGithub.jobs[job].steps as Step[]).flatMap((each) => each.run ?? []);
  // The environment is GitHub's to tell: test/workflows.integration.test.ts.
  const [, init = "", check = "", plan = "", keep = "", drift = ""] = githubJob("plan");
  const planned = async () => {
    const GITHUB_OUTPUT = join(world.tools.folder, "github-output");
    writeFileSync(GITHUB_OUTPUT, "");
    await done([init, plan], { GITHUB_OUTPUT, PLAN });
    return Object.fromEntries(
      readFileSync(GITHUB_OUTPUT, "utf8")
        .trim()
        .split("\n")
        .map((line) => line.split("=")),
    );
  };
  await step("GitHub: a pull request is checked: its form, what it says, and the tests", async () => {
    await done([init, check], {});
    writeFileSync(join(folder, "unformatted.tf"), "locals {\na=1\n}\n");
    const { code, output } = await shell([check], {});
    rmSync(join(folder, "unformatted.tf"));
    says(output, /unformatted\.tf/);
    holds("it failed", code !== 0);
  });
  await step("GitHub: what was planned is applied, and nothing is left to change", async () => {
    const { changes, sha256 } = await planned();
    equal("changes", changes, "true");
    await done([keep], { PLAN });
    await done(githubJob("apply"), { PLAN, SHA256: sha256 });
    equal("changes", (await planned()).changes, "false");
  });
  await step("GitHub: another plan than the approved one is not applied, and drift fails", async () => {
    writeFileSync(join(folder, "terraform.tfvars"), 'tags = { CostCentre = "7" }\n');
    const { changes, sha256 } = await planned();
    equal("changes", changes, "true");
    const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(PLAN) ?? [];
    await world.s3.send(new PutObjectCommand({ Bucket, Key, Body: "another" }));
    const refused = await shell(githubJob("apply"), { PLAN, SHA256: sha256 });
    says(refused.output, /is not the plan that was approved/);
    holds("it failed", refused.code !== 0);
    holds("drift fails", (await shell([drift], {})).code === 1);
  });

  const onGitlab = yamlOf(gitlab);
  const gitlabJob = (job: string): string[] => onGitlab[`${name}-${job}`].script;
  // The repository, from which the apply job checks its commit out again, beside the folder that artefacts come to.
  const committed = join(json.folder, "committed");
  let jobs = 0;
  const inGitlab = () => ({
    PLAN,
    CI_COMMIT_BRANCH: "main",
    CI_PIPELINE_SOURCE: "push",
    CI_PROJECT_DIR: json.folder,
    CI_BUILDS_DIR: world.tools.folder,
    CI_JOB_ID: `${++jobs}`,
    CI_REPOSITORY_URL: committed,
    CI_COMMIT_SHA: "HEAD",
  });
  const inProject = (lines: readonly string[], env: Record<string, string>) => done(lines, env, json.folder);
  const handedOn = () =>
    Object.fromEntries(
      readFileSync(join(folder, "plan.env"), "utf8")
        .trim()
        .split("\n")
        .map((line) => line.split("=")),
    );
  await step("GitLab: a changed variable is planned and applied, and nothing is left to change", async () => {
    const own = ({ base }: { readonly base: string }) => !/^(\.terraform|plan|plan\.env)$/.test(base);
    cpSync(folder, join(committed, name), { recursive: true, filter: (from) => own(parsePath(from)) });
    const git = "git -c user.name=x -c user.email=x@example.org";
    await done([`git init -q ${committed}`, `cd ${committed}`, "git add -Af", `${git} commit -qm stack`], {});
    await inProject(gitlabJob("plan"), inGitlab());
    equal("changes", handedOn().CHANGES, "true");
    // What a hostile plan job uploads beside its artefact.
    writeFileSync(join(folder, "evil.tf"), "not Terraform");
    await inProject(gitlabJob("apply"), inGitlab());
    rmSync(join(folder, "evil.tf"));
    await inProject(gitlabJob("plan"), inGitlab());
    equal("changes", handedOn().CHANGES, "false");
  });
  await step("GitLab: another plan than the approved one is not applied, and drift fails", async () => {
    // What the plan job hands on is read from its file; variables that it would set count for nothing.
    writeFileSync(join(folder, "plan.env"), `CHANGES=true\nSHA256=${"0".repeat(64)}\n`);
    const refused = await shell(gitlabJob("apply"), { ...inGitlab(), CHANGES: "false" }, json.folder);
    says(refused.output, /is not the plan that was approved/);
    writeFileSync(join(folder, "terraform.tfvars"), 'tags = { CostCentre = "8" }\n');
    const scheduled = await shell(gitlabJob("plan"), { ...inGitlab(), CI_PIPELINE_SOURCE: "schedule" }, json.folder);
    says(scheduled.output, new RegExp(`AWS differs from ${name}`));
    holds("it failed", scheduled.code !== 0);
  });
}

interface Step {
  readonly run?: string;
}

function yamlOf(owner: SharedStackConfig) {
  const [file] = workflowOf(owner.stacks.main.name, owner, deployedWith("aws"));
  return parse(file?.content ?? "");
}
