import { isExisting } from "../../../config/existing";
import { jobName } from "../jenkins-jobs/jenkins-jobs";
import { jobsOf } from "../jenkins-jobs/tasks";
import type { RunContext } from "./context";
import { secureFolder } from "./context";
import { currentFiles } from "./director";
import type { Step } from "./step";

/** What Insights shows: what it has data for. */
export function featuresStep(context: RunContext): Step {
  const { outputs, elasticsearchEndpoint } = context.sources;
  const learners = elasticsearchEndpoint !== undefined;
  const switches = [
    "enable_course_api",
    "display_course_name_in_nav",
    "enable_engagement_videos_pages",
    ...(learners ? ["enable_learner_download"] : []),
    ...(outputs.api_reports_bucket === undefined ? [] : ["enable_problem_response_download"]),
  ];
  const commands = [
    ...switches.map((name) => `./manage.py waffle_switch ${name} on --create`),
    ...(learners ? ["./manage.py waffle_flag display_learner_analytics --everyone --create"] : []),
  ];
  return {
    title: "What Insights shows",
    where: "here",
    text: learners
      ? "Pages are empty until Jenkins' jobs have run."
      : "Pages are empty until Jenkins' jobs have run. Without Elasticsearch there are no pages about learners.",
    commands: [
      `${context.sshTo("insights")} 'sudo -H -u insights bash -c "source ~/insights_env && cd ~/edx_analytics_dashboard && ${commands.join(" && ")}"'`,
    ],
  };
}

export const afterCareTitle = "After the first run of Enrollments";

/** Whether Enrollments runs, and fills a column that the API reads. */
export function needsAfterCare({ sources, tools }: RunContext): boolean {
  return tools.passingUsers && sources.client.jenkinsJobs.jobs.some(({ key }) => key === "enrollments");
}

/** The pipeline makes this table, without the default that the API counts on: Insights' first page fails until it has one. */
export function afterCareStep(context: RunContext): Step[] {
  const { client, config } = context.sources;
  if (!needsAfterCare(context)) {
    return [];
  }
  const job = jobName(context.hostOf("insightsUrl", config.insightsUrl), jobsOf(client.release).enrollments.title);
  const options =
    'import json; creds = json.load(open("/dev/stdin")); print("[client]"); [print("%s=\\"%s\\"" % (key, str(creds[name]).replace("\\\\", "\\\\\\\\"))) for key, name in [("host", "host"), ("port", "port"), ("user", "username"), ("password", "password")]]';
  return [
    {
      title: afterCareTitle,
      where: "director",
      text: `Once *${job}* has succeeded. ${wayToDatabase(context)}`,
      commands: [
        ...currentFiles,
        // A failure within <( ) would end nothing.
        `options=$(python3 -c '${options}' < ${secureFolder}/analytics-tasks/edxanalytics_creds)`,
        `mysql --defaults-extra-file=<(printf '%s\\n' "$options") reports -e 'ALTER TABLE course_meta_summary_enrollment ALTER passing_users SET DEFAULT 0; UPDATE course_meta_summary_enrollment SET passing_users = 0 WHERE passing_users IS NULL;'`,
      ],
    },
  ];
}

/** Who lets the director in on 3306. */
function wayToDatabase({ sources: { client } }: RunContext): string {
  if (client.network.defaultSecurityGroup) {
    return "The director reaches the database as a member of the VPC's default security group.";
  }
  const { rdsSecurityGroup: group } = client.emr;
  return isExisting(group)
    ? `The security group ${group.existing} of the database has to let the director in on 3306.`
    : `The security group \`${group.name}\` of the database lets the director in on 3306.`;
}

/** Everything is asked once more. */
export function verifyStep(context: RunContext): Step {
  return {
    title: "Check",
    where: "here",
    commands: [`npx edx-analytics verify ${context.client}${context.directorOption}`],
  };
}
