import { isExisting } from "../../../config/existing";
import { jobName } from "../jenkins-jobs/jenkins-jobs";
import { jobsOf } from "../jenkins-jobs/tasks";
import { secretName } from "../secrets";
import { sshHost } from "../ssh-url";
import { type RunContext, secureFolder } from "./context";
import { access, currentFiles, playbook, toPlaybooks } from "./director";
import { afterCareTitle, needsAfterCare } from "./insights";
import { type Step, word } from "./step";

/** Oracle gives its archives to users who are logged in there alone, so the role's own address of it answers no more. */
export function javaStep(context: RunContext): Step {
  const { jdk } = context.tools;
  const jenkins = context.sources.hosts.jenkins;
  return {
    title: "Java for Jenkins",
    where: "here",
    text: `\`${jdk}\` is in Oracle's archive of Java SE, where a download needs an account: save it to \`~/Downloads\`. The role takes the file that it finds in \`/var/tmp\`.`,
    commands: [`scp -o ProxyJump=${context.director} ~/Downloads/${jdk} ${word(`ubuntu@${jenkins}`)}:/var/tmp/`],
  };
}

/** Jenkins, without the job that makes edX's own jobs. */
export function jenkinsStep(context: RunContext): Step {
  const { hosts } = context.sources;
  const closed = hasOtherGroups(context)
    ? "which have to be closed to the world in the existing security groups"
    : "which every security group keeps closed";
  return {
    title: "Jenkins",
    where: "director",
    text: `Jenkins has no log-in. It listens on ${hosts.jenkins}:8080 and, through nginx, 8081, ${closed}.`,
    commands: [
      ...currentFiles,
      toPlaybooks("playbooks"),
      `~/ansible/bin/ansible jenkins ${access(context)} --become -m shell -a '${removeLeftOverPlugins}'`,
      playbook(context, "analytics-jenkins.yml", "jenkins", "--skip-tags jenkins-seed-job"),
      playbook(context, `${secureFolder}/jenkins-home.yml`, "jenkins"),
    ],
  };
}

/**
 * The role installs a plugin in the run that downloads it. One that broke off in between has left files in /tmp, by which the next
 * would leave their plugins out.
 */
const removeLeftOverPlugins =
  'for file in /tmp/*_[0-9]*; do name=${file##*/}; set -- /edx/var/jenkins/plugins/${name%_*}.?pi; test -e "$1" || test -d "$file" || rm -f "$file"; done';

/** Whether groups that the stack does not manage may let others reach Jenkins. */
function hasOtherGroups({ sources }: RunContext): boolean {
  const { securityGroup, serviceGroups, iterations } = sources.client.hosts;
  const hasOwn = sources.separate && serviceGroups !== undefined;
  const others = iterations.find(({ key }) => key === sources.hostIteration)?.additionalSecurityGroupIds ?? [];
  return others.length > 0 || (!hasOwn && isExisting(securityGroup));
}

/** The way to Jenkins, for programs and browsers. */
export function tunnelStep(context: RunContext): Step {
  return {
    title: "Tunnel to Jenkins",
    where: "here",
    text: "It closes after an hour, and is opened again by the same command. Jenkins is then at http://localhost:8080.",
    commands: [`${context.sshTo("jenkins", "-f", "-o ExitOnForwardFailure=yes", "-L 8080:localhost:8080")} sleep 3600`],
  };
}

/** The jobs, through the tunnel. */
export function jobsStep(context: RunContext): Step {
  return {
    title: "Jenkins' jobs",
    where: "here",
    text: `The tunnel has to be open.${hostKey(context)}`,
    commands: [
      "python3 -m venv ~/jenkins-job-builder",
      "~/jenkins-job-builder/bin/pip install jenkins-job-builder==6.5.0 'setuptools<81'",
      "printf '[jenkins]\\nurl=http://localhost:8080\\n' > ~/jenkins-job-builder/local.ini",
      `~/jenkins-job-builder/bin/jenkins-jobs --ignore-cache --conf ~/jenkins-job-builder/local.ini update ${context.secureClone}/jenkins-jobs.yml`,
    ],
    after: `At http://localhost:8080, under *Manage Jenkins*, *Configure System*, set an administrator's e-mail address and, for mails of failures, ${mailServer(context)}. ${firstRuns(context)} A build that fails says why under *Console Output*; the logs of its cluster are in \`s3://${context.sources.outputs.emr_logs_bucket}/logs/\`.`,
  };
}

/** The pipeline's own playbook clones it on the cluster, and knows GitHub's host key alone. */
function hostKey({ sources }: RunContext): string {
  const { url = "", version } = sources.config.pipelineRepository ?? {};
  const host = sshHost(url);
  return host === undefined
    ? ""
    : ` \`git_servers\` in \`share/task.yml\` of the pipeline's ${version} has to name ${host} with its host key.`;
}

/** No variable of the role sets it. */
function mailServer({ sources }: RunContext): string {
  const { email } = sources.config;
  return email === undefined
    ? "an SMTP server"
    : `the SMTP server \`${email.host}\` with the user \`${email.user}\` and the password in SSM's \`${secretName(sources.client.name, "emailPassword")}\``;
}

/** What is started by hand once: the other jobs read what those of enrollments have written. */
function firstRuns(context: RunContext): string {
  const { sources } = context;
  const { jobs } = sources.client.jenkinsJobs;
  const domain = context.hostOf("insightsUrl", sources.config.insightsUrl);
  const known = jobsOf(sources.client.release);
  const title = (key: keyof typeof known) => known[key].title;
  const first = jobs.some(({ key }) => key === "enrollments")
    ? [`${title("enrollments")} history`, title("enrollments")]
    : [];
  const others = jobs
    .filter(({ key }) => key !== "enrollments" && known[key].history !== undefined)
    .map(({ key }) => `${title(key)} history`);
  const runs = [...first, ...others].map((title) => `*${jobName(domain, title)}*`);
  if (runs.length === 0) {
    return "The jobs run by schedule.";
  }
  const afterwards = needsAfterCare(context)
    ? ` As soon as the second has, do *${afterCareTitle}*: until then Insights' first page fails.`
    : "";
  return `Then run, each when the one before has succeeded: ${runs.join(", ")}.${afterwards} The rest runs by schedule.`;
}
