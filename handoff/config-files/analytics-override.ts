import type { ConfigFile } from "./config-file";
import { iniFormat } from "./formats/ini";
import { of, type Sources } from "./sources";
import { absent, type Values } from "./value";

/** Configuration of the pipeline's tasks, over its default.cfg; the one secret in it is that of the reports' API client. */
export function analyticsOverride(sources: Sources): ConfigFile {
  const { config, outputs } = sources;
  const pipeline = `s3://${outputs.edxanalytics_bucket}`;
  const hadoop = `s3://${outputs.hadoop_bucket}`;
  const warehouse = `${hadoop}/warehouse/hive/`;
  const startDate = sources.field("startDate", config.startDate);
  return {
    path: "analytics-tasks/analytics-override.cfg",
    format: iniFormat,
    groups: [
      {
        title: "Databases, with the credentials in the pipeline bucket",
        values: {
          "database-export": { database: "reports", credentials: `${pipeline}/edxanalytics_creds` },
          "database-import": {
            database: "edxapp",
            destination: warehouse,
            credentials: `${pipeline}/edxapp_creds`,
          },
        },
      },
      {
        title: "Tracking logs, and where Hive and Hadoop keep theirs",
        values: {
          "event-logs": {
            expand_interval: "30 days",
            pattern: list(sources, ".*tracking.log-(?P<date>[0-9]+).*"),
            source: list(sources, `s3://${outputs.tracking_logs_bucket}/logs/tracking/`),
          },
          hive: { warehouse_path: warehouse },
          manifest: {
            path: `${hadoop}/manifest/`,
            lib_jar: `s3://${outputs.emr_bucket}/edx-analytics-hadoop-util.jar`,
            input_format: "org.edx.hadoop.input.ManifestTextInputFormat",
          },
          "map-reduce": { marker: `${hadoop}/marker/` },
          // Signature V4 needs the region's host; emr-vars.yml turns it on.
          s3: sources.between("hawthorn", undefined, { host: `s3.${outputs.region}.amazonaws.com` }),
        },
      },
      {
        title: "Tasks",
        values: {
          enrollments: { interval_start: startDate, overwrite_n_days: "3" },
          "location-per-course": { interval_start: startDate, overwrite_n_days: "3" },
          "user-activity": sources.between("hawthorn", undefined, { overwrite_n_days: "10" }),
          "answer-distribution": {
            valid_response_types:
              "customresponse,choiceresponse,optionresponse,multiplechoiceresponse,numericalresponse,stringresponse,formularesponse",
          },
          geolocation: { geolocation_data: `${pipeline}/GeoIP.dat` },
          calendar: { interval: of(startDate, (day) => `${day}-${config.calendarEnd}`) },
          videos: {
            dropoff_threshold: "0.05",
            overwrite_n_days: sources.between("hawthorn", undefined, "3"),
          },
          ...learners(sources),
          ...problemResponses(sources),
        },
      },
    ],
  };
}

/** A list of one: ficus and ginkgo read a list's items by line, the later releases JSON. */
function list(sources: Sources, item: string): string {
  return sources.since("hawthorn") ? JSON.stringify([item]) : item;
}

/** Reports of problem responses, where the client has them, from ginkgo on: courses and their blocks are the LMS's. */
function problemResponses(sources: Sources): Values {
  const { outputs, config } = sources;
  const isUsed = outputs.api_reports_bucket !== undefined && sources.since("ginkgo");
  const lms = (path: string) => of(sources.field("lmsUrl", config.lmsUrl), (url) => `${url}${path}`);
  return {
    "problem-response": isUsed ? { report_output_root: `s3://${outputs.api_reports_bucket}/` } : absent,
    "course-list": isUsed ? { api_root_url: lms("/api/courses/v1/courses/") } : absent,
    "course-blocks": isUsed ? { api_root_url: lms("/api/courses/v1/blocks/") } : absent,
    "edx-rest-api": isUsed
      ? {
          auth_url: lms("/oauth2/access_token/"),
          client_id: sources.backendKey,
          client_secret: sources.secret("backendOauth2Secret"),
        }
      : absent,
  };
}

/** The learner index; the form of its host is the release's. */
function learners(sources: Sources): Values {
  const endpoint = sources.elasticsearchEndpoint;
  if (endpoint === undefined) {
    return {
      elasticsearch: absent,
      "module-engagement": { alias: absent, number_of_shards: absent, allow_empty_insert: "true" },
    };
  }
  return {
    elasticsearch: {
      // From Maple on the pipeline's client takes a host name.
      host: sources.since("maple") ? endpoint : list(sources, `https://${endpoint}`),
      connection_type: "aws",
    },
    "module-engagement": { alias: "roster_1_2", number_of_shards: "5", allow_empty_insert: "true" },
  };
}
