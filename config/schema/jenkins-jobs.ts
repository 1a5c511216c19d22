import { z } from "zod";
import { emrInstanceType } from "./emr-instance-type";
import { emailAddress, integer } from "./fields";

/** Lowest and highest number of each field of a schedule: minute, hour, day of the month, month, weekday. */
const cronFields = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

/** The longest that each month gets, from January on. */
const daysOfMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A schedule as Jenkins reads it, of one line: https://www.jenkins.io/doc/book/pipeline/syntax/#cron-syntax. */
const schedule = z
  .string()
  .refine(isSchedule, {
    abort: true,
    error:
      "minute, hour, day of the month, month and weekday as Jenkins reads them are required, as in `H 7 * * *`, or `@daily`. Correct it.",
  })
  // https://github.com/jenkinsci/jenkins/pull/2759
  .refine(hasDay, {
    error:
      "no month of it has that day: the job never runs, and a Jenkins of before 2017, as the role's own, looks for the day without end. Correct it, or write `false` for no job.",
  });

function isSchedule(text: string): boolean {
  const fields = text.split(" ");
  return (
    /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(text) ||
    (fields.length === cronFields.length &&
      cronFields.every(([least, most], index) => isField(fields[index] ?? "", least, most)))
  );
}

/** Whether a month of a schedule is as long as its earliest day. */
function hasDay(text: string): boolean {
  const [, , days = "*", months = "*"] = text.split(" ");
  const earliest = Math.min(...numbersOf(days, 1, 31));
  return numbersOf(months, 1, 12).some((month) => earliest <= (daysOfMonths[month - 1] as number));
}

/** The numbers that a field of a schedule stands for; where Jenkins chooses, all that it may choose. */
function numbersOf(field: string, least: number, most: number): number[] {
  return field.split(",").flatMap((item) => {
    const [range = "", step = "1"] = item.split("/");
    const [first = least, last = /^\d+$/.test(range) ? first : most] = (range.match(/\d+/g) ?? []).map(Number);
    const isChosen = range.startsWith("H");
    return Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
      (_, index) => isChosen || index % Number(step) === 0,
    );
  });
}

/** Lists of `*`, `H`, `H(0-29)`, numbers and ranges, each with a step or without. */
function isField(field: string, least: number, most: number): boolean {
  return field.split(",").every((item) => {
    const match = /^(?:\*|H|H\((\d+)-(\d+)\)|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(item);
    if (match === null) {
      return false;
    }
    const [, hashFirst, hashLast, first, last, step] = match;
    const ends = [hashFirst ?? first, hashLast ?? last].filter((end) => end !== undefined).map(Number);
    const [low = least, high = most] = ends;
    // A single number has no step.
    const stepped = step === undefined || (Number(step) >= 1 && Number(step) <= most && !(first && !last));
    return low <= high && ends.every((end) => end >= least && end <= most) && stepped;
  });
}

const settings = z.strictObject({
  /**
   * When it runs, in Jenkins' form; `H` lets Jenkins choose the minute.
   * @default - the runbook's, which is named with the job
   */
  schedule: schedule.optional(),
  /**
   * Minutes after which a run is aborted, and has failed; its historical run likewise.
   * @default 300
   */
  timeoutMinutes: integer({ min: 1, max: 10080 }, "A week is the most").default(300),
  /**
   * Task instances of its clusters.
   * @default - `configurationFiles.taskInstances`
   */
  taskInstances: z
    .strictObject({
      /** How many. */
      count: integer({ min: 0, max: 1000 }, "Give the number of task instances"),
      /** EC2 instance type. */
      type: emrInstanceType,
    })
    .optional(),
  /**
   * Arguments that the task gets besides, as in `["--throttle", "0.25"]`; luigi takes the last of a repeated one.
   * @default []
   */
  arguments: z
    .array(
      z.string().regex(/^[\w.,:=/@%+-]+$/, {
        error: "an argument is letters, digits and . , : = / @ % + _ -, as two shells read it. Change it.",
      }),
    )
    .default([]),
});

/** Settings of a job, or false. */
const job = z.union([z.literal(false), settings], { error: "settings, or false for none, are allowed. Write { … }." });

/**
 * Jenkins' jobs, one for each task of the pipeline that the client uses: `false` leaves a job out, `{}` asks for one that
 * is not there by itself.
 */
export const jenkinsJobs = z.strictObject({
  /**
   * Who is told of every run that fails.
   * @default - `configurationFiles.contactEmail`
   */
  email: emailAddress("ops@example.org").optional(),
  /**
   * Enrollments, which the other tasks read.
   * @default - daily, `H 0 * * *`
   */
  enrollments: job.optional(),
  /**
   * Enrollments by country, from `GeoIP.dat`.
   * @default - daily, `H 5 * * *`
   */
  geography: job.optional(),
  /**
   * Engagement in courses.
   * @default - on Mondays, `H 1 * * 1`
   */
  engagement: job.optional(),
  /**
   * Engagement of learners, into Elasticsearch.
   * @default - daily, `H 3 * * *`, where the client has Elasticsearch
   */
  learners: job.optional(),
  /**
   * Answers, graded and ungraded.
   * @default - daily, `H 7 * * *`
   */
  performance: job.optional(),
  /**
   * Videos.
   * @default - daily, `H 9 * * *`
   */
  videos: job.optional(),
  /**
   * Student engagement of the day before, as files for the instructor dashboard: daily, `H 11 * * *`.
   * @default - none
   */
  studentEngagementDaily: job.optional(),
  /**
   * Student engagement of the week before, as files for the instructor dashboard: on Mondays, `H 13 * * 1`.
   * @default - none
   */
  studentEngagementWeekly: job.optional(),
  /**
   * Problem response reports.
   * @default - daily, `H 20 * * *`, where the client has the bucket `apiReports`
   */
  problemResponses: job.optional(),
});

export type JenkinsJobsFields = z.output<typeof jenkinsJobs>;
/** Key of a job in the client's file. */
export type JenkinsJobKey = Exclude<keyof JenkinsJobsFields, "email">;

/** The jobs that a client has, complete. */
export interface JenkinsJobs {
  /**
   * Who is told of failures.
   * @default - missing
   */
  readonly email?: string;
  /** The jobs that the client has, in the order in which their first runs make sense. */
  readonly jobs: readonly JenkinsJob[];
}

export interface JenkinsJob {
  readonly key: JenkinsJobKey;
  /** When it runs, in Jenkins' form. */
  readonly schedule: string;
  readonly timeoutMinutes: number;
  /** @default - those of `configurationFiles` */
  readonly taskInstances?: { readonly count: number; readonly type: string };
  /** Arguments that its task gets besides. */
  readonly arguments: readonly string[];
}
