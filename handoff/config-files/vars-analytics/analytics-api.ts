import { djangoDatabase, variable } from "../django-database";
import type { Sources } from "../sources";
import { absent, Expression, type Values } from "../value";

/** Variables of the role analytics_api. */
export function analyticsApiVars(sources: Sources): Values {
  const { email } = sources.config;
  return {
    ANALYTICS_API_VERSION: variable("OPENEDX_RELEASE"),
    ...endpoint(sources),
    ANALYTICS_API_DEFAULT_DB_NAME: "analytics-api",
    ANALYTICS_API_REPORTS_DB_NAME: "reports",
    ANALYTICS_API_DATABASES: {
      default: djangoDatabase("ANALYTICS_API_DEFAULT_DB_NAME"),
      reports: djangoDatabase("ANALYTICS_API_REPORTS_DB_NAME"),
    },
    ANALYTICS_API_AUTH_TOKEN: sources.secret("apiAuthToken"),
    ANALYTICS_API_USERS: { insights: variable("ANALYTICS_API_AUTH_TOKEN") },
    ANALYTICS_API_SECRET_KEY: sources.secret("apiSecretKey"),
    ANALYTICS_API_LMS_BASE_URL: sources.between("hawthorn", undefined, new Expression("{{ INSIGHTS_LMS_BASE }}/")),
    ANALYTICS_API_EMAIL_HOST: sources.between(undefined, "hawthorn", sources.field("email", email?.host)),
    ANALYTICS_API_EMAIL_HOST_USER: sources.between(undefined, "hawthorn", sources.field("email", email?.user)),
    ANALYTICS_API_EMAIL_HOST_PASSWORD: sources.between(undefined, "hawthorn", sources.secret("emailPassword")),
    ...elasticsearch(sources),
    ANALYTICS_API_REPORT_DOWNLOAD_BACKEND: reports(sources),
  };
}

/** Where Insights finds the API; on one host the role's own defaults do. The API's group has 80 open to Insights. */
function endpoint(sources: Sources): Values {
  return {
    ANALYTICS_API_NGINX_PORT: sources.separate ? 80 : absent,
    ANALYTICS_API_ENDPOINT: sources.separate ? `http://${sources.hosts.api}/api/v0` : absent,
  };
}

/** The learner index, where the release has one. */
function elasticsearch(sources: Sources): Values {
  const { outputs } = sources;
  const host = sources.elasticsearchEndpoint;
  const id = outputs.elasticsearch_access_key_id;
  const there = host !== undefined && id !== undefined;
  return {
    ANALYTICS_API_ELASTICSEARCH_AWS_ACCESS_KEY_ID: there ? id : absent,
    ANALYTICS_API_ELASTICSEARCH_AWS_SECRET_ACCESS_KEY: there ? sources.secretAccessKey("elasticsearch") : absent,
    ANALYTICS_API_ELASTICSEARCH_CONNECTION_CLASS: there
      ? "analytics_data_api.v0.connections.BotoHttpConnection"
      : absent,
    ANALYTICS_API_ELASTICSEARCH_CONNECTION_DEFAULT_REGION: there ? outputs.region : absent,
    ANALYTICS_API_ELASTICSEARCH_LEARNERS_HOST: there ? `https://${host}` : absent,
  };
}

/** Where links to problem response reports lead, where the client has them. */
function reports(sources: Sources): Values | typeof absent {
  const { outputs } = sources;
  const bucket = outputs.api_reports_bucket;
  const id = outputs.reports_access_key_id;
  if (bucket === undefined || id === undefined) {
    return absent;
  }
  return {
    ...storage(sources),
    AWS_ACCESS_KEY_ID: id,
    AWS_SECRET_ACCESS_KEY: sources.secretAccessKey("reports"),
    AWS_STORAGE_BUCKET_NAME: bucket,
    COURSE_REPORT_FILE_LOCATION_TEMPLATE: "/{course_id}_{report_name}.csv",
    COURSE_REPORT_DOWNLOAD_EXPIRY_TIME: linkSeconds,
  };
}

/** How long a link to a report opens it. */
const linkSeconds = 120;

/** The boto 2 of ficus and ginkgo signs links as buckets from before June 2020 alone take them. */
function storage(sources: Sources): Values {
  return sources.since("hawthorn")
    ? {
        DEFAULT_FILE_STORAGE: "storages.backends.s3boto3.S3Boto3Storage",
        AWS_S3_REGION_NAME: sources.outputs.region,
        AWS_S3_SIGNATURE_VERSION: "s3v4",
        AWS_QUERYSTRING_EXPIRE: linkSeconds,
      }
    : { DEFAULT_FILE_STORAGE: "storages.backends.s3boto.S3BotoStorage" };
}
