import type { ConfigFile } from "./config-file";
import { jsonFormat } from "./formats/json";
import type { Sources } from "./sources";
import type { Value } from "./value";

/** What the pipeline logs in to edxapp's databases with (runbook, Create edxapp read-only user). */
export function edxappCreds(sources: Sources): ConfigFile {
  const { address, port } = sources.outputs.edxapp_database;
  return creds("edxapp_creds", address, String(port), "edxapp_ro", sources.secret("edxappReadOnlyPassword"));
}

/** What the pipeline logs in to the analytics RDS with (runbook, Create analytics databases and user). */
export function edxanalyticsCreds(sources: Sources): ConfigFile {
  const { host, port } = sources.database;
  return creds("edxanalytics_creds", host, port, "analytics", sources.secret("analyticsPassword"));
}

function creds(name: string, host: string, port: string, username: string, password: Value): ConfigFile {
  return {
    path: `analytics-tasks/${name}`,
    format: jsonFormat,
    groups: [{ title: "", values: { host, port, username, password } }],
  };
}
