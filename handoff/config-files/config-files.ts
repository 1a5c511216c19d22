import { analyticsOverride } from "./analytics-override";
import { type ConfigFile, type Rendered, render } from "./config-file";
import { edxanalyticsCreds, edxappCreds } from "./creds";
import { emrVars } from "./emr-vars";
import { inventory } from "./inventory";
import { jenkinsEnv } from "./jenkins-env";
import type { Sources } from "./sources";
import { Expression, isValues, type Value, type Values } from "./value";
import { varsAnalytics } from "./vars-analytics/vars-analytics";

/** Paths of the files in the client's secure repository: the runbook's six (Sensitive Data), and Ansible's inventory. */
export const configFilePaths = [
  "vars-analytics.yml",
  "inventory",
  "analytics-tasks/jenkins_env",
  "analytics-tasks/emr-vars.yml",
  "analytics-tasks/analytics-override.cfg",
  "analytics-tasks/edxapp_creds",
  "analytics-tasks/edxanalytics_creds",
] as const;

export type ConfigFilePath = (typeof configFilePaths)[number];

const files: Readonly<Record<ConfigFilePath, (sources: Sources) => ConfigFile>> = {
  "vars-analytics.yml": varsAnalytics,
  inventory,
  "analytics-tasks/jenkins_env": jenkinsEnv,
  "analytics-tasks/emr-vars.yml": emrVars,
  "analytics-tasks/analytics-override.cfg": analyticsOverride,
  "analytics-tasks/edxapp_creds": edxappCreds,
  "analytics-tasks/edxanalytics_creds": edxanalyticsCreds,
};

/**
 * Renders one of the six.
 * @param existing text of the existing file
 * @default - there is none
 * @throws FormatError where that text is no such file, or a value has no form in one
 */
export function renderConfigFile(path: ConfigFilePath, sources: Sources, existing?: string): Rendered {
  const { varsAnalytics: vars, emrVars: emr, jenkinsEnv: jenkins, analyticsOverride: override } = sources.config.extra;
  const extras: Partial<Record<ConfigFilePath, Values>> = {
    "vars-analytics.yml": evaluated(vars as Values, /\{[{%#]/),
    "analytics-tasks/emr-vars.yml": evaluated(emr as Values, /\{[{%#]/),
    "analytics-tasks/jenkins_env": evaluated(jenkins, /\$\{\w+\}/),
    "analytics-tasks/analytics-override.cfg": override,
  };
  return render(files[path](sources), sources.client.name, extras[path] ?? {}, existing);
}

/** Extras of the client's file: what the reader evaluates is left to it. */
function evaluated(values: Values, expression: RegExp): Values {
  const convert = (value: Value): Value => {
    if (typeof value === "string") {
      return expression.test(value) ? new Expression(value) : value;
    }
    if (Array.isArray(value)) {
      return value.map(convert);
    }
    return isValues(value) ? evaluated(value, expression) : value;
  };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, convert(value as Value)]));
}
