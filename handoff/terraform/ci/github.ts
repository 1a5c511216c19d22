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
  return `# Copy it to .github/workflows/${stack}.yml. A pull request is planned; on ${branch}, the plan that a reviewer of the
# environment lets through is applied, and no other; every night, what differs from AWS fails.
name: ${stack}
on:
  pull_request: { paths: ["${stack}/**"] }
  push: { branches: ["${branch}"], paths: ["${stack}/**"] }
  schedule: [{ cron: "23 3 * * *" }]
permissions: { contents: read, id-token: write }
defaults: { run: { working-directory: ${stack} } }
env:
  PLAN: ${plan}
  STATE_REGION: ${stateRegion}
  TF_IN_AUTOMATION: 1
jobs:
  plan:
    # A fork's pull request has no tokens.
    if: github.event_name != 'pull_request' || github.event.pull_request.head.repo.full_name == github.repository
    runs-on: ${runner}
    outputs:
      changes: \${{ steps.plan.outputs.changes }}
      sha256: \${{ steps.plan.outputs.sha256 }}
    steps:
${prepared(roles.plan)}
      - id: plan
        run: |
          terraform init -input=false -lockfile=readonly
          status=0
          terraform plan -input=false -lock-timeout=10m -detailed-exitcode -out=plan || status=$?
          if [ "$status" = 2 ]; then changes=true; elif [ "$status" = 0 ]; then changes=false; else exit "$status"; fi
          printf 'changes=%s\\nsha256=%s\\n' "$changes" "$(sha256sum <plan)" >>"$GITHUB_OUTPUT"
      - if: github.event_name == 'push'
        run: aws s3 cp --only-show-errors --region "$STATE_REGION" plan "$PLAN"
      - if: github.event_name == 'schedule' && steps.plan.outputs.changes == 'true'
        run: |
          echo "::error::AWS differs from ${stack}: this run's plan says how."
          exit 1
  apply:
    needs: plan
    if: github.event_name == 'push' && needs.plan.outputs.changes == 'true'
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
