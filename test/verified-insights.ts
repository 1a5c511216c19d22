import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeInstancesCommand, EC2 } from "@aws-sdk/client-ec2";
import { GetParametersCommand, SSM } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STS } from "@aws-sdk/client-sts";
import type { CommandError } from "../cli/command-error";
import { type VerifyOptions, verify } from "../cli/verify";
import { type CommandResult, ProbeError, type Probes, type Request, type Response } from "../cli/verify/probes";
import example from "../clients/example";
import type { ClientInput } from "../config/schema/client";
import { clientOf, type Overrides } from "./client-files";
import { fakeTerminal } from "./fake-terminal";
import { mockClient } from "./mock-client";
import { withoutPrograms } from "./no-programs";
import { outputJson } from "./outputs";

export const [ec2, ssm, sts] = [mockClient(EC2), mockClient(SSM), mockClient(STS)];

const token = "hidden-token";
const clientSecret = "hidden-client-secret";
/** End of a certificate that is no matter yet. */
export const inTime = new Date(Date.now() + 90 * 86_400_000);

/** Where Insights sends browsers that log in. */
export const loginUrl =
  "https://courses.example.org/oauth2/authorize?client_id=insights-sso&redirect_uri=https%3A%2F%2Finsights.example.org%2Fcomplete%2Fedx-oauth2%2F%3Fredirect_state%3Dhidden-state&state=hidden-state&response_type=code&scope=user_id+profile+email";

/** A client file with all that questions need. */
export const files: ClientInput["configurationFiles"] = {
  lmsUrl: "https://courses.example.org",
  insightsUrl: "https://insights.example.org",
  oauth2: { loginKey: "insights-sso", backendKey: "insights-backend" },
  secureRepository: { url: "git@git.example.org:acme/secure.git", version: "main" },
  configurationRepository: { url: "https://git.example.org/configuration.git", version: "acme" },
  pipelineRepository: { url: "https://git.example.org/pipeline.git", version: "acme" },
};

const tls: ClientInput["tls"] = { on: "host", certificate: "/etc/tls/cert.pem", privateKey: "/etc/tls/key.pem" };

/** A host for each service. */
export const separate: Overrides = { hosts: { ...example.hosts, iterations: { "1": { layout: "separate" } } } };

interface World {
  /** Addresses that the name of Insights has, or why it has none. */
  readonly dns?: readonly string[] | ProbeError;
  /** Addresses of the stack's load balancer. */
  readonly balancer?: readonly string[];
  readonly certificate?: Partial<Awaited<ReturnType<Probes["certificate"]>>> | ProbeError;
  /** Answers by the address that is connected to, or the URL, as it begins. */
  readonly http?: Readonly<Record<string, Partial<Response> | ProbeError>>;
  /** What becomes of a command whose words contain the key. */
  readonly commands?: Readonly<Record<string, Partial<CommandResult>>>;
}

export const refusedConnection = () => new ProbeError("connect ECONNREFUSED", "refused");
export const silence = () => new ProbeError("nothing came within 8 s", "timed-out");

/** A world in which everything is well, but for what is said of it. */
function probes({ dns, balancer, certificate, http, commands }: World): Probes & { readonly asked: string[] } {
  const asked: string[] = [];
  const given = <T>(answer: T | ProbeError): T => {
    if (answer instanceof ProbeError) {
      throw answer;
    }
    return answer;
  };
  const answers: [string, Partial<Response> | ProbeError][] = [
    ...Object.entries(http ?? {}),
    ["192.0.2.1 http://192.0.2.1:80/", {}],
    ["192.0.2.1 ", silence()],
    ["198.51.100.", silence()],
    ["https://insights.example.org/health/", {}],
    ["https://insights.example.org/login/edx-oauth2/", { status: 302, headers: { location: loginUrl } }],
    ["POST https://courses.example.org/oauth2/access_token/", {}],
    ["https://courses.example.org/oauth2/access_token/", { status: 405 }],
  ];
  const results: [string, Partial<CommandResult>][] = [
    ...Object.entries(commands ?? {}),
    ["curl -K -", { stdout: "200" }],
    ["/login", { stdout: "200" }],
    ["/authenticated/", { stdout: "401" }],
    ["ls-remote", {}],
  ];
  return {
    asked,
    addresses: async (host) => (host.endsWith(".elb.amazonaws.com") ? (balancer ?? []) : given(dns ?? ["192.0.2.1"])),
    certificate: async () => ({ validTo: inTime, ...given(certificate ?? {}) }),
    request: async ({ url, address, form }: Request) => {
      const question = `${address === undefined ? "" : `${address} `}${form === undefined ? "" : "POST "}${url}`;
      asked.push(question);
      const [, answer = {}] = answers.find(([start]) => question.startsWith(start)) ?? [];
      return { status: 200, headers: {}, ...given(answer) };
    },
    run: async (command, args) => {
      const line = [command, ...args].join(" ");
      asked.push(line);
      const [, result] = results.find(([part]) => line.includes(part)) ?? [];
      return { status: 0, stdout: "", stderr: "", ...result };
    },
  };
}

/** Verifies the example in a world; the rows that are not ok, and what else was said. */
export async function verified(world: World = {}, overrides: Overrides = {}, options: VerifyOptions = {}) {
  const client = clientOf({ configurationFiles: files, tls, ...overrides });
  const folder = mkdtempSync(join(tmpdir(), "edx-analytics-verify-"));
  const outputs = join(folder, "outputs.json");
  writeFileSync(outputs, outputJson(client));
  const terminal = fakeTerminal();
  const asking = probes(world);
  const error = await verify(client, { outputs, ...options }, terminal, asking).then(
    () => undefined,
    (reason: CommandError) => reason,
  );
  rmSync(folder, { recursive: true });
  const rows = terminal.results
    .filter((line) => /^ {2}(ok|warning|refused|unasked) /.test(line))
    .map((line) => line.trim().replaceAll(/ {2,}/g, " "));
  return {
    rows,
    notOk: rows.filter((row) => !row.startsWith("ok ")),
    status: error?.exitStatus ?? 0,
    error,
    asked: asking.asked,
    said: [...terminal.results, ...terminal.errors, error?.message].join("\n"),
  };
}

/** AWS knows both secrets, and a public address for each host. */
export function knowingAws(): void {
  withoutPrograms();
  for (const mock of [ec2, ssm, sts]) {
    mock.reset();
  }
  sts.on(GetCallerIdentityCommand).resolves({ Account: "123456789012", Arn: "arn:aws:iam::123456789012:user/ops" });
  ssm.on(GetParametersCommand).resolves({
    Parameters: [
      { Name: "/edx-analytics/example/analytics-api/auth-token", Value: token },
      { Name: "/edx-analytics/example/insights/backend-oauth2-secret", Value: clientSecret },
    ],
  });
  ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances: [{ PublicIpAddress: "198.51.100.7" }] }] });
}
