import type { JenkinsJobKey } from "../schema/jenkins-jobs";

/** When a job runs, and who has it (runbook, Jenkins Setup, which refers to OpenCraft's page of jobs). */
export interface JobDefaults {
  readonly schedule: string;
  /**
   * What a client needs for it.
   * @default - nothing
   */
  readonly needs?: "elasticsearch" | "reports";
  /**
   * Whether a client that has what it needs has it by itself.
   * @default true
   */
  readonly byItself?: false;
}

/** The jobs: enrollments first, which the others read, each at an hour of its own. */
export const jobDefaults: Readonly<Record<JenkinsJobKey, JobDefaults>> = {
  enrollments: { schedule: "H 0 * * *" },
  geography: { schedule: "H 5 * * *" },
  engagement: { schedule: "H 1 * * 1" },
  learners: { schedule: "H 3 * * *", needs: "elasticsearch" },
  performance: { schedule: "H 7 * * *" },
  videos: { schedule: "H 9 * * *" },
  studentEngagementDaily: { schedule: "H 11 * * *", byItself: false },
  studentEngagementWeekly: { schedule: "H 13 * * 1", byItself: false },
  problemResponses: { schedule: "H 20 * * *", needs: "reports" },
};
