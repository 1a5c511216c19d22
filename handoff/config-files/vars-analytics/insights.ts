import { djangoDatabase, variable } from "../django-database";
import { of, type Sources } from "../sources";
import { Expression, type Values } from "../value";
import { juniperInsightsConfig } from "./juniper-insights-config";

/** Variables of the role insights. What follows from the LMS's address is left to Ansible, as operators expect. */
export function insightsVars(sources: Sources): Values {
  const { insightsUrl, cmsUrl, email } = sources.config;
  const insights = sources.field("insightsUrl", insightsUrl);
  return {
    INSIGHTS_VERSION: variable("OPENEDX_RELEASE"),
    INSIGHTS_LMS_BASE: new Expression("{{ EDXAPP_LMS_BASE_SCHEME }}://{{ EDXAPP_LMS_BASE }}"),
    INSIGHTS_CMS_BASE: of(
      sources.field("cmsUrl", cmsUrl),
      (url) => new Expression(`${url.split("://")[0]}://{{ EDXAPP_CMS_BASE }}`),
    ),
    INSIGHTS_MKTG_BASE: variable("INSIGHTS_LMS_BASE"),
    INSIGHTS_PRIVACY_POLICY_URL: new Expression("{{ INSIGHTS_MKTG_BASE }}/privacy"),
    INSIGHTS_TERMS_OF_SERVICE_URL: new Expression("{{ INSIGHTS_MKTG_BASE }}/tos"),
    INSIGHTS_DOC_BASE: "https://edx.readthedocs.io/projects/edx-insights/en/latest",
    INSIGHTS_OPEN_SOURCE_URL: "https://openedx.org/",
    INSIGHTS_LMS_COURSE_SHORTCUT_BASE_URL: new Expression("{{ INSIGHTS_LMS_BASE }}/courses"),
    INSIGHTS_CMS_COURSE_SHORTCUT_BASE_URL: new Expression("{{ INSIGHTS_CMS_BASE }}/course"),
    INSIGHTS_FEEDBACK_EMAIL: sources.between(undefined, "ginkgo", variable("EDXAPP_CONTACT_EMAIL")),
    INSIGHTS_SUPPORT_EMAIL: variable("EDXAPP_CONTACT_EMAIL"),
    INSIGHTS_EMAIL_HOST: sources.field("email", email?.host),
    INSIGHTS_EMAIL_HOST_USER: sources.field("email", email?.user),
    INSIGHTS_EMAIL_HOST_PASSWORD: sources.secret("emailPassword"),
    // No key of Segment's, to which the role's placeholder would send what users do.
    INSIGHTS_SEGMENT_IO_KEY: "",
    INSIGHTS_ENABLE_AUTO_AUTH: false,
    INSIGHTS_SECRET_KEY: sources.secret("insightsSecretKey"),
    ...oauth2Vars(sources),
    INSIGHTS_CONFIG: sources.between("juniper", "koa", juniperInsightsConfig),
    INSIGHTS_DATA_API_AUTH_TOKEN: variable("ANALYTICS_API_AUTH_TOKEN"),
    INSIGHTS_DATABASE_NAME: "dashboard",
    INSIGHTS_DATABASES: { default: djangoDatabase("INSIGHTS_DATABASE_NAME") },
    INSIGHTS_SOCIAL_AUTH_REDIRECT_IS_HTTPS: of(insights, (url) => url.startsWith("https:")),
    // The ports that the group of the hosts has open; the role's own are closed.
    INSIGHTS_NGINX_PORT: 80,
    INSIGHTS_NGINX_SSL_PORT: 443,
  };
}

/** Insights in the LMS: to Ironwood one client; from Juniper on one for log-in and one for itself. */
function oauth2Vars(sources: Sources): Values {
  const { oauth2 } = sources.config;
  const key = sources.field("oauth2", oauth2?.loginKey);
  const secret = sources.secret("loginOauth2Secret");
  const root = new Expression("{{ INSIGHTS_LMS_BASE }}/oauth2");
  if (!sources.since("juniper")) {
    return { INSIGHTS_OAUTH2_KEY: key, INSIGHTS_OAUTH2_SECRET: secret, INSIGHTS_OAUTH2_URL_ROOT: root };
  }
  return {
    INSIGHTS_SOCIAL_AUTH_EDX_OAUTH2_KEY: key,
    INSIGHTS_SOCIAL_AUTH_EDX_OAUTH2_SECRET: secret,
    INSIGHTS_BACKEND_SERVICE_EDX_OAUTH2_KEY: sources.backendKey,
    INSIGHTS_BACKEND_SERVICE_EDX_OAUTH2_SECRET: sources.secret("backendOauth2Secret"),
    INSIGHTS_OAUTH2_URL_ROOT: root,
    INSIGHTS_OAUTH2_URL_LOGOUT: new Expression("{{ INSIGHTS_LMS_BASE }}/logout"),
  };
}
