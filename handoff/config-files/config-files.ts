import { analyticsOverride } from "./analytics-override";
import { type ConfigFile, type ExtraFile, type Rendered, render } from "./config-file";
import { edxanalyticsCreds, edxappCreds } from "./creds";
import { emrVars } from "./emr-vars";
import { sourcing } from "./formats/bash";
import { jenkinsEnv } from "./jenkins-env";
import type { Sources } from "./sources";
import { Expression, isValues, type Value, type Values } from "./value";
import { varsAnalytics } from "./vars-analytics/vars-analytics";

/** Paths of the six files in the client's secure repository (runbook, Sensitive Data). */
export const configFilePaths = [
  "vars-analytics.yml",
  "analytics-tasks/jenkins_env",
  "analytics-tasks/emr-vars.yml",
  "analytics-tasks/analytics-override.cfg",
  "analytics-tasks/edxapp_creds",
  "analytics-tasks/edxanalytics_creds",
] as const;

export type ConfigFilePath = (typeof configFilePaths)[number];

const files: Readonly<Record<ConfigFilePath, (sources: Sources) => ConfigFile>> = {
  "vars-analytics.yml": varsAnalytics,
  "analytics-tasks/jenkins_env": jenkinsEnv,
  "analytics-tasks/emr-vars.yml": emrVars,
  "analytics-tasks/analytics-override.cfg": analyticsOverride,
  "analytics-tasks/edxapp_creds": edxappCreds,
  "analytics-tasks/edxanalytics_creds": edxanalyticsCreds,
};

const home = "/home/jenkins";

/** Where operators add what this command does not render; nothing reads more of the creds than is rendered. */
export const extraFiles: Readonly<Record<string, ExtraFile | undefined>> = {
  "vars-analytics.yml": {
    path: "vars-analytics.extra.yml",
    way: "which Ansible reads after this one",
    included: false,
  },
  "analytics-tasks/jenkins_env": {
    path: "analytics-tasks/jenkins_env.extra",
    way: `which the last line sources from ${home}`,
    included: false,
    reading: sourcing(`${home}/jenkins_env.extra`),
  },
  // Each of these two has a reader that takes one file alone.
  "analytics-tasks/emr-vars.yml": {
    path: "analytics-tasks/emr-vars.extra.yml",
    way: "which that command puts in here",
    included: true,
  },
  "analytics-tasks/analytics-override.cfg": {
    path: "analytics-tasks/analytics-override.extra.cfg",
    way: "which that command puts in here",
    included: true,
  },
};

/**
 * Renders one of the six.
 * @param extra text of the operator's file beside it
 * @default - there is none
 * @throws FormatError where that text is no such file, or a value has no form in one
 */
export function renderConfigFile(path: ConfigFilePath, sources: Sources, extra?: string): Rendered {
  const { varsAnalytics: vars, emrVars: emr, jenkinsEnv: jenkins, analyticsOverride: override } = sources.config.extra;
  const extras: Partial<Record<ConfigFilePath, Values>> = {
    "vars-analytics.yml": evaluated(vars as Values, /\{[{%#]/),
    "analytics-tasks/emr-vars.yml": evaluated(emr as Values, /\{[{%#]/),
    "analytics-tasks/jenkins_env": evaluated(jenkins, /\$\{\w+\}/),
    "analytics-tasks/analytics-override.cfg": override,
  };
  return render(files[path](sources), sources.client.name, {
    values: extras[path] ?? {},
    file: extraFiles[path],
    text: extra,
  });
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
