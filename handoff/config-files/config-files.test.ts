import { loadFleet } from "../../config/load/load";
import type { ClientInput } from "../../config/schema/client";
import { clientOf } from "../../test/client-files";
import { outputsOf, sourcesOf } from "../../test/outputs";
import { type ConfigFilePath, configFilePaths, renderConfigFile } from "./config-files";
import { reviewForeign, reviewOwn } from "./existing";
import { pipelineObjects } from "./pipeline-objects";
import { secretOf } from "./secrets";
import type { Sources } from "./sources";
import { plain } from "./value";

// biome-ignore lint/suspicious/noExplicitAny: a test reads what was rendered by its keys, whatever its type.
type Read = Record<string, any>;

const { clients } = loadFleet();

function rendered(path: ConfigFilePath, sources: Sources): Read {
  return plain(renderConfigFile(path, sources).values) as Read;
}

/** Everything that the operator supplies, for nothing to be missing. */
const supplied = {
  lmsUrl: "https://courses.example.org",
  cmsUrl: "https://studio.example.org",
  insightsUrl: "https://insights.example.org",
  contactEmail: "contact@example.org",
  email: { host: "smtp.example.org", user: "mailer" },
  oauth2: { loginKey: "insights-sso", backendKey: "insights-backend" },
  jwt: { audience: "lms-key" },
  secureRepository: { url: "git@git.example.org:acme/secure.git", version: "main" },
  configurationRepository: { url: "https://git.example.org/configuration.git", version: "acme" },
  pipelineRepository: { url: "https://git.example.org/pipeline.git", version: "acme" },
  startDate: "2016-01-01",
};

describe.each(clients.map((client) => [client.name, client] as const))("the files of %s", (_, client) => {
  const sources = sourcesOf(client);

  it.each(configFilePaths)("%s says the same when it is read", (path) => {
    const file = renderConfigFile(path, sources);

    expect(reviewForeign(file.text, file)).toEqual({ changes: [], added: [] });
  });
});

describe("by release", () => {
  const host = (release: string) =>
    rendered(
      "analytics-tasks/analytics-override.cfg",
      sourcesOf(clientOf({ release: release as "ficus", database: { iterations: { "1": { engineVersion: "5.7" } } } })),
    ).elasticsearch;

  it.each(["ficus", "ginkgo"])("%s takes an address for Elasticsearch, one a line", (release) => {
    expect(host(release).host).toBe("https://search-example-abcdef.eu-west-1.es.amazonaws.com");
  });

  it.each(["hawthorn", "juniper", "koa", "lilac"])("%s takes a list of addresses for Elasticsearch", (release) => {
    expect(host(release)).toEqual({
      host: '["https://search-example-abcdef.eu-west-1.es.amazonaws.com"]',
      connection_type: "aws",
    });
  });

  it.each(["maple", "nutmeg"])("%s takes a host name for Elasticsearch", (release) => {
    expect(host(release).host).toBe("search-example-abcdef.eu-west-1.es.amazonaws.com");
  });

  it("Olive has no Elasticsearch, and takes it out of a file from before", () => {
    const path = "analytics-tasks/analytics-override.cfg";
    const before = renderConfigFile(path, sourcesOf(clientOf())).text;
    // The domain may be kept for hosts of before.
    const olive = sourcesOf(clientOf({ release: "olive", elasticsearch: { version: "7.10" } }));
    const after = renderConfigFile(path, olive);

    expect(after.text).not.toMatch(/elasticsearch|roster/);
    expect(reviewOwn(before, after).changes.map((change) => change.path)).toEqual([
      "elasticsearch.host",
      "elasticsearch.connection_type",
      "module-engagement.alias",
      "module-engagement.number_of_shards",
    ]);
    expect(renderConfigFile("vars-analytics.yml", olive).text).not.toContain("ELASTICSEARCH");
  });

  it("MySQL 8 gets a connector that speaks to it", () => {
    const steps = (engineVersion: "5.7" | "8.0") =>
      rendered(
        "analytics-tasks/emr-vars.yml",
        sourcesOf(clientOf({ database: { iterations: { "1": { engineVersion } } } })),
      ).steps[1].step_args;

    expect(steps("5.7")).toHaveLength(2);
    expect(steps("8.0")[2]).toBe("--mysql-connector-version=5.1.47");
    expect(pipelineObjects(sourcesOf(clientOf())).map(({ key }) => key)).toContain(
      "mysql-connector-java-5.1.47.tar.gz",
    );
  });
});

describe("by region", () => {
  it.each([
    ["us-east-1", 2],
    ["eu-west-1", 3],
  ])("%s has %i EMR configurations: outside us-east-1 S3's endpoint as well", (region, count) => {
    const zones = [`${region}a`, `${region}b`];
    const { configurations } = rendered(
      "analytics-tasks/emr-vars.yml",
      sourcesOf(clientOf({ region, network: { vpc: "default", zones } })),
    );

    expect(configurations).toHaveLength(count);
    expect(
      rendered(
        "analytics-tasks/analytics-override.cfg",
        sourcesOf(clientOf({ region, network: { vpc: "default", zones } })),
      ).s3,
    ).toEqual({ host: `s3.${region}.amazonaws.com` });
    expect(JSON.stringify(configurations).includes('"fs.s3n.endpoint":"s3.amazonaws.com"')).toBe(count === 3);
  });
});

describe("by what the client has", () => {
  it("a bucket of its own for Hadoop, and one for EMR's logs", () => {
    const { hadoop_bucket: hadoop, emr_logs_bucket: logs, ...outputs } = outputsOf(clientOf());
    const sources = sourcesOf(clientOf(), {
      outputs: { ...outputs, hadoop_bucket: "acme-hadoop", emr_logs_bucket: "acme-logs" },
    });
    const override = rendered("analytics-tasks/analytics-override.cfg", sources);

    expect([hadoop, logs]).toEqual([outputs.edxanalytics_bucket, outputs.emr_bucket]);
    expect(rendered("analytics-tasks/emr-vars.yml", sources).log_uri).toBe("s3://acme-logs/logs");
    expect(rendered("analytics-tasks/jenkins_env", sources).HADOOP_S3_BUCKET).toBe("s3://acme-hadoop");
    expect(override.hive.warehouse_path).toBe("s3://acme-hadoop/warehouse/hive/");
    expect(override["database-import"].credentials).toBe(`s3://${outputs.edxanalytics_bucket}/edxapp_creds`);
  });

  it("groups and tags of its own where it shares an account or names a fork, and EMR's tag with its second policy", () => {
    const emr = (name: string) =>
      rendered("analytics-tasks/emr-vars.yml", sourcesOf(clients.find((client) => client.name === name) as never));

    expect(emr("olive").additional_master_security_groups).toHaveLength(1);
    expect(emr("olive").tags).toContainEqual({ Key: "Client", Value: "olive" });
    expect(emr("example")).not.toHaveProperty("tags");
    expect(emr("complete").tags).toContainEqual({ Key: "CostCentre", Value: "learning" });
    expect(emr("example")).not.toHaveProperty("additional_slave_security_groups");
    expect(
      rendered("analytics-tasks/emr-vars.yml", sourcesOf(clientOf({ emr: { servicePolicy: "v2" } }))).tags,
    ).toEqual([{ Key: "for-use-with-amazon-emr-managed-policies", Value: "true" }]);
  });

  it("a report backend with the reports user", () => {
    const backend = (buckets: object) =>
      rendered("vars-analytics.yml", sourcesOf(clientOf({ buckets }))).ANALYTICS_API_REPORT_DOWNLOAD_BACKEND;

    expect(backend({})).toBeUndefined();
    expect(backend({ apiReports: {} })).toMatchObject({
      AWS_SECRET_ACCESS_KEY: "secret-reports",
      COURSE_REPORT_FILE_LOCATION_TEMPLATE: "/{course_id}_{report_name}.csv",
      DEFAULT_FILE_STORAGE: "storages.backends.s3boto3.S3Boto3Storage",
      AWS_S3_REGION_NAME: "eu-west-1",
      AWS_S3_SIGNATURE_VERSION: "s3v4",
      AWS_QUERYSTRING_EXPIRE: 120,
    });
  });

  it("courses and blocks of the LMS for the reports, and where these go", () => {
    const { lmsUrl, oauth2 } = supplied;
    const override = (buckets: object) =>
      rendered(
        "analytics-tasks/analytics-override.cfg",
        sourcesOf(clientOf({ buckets, configurationFiles: { lmsUrl, oauth2 } })),
      );

    expect(override({})).not.toHaveProperty("edx-rest-api");
    expect(override({ apiReports: {} })).toMatchObject({
      "problem-response": { report_output_root: "s3://example-analytics-api-reports/" },
      "course-list": { api_root_url: "https://courses.example.org/api/courses/v1/courses/" },
      "course-blocks": { api_root_url: "https://courses.example.org/api/courses/v1/blocks/" },
      "edx-rest-api": {
        auth_url: "https://courses.example.org/oauth2/access_token/",
        client_id: "insights-backend",
        client_secret: "secret-backendOauth2Secret",
      },
    });
  });

  it("the API's own address where each service has a host", () => {
    const separate = clientOf({
      hosts: { keyPair: { existing: "key" }, iterations: { "1": { layout: "separate" } } },
    });

    expect(rendered("vars-analytics.yml", sourcesOf(separate))).toMatchObject({
      ANALYTICS_API_NGINX_PORT: 80,
      ANALYTICS_API_ENDPOINT: "http://1-api.private/api/v0",
    });
  });
});

describe("what the operator supplies", () => {
  it("is everything that is missing", () => {
    const sources = sourcesOf(clientOf({ configurationFiles: supplied }));

    expect(configFilePaths.flatMap((path) => renderConfigFile(path, sources).missing)).toEqual([]);
    expect(rendered("vars-analytics.yml", sources)).toMatchObject({
      EDXAPP_LMS_BASE_SCHEME: "https",
      EDXAPP_LMS_BASE: "courses.example.org",
      INSIGHTS_SOCIAL_AUTH_REDIRECT_IS_HTTPS: true,
    });
    expect(rendered("analytics-tasks/analytics-override.cfg", sources).calendar.interval).toBe("2016-01-01-2040-01-01");
  });

  it("may be more: extras win, and their expressions are evaluated by who reads them", () => {
    const extra = {
      varsAnalytics: { COMMON_GIT_PATH: "acme", MORE: { PATH: "{{ COMMON_GIT_PATH }}" } },
      jenkinsEnv: { DATA: "${HOME}/data", PRICE: "$5" },
      analyticsOverride: { videos: { overwrite_n_days: "5" }, more: { client_id: "50%" } },
    };
    const sources = sourcesOf(clientOf({ configurationFiles: { extra } }));
    const text = (path: ConfigFilePath) => renderConfigFile(path, sources).text;

    expect(text("vars-analytics.yml")).toContain("COMMON_GIT_PATH: 'acme'\n");
    expect(text("vars-analytics.yml")).toContain(
      "# From `configurationFiles.extra` in clients/example.ts\nMORE:\n  PATH: '{{ COMMON_GIT_PATH }}'\n",
    );
    expect(text("analytics-tasks/jenkins_env")).toContain('export DATA="${HOME}/data"\nexport PRICE="\\$5"\n');
    expect(text("analytics-tasks/analytics-override.cfg")).toContain("overwrite_n_days = 5\n");
    expect(text("analytics-tasks/analytics-override.cfg")).toContain("[more]\nclient_id = 50%\n");
  });
});

describe("an iteration that is not active", () => {
  const client = clientOf({
    database: { iterations: { "1": {}, "2": {} } },
    hosts: { keyPair: { existing: "key" }, iterations: { "1": {}, "3": { layout: "separate" } } },
  });
  const outputs = outputsOf(client);

  it("is rendered for on request", () => {
    const host = (iteration?: string) =>
      rendered("analytics-tasks/edxanalytics_creds", sourcesOf(client, { outputs, iteration })).host;

    expect(host()).toMatch(/^example-analytics\./);
    expect(host("2")).toMatch(/^example-analytics-2\./);
    expect(host("3")).toMatch(/^example-analytics\./);
    expect(rendered("vars-analytics.yml", sourcesOf(client, { outputs, iteration: "3" }))).toHaveProperty(
      "ANALYTICS_API_ENDPOINT",
    );
  });

  it("has to be deployed", () => {
    expect(() => sourcesOf(client, { outputs, iteration: "4" })).toThrow(
      "iteration 4 is not deployed; hosts have 1, 3, databases 1, 2. Name one of them, or deploy example first.",
    );
  });
});

it("a password is its operator's to supply, where the stack does not make it", () => {
  const maker = (mysql: ClientInput["mysql"]) =>
    secretOf(clientOf({ mysql }), "/edx-analytics/example/mysql/analytics")?.maker;

  expect(maker({})).toBe("stack");
  expect(maker({ passwords: { edxapp_ro: { existing: true } } })).toBe("stack");
  expect(maker({ passwords: { analytics: { existing: true } } })).toBe("operator");
});
