import { isExisting } from "../../config/existing";
import { type Answer, type Finding, ok, refused, warning } from "../findings";
import { ask, missingField, type VerifyContext } from "./context";
import { ProbeError } from "./probes";

/** How long before its end a certificate is reported, days. */
const renewal = 21;

/** Insights, as the world sees it. */
export async function* insightsFindings(context: VerifyContext): AsyncGenerator<Finding> {
  const { insightsUrl } = context.sources.config;
  if (insightsUrl === undefined) {
    yield { subject: "Insights", ...missingField(context, "insightsUrl") };
    return;
  }
  const url = new URL(insightsUrl);
  const open = isOpenToAll(context.sources);
  yield await ask(`DNS of ${url.hostname}`, () => dnsAnswer(context, url.hostname));
  if (url.protocol === "https:") {
    yield await ask("certificate", () => certificateAnswer(context, url), open);
  }
  yield await ask(insightsUrl, () => healthAnswer(context, insightsUrl), open);
  yield await ask("log-in of Insights", () => loginAnswer(context, insightsUrl), open);
}

async function dnsAnswer(context: VerifyContext, host: string): Promise<Answer> {
  const { sources, probes } = context;
  const { elastic_ip: elasticIp, load_balancer_dns_name: balancer } = sources.outputs;
  const isBalanced = sources.client.tls?.on === "load-balancer";
  const wanted = isBalanced
    ? `an alias of ${balancer === undefined ? "the load balancer" : balancer}`
    : `an A record with ${elasticIp}`;
  const fix = sources.client.dns ? `Deploy ${sources.client.name}: it makes it ${wanted}` : `Make it ${wanted}`;
  let addresses: readonly string[];
  try {
    addresses = await probes.addresses(host);
  } catch (error) {
    if (error instanceof ProbeError && error.why === "unknown-name") {
      return refused(`does not exist. ${fix}.`);
    }
    throw error;
  }
  const list = addresses.join(", ");
  if (isBalanced) {
    if (addresses.includes(elasticIp)) {
      return refused(`leads to the host itself, ${elasticIp}, past the load balancer that ends TLS. ${fix}.`);
    }
    return balancer === undefined
      ? ok(`leads to ${list}, which is left to the load balancer's owner`)
      : balancerAnswer(addresses, await probes.addresses(balancer), fix);
  }
  return addresses.length === 1 && addresses[0] === elasticIp
    ? ok(`leads to the Elastic IP, ${elasticIp}`)
    : refused(`leads to ${list}, not to the Elastic IP alone. ${fix}.`);
}

/** AWS changes a load balancer's addresses: of two questions, one may have an old one. */
function balancerAnswer(found: readonly string[], right: readonly string[], fix: string): Answer {
  return found.some((address) => right.includes(address))
    ? ok(`leads to the load balancer, ${found.join(", ")}`)
    : refused(`leads to ${found.join(", ")}, not to the load balancer, ${right.join(", ")}. ${fix}.`);
}

async function certificateAnswer({ probes, now }: VerifyContext, { hostname, port }: URL): Promise<Answer> {
  const { validTo, problem } = await probes.certificate(hostname, Number(port || 443));
  const until = validTo.toISOString().slice(0, 10);
  const days = Math.floor((validTo.getTime() - now.getTime()) / 86_400_000);
  if (problem !== undefined) {
    return refused(`is not accepted: ${problem} (valid to ${until}). Install one of ${hostname}.`);
  }
  return days < renewal
    ? warning(`ends on ${until}, in ${days} days. Renew it.`)
    : ok(`of ${hostname}, valid to ${until}`);
}

/** Insights looks at its own database then, and asks for no log-in. What its certificate is worth was asked before. */
async function healthAnswer({ sources, probes }: VerifyContext, url: string): Promise<Answer> {
  const { status, headers } = await probes.request({ url: `${url}/health/`, anyCertificate: true });
  const next = headers.location === undefined ? "" : `, ${headers.location}`;
  return status === 200
    ? ok("answers, and is well")
    : refused(
        `answers /health/ with ${status}${next}. See /edx/var/log/insights/edx.log on ${sources.hosts.insights}.`,
      );
}

/** The beginning of a log-in: Insights sends browsers to the LMS, with what the LMS knows it by. The redirect is not followed. */
async function loginAnswer(context: VerifyContext, insightsUrl: string): Promise<Answer> {
  const { sources, tools, probes } = context;
  const { lmsUrl, oauth2 } = sources.config;
  if (lmsUrl === undefined || oauth2 === undefined) {
    return missingField(context, lmsUrl === undefined ? "lmsUrl" : "oauth2");
  }
  const path = `/login/${tools.loginBackend}/`;
  const { status, headers } = await probes.request({ url: `${insightsUrl}${path}`, anyCertificate: true });
  const location = [headers.location].flat()[0] ?? "";
  if (status < 300 || status >= 400 || !URL.canParse(location)) {
    return refused(
      `answers ${path} with ${status}, and should send browsers to the LMS. See /edx/var/log/insights/edx.log on ${sources.hosts.insights}.`,
    );
  }
  const { origin, pathname, searchParams } = new URL(location);
  const wanted = [
    ["leads to", placeOf(`${origin}${pathname}`), placeOf(`${lmsUrl}/oauth2/authorize/`)],
    ["names the OAuth client", searchParams.get("client_id"), oauth2.loginKey],
    [
      "comes back to",
      placeOf(searchParams.get("redirect_uri") ?? ""),
      placeOf(`${insightsUrl}/complete/${tools.loginBackend}/`),
    ],
  ] as const;
  const wrong = wanted.filter(([, found, right]) => found !== right);
  return wrong.length === 0
    ? ok(`leads to ${new URL(lmsUrl).host}, as the OAuth client ${oauth2.loginKey}`)
    : refused(
        `${wrong.map(([what, found, right]) => `${what} ${found || "nothing"}, not ${right}`).join("; ")}. Run insights.yml again with these files, or correct \`configurationFiles\`.`,
      );
}

/** A URL without its query, in which there is a state of this log-in, and with the slash at its end that some releases leave out. */
function placeOf(url: string): string {
  return URL.canParse(url) ? `${new URL(url).origin}${new URL(url).pathname}`.replace(/\/?$/, "/") : url;
}

/** Whether anybody may see Insights, and so this machine. */
function isOpenToAll({ client: { hosts } }: VerifyContext["sources"]): boolean {
  return !isExisting(hosts.securityGroup) && hosts.securityGroup.webFrom.includes("0.0.0.0/0");
}
