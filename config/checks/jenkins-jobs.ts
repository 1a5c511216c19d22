import { problem } from "../load/problem";
import { lackedBy } from "../load/resolve-jenkins-jobs";
import type { JenkinsJobKey } from "../schema/jenkins-jobs";
import { type JobDefaults, jobDefaults } from "../tables/jenkins-jobs";
import { type Check, check } from "./check";

/** Jobs that were asked for, and that the client cannot have. */
export const jenkinsJobChecks: readonly Check[] = [
  check(["release", "buckets", "jenkinsJobs"], (client) =>
    (Object.entries(jobDefaults) as [JenkinsJobKey, JobDefaults][]).flatMap(([key, { needs }]) => {
      const settings = client.jenkinsJobs[key];
      const lack = lackedBy(client, needs);
      return settings && lack ? [problem(`jenkinsJobs.${key}`, settings, lack.what, lack.fix)] : [];
    }),
  ),
];
