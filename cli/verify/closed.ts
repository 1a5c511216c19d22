import { type Answer, type Finding, ok, refused } from "../findings";
import { ask, unasked, type VerifyContext } from "./context";
import { ProbeError, type Response } from "./probes";

/** The name that the role gives Jenkins in nginx, unless `jenkins_server_name` is another; nginx finds it by the request's Host. */
const roleName = "jenkins.testeng.edx.org";

/** What a port says to a request; a closed one refuses, or is silent. */
type Said = Response | "refused" | "silent";

/**
 * Ports that the world must not find Jenkins at, which has no log-in, nor the Analytics API. Silence means a closed port only
 * where this machine reaches the network of the hosts at all, which Insights' ports tell.
 */
export async function* closedFindings(context: VerifyContext): AsyncGenerator<Finding> {
  const { elastic_ip: elasticIp } = context.sources.outputs;
  const names = [elasticIp, context.sources.config.extra.varsAnalytics.jenkins_server_name ?? roleName].map(String);
  const [web, ports] = await Promise.all([
    Promise.all([80, 443].map(async (port) => [port, await sayings(context, elasticIp, port, names)] as const)),
    Promise.all(
      [8080, 8081].map(async (port) => [port, await sayings(context, elasticIp, port, [elasticIp])] as const),
    ),
  ]);
  const balancer = context.sources.outputs.load_balancer_dns_name;
  const open = balancer === undefined ? web.flatMap(([, said]) => said) : await balancerSays(context, balancer);
  const isReached = open.some((each) => each !== "silent");
  for (const [port, said] of web) {
    yield {
      subject: `Jenkins at ${elasticIp}:${port}`,
      ...judged(said, isReached, balancer === undefined ? "is not Jenkins" : undefined),
    };
  }
  for (const [port, said] of ports) {
    yield { subject: `Jenkins at ${elasticIp}:${port}`, ...judged(said, isReached) };
  }
  const { insights, ...others } = context.sources.hosts;
  for (const service of ["api", "jenkins"] as const) {
    if (others[service] !== insights) {
      yield await ask(`host of ${service}`, () => hostAnswer(context, service, isReached));
    }
  }
}

/** What the load balancer's open port says, of which the network of the hosts is: theirs are closed then. */
async function balancerSays(context: VerifyContext, balancer: string): Promise<Said[]> {
  try {
    const [address = balancer] = await context.probes.addresses(balancer);
    return await sayings(context, address, 443, [balancer]);
  } catch (error) {
    if (error instanceof ProbeError) {
      return ["silent"];
    }
    throw error;
  }
}

/** A host that only the other hosts have to reach. */
async function hostAnswer(context: VerifyContext, service: "api" | "jenkins", isReached: boolean): Promise<Answer> {
  const address = await context.publicAddress(service);
  if (address === undefined) {
    return ok("has no public address");
  }
  const said = await Promise.all([80, 443, 8080, 8081].map((port) => sayings(context, address, port, [address])));
  const { text, ...answer } = judged(said.flat(), isReached);
  return { ...answer, text: `${address} ${text}` };
}

/** What a port answers, by the names that it may be asked by. */
function sayings({ probes }: VerifyContext, address: string, port: number, names: readonly string[]): Promise<Said[]> {
  const scheme = port === 443 ? "https" : "http";
  return Promise.all(
    names.map(async (name) => {
      try {
        return await probes.request({
          url: `${scheme}://${name}:${port}/login`,
          address,
          headers: { Host: name },
          anyCertificate: true,
        });
      } catch (error) {
        if (!(error instanceof ProbeError)) {
          throw error;
        }
        return error.why === "timed-out" ? "silent" : "refused";
      }
    }),
  );
}

/** @param harmless what is said of an answer that is not Jenkins'; nothing else may answer where it is not given */
function judged(said: readonly Said[], isReached: boolean, harmless?: string): Answer {
  const answers = said.filter((each) => typeof each === "object");
  if (answers.some(({ headers }) => headers["x-jenkins"] !== undefined)) {
    return refused(
      "is Jenkins, without a log-in, for everybody. Close the port in the security group now, then run analytics-jenkins.yml with `jenkins_nginx_port` 8081.",
    );
  }
  if (answers.length > 0) {
    return harmless === undefined
      ? refused(`answers with ${answers[0]?.status}, and should be closed. Close the port in the security group.`)
      : ok(harmless);
  }
  return isReached || said.includes("refused")
    ? ok("is closed")
    : unasked(
        "nothing answers at the Elastic IP from here, so a closed port proves nothing. Run the command where Insights can be reached.",
      );
}
