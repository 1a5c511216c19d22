import type { ClientFields } from "../schema/client";
import type { JenkinsJobKey, JenkinsJobs } from "../schema/jenkins-jobs";
import { type JobDefaults, jobDefaults } from "../tables/jenkins-jobs";
import { releases } from "../tables/versions-by-release";

type Fields = Pick<ClientFields, "release" | "buckets">;

/** What a client lacks for a job; undefined where it may have it. */
export function lackedBy(
  { release, buckets }: Fields,
  needs: JobDefaults["needs"],
): { readonly what: string; readonly fix: string } | undefined {
  if (needs === "elasticsearch" && releases[release].elasticsearch === undefined) {
    return { what: `${release} has no Elasticsearch`, fix: "Remove it" };
  }
  if (needs === "reports" && release === "ficus") {
    return { what: "the pipeline of ficus has no such task", fix: "Remove it" };
  }
  return needs === "reports" && buckets.apiReports === undefined
    ? {
        what: "its reports go into a bucket that the client does not have",
        fix: "Set `buckets.apiReports`, or remove it",
      }
    : undefined;
}

/** The jobs that a client has, complete. */
export function resolveJenkinsJobs(fields: ClientFields): JenkinsJobs {
  const { email, ...settings } = fields.jenkinsJobs;
  const entries = Object.entries(jobDefaults) as [JenkinsJobKey, JobDefaults][];
  const jobs = entries.flatMap(([key, { schedule, needs, byItself = true }]) => {
    const set = settings[key] ?? (byItself && { timeoutMinutes: 300, arguments: [] });
    return set === false || lackedBy(fields, needs) ? [] : [{ key, ...set, schedule: set.schedule ?? schedule }];
  });
  return { email: email ?? fields.configurationFiles.contactEmail, jobs };
}
