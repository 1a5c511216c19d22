import type { ConfigFile } from "../config-file";
import { yamlFormat } from "../formats/yaml";
import { of, type Sources } from "../sources";
import type { Values } from "../value";
import { analyticsApiVars } from "./analytics-api";
import { insightsVars } from "./insights";
import { jenkinsVars } from "./jenkins";

/** Ansible's variables for Insights, the Analytics API and Jenkins, over the defaults of edx/configuration's roles. */
export function varsAnalytics(sources: Sources): ConfigFile {
  return {
    path: "vars-analytics.yml",
    format: yamlFormat,
    groups: [
      {
        title: "What is installed",
        values: {
          SANDBOX_ENABLE_ANALYTICS_API: true,
          SANDBOX_ENABLE_INSIGHTS: true,
          SANDBOX_ENABLE_ANALYTICS_PIPELINE: false,
          OPENEDX_RELEASE: sources.config.openedxRelease ?? `open-release/${sources.client.release}.master`,
          COMMON_GIT_PATH: sources.config.gitPath,
          COMMON_SECURITY_UPDATES: true,
        },
      },
      { title: "The Open edX side", values: edxappVars(sources) },
      { title: "The hosts' logs in S3", values: s3LogsVars(sources) },
      { title: "The analytics RDS", values: databaseVars(sources) },
      { title: "Analytics API", values: analyticsApiVars(sources) },
      { title: "Insights", values: insightsVars(sources) },
      { title: "Jenkins", values: jenkinsVars(sources) },
    ],
  };
}

function edxappVars(sources: Sources): Values {
  const { lmsUrl, cmsUrl, contactEmail } = sources.config;
  const lms = sources.field("lmsUrl", lmsUrl);
  return {
    EDXAPP_LMS_BASE_SCHEME: of(lms, (url) => url.split("://")[0] as string),
    EDXAPP_LMS_BASE: of(lms, hostOf),
    EDXAPP_CMS_BASE: of(sources.field("cmsUrl", cmsUrl), hostOf),
    EDXAPP_CONTACT_EMAIL: sources.field("contactEmail", contactEmail),
    COMMON_MYSQL_MIGRATE_USER: sources.outputs.edxapp_database.user,
    COMMON_MYSQL_MIGRATE_PASS: sources.secret("migrationPassword"),
  };
}

function s3LogsVars(sources: Sources): Values {
  const { s3Logs } = sources.config;
  return {
    AWS_S3_LOGS: true,
    AWS_S3_LOGS_ACCESS_KEY_ID: sources.field("s3Logs", s3Logs?.accessKeyId),
    AWS_S3_LOGS_SECRET_KEY: sources.secret("s3LogsSecretAccessKey"),
    AWS_S3_LOGS_NOTIFY_EMAIL: sources.field("s3Logs", s3Logs?.notifyEmail),
    AWS_S3_LOGS_FROM_EMAIL: sources.field("s3Logs", s3Logs?.fromEmail),
  };
}

/** Ansible wants the port as text. */
function databaseVars(sources: Sources): Values {
  const { host, port } = sources.database;
  return {
    ANALYTICS_MYSQL_USER: "analytics",
    ANALYTICS_MYSQL_PASSWORD: sources.secret("analyticsPassword"),
    ANALYTICS_MYSQL_HOST: host,
    ANALYTICS_MYSQL_PORT: port,
  };
}

function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, "");
}
