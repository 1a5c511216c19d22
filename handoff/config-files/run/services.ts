import type { RunContext } from "./context";
import { playbook } from "./director";
import { type Step, word } from "./step";

/** Insights is known to the world by its name before anybody logs in there. */
export function dnsStep(context: RunContext): Step {
  const { sources } = context;
  const { insightsUrl, tls } = sources.config;
  const host = context.hostOf("insightsUrl", insightsUrl);
  const target =
    tls?.on === "load-balancer"
      ? `an alias of the load balancer, whose target is port 80 of ${sources.hosts.insights}; it has to send X-Forwarded-Proto, and may ask for \`/health/\``
      : `an A record with the Elastic IP ${sources.outputs.elastic_ip}`;
  return {
    title: "DNS",
    where: "here",
    text: `\`${host}\` gets ${target}.`,
    commands: [`nslookup ${word(host)}`],
  };
}

/**
 * The playbooks of one service, in all releases: `analytics_single.yml` would install a MySQL or Hadoop of its own on some
 * releases, and Python 2 on an Ubuntu that has none.
 */
export function servicesStep(context: RunContext): Step {
  const service = (name: string, group: string) =>
    // Nothing but analytics_single.yml itself has the roles make their tables.
    playbook(context, context.tools.playbooks, name, group, "-e migrate_db=yes");
  return {
    title: "Analytics API and Insights",
    where: "director",
    commands: [service("analyticsapi.yml", "analytics_api"), service("insights.yml", "insights")],
  };
}
