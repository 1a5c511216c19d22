import type { ConfigFile } from "../config-file";
import { variable } from "../django-database";
import { FormatError } from "../formats/format";
import { yamlFormat } from "../formats/yaml";
import { secretName } from "../secrets";
import { of, type Sources } from "../sources";
import { absent, Expression, type Values } from "../value";
import { analyticsApiVars } from "./analytics-api";
import { onInsightsHost, onServiceHost } from "./by-host";
import { insightsVars } from "./insights";
import { jenkinsVars } from "./jenkins";

/** Ansible's variables for Insights, the Analytics API and Jenkins, over the defaults of edx/configuration's roles. */
export function varsAnalytics(sources: Sources): ConfigFile {
  return {
    path: "vars-analytics.yml",
    format: yamlFormat,
    groups: [
      { title: "What is installed", values: installedVars(sources) },
      { title: "The Open edX side", values: edxappVars(sources) },
      { title: "The hosts' logs in S3", values: s3LogsVars(sources) },
      { title: "The analytics RDS", values: databaseVars(sources) },
      { title: "Analytics API", values: analyticsApiVars(sources) },
      { title: "Insights", values: insightsVars(sources) },
      { title: "TLS", values: tlsVars(sources) },
      { title: "Jenkins", values: jenkinsVars(sources) },
    ],
  };
}

/** `SANDBOX_ENABLE_*` decide in analytics_single.yml, whose own variables win over an inventory's. */
function installedVars(sources: Sources): Values {
  return {
    SANDBOX_ENABLE_ANALYTICS_API: sources.between("juniper", undefined, onServiceHost(sources, "analytics_api")),
    SANDBOX_ENABLE_INSIGHTS: sources.between("juniper", undefined, onInsightsHost(sources)),
    SANDBOX_ENABLE_ANALYTICS_PIPELINE: sources.between("juniper", undefined, false),
    OPENEDX_RELEASE: sources.openedxRelease,
    COMMON_GIT_PATH: sources.config.gitPath,
    COMMON_SECURITY_UPDATES: true,
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
    COMMON_LMS_BASE_URL: sources.between("juniper", undefined, variable("INSIGHTS_LMS_BASE")),
    COMMON_OAUTH_BASE_URL: sources.between("hawthorn", "juniper", variable("INSIGHTS_LMS_BASE")),
    COMMON_MYSQL_MIGRATE_USER: sources.outputs.edxapp_database.user,
    COMMON_MYSQL_MIGRATE_PASS: migrationPassword(sources),
    ...jwtVars(sources),
  };
}

/** How the LMS signs its tokens: with the role's placeholders the Analytics API would take anybody's. */
function jwtVars(sources: Sources): Values {
  const { jwt } = sources.config;
  const read = <T>(value: T) => (sources.since("hawthorn") ? value : absent);
  return {
    COMMON_JWT_AUDIENCE: read(sources.field("jwt", jwt?.audience)),
    COMMON_JWT_ISSUER: read(jwt?.issuer ?? new Expression("{{ INSIGHTS_LMS_BASE }}/oauth2")),
    COMMON_JWT_SECRET_KEY: read(sources.secret("jwtSecretKey")),
  };
}

/** @throws FormatError where the role insights, which gives it to a shell between single quotes, would break */
function migrationPassword(sources: Sources) {
  const password = sources.secret("migrationPassword");
  return of(password, (secret) => {
    if (secret.text.includes("'")) {
      throw new FormatError(
        `the password in ${secretName(sources.client.name, "migrationPassword")} has a ' in it, at which the role insights breaks in a shell: give edxapp's MySQL user a password without one`,
      );
    }
    return secret;
  });
}

/** Off by default, as in the roles. */
function s3LogsVars(sources: Sources): Values {
  const { s3Logs } = sources.config;
  if (s3Logs === undefined) {
    return {};
  }
  return {
    COMMON_OBJECT_STORE_LOG_SYNC: true,
    COMMON_OBJECT_STORE_LOG_SYNC_BUCKET: sources.field("s3Logs.bucket", s3Logs.bucket),
    AWS_S3_LOGS_ACCESS_KEY_ID: s3Logs.accessKeyId,
    AWS_S3_LOGS_SECRET_KEY: sources.secret("s3LogsSecretAccessKey"),
    AWS_S3_LOGS_NOTIFY_EMAIL: s3Logs.notifyEmail,
    AWS_S3_LOGS_FROM_EMAIL: s3Logs.fromEmail,
  };
}

/** Ansible takes the port as text. */
function databaseVars(sources: Sources): Values {
  const { host, port } = sources.database;
  return {
    ANALYTICS_MYSQL_USER: "analytics",
    ANALYTICS_MYSQL_PASSWORD: sources.secret("analyticsPassword"),
    ANALYTICS_MYSQL_HOST: host,
    ANALYTICS_MYSQL_PORT: port,
  };
}

/** The API has no TLS: Insights calls it by its address in the VPC, which a redirect to HTTPS would refuse. */
function tlsVars(sources: Sources): Values {
  const { tls } = sources.client;
  return {
    NGINX_ENABLE_SSL: tls?.on === "host" ? onInsightsHost(sources) : absent,
    NGINX_SSL_CERTIFICATE: tls?.on === "host" ? tls.certificate : absent,
    NGINX_SSL_KEY: tls?.on === "host" ? tls.privateKey : absent,
    NGINX_REDIRECT_TO_HTTPS: tls ? onInsightsHost(sources) : absent,
    NGINX_HTTPS_REDIRECT_STRATEGY: tls?.on === "load-balancer" ? "forward_for_proto" : absent,
  };
}

function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, "");
}
