import { variable } from "../django-database";
import { Expression, type Values } from "../value";

/**
 * Insights' settings on Juniper, whose role has the keys of the OAuth2 clients in it as fixed text, by names that Insights does not
 * know: this takes the whole map's place. What is not of the clients is as the role has it.
 */
export const juniperInsightsConfig: Values = {
  ...variables(
    "SUPPORT_EMAIL SEGMENT_IO_KEY SEGMENT_IGNORE_EMAIL_REGEX PRIVACY_POLICY_URL TERMS_OF_SERVICE_URL SECRET_KEY",
    "DATA_API_AUTH_TOKEN SOCIAL_AUTH_REDIRECT_IS_HTTPS ENABLE_AUTO_AUTH PLATFORM_NAME APPLICATION_NAME TIME_ZONE",
    "LANGUAGE_CODE EMAIL_HOST EMAIL_HOST_PASSWORD EMAIL_HOST_USER EMAIL_PORT RESEARCH_URL OPEN_SOURCE_URL DATABASES",
    "LMS_COURSE_SHORTCUT_BASE_URL COURSE_API_URL GRADING_POLICY_API_URL MODULE_PREVIEW_URL",
    "SESSION_EXPIRE_AT_BROWSER_CLOSE CMS_COURSE_SHORTCUT_BASE_URL LEARNER_API_LIST_DOWNLOAD_FIELDS CDN_DOMAIN",
    "CSRF_COOKIE_SECURE SOCIAL_AUTH_EDX_OAUTH2_KEY SOCIAL_AUTH_EDX_OAUTH2_SECRET BACKEND_SERVICE_EDX_OAUTH2_KEY",
    "BACKEND_SERVICE_EDX_OAUTH2_SECRET",
  ),
  SOCIAL_AUTH_EDX_OAUTH2_ISSUER: variable("INSIGHTS_LMS_BASE"),
  SOCIAL_AUTH_EDX_OAUTH2_URL_ROOT: variable("INSIGHTS_LMS_BASE"),
  SOCIAL_AUTH_EDX_OAUTH2_LOGOUT_URL: variable("INSIGHTS_OAUTH2_URL_LOGOUT"),
  BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL: variable("INSIGHTS_OAUTH2_URL_ROOT"),
  DOCUMENTATION_LOAD_ERROR_URL: new Expression("{{ INSIGHTS_DOC_BASE }}/Reference.html#error-conditions"),
  HELP_URL: variable("INSIGHTS_DOC_BASE"),
  DATA_API_URL: variable("ANALYTICS_API_ENDPOINT"),
  CACHES: {
    default: {
      BACKEND: "django.core.cache.backends.memcached.MemcachedCache",
      KEY_PREFIX: new Expression("{{ COMMON_ENVIRONMENT }}-{{ COMMON_DEPLOYMENT }}-insights"),
      LOCATION: variable("INSIGHTS_MEMCACHE"),
    },
  },
  STATICFILES_DIRS: [variable("insights_static_path")],
  STATIC_ROOT: new Expression("{{ COMMON_DATA_DIR }}/{{ insights_service_name }}/staticfiles"),
  SESSION_COOKIE_NAME: "insights_sessionid",
  CSRF_COOKIE_NAME: "insights_csrftoken",
  LANGUAGE_COOKIE_NAME: "insights_language",
};

/** Settings that the variable `INSIGHTS_<name>` has. */
function variables(...lines: readonly string[]): Values {
  return Object.fromEntries(
    lines.flatMap((line) => line.split(" ")).map((name) => [name, variable(`INSIGHTS_${name}`)]),
  );
}
