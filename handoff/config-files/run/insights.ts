import type { RunContext } from "./context";
import { secureFolder } from "./context";
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

/** The pipeline makes this table, without the default that the API counts on: Insights' first page fails until it has one. */
export function afterCareStep(context: RunContext): Step[] {
  if (!context.tools.passingUsers) {
    return [];
  }
  const options =
    'import json; creds = json.load(open("/dev/stdin")); print("[client]"); [print("%s=\\"%s\\"" % (key, creds[name].replace("\\\\", "\\\\\\\\"))) for key, name in [("host", "host"), ("port", "port"), ("user", "username"), ("password", "password")]]';
  return [
    {
      title: "After the first run of the enrollments job",
      where: "director",
      commands: [
        `mysql --defaults-extra-file=<(python3 -c '${options}' < ${secureFolder}/analytics-tasks/edxanalytics_creds) reports -e 'ALTER TABLE course_meta_summary_enrollment ALTER passing_users SET DEFAULT 0; UPDATE course_meta_summary_enrollment SET passing_users = 0 WHERE passing_users IS NULL;'`,
      ],
    },
  ];
}

/** Everything is asked once more. */
export function verifyStep(context: RunContext): Step {
  return {
    title: "Check",
    where: "here",
    commands: [`npx edx-analytics verify ${context.client}${context.directorOption}`],
  };
}
