import type { Entry, Matrix } from "./matrix";

/** GitLab has no matrix that a job makes; it has child pipelines, whose YAML may be JSON: jobs by their names. */
export function gitlabPipeline({ include, byHand }: Matrix): Readonly<Record<string, object>> {
  const jobs = [
    ...include.flatMap(stackJobs),
    ...byHand.map(({ stack, reason }) => [
      `by hand:${stack}`,
      { extends: ".by-hand", variables: { REASON: literal(`${stack}: ${reason}`) } },
    ]),
  ];
  return {
    include: [{ local: ".gitlab/stack.yml" }],
    // A pipeline without jobs is an error.
    ...Object.fromEntries(jobs.length === 0 ? [["nothing to plan", { extends: ".nothing-to-plan" }]] : jobs),
  };
}

function stackJobs(entry: Entry): [string, object][] {
  const { stack, planRole, applyRole } = entry;
  const job = (extended: string, role: string) => ({
    extends: extended,
    // Their servers are reached from inside the VPC.
    ...(entry.kind === "databases" && { tags: ["$DATABASES_RUNNER_TAG"] }),
    variables: {
      STACK: stack,
      STATE_BUCKET: entry.stateBucket,
      STATE_REGION: entry.stateRegion,
      AWS_REGION: entry.region,
      AWS_ROLE_ARN: role,
    },
  });
  const needs = [{ pipeline: "$PARENT_PIPELINE_ID", job: "synth" }, `plan:${stack}`];
  return [
    [`plan:${stack}`, job(".plan", planRole)],
    [`apply:${stack}`, { ...job(".apply", applyRole), needs, resource_group: stack }],
  ];
}

/** GitLab expands `$NAME` in variables; `$$` is one. */
function literal(text: string): string {
  return text.replaceAll("$", "$$$$");
}
