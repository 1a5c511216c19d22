import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import example from "../clients/example";
import type { Overrides } from "../test/client-files";
import { fakeTerminal } from "../test/fake-terminal";
import {
  files,
  inTime,
  knowingAws,
  loginUrl,
  refusedConnection,
  silence,
  sts,
  verified,
} from "../test/verified-insights";
import { main } from "./main";
import { ProbeError } from "./verify/probes";

beforeEach(knowingAws);

describe("npx edx-analytics verify", () => {
  it("finds nothing against an Insights that works", async () => {
    const { rows, notOk, error } = await verified();

    expect(notOk).toEqual([]);
    expect(error).toBeUndefined();
    expect(rows.map((row) => row.slice(3))).toEqual([
      "DNS of insights.example.org leads to the Elastic IP, 192.0.2.1",
      `certificate of insights.example.org, valid to ${inTime.toISOString().slice(0, 10)}`,
      "https://insights.example.org answers, and is well",
      "log-in of Insights leads to courses.example.org, as the OAuth client insights-sso",
      "Jenkins at 192.0.2.1:80 is not Jenkins",
      "Jenkins at 192.0.2.1:443 is closed",
      "Jenkins at 192.0.2.1:8080 is closed",
      "Jenkins at 192.0.2.1:8081 is closed",
      "Analytics API without the token refuses, with 401",
      "Analytics API with the token answers",
      "Jenkins answers on its host",
      "OAuth of courses.example.org answers, with 405 to a request without a client",
      "OAuth client insights-backend gets a token",
      "edx/configuration has open-release/nutmeg.master",
      "edx/edx-analytics-dashboard has open-release/nutmeg.master",
      "edx/edx-analytics-data-api has open-release/nutmeg.master",
      "secureRepository has main",
      "configurationRepository has acme",
      "pipelineRepository has acme",
    ]);
  });

  it("shows no secret, and puts none onto a command line or into a URL", async () => {
    const { said, asked } = await verified({ commands: { "curl -K -": { stdout: "500" } } });

    expect(`${said} ${asked.join(" ")}`).not.toContain("hidden-");
  });

  it("fails where something is wrong, and says what to do", async () => {
    const { notOk, status, said } = await verified({ dns: ["192.0.2.9"] });

    expect(notOk).toEqual([
      "refused DNS of insights.example.org leads to 192.0.2.9, not to the Elastic IP alone. Make it an A record with 192.0.2.1.",
    ]);
    expect(status).toBe(1);
    expect(said).toMatch(/18 ok, 0 warnings, 1 refused, 0 not asked\.\nexample: not everything is as it should be/);
  });

  it("has status 2 where nothing is wrong, but something could not be asked", async () => {
    sts.on(GetCallerIdentityCommand).rejects(Object.assign(new Error("no"), { name: "CredentialsProviderError" }));

    const { notOk, status } = await verified();

    expect(notOk.map((row) => row.split(":")[0])).toEqual([
      "unasked Analytics API with the token could not be asked",
      "unasked OAuth client insights-backend could not be asked",
    ]);
    expect(status).toBe(2);
  });

  it("asks nothing of another account", async () => {
    sts.on(GetCallerIdentityCommand).resolves({ Account: "999999999999", Arn: "arn:aws:iam::999999999999:user/me" });

    const { rows, error } = await verified();

    expect(rows).toEqual([]);
    expect(error?.message).toContain("these credentials are of account 999999999999");
  });

  it("says of each field that is missing what it is needed for", async () => {
    const { notOk, status, said } = await verified({}, { configurationFiles: {} });

    expect(notOk).toEqual([
      "unasked Insights could not be asked: `configurationFiles.insightsUrl` is missing in clients/example.ts. Set it.",
      "unasked LMS could not be asked: `configurationFiles.lmsUrl` is missing in clients/example.ts. Set it.",
      ...["secureRepository", "configurationRepository", "pipelineRepository"].map(
        (field) =>
          `unasked ${field} could not be asked: \`configurationFiles.${field}\` is missing in clients/example.ts. Set it.`,
      ),
    ]);
    expect(status).toBe(2);
    const recap = said.split("\nCould not be asked\n")[1]?.split("\n\n")[0];
    expect(recap?.split("\n").map((row) => row.trim().replaceAll(/ {2,}/g, " "))).toEqual(
      notOk.map((row) => row.replace(" Set it.", "")),
    );
  });

  it("refuses a director that SSH would take for something else, and a shared stack", async () => {
    const terminal = fakeTerminal();

    expect(await main(["verify", "example", "--director=-oProxyCommand=id"], terminal)).toBe(1);
    expect(await main(["verify", "shared-210987654321-eu-central-1"], terminal)).toBe(1);
    expect(terminal.errors.join("\n")).toMatch(
      /a host name or IPv4 address is required.*\n.*a shared stack has no Insights/,
    );
  });
});

describe("Insights", () => {
  it("is refused where its name does not exist", async () => {
    const dns = new ProbeError("getaddrinfo ENOTFOUND", "unknown-name");

    expect((await verified({ dns })).notOk[0]).toContain("does not exist. Make it an A record with 192.0.2.1.");
  });

  it("is led to a load balancer that ends TLS, and not past it", async () => {
    const overrides: Overrides = { tls: { on: "load-balancer", existing: true } };

    expect((await verified({ dns: ["203.0.113.4", "203.0.113.5"] }, overrides)).rows[0]).toBe(
      "ok DNS of insights.example.org leads to 203.0.113.4, 203.0.113.5, which is left to the load balancer's owner",
    );
    expect((await verified({}, overrides)).notOk[0]).toContain("past the load balancer that ends TLS");
  });

  it("is led to the stack's load balancer, past which the hosts are closed", async () => {
    const overrides: Overrides = { tls: { on: "load-balancer" } };
    const balancer = ["203.0.113.4", "203.0.113.5"];
    const http = { "192.0.2.1 http://192.0.2.1:80/": silence(), "203.0.113.4 https://example-insights-1234": {} };

    const { rows, notOk } = await verified({ dns: ["203.0.113.5"], balancer, http }, overrides);
    expect(notOk).toEqual([]);
    expect(rows).toEqual(
      expect.arrayContaining([
        "ok DNS of insights.example.org leads to the load balancer, 203.0.113.5",
        "ok Jenkins at 192.0.2.1:80 is closed",
        "ok Jenkins at 192.0.2.1:8080 is closed",
      ]),
    );
    expect((await verified({ dns: ["198.51.100.9"], balancer, http }, overrides)).notOk[0]).toContain(
      "leads to 198.51.100.9, not to the load balancer, 203.0.113.4, 203.0.113.5. Make it an alias of example-insights-1234",
    );
    expect((await verified({ dns: balancer, balancer, http: { "203.0.113.4": {} } }, overrides)).notOk).toEqual([
      expect.stringContaining("refused Jenkins at 192.0.2.1:80 answers with 200, and should be closed"),
    ]);
  });

  it("has no certificate to be asked without TLS", async () => {
    const plain = { ...files, insightsUrl: "http://insights.example.org" };

    expect((await verified({}, { configurationFiles: plain, tls: undefined })).rows.join("\n")).not.toContain(
      "certificate",
    );
  });

  it.each([
    [
      { problem: "CERT_HAS_EXPIRED", validTo: new Date("2020-01-02") },
      "refused certificate is not accepted: CERT_HAS_EXPIRED (valid to 2020-01-02)",
    ],
    [{ validTo: new Date(Date.now() + 5.5 * 86_400_000) }, "in 5 days. Renew it."],
    [refusedConnection(), "refused certificate does not answer: connect ECONNREFUSED"],
  ])("has a certificate that is accepted for weeks to come", async (certificate, said) => {
    expect((await verified({ certificate })).notOk[0]).toContain(said);
  });

  it.each([
    [{ status: 502 }, "answers /health/ with 502. See /edx/var/log/insights/edx.log on 1.private."],
    [{ status: 301, headers: { location: "https://elsewhere/" } }, "answers /health/ with 301, https://elsewhere/."],
    [refusedConnection(), "does not answer: connect ECONNREFUSED."],
    [silence(), "does not answer: nothing came within 8 s."],
  ])("has to be well", async (answer, said) => {
    const { notOk, status } = await verified({ http: { "https://insights.example.org/health/": answer } });

    expect(notOk).toEqual([expect.stringContaining(`refused https://insights.example.org ${said}`)]);
    expect(status).toBe(1);
  });

  it("may be silent where not everybody may ask", async () => {
    const hosts = { ...example.hosts, securityGroup: { webFrom: ["203.0.113.0/24"] } };
    const http = { "https://insights.example.org/health/": silence() };

    expect((await verified({ http }, { hosts })).notOk[0]).toMatch(/^unasked https:\/\/insights/);
  });

  it.each([
    [{ status: 500 }, "answers /login/edx-oauth2/ with 500, and should send browsers to the LMS. See /edx/var/log"],
    [{ status: 302, headers: { location: "/courses/" } }, "answers /login/edx-oauth2/ with 302, and should send"],
    [
      { status: 302, headers: { location: loginUrl.replace("courses.example.org", "127.0.0.1:8000") } },
      "leads to https://127.0.0.1:8000/oauth2/authorize/, not https://courses.example.org/oauth2/authorize/. Run",
    ],
    [
      { status: 302, headers: { location: loginUrl.replace("insights-sso", "insights-sso-key") } },
      "names the OAuth client insights-sso-key, not insights-sso. Run insights.yml again",
    ],
    [
      { status: 302, headers: { location: loginUrl.replace("https%3A", "http%3A") } },
      "comes back to http://insights.example.org/complete/edx-oauth2/, not https://insights.example.org/complete/edx-oauth2/.",
    ],
    [
      { status: 302, headers: { location: "https://courses.example.org/oauth2/authorize/" } },
      "names the OAuth client nothing, not insights-sso; comes back to nothing, not https://insights",
    ],
  ])("has to send those who log in to the LMS, by its own client: %j", async (answer, said) => {
    const { notOk, said: all } = await verified({ http: { "https://insights.example.org/login/": answer } });

    expect(notOk).toEqual([expect.stringContaining(`refused log-in of Insights ${said}`)]);
    expect(all).not.toContain("hidden-state");
  });

  it("logs in by the backend of its release, and never goes to the LMS's page", async () => {
    const old = loginUrl.replaceAll("oauth2%2F", "oidc%2F").replace("authorize?", "authorize/?");
    const http = { "https://insights.example.org/login/edx-oidc/": { status: 302, headers: { location: old } } };
    const { notOk, asked } = await verified({ http }, { release: "ironwood", allowDiscontinued: true });

    expect(notOk).toEqual([]);
    expect(asked.filter((question) => question.includes("authorize"))).toEqual([]);
  });
});
