import type { ClientInput } from "../../../config/schema/client";
import { clientOf } from "../../../test/client-files";
import { sourcesOf } from "../../../test/outputs";
import { renderConfigFile } from "../config-files";
import type { Sources } from "../sources";
import { plain } from "../value";

// biome-ignore lint/suspicious/noExplicitAny: a test reads what was rendered by its keys, whatever its type.
function varsOf(sources: Sources): Record<string, any> {
  return plain(renderConfigFile("vars-analytics.yml", sources).values) as Record<string, unknown>;
}

const supplied = { lmsUrl: "https://courses.example.org", jwt: { audience: "lms-key" } };

describe("what would be open to the world", () => {
  const vars = (release: ClientInput["release"]) =>
    varsOf(sourcesOf(clientOf({ release, configurationFiles: supplied })));

  it("Jenkins is not served by nginx on a port that the group has open", () => {
    expect(vars("nutmeg")).toMatchObject({
      jenkins_nginx_port: 8081,
      jenkins_jvm_args: "-Djava.net.preferIPv4Stack=true",
    });
  });

  it("the Analytics API takes the LMS's tokens alone", () => {
    expect(vars("nutmeg")).toMatchObject({
      COMMON_JWT_SECRET_KEY: "secret-jwtSecretKey",
      COMMON_JWT_AUDIENCE: "lms-key",
      COMMON_JWT_ISSUER: { expression: "{{ INSIGHTS_LMS_BASE }}/oauth2" },
      COMMON_LMS_BASE_URL: { expression: "{{ INSIGHTS_LMS_BASE }}" },
    });
    expect(vars("ironwood")).toMatchObject({ COMMON_OAUTH_BASE_URL: { expression: "{{ INSIGHTS_LMS_BASE }}" } });
    expect(vars("ginkgo")).not.toHaveProperty("COMMON_JWT_SECRET_KEY");
  });

  it("no password of the migration breaks out of the role's shell", () => {
    const sources = sourcesOf(clientOf(), { secrets: { migrationPassword: "it's" } });

    expect(() => renderConfigFile("vars-analytics.yml", sources)).toThrow(
      "the password in /edx-analytics/example/mysql/migration has a ' in it",
    );
  });
});

describe("variables by what the client has", () => {
  it("the hosts' logs in S3, where it names a bucket", () => {
    const s3Logs = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", notifyEmail: "a@example.org", fromEmail: "b@example.org" };
    const vars = (configurationFiles: ClientInput["configurationFiles"]) =>
      varsOf(sourcesOf(clientOf({ configurationFiles })));

    expect(vars({})).not.toHaveProperty("COMMON_OBJECT_STORE_LOG_SYNC");
    expect(vars({ s3Logs: { ...s3Logs, bucket: "logs" } })).toMatchObject({
      COMMON_OBJECT_STORE_LOG_SYNC: true,
      COMMON_OBJECT_STORE_LOG_SYNC_BUCKET: "logs",
      AWS_S3_LOGS_SECRET_KEY: "secret-s3LogsSecretAccessKey",
    });
    expect(vars({ s3Logs }).COMMON_OBJECT_STORE_LOG_SYNC_BUCKET).toMatch(/^<MISSING: .*s3Logs\.bucket/);
  });

  it("TLS on the host, or before it", () => {
    const nginx = (tls: object) => {
      const values = varsOf(sourcesOf(clientOf({ tls: tls as never })));
      return Object.fromEntries(Object.entries(values).filter(([key]) => key.startsWith("NGINX_")));
    };

    expect(nginx({ on: "host", certificate: "/c.pem", privateKey: "/k.pem" })).toEqual({
      NGINX_ENABLE_SSL: true,
      NGINX_SSL_CERTIFICATE: "/c.pem",
      NGINX_SSL_KEY: "/k.pem",
      NGINX_REDIRECT_TO_HTTPS: true,
    });
    expect(nginx({ on: "load-balancer" })).toEqual({
      NGINX_REDIRECT_TO_HTTPS: true,
      NGINX_HTTPS_REDIRECT_STRATEGY: "forward_for_proto",
    });
  });

  it("what differs from host to host by the inventory's groups, where each service has a host", () => {
    const hosts = { keyPair: { existing: "key" }, iterations: { "1": { layout: "separate" } } } as const;
    const tls = { on: "host", certificate: "/c.pem", privateKey: "/k.pem" } as const;
    const vars = varsOf(sourcesOf(clientOf({ hosts, tls })));
    const onInsights = { expression: "{{ inventory_hostname in groups['insights'] }}" };

    expect(vars).toMatchObject({
      SANDBOX_ENABLE_INSIGHTS: onInsights,
      SANDBOX_ENABLE_ANALYTICS_API: { expression: "{{ inventory_hostname in groups['analytics_api'] }}" },
      NGINX_ENABLE_SSL: onInsights,
      NGINX_REDIRECT_TO_HTTPS: onInsights,
    });
  });
});
