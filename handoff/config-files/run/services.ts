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
  const folder = context.tools.playbooks;
  return {
    title: "Analytics API and Insights",
    where: "director",
    commands: [playbook(folder, "analyticsapi.yml", "analytics_api"), playbook(folder, "insights.yml", "insights")],
  };
}

/** Jenkins, without the job that makes edX's own jobs. */
export function jenkinsStep(context: RunContext): Step {
  return {
    title: "Jenkins",
    where: "director",
    text: `Jenkins has no log-in. It listens on ${context.sources.hosts.jenkins}:8080, which no security group lets anybody reach.`,
    commands: [
      playbook("playbooks", "analytics-jenkins.yml", "jenkins", "--skip-tags jenkins-seed-job"),
      playbook("playbooks", "$HOME/secure-config/jenkins-home.yml", "jenkins"),
    ],
  };
}

/** The jobs, by the tunnel that is also the way to look at them. */
export function jobsStep(context: RunContext): Step {
  const folder = `../${context.client}-secure`;
  return {
    title: "Jenkins' jobs",
    where: "here",
    text: "The tunnel closes after an hour. Then, at http://localhost:8080, give it an administrator's e-mail and three executors (Manage Jenkins, Configure System), and run the enrollments job: the others need its data.",
    commands: [
      `${context.sshTo("jenkins", "-f", "-o ExitOnForwardFailure=yes", "-L 8080:localhost:8080")} sleep 3600`,
      "python3 -m venv ~/jenkins-job-builder",
      "~/jenkins-job-builder/bin/pip install jenkins-job-builder==6.5.0",
      "printf '[jenkins]\\nurl=http://localhost:8080\\n' > ~/jenkins-job-builder/local.ini",
      `~/jenkins-job-builder/bin/jenkins-jobs --conf ~/jenkins-job-builder/local.ini update ${folder}/jenkins-jobs.yml`,
    ],
  };
}
