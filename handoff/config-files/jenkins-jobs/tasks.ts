import type { JenkinsJobKey } from "../../../config/schema/jenkins-jobs";
import { type ReleaseName, since } from "../../../config/tables/versions-by-release";

/** What a job runs: lines of shell, and a task of edx-analytics-pipeline with its arguments as the shell reads them. */
export interface Run {
  /**
   * First day of `FROM_DATE`, as `date` reads it; `TO_DATE` is today.
   * @default "$START_DATE"
   */
  readonly from?: string;
  /**
   * Lines before the task, behind the two days.
   * @default []
   */
  readonly before?: readonly string[];
  readonly task: string;
  readonly arguments: readonly string[];
}

/** A job's runs. */
export interface Job {
  /** Name behind Insights' domain, and behind the cluster's. */
  readonly title: string;
  readonly description: string;
  /** The run by schedule. */
  readonly scheduled: Run;
  /**
   * The run over the days before the first one by schedule, which adds to them.
   * @default - none; the task reads all days each time
   */
  readonly history?: Run;
}

const interval = '--interval "$FROM_DATE-$TO_DATE"';
const reducers = "--n-reduce-tasks $NUM_REDUCE_TASKS";
const now = "NOW=$(date +%s)";

/** Whether the release's pipeline runs on luigi 1, with lists of another form and fewer tasks that add to former runs. */
function isFirstPipeline(release: ReleaseName): boolean {
  return !since("hawthorn", release);
}

/**
 * A list of one item. What remote-task gets it joins with blanks, and bash on the cluster reads that once more: the single
 * quotes are for the latter.
 */
function list(release: ReleaseName, item: string): string {
  return isFirstPipeline(release) ? `"'${item}'"` : `"'[\\"${item}\\"]'"`;
}

/** Options that later releases' `run-automated-task.sh` gives remote-task by itself. */
export function missingOptions(release: ReleaseName, home: string): string[] {
  return release === "ficus"
    ? [`--override-config=${home}/analytics-override.cfg`, "--virtualenv-extra-args=--system-site-packages"]
    : [];
}

/** The runs of each job, as the pipeline's documentation of the release and OpenCraft's page of jobs have them. */
export function jobsOf(release: ReleaseName): Readonly<Record<JenkinsJobKey, Job>> {
  const first = isFirstPipeline(release);
  return {
    enrollments: {
      title: "Enrollments",
      description:
        "Enrollments in total, by gender, age and education. Its history comes first: the other jobs read it.",
      scheduled: {
        task: "ImportEnrollmentsIntoMysql",
        arguments: [interval, reducers, ...(first ? [] : ["--overwrite-mysql", "--overwrite-hive"])],
      },
      history: { task: "CourseEnrollmentEventsTask", arguments: [interval, reducers] },
    },
    geography: {
      title: "Enrollments by country",
      description: "Where learners are, by GeoIP.dat.",
      scheduled: { task: "InsertToMysqlLastCountryPerCourseTask", arguments: [interval, reducers, "--overwrite"] },
      history: { task: "LastDailyIpAddressOfUserTask", arguments: [interval, reducers] },
    },
    engagement: {
      title: "Engagement",
      description: "Activity in courses by week.",
      scheduled: {
        task: first ? "CourseActivityWeeklyTask" : "InsertToMysqlCourseActivityTask",
        arguments: ['--end-date "$TO_DATE"', "--weeks 24", reducers, ...(first ? [] : ["--overwrite-mysql"])],
      },
      ...(!first && { history: { task: "UserActivityTask", arguments: [interval, reducers] } }),
    },
    learners: {
      title: "Learner engagement",
      description: "Engagement of learners, into Elasticsearch.",
      scheduled: {
        task: "ModuleEngagementWorkflowTask",
        arguments: ['--date "$TO_DATE"', "--indexing-tasks 5", "--throttle 0.5", reducers],
      },
      history: {
        // Insights shows the last two weeks.
        from: "14 days ago",
        task: "ModuleEngagementIntervalTask",
        arguments: [interval, reducers, '--overwrite-from-date "$TO_DATE"', "--overwrite-mysql"],
      },
    },
    performance: {
      title: "Performance",
      description: "Answers to graded and ungraded problems, from all tracking logs each time.",
      scheduled: {
        // The task takes a path that exists for one that it has filled.
        before: [now, 'DESTINATION="$HADOOP_S3_BUCKET/intermediate/answer_dist/$NOW"'],
        task: "AnswerDistributionWorkflow",
        arguments: [
          `--src ${list(release, "$TRACKING_LOGS_S3_BUCKET/logs/tracking")}`,
          '--dest "$DESTINATION"',
          "--name AnswerDistributionWorkflow",
          '--output-root "$HADOOP_S3_BUCKET/grading_reports/"',
          `--include ${list(release, "*tracking.log*.gz")}`,
          '--manifest "$DESTINATION/manifest.txt"',
          "--base-input-format org.edx.hadoop.input.ManifestTextInputFormat",
          `--lib-jar ${list(release, "$TASK_CONFIGURATION_S3_BUCKET/edx-analytics-hadoop-util.jar")}`,
          reducers,
          '--marker "$DESTINATION/marker"',
        ],
      },
    },
    videos: {
      title: "Videos",
      description: "How videos are watched.",
      scheduled: { task: "InsertToMysqlAllVideoTask", arguments: [interval, reducers] },
      ...(!first && {
        history: {
          // Of an interval, the task reads no more than so many of its last days.
          before: ['DAYS=$(( ($(date -u +%s -d "$TO_DATE") - $(date -u +%s -d "$FROM_DATE")) / 86400 ))'],
          task: "InsertToMysqlAllVideoTask",
          arguments: [interval, reducers, '--overwrite-n-days "$DAYS"'],
        },
      }),
    },
    studentEngagementDaily: {
      title: "Student engagement daily",
      description: "Engagement of each student yesterday, as files for the instructor dashboard.",
      scheduled: studentEngagement("yesterday", []),
    },
    studentEngagementWeekly: {
      title: "Student engagement weekly",
      description: "Engagement of each student in the last seven days, as files for the instructor dashboard.",
      scheduled: studentEngagement("7 days ago", ["--interval-type weekly"]),
    },
    problemResponses: {
      title: "Problem responses",
      description: "Reports of learners' answers, for Insights.",
      scheduled: {
        // Midnight of tomorrow, for the answers of today to be in it.
        before: [now, "TOMORROW=$(date +%Y-%m-%d -d tomorrow)"],
        task: "ProblemResponseReportWorkflow",
        arguments: [
          '--marker "$HADOOP_S3_BUCKET/intermediate/problem_response/marker$NOW"',
          '--interval-end "$TOMORROW"',
          "--overwrite",
          reducers,
        ],
      },
    },
  };
}

function studentEngagement(from: string, type: readonly string[]): Run {
  return {
    from,
    before: [now],
    task: "StudentEngagementCsvFileTask",
    arguments: [
      '--output-root "$EDXAPP_S3_BUCKET/grades-download/"',
      '--marker "$HADOOP_S3_BUCKET/intermediate/student_engagement/$NOW/marker"',
      ...type,
      interval,
    ],
  };
}
