import { type Pipeline, terraformVersion } from "./pipeline";

/** A stack's jobs for GitLab CI. */
export function gitlabPipeline({ stack, roles, ...pipeline }: Pipeline): string {
  const { region, stateRegion, plan, branch, environment, insideVpc } = pipeline;
  const tags = insideVpc ? "\n  # Inside the VPC, as it logs in to MySQL.\n  tags: [$DATABASES_RUNNER_TAG]" : "";
  return `# Include it in .gitlab-ci.yml: \`include: [{ local: ${stack}/ci/gitlab.yml }]\`. A merge request is checked and planned; on ${branch}, that plan is
# applied once somebody starts the job, and no other; in a pipeline schedule, what differs from AWS fails.
stages: [plan, apply]

.${stack}:
  image: { name: "hashicorp/terraform:${terraformVersion}", entrypoint: [""] }${tags}
  id_tokens: { AWS_ID_TOKEN: { aud: $CI_SERVER_URL } }
  variables:
    AWS_WEB_IDENTITY_TOKEN_FILE: $CI_BUILDS_DIR/aws-id-token-$CI_JOB_ID
    AWS_ROLE_SESSION_NAME: gitlab-$CI_PIPELINE_ID
    AWS_REGION: ${region}
    STATE_REGION: ${stateRegion}
    PLAN: ${plan}
    TF_IN_AUTOMATION: "1"
  before_script:
    - apk add --no-cache aws-cli coreutils git
    - (umask 077 && printf %s "$AWS_ID_TOKEN" >"$AWS_WEB_IDENTITY_TOKEN_FILE")
  after_script: ['rm -rf "$AWS_WEB_IDENTITY_TOKEN_FILE" "$CI_BUILDS_DIR/checkout-$CI_JOB_ID"']

${stack}-plan:
  extends: .${stack}
  stage: plan
  dependencies: []
  variables: { AWS_ROLE_ARN: "${roles.plan}" }
  script:
    - cd ${stack}
    - terraform init -input=false -lockfile=readonly
    - if [ "$CI_PIPELINE_SOURCE" = merge_request_event ]; then terraform fmt -check -diff && terraform validate && terraform test; fi
    - |
      status=0
      terraform plan -input=false -lock-timeout=10m -detailed-exitcode -out=plan || status=$?
      if [ "$status" = 2 ]; then changes=true; elif [ "$status" = 0 ]; then changes=false; else exit "$status"; fi
      printf 'CHANGES=%s\\nSHA256=%s\\n' "$changes" "$(sha256sum <plan | cut -d ' ' -f 1)" >plan.env
    # Not a schedule's: the plan there may await approval.
    - if [ "$CI_PIPELINE_SOURCE" != schedule ] && [ "$CI_COMMIT_BRANCH" = "${branch}" ]; then aws s3 cp --only-show-errors --region "$STATE_REGION" plan "$PLAN"; fi
    - if [ "$CI_PIPELINE_SOURCE.$changes" = schedule.true ]; then echo "AWS differs from ${stack}." >&2; exit 1; fi
  artifacts: { paths: ["${stack}/plan.env"] }
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
    - if: $CI_PIPELINE_SOURCE == "merge_request_event" || $CI_COMMIT_BRANCH == "${branch}"
      changes: ["${stack}/**/*"]

${stack}-apply:
  extends: .${stack}
  stage: apply
  # Another audience than the plan's, or a plan could apply.
  id_tokens: { AWS_ID_TOKEN: { aud: $CI_SERVER_URL/apply } }
  dependencies: ["${stack}-plan"]
  # The artefact lies in the project's folder, with whatever the plan job put there, configuration and .git among it. So the
  # commit is checked out elsewhere, and two values are read of the artefact.
  variables: { AWS_ROLE_ARN: "${roles.apply}", GIT_STRATEGY: none }
  environment: "${environment}"
  timeout: 2h
  script:
    - mkdir -p "$CI_BUILDS_DIR/checkout-$CI_JOB_ID" && cd "$CI_BUILDS_DIR/checkout-$CI_JOB_ID"
    - git init --quiet && git fetch --quiet --depth 1 "$CI_REPOSITORY_URL" "$CI_COMMIT_SHA" && git checkout --quiet FETCH_HEAD
    - cd ${stack}
    # Not a dotenv report: whatever runs in the plan could set any variable of this job, BASH_ENV and PATH among them.
    - changes=$(sed -nE 's/^CHANGES=(true|false)$/\\1/p' "$CI_PROJECT_DIR/${stack}/plan.env")
    - sha256=$(sed -nE 's/^SHA256=([0-9a-f]{64})$/\\1/p' "$CI_PROJECT_DIR/${stack}/plan.env")
    - if [ "$changes" = false ]; then echo "Nothing to apply."; exit 0; fi
    - aws s3 cp --only-show-errors --region "$STATE_REGION" "$PLAN" plan
    - if [ "$(sha256sum <plan | cut -d ' ' -f 1)" != "$sha256" ]; then echo "$PLAN is not the plan that was approved." >&2; exit 1; fi
    - terraform init -input=false -lockfile=readonly
    - terraform apply -input=false -lock-timeout=10m plan
  rules:
    - if: $CI_PIPELINE_SOURCE != "schedule" && $CI_COMMIT_BRANCH == "${branch}"
      changes: ["${stack}/**/*"]
      when: manual
`;
}
