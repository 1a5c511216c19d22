import type { Ci } from "../../../config/client";
import { wrapped } from "../wrapped";

/** What the README says of plans in CI. */
export function inCi(stack: string, ci: Ci): string {
  const setUp = { github: onGithub, gitlab: onGitlab }[ci.provider](stack, ci);
  return `## Plans in CI

${wrapped(`\`ci/${ci.provider}.yml\` plans each change of this folder, applies exactly that plan once it is approved, and fails at night where AWS differs. It needs Terraform and the AWS command line alone, and the repository to hold this folder as \`${stack}/\`.`)}

${setUp}

${wrapped(`The roles are those of the stack \`${ci.stack.name}\`, which says whose tokens they trust: \`${ci.apply.subjects[0]}\` applies. Where the configuration moves to another repository, change that first. What a plan prints, whoever may read its log reads; sensitive values are left out.`)}`;
}

function onGithub(stack: string, { environment, branch }: Ci): string {
  return `1. Make the environment \`${environment}\` with required reviewers, open to the branch \`${branch}\` alone. GitHub makes a missing one without
   either, and then an apply needs no approval.
2. \`mkdir -p .github/workflows && cp ${stack}/ci/github.yml .github/workflows/${stack}.yml\`, and push.`;
}

function onGitlab(stack: string, { environment, branch }: Ci): string {
  return `1. Protect the branch \`${branch}\` and the environment \`${environment}\`: whoever may deploy there may start the apply job.
2. Write \`include: [{ local: ${stack}/ci/gitlab.yml }]\` into \`.gitlab-ci.yml\`, and make a pipeline schedule for the night.`;
}
