import type { Ci } from "../../../config/client";
import { terraformVersion } from "./pipeline";

/** What the README says of plans in CI. */
export function inCi(stack: string, ci: Ci): string {
  const setUp = { github: onGithub, gitlab: onGitlab }[ci.provider](stack, ci);
  return `## Plans in CI

\`ci/${ci.provider}.yml\` checks and plans each change of this folder, applies exactly that plan once it is approved, and fails at night where AWS differs. It needs Terraform and the AWS command line alone, and the repository to hold this folder as \`${stack}/\`.

${setUp}

The roles are those of the stack \`${ci.stack.name}\`, which says whose tokens they trust: \`${ci.apply.subjects[0]}\` applies. Where the configuration moves to another repository, change that first. What a plan prints, whoever may read its log reads; sensitive values are left out.

* It runs Terraform ${terraformVersion}; \`versions.tf\` accepts later ones. A state that a later version has written may not be read by an earlier one: raise it in the workflow before anybody applies with another.
* A later plan takes the place of one that awaits approval, which then cannot be applied any more.
* What RDS changes in its maintenance window, plans go on showing until then, and the nightly run fails.`;
}

/** What the README says where CI has no role for the stack, or there is no workflow for what it was deployed with. */
export function byHand(command: string): string {
  return `## Plans by hand

There is no workflow for this stack. Whoever applies it runs \`${command} plan\` once a week too: it shows what others have changed.`;
}

function onGithub(stack: string, { environment, branch }: Ci): string {
  return `1. Create the environment \`${environment}\`: *required reviewers*, *Prevent self-review*, no bypass for administrators, and \`${branch}\` as its only
   branch. In private repositories required reviewers need GitHub Enterprise. Without them nothing is planned for an apply.
2. Protect the branch \`${branch}\`: changes come by pull requests that others review.
3. \`mkdir -p .github/workflows && cp ${stack}/ci/github.yml .github/workflows/${stack}.yml\`, by a pull request. Its actions are pinned to commits:
   Dependabot renews them (\`package-ecosystem: github-actions\`).`;
}

function onGitlab(stack: string, { environment, branch }: Ci): string {
  return `1. Protect the branch \`${branch}\` and the environment \`${environment}\`: whoever may deploy there may start the apply job. Protected environments
   need GitLab Premium; without them whoever may merge may apply.
2. Write \`include: [{ local: ${stack}/ci/gitlab.yml }]\` into \`.gitlab-ci.yml\`, and create a pipeline schedule for the night.`;
}
