import { shellWord } from "../../sql/quoting";
import { secretName } from "../secrets";
import type { RunContext } from "./context";
import { type Step, word } from "./step";

/** LMS user that Insights' OAuth clients belong to; it reads all courses. */
const user = "insights";

/**
 * OAuth clients of Insights in the LMS, by the release's own command. It takes a secret as an argument alone, which `ps` shows,
 * and logs it: so Django's shell calls it, with a program from standard input, the log switched off and the output thrown away.
 */
export function oauthStep(context: RunContext): Step {
  const { config, client } = context.sources;
  const { oauth2, lmsUrl } = config;
  const url = context.field("insightsUrl", config.insightsUrl);
  const lms = context.hostOf("lmsUrl", lmsUrl);
  const login = python(context.field("oauth2", oauth2?.loginKey));
  const backend = python(context.field("oauth2.backendKey", oauth2?.backendKey));
  const loginSecret = secretName(client.name, "loginOauth2Secret");
  const backendSecret = secretName(client.name, "backendOauth2Secret");
  const completed = `${url}/complete/${context.tools.loginBackend}/`;
  const calls: readonly (readonly [call: string, secret: string])[] =
    context.tools.oauthCommand === "create_oauth2_client"
      ? [
          [
            `${oldClient("insights", url, completed, login)}, logout_uri=${python(`${url}/accounts/logout/`)}, client_secret=`,
            loginSecret,
          ],
          ...(context.hasPipelineClient
            ? [[`${oldClient("analytics-pipeline", url, completed, backend)}, client_secret=`, backendSecret] as const]
            : []),
        ]
      : [
          [
            `${application("insights-sso", "authorization-code", login)}, "--redirect-uris", ${python(completed)}, "--skip-authorization", ${secretOption}`,
            loginSecret,
          ],
          [`${application("insights-backend-service", "client-credentials", backend)}, ${secretOption}`, backendSecret],
        ];
  return {
    title: "OAuth clients in the LMS",
    where: "here",
    text: [
      settings(context, url),
      "",
      "For the block:",
      "",
      `* \`ssh ubuntu@${lms}\` has to log in to the LMS's host.`,
      `* Where that has another address or is behind another host, \`HostName\` and \`ProxyJump\` for \`Host ${lms}\` in \`~/.ssh/config\` say so.`,
      "* Another user than `ubuntu` is written in the block.",
      "* Each secret goes from SSM into Django's shell, and onto no command line.",
    ].join("\n"),
    commands: [
      `ssh -n ${word(`ubuntu@${lms}`)} ${inLms(context, `manage_user ${user} ${word(`${user}@${lms}`)} --staff`)}`,
      ...calls.map(([call, secret]) => inShell(context, lms, call, secret)),
    ],
  };
}

/** Variables of edx/configuration's role edxapp; docs/from-deploy-to-insights.md has edx-platform's settings. The LMS puts `/courses/` behind the dashboard's address itself. */
function settings(context: RunContext, url: string): string {
  const { config } = context.sources;
  const old = context.tools.oauthCommand === "create_oauth2_client";
  const rows = [
    "`EDXAPP_ENABLE_OAUTH2_PROVIDER: true`",
    ...(old ? [`\`EDXAPP_LMS_ISSUER: "${context.field("lmsUrl", config.lmsUrl)}/oauth2"\``] : []),
    `\`EDXAPP_ANALYTICS_DASHBOARD_URL: "${url}"\`, without \`/courses\`, for the link of its instructor dashboard`,
    ...(old ? [] : [`\`${url}/logout/\` in the list \`EDXAPP_IDA_LOGOUT_URI_LIST\`, for its log-out`]),
  ];
  return [
    "The vars file that the LMS is deployed with has:",
    "",
    ...rows.map((row) => `* ${row}`),
    "",
    "Add what it lacks and run the LMS's playbook, which restarts it. docs/from-deploy-to-insights.md has the settings for an LMS without edx/configuration.",
  ].join("\n");
}

/** The call that makes or updates a client of the older library, without its end. The pipeline's is never redirected to. */
function oldClient(name: string, url: string, completed: string, id: string): string {
  return `call_command("create_oauth2_client", ${python(url)}, ${python(completed)}, "confidential", username=${python(user)}, client_name=${python(name)}, client_id=${id}, trusted=True`;
}

/** The call that makes or updates an application of django-oauth-toolkit, without its end. */
function application(name: string, grant: string, id: string): string {
  return `call_command("create_dot_application", ${python(name)}, ${python(user)}, "--update", "--grant-type", ${python(grant)}, "--scopes", "user_id", "--client-id", ${id}`;
}

/** A program for Django's shell, with the secret at its end, as AWS's command line quotes text: as Python does. */
function inShell(context: RunContext, lms: string, call: string, secret: string): string {
  const start = `import logging; logging.disable(logging.CRITICAL); from django.core.management import call_command; ${call}`;
  return [
    `(secret=$(aws ssm get-parameter --region ${context.region} --name ${secret} --with-decryption --query Parameter.Value --output json) &&`,
    `  printf '%s%s)\\n' ${shellWord(start)} "$secret" |`,
    `  ssh ${word(`ubuntu@${lms}`)} ${inLms(context, context.tools.djangoShell)} > /dev/null)`,
  ].join("\n");
}

/** One argument with the literal behind it, which Python joins: a secret may begin with a hyphen. */
const secretOption = '"--client-secret=" ';

/** A command of the LMS's `manage.py`, as edxapp's user. */
function inLms({ tools }: RunContext, command: string): string {
  return shellWord(
    `sudo -H -u edxapp bash -c ${shellWord(`source ~/edxapp_env && cd ~/edx-platform && python manage.py lms --settings=${tools.lmsSettings} ${command}`)}`,
  );
}

/** A literal of Python's. */
function python(text: string): string {
  return JSON.stringify(text);
}
