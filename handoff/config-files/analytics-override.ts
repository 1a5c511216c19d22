import { atLeast } from "../../config/compare-versions";
import type { ConfigFile } from "./config-file";
import { iniFormat } from "./formats/ini";
import { of, type Sources } from "./sources";
import { absent, type Values } from "./value";

/** Configuration of the pipeline's tasks, over its default.cfg. The pipeline logs it: there is no secret in it. */
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
            pattern: '[".*tracking.log-(?P<date>[0-9]+).*"]',
            source: `["s3://${outputs.tracking_logs_bucket}/logs/tracking/"]`,
          },
          hive: { warehouse_path: warehouse },
          manifest: {
            path: `${hadoop}/manifest/`,
            lib_jar: `s3://${outputs.emr_bucket}/edx-analytics-hadoop-util.jar`,
            input_format: "org.edx.hadoop.input.ManifestTextInputFormat",
          },
          "map-reduce": { marker: `${hadoop}/marker/` },
        },
      },
      {
        title: "Tasks",
        values: {
          enrollments: {
            interval_start: startDate,
            // The day that the empty blacklist counts from.
            blacklist_date: startDate,
            blacklist_path: `${pipeline}/enrollments-blacklist/`,
            overwrite_n_days: "3",
          },
          "location-per-course": { interval_start: startDate, overwrite_n_days: "3" },
          "user-activity": { overwrite_n_days: "10" },
          "answer-distribution": {
            valid_response_types:
              "customresponse,choiceresponse,optionresponse,multiplechoiceresponse,numericalresponse,stringresponse,formularesponse",
          },
          geolocation: { geolocation_data: `${pipeline}/GeoIP.dat` },
          calendar: { interval: of(startDate, (day) => `${day}-${config.calendarEnd}`) },
          videos: { dropoff_threshold: "0.05", overwrite_n_days: "3" },
          ...learners(sources),
        },
      },
    ],
  };
}

/** The learner index; the form of its host is the release's. */
function learners({ client, outputs }: Sources): Values {
  const domain = client.elasticsearch;
  const endpoint = outputs.elasticsearch_endpoint;
  if (domain === undefined || endpoint === undefined) {
    return {
      elasticsearch: absent,
      "module-engagement": { alias: absent, number_of_shards: absent, allow_empty_insert: "true" },
    };
  }
  return {
    elasticsearch: {
      // From Maple on the pipeline's client takes a host name.
      host: atLeast(domain.version, "7.0") ? endpoint : `["https://${endpoint}"]`,
      connection_type: "aws",
    },
    "module-engagement": { alias: "roster_1_2", number_of_shards: "5", allow_empty_insert: "true" },
  };
}
