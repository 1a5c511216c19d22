import { type Pipeline, terraformVersion } from "./pipeline";

/** A stack's workflow for GitHub Actions. */
export function githubWorkflow({ stack, roles, ...pipeline }: Pipeline): string {
  const { region, stateRegion, plan, branch, environment, insideVpc } = pipeline;
  const runner = insideVpc ? "${{ vars.DATABASES_RUNNER }} # inside the VPC, as it logs in to MySQL" : "ubuntu-24.04";
  const prepared = (role: string) => `      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with: { persist-credentials: false }
      - uses: hashicorp/setup-terraform@b9cd54a3c349d3f38e8881555d616ced269862dd # v3.1.2
        with: { terraform_version: ${terraformVersion}, terraform_wrapper: false }
      - uses: aws-actions/configure-aws-credentials@b47578312673ae6fa5b5096b330d9fbac3d116df # v4.2.1
        with: { role-to-assume: "${role}", aws-region: ${region}, role-duration-seconds: ${role === roles.apply ? 7200 : 3600} }`;
  return `# Copy it to .github/workflows/${stack}.yml. A pull request is checked and planned; on ${branch}, the plan that a reviewer of the
# environment lets through is applied, and no other; every night, what differs from AWS fails.
name: ${stack}
on:
  pull_request: { paths: ["${stack}/**", ".github/workflows/${stack}.yml"] }
  push: { branches: ["${branch}"], paths: ["${stack}/**", ".github/workflows/${stack}.yml"] }
  workflow_dispatch:
  schedule: [{ cron: "23 3 * * *" }]
permissions: { actions: read, contents: read, id-token: write }
defaults: { run: { working-directory: ${stack} } }
env:
  PLAN: ${plan}
  STATE_REGION: ${stateRegion}
  TF_IN_AUTOMATION: 1
  # A plan that is to be applied; of any other nothing is kept.
  DEPLOYS: \${{ github.ref == 'refs/heads/${branch}' && github.event_name != 'schedule' }}
jobs:
  plan:
    # A fork's pull request has no tokens.
    if: github.event_name != 'pull_request' || github.event.pull_request.head.repo.full_name == github.repository
    runs-on: ${runner}
    outputs:
      changes: \${{ steps.plan.outputs.changes }}
      sha256: \${{ steps.plan.outputs.sha256 }}
    steps:
      - if: env.DEPLOYS == 'true'
        name: An apply needs an environment with reviewers, of ${branch} alone
        working-directory: .
        env: { GH_TOKEN: "\${{ github.token }}" }
        run: |
          # GitHub makes a missing environment, without any protection.
          environment="repos/$GITHUB_REPOSITORY/environments/${environment}"
          rules=$(gh api "$environment" --jq '[.protection_rules[].type] | join(" ")') || rules=
          branches=$(gh api "$environment" --jq 'if .deployment_branch_policy.protected_branches then "protected" else "" end') || branches=
          if [ "$branches" != protected ]; then
            branches=$(gh api --paginate "$environment/deployment-branch-policies" --jq '.branch_policies[] | "\\(.type // "branch") \\(.name)"') || branches=
          fi
          case " $rules " in *" required_reviewers "*) ;; *) echo "::error::${environment} has no required reviewers."; exit 1 ;; esac
          case "$branches" in protected | "branch ${branch}") ;; *) echo "::error::${environment} lets other branches deploy than ${branch} (\${branches//$'\\n'/, })."; exit 1 ;; esac
${prepared(roles.plan)}
      - run: terraform init -input=false -lockfile=readonly
      - if: github.event_name == 'pull_request'
        run: terraform fmt -check -diff && terraform validate && terraform test
      - id: plan
        run: |
          status=0
          terraform plan -input=false -lock-timeout=10m -detailed-exitcode -out=plan || status=$?
          if [ "$status" = 2 ]; then changes=true; elif [ "$status" = 0 ]; then changes=false; else exit "$status"; fi
          printf 'changes=%s\\nsha256=%s\\n' "$changes" "$(sha256sum <plan)" >>"$GITHUB_OUTPUT"
      - if: env.DEPLOYS == 'true'
        run: aws s3 cp --only-show-errors --region "$STATE_REGION" plan "$PLAN"
      - if: github.event_name == 'schedule' && steps.plan.outputs.changes == 'true'
        run: |
          echo "::error::AWS differs from ${stack}: this run's plan says how."
          exit 1
  apply:
    needs: plan
    if: github.ref == 'refs/heads/${branch}' && github.event_name != 'schedule' && needs.plan.outputs.changes == 'true'
    runs-on: ${runner}
    environment: "${environment}"
    steps:
${prepared(roles.apply)}
      - env:
          SHA256: \${{ needs.plan.outputs.sha256 }}
        run: |
          aws s3 cp --only-show-errors --region "$STATE_REGION" "$PLAN" plan
          if [ "$(sha256sum <plan)" != "$SHA256" ]; then echo "$PLAN is not the plan that was approved." >&2; exit 1; fi
          terraform init -input=false -lockfile=readonly
          terraform apply -input=false -lock-timeout=10m plan
`;
}
