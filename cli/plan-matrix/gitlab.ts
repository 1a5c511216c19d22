import type { Entry, Matrix } from "./matrix";

/** Jobs by their names, and what they stand on. */
type Pipeline = Readonly<Record<string, object>>;

/** GitLab has no matrix that a job makes; it has child pipelines, whose YAML may be JSON. */
export function gitlabPipeline({ include, byHand }: Matrix): Pipeline {
  const jobs = [
    ...include.flatMap((entry) => stackJobs(entry)),
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
  const { stack, kind, region, stateBucket, stateRegion, folder, planRole, applyRole } = entry;
  const common = {
    STACK: stack,
    FOLDER: folder,
    STATE_BUCKET: stateBucket,
    STATE_REGION: stateRegion,
    AWS_REGION: region,
  };
  // Their servers are reached from inside the VPC.
  const runner = kind === "databases" ? { tags: ["$DATABASES_RUNNER_TAG"] } : {};
  return [
    [`plan:${stack}`, { extends: ".plan", ...runner, variables: { ...common, AWS_ROLE_ARN: planRole } }],
    [
      `apply:${stack}`,
      {
        extends: ".apply",
        ...runner,
        needs: [{ pipeline: "$PARENT_PIPELINE_ID", job: "synth" }, `plan:${stack}`],
        resource_group: stack,
        variables: { ...common, AWS_ROLE_ARN: applyRole },
      },
    ],
  ];
}

/** GitLab expands `$NAME` in variables; `$$` is one. */
function literal(text: string): string {
  return text.replaceAll("$", "$$$$");
}
