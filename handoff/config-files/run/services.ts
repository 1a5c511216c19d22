import { lacksTls } from "../../../config/https-names";
import type { Sources } from "../sources";
import type { RunContext } from "./context";
import { currentFiles, playbook, toPlaybooks } from "./director";
import { type Step, word } from "./step";

/** Insights is known to the world by its name before anybody logs in there. */
export function dnsStep(context: RunContext): Step {
  const { sources } = context;
  const host = context.hostOf("insightsUrl", sources.config.insightsUrl);
  const text = `${recordText(host, sources)}${unanswered(sources)}`;
  return { title: "DNS", where: "here", text, commands: [`nslookup ${word(host)}`] };
}

/** Without `tls` nginx listens on 80 alone. */
function unanswered({ client, config }: Sources): string {
  return lacksTls({ tls: client.tls, insightsUrl: config.insightsUrl })
    ? ` Nothing answers ${config.insightsUrl}: the client file has no \`tls\`. Set it (docs/https.md), deploy, and begin with step 1 again; or let \`insightsUrl\` begin with \`http://\`.`
    : "";
}

function recordText(host: string, { client, outputs, hosts }: Sources): string {
  const { load_balancer_dns_name: balancer, certificate_validation_record: validation } = outputs;
  if (client.dns) {
    return `The deploy has led \`${host}\` to ${balancer === undefined ? `the Elastic IP ${outputs.elastic_ip}` : `the load balancer \`${balancer}\``}.`;
  }
  if (balancer !== undefined) {
    const certificate =
      validation === undefined
        ? ""
        : ` \`${validation.name}\`, ${validation.type}, \`${validation.value}\` stays as long as the load balancer: by it AWS issues and renews the certificate.`;
    return `\`${host}\` gets a CNAME record with \`${balancer}\`, or an alias where it is a zone's own name.${certificate}`;
  }
  return client.tls?.on === "load-balancer"
    ? `\`${host}\` gets an alias of the load balancer, whose target is port 80 of ${hosts.insights}; it has to send X-Forwarded-Proto, and may ask for \`/health/\`.`
    : `\`${host}\` gets an A record with the Elastic IP ${outputs.elastic_ip}.`;
}

/**
 * The playbooks of one service, in all releases: `analytics_single.yml` would install a MySQL or Hadoop of its own on some
 * releases, and Python 2 on an Ubuntu that has none.
 */
export function servicesStep(context: RunContext): Step {
  const service = (name: string, group: string) =>
    // Nothing but analytics_single.yml itself has the roles make their tables.
    playbook(context, name, group, "-e migrate_db=yes");
  return {
    title: "Analytics API and Insights",
    where: "director",
    text: "After a change of the files, repeat steps 1 and 2, then this block, that of Jenkins and, for `jenkins-jobs.yml`, that of its jobs.",
    commands: [
      ...currentFiles,
      toPlaybooks(context.tools.playbooks),
      service("analyticsapi.yml", "analytics_api"),
      service("insights.yml", "insights"),
    ],
  };
}
