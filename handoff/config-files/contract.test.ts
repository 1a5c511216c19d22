import type { ClientInput } from "../../config/schema/client";
import { type ReleaseName, releaseNames } from "../../config/tables/versions-by-release";
import { clientOf } from "../../test/client-files";
import { consumers, keysIn, valueIn } from "../../test/consumers/consumers";
import { sourcesOf } from "../../test/outputs";
import { type ConfigFilePath, renderConfigFile } from "./config-files";
import type { Sources } from "./sources";
import { absent, isValues, type Values } from "./value";

const layouts = ["single", "separate"] as const;
const tls = {
  host: { on: "host", certificate: "/c.pem", privateKey: "/k.pem" },
  "load balancer": { on: "load-balancer" },
  none: undefined,
} as const satisfies Record<string, ClientInput["tls"]>;

/** What Jenkins' jobs and the files themselves use of `jenkins_env`, beside the script that starts a task. */
const jobVariables =
  `AWS_REGION HOME WORKON_HOME VIRTUALENVWRAPPER_HOOK_DIR PIP_VIRTUALENV_BASE SCRIPT_RUNNER_JAR_S3_URL START_DATE
  CONFIG_REPO CONFIG_BRANCH NUM_REDUCE_TASKS TRACKING_LOGS_S3_BUCKET HADOOP_S3_BUCKET TASK_CONFIGURATION_S3_BUCKET
  EDXAPP_S3_BUCKET`.split(/\s+/);

interface Combination {
  readonly release: ReleaseName;
  readonly layout: (typeof layouts)[number];
  readonly tls: keyof typeof tls;
  readonly reports: boolean;
}

function combinations(release: ReleaseName): Combination[] {
  return layouts.flatMap((layout) =>
    (Object.keys(tls) as (keyof typeof tls)[]).flatMap((kind) =>
      [false, true].map((reports) => ({ release, layout, tls: kind, reports })),
    ),
  );
}

/** Little is supplied but what decides which keys there are, so that values are missing wherever they may be. */
function sourcesFor({ release, layout, tls: kind, reports }: Combination): Sources {
  const client = clientOf({
    release,
    hosts: { keyPair: { existing: "key" }, iterations: { "1": { layout } } },
    buckets: reports ? { apiReports: {} } : {},
    tls: tls[kind],
    configurationFiles: {
      cmsUrl: "https://studio.example.org",
      jenkins: { version: "1.651.3" },
      s3Logs: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", notifyEmail: "ops@example.org", fromEmail: "logs@example.org" },
      jobsDslRepository: { url: "https://git.example.org/jobs.git", version: "main" },
    },
  });
  return sourcesOf(client, { secrets: {} });
}

/** Keys that are written, the missing ones too, those of sections as `section.key`. */
function written(path: ConfigFilePath, sources: Sources): { keys: string[]; text: string; values: Values } {
  const { values, text } = renderConfigFile(path, sources);
  const isSectioned = path.endsWith(".cfg");
  const keys = Object.entries(values).flatMap(([key, value]) => {
    if (isSectioned && isValues(value)) {
      return Object.keys(value).flatMap((inner) => (value[inner] === absent ? [] : [`${key}.${inner}`]));
    }
    return value === absent ? [] : [key];
  });
  return { keys, text, values };
}

/** Keys that nothing reads, unless another value of the same file names them, and those that are required and not there. */
function breaches(
  { keys, text }: { readonly keys: readonly string[]; readonly text: string },
  read: readonly string[],
  required: readonly string[],
): string[] {
  const isUsed = (key: string) => new RegExp(`\\{\\{[^}]*\\b${key}\\b[^}]*\\}\\}`).test(text);
  return [
    ...keys.filter((key) => !read.includes(key) && !isUsed(key)).map((key) => `${key} is read by nothing`),
    ...required.filter((key) => !keys.includes(key)).map((key) => `${key} is required`),
  ];
}

/** Breaches in every combination, with the combination that each is of. */
function inEach(release: ReleaseName, find: (sources: Sources, combination: Combination) => string[]): string[] {
  return combinations(release).flatMap((combination) =>
    find(sourcesFor(combination), combination).map(
      (breach) => `${combination.layout}, TLS ${combination.tls}, reports ${combination.reports}: ${breach}`,
    ),
  );
}

describe.each(releaseNames)("%s", (release) => {
  const { roles, pipeline, automation } = consumers;
  const [first] = combinations(release) as [Combination];

  it("its roles read every variable, and get what they have no useful default of", () => {
    const ssl = ["NGINX_ENABLE_SSL", "NGINX_SSL_CERTIFICATE", "NGINX_SSL_KEY"];
    const found = inEach(release, (sources, { layout, tls: kind, reports }) =>
      breaches(written("vars-analytics.yml", sources), keysIn(roles.variables, release), [
        ...keysIn(roles.placeholders, release),
        ...(layout === "separate" ? ["ANALYTICS_API_ENDPOINT", "ANALYTICS_API_NGINX_PORT"] : []),
        ...(kind === "host" ? ssl : []),
        ...(kind === "none" ? [] : ["NGINX_REDIRECT_TO_HTTPS"]),
        ...(kind === "load balancer" ? ["NGINX_HTTPS_REDIRECT_STRATEGY"] : []),
        ...(reports ? ["ANALYTICS_API_REPORT_DOWNLOAD_BACKEND"] : []),
        ...(sources.client.elasticsearch ? ["ANALYTICS_API_ELASTICSEARCH_LEARNERS_HOST"] : []),
      ]),
    );

    expect(found).toEqual([]);
  });

  it("its pipeline reads every option, and gets what it has no default of", () => {
    const read = [...keysIn(pipeline.options, release), ...keysIn(pipeline.luigi, release)];
    const found = inEach(release, (sources, { reports }) =>
      breaches(written("analytics-tasks/analytics-override.cfg", sources), read, [
        ...keysIn(pipeline.required.always, release),
        ...(sources.client.elasticsearch ? keysIn(pipeline.required.elasticsearch, release) : []),
        ...(reports ? keysIn(pipeline.required.reports, release) : []),
      ]),
    );

    expect(found).toEqual([]);
  });

  it("its pipeline reads lists in the form in which they are written", () => {
    const { values } = renderConfigFile("analytics-tasks/analytics-override.cfg", sourcesFor(first));
    const section = (name: string) => values[name] as Readonly<Record<string, string>> | undefined;
    const form = (text = "") => (text.startsWith('["') ? "JSON" : "lines");
    const wanted = valueIn(pipeline.lists, release);

    expect([form(section("event-logs")?.pattern), form(section("event-logs")?.source)]).toEqual([wanted, wanted]);
    if (isValues(values.elasticsearch)) {
      const host = section("elasticsearch")?.host ?? "";
      const found = host.includes("://") ? form(host) : "text";
      expect(found).toBe(valueIn(pipeline.elasticsearchHost, release) === "text" ? "text" : wanted);
    }
  });

  it("its automation reads every variable of the cluster and of the environment, and gets what it requires", () => {
    const sources = sourcesFor(first);
    const cluster = ["name", "region", "role", "keypair_name", "vpc_subnet_id", "release_label", "instance_groups"];
    const read = [...keysIn(automation.environment, release), ...jobVariables];

    expect(
      breaches(written("analytics-tasks/emr-vars.yml", sources), keysIn(automation.emrVars, release), cluster),
    ).toEqual([]);
    expect(
      breaches(written("analytics-tasks/jenkins_env", sources), read, keysIn(automation.required, release)),
    ).toEqual([]);
  });
});
