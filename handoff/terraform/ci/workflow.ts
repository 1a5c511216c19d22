import { ciRoleName } from "../../../config/ci-names";
import type { Described } from "../../../config/client";
import type { DeployedWith } from "../deployed-with";
import { githubWorkflow } from "./github";
import { gitlabPipeline } from "./gitlab";
import type { Pipeline } from "./pipeline";

/**
 * The workflow of a stack, for the CI whose tokens its roles trust. There is none where CI has no role for the stack: without
 * `ci`, of CI's own roles, and of databases that are not CI's. Nor is there one for OpenTofu.
 * @param owner the client or shared stack that the stack is of
 */
export function workflowOf(
  stack: string,
  owner: Described,
  { engine }: DeployedWith,
): { readonly name: string; readonly content: string }[] {
  const { ci, name, accountId, region, state } = owner;
  const insideVpc = owner.kind === "client" && owner.stacks.databases.name === stack;
  if (ci === undefined || engine.name !== "Terraform" || stack === ci.stack.name || (insideVpc && !ci.databases)) {
    return [];
  }
  const arn = (role: "plan" | "apply") => `arn:aws:iam::${accountId}:role/${ciRoleName(name, role)}`;
  const pipeline: Pipeline = {
    stack,
    roles: { plan: arn("plan"), apply: arn("apply") },
    region,
    stateRegion: state.region,
    plan: `s3://${state.bucket}/plans/${stack}/deploy/plan`,
    branch: ci.branch,
    environment: ci.environment,
    insideVpc,
  };
  return ci.provider === "github"
    ? [{ name: "ci/github.yml", content: githubWorkflow(pipeline) }]
    : [{ name: "ci/gitlab.yml", content: gitlabPipeline(pipeline) }];
}
