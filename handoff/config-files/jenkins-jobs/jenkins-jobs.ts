import type { JenkinsJob } from "../../../config/schema/jenkins-jobs";
import type { ReleaseName } from "../../../config/tables/versions-by-release";
import { home } from "../jenkins-env";
import { type Sources, textOf } from "../sources";
import { isSshUrl } from "../ssh-url";
import { type TextFile, textFileHeader } from "../text-file";
import { Missing } from "../value";
import { wholeYaml } from "../whole-yaml";
import { type Job, jobsOf, missingOptions, type Run } from "./tasks";

/** What the jobs of a client have in common. */
interface Context {
  readonly release: ReleaseName;
  /** Domain of Insights, which tells clients apart in mails. */
  readonly domain: string;
  readonly recipients: string;
  /** Credentials that the SSH agent of each job has. */
  readonly credentials: readonly string[];
}

/**
 * Jenkins' jobs, for Jenkins Job Builder. No text of them has braces: the builder takes those for variables of its own, and
 * its versions differ in how they are escaped.
 */
export function jenkinsJobs(sources: Sources): TextFile {
  const { client, config } = sources;
  const { email, jobs } = client.jenkinsJobs;
  const domain = sources.field("insightsUrl", config.insightsUrl && new URL(config.insightsUrl).hostname);
  const recipients = sources.field("contactEmail", email);
  const path = "jenkins-jobs.yml";
  const context: Context = {
    release: client.release,
    domain: textOf(domain),
    recipients: textOf(recipients),
    credentials: [
      // The cluster clones the pipeline, with the agent of the job.
      ...(isSshUrl(config.pipelineRepository?.url ?? "") ? [config.jenkins.credentialId] : []),
      "ssh-access-key",
    ],
  };
  const known = jobsOf(client.release);
  return {
    path,
    text: wholeYaml(
      textFileHeader(client.name, "jenkinsJobs"),
      jobs.flatMap((job) => [scheduled(job, known[job.key], context), ...history(job, known[job.key], context)]),
    ),
    missing: [domain, recipients].flatMap((value) => (value instanceof Missing ? [[path, value.source] as const] : [])),
  };
}

function scheduled(job: JenkinsJob, { title, description, scheduled: run }: Job, context: Context): object {
  return freestyle(job, title, description, context, {
    triggers: [{ timed: job.schedule }],
    builders: [{ shell: command(job, title, run, context.release, days(run)) }],
  });
}

/** The historical run, which is started by hand with the days that it is for. */
function history(job: JenkinsJob, { title, history: run }: Job, context: Context): object[] {
  if (run === undefined) {
    return [];
  }
  const name = `${title} history`;
  const parameter = (parameterName: string, description: string) => ({
    string: { name: parameterName, default: "", description },
  });
  const text =
    "Run it before the first run by schedule. A long time may be split into several runs, from the first day on.";
  return [
    freestyle(job, name, text, context, {
      parameters: [
        parameter(
          "FROM_DATE",
          `First day, as in 2016-01-01; where it is empty, ${run.from ?? "START_DATE of jenkins_env"}.`,
        ),
        parameter("TO_DATE", "The day after the last one; where it is empty, today."),
      ],
      builders: [{ shell: command(job, name, run, context.release, givenDays(run)) }],
    }),
  ];
}

/** Name of a job in Jenkins: Insights' domain tells clients apart. */
export function jobName(domain: string, title: string): string {
  return `${domain} ${title}`;
}

/** What OpenCraft's page sets up for each job, around what is its own. */
function freestyle(job: JenkinsJob, title: string, description: string, context: Context, own: object): object {
  return {
    job: {
      name: jobName(context.domain, title),
      description,
      "project-type": "freestyle",
      properties: [{ "build-discarder": { "num-to-keep": 50, "artifact-num-to-keep": 50 } }],
      wrappers: [
        { timeout: { type: "absolute", timeout: job.timeoutMinutes, fail: true } },
        { raw: { xml: sshAgent(context.credentials) } },
      ],
      ...own,
      publishers: [
        {
          // The script succeeds where a task has failed.
          "post-tasks": [
            {
              matches: [{ "log-text": "Traceback", operator: "AND" }],
              "run-if-job-successful": true,
              "escalate-status": true,
              script: "exit 1",
            },
          ],
        },
        {
          email: {
            recipients: context.recipients,
            "notify-every-unstable-build": true,
            "send-to-individuals": false,
          },
        },
      ],
    },
  };
}

/**
 * The wrapper of the SSH Agent plugin, with credentials of vars-analytics.yml. Jenkins Job Builder's own takes the roles' 1.5 for
 * an earlier one than 1.5.0, and writes several credentials as one.
 */
function sshAgent(credentials: readonly string[]): string {
  const tag = "com.cloudbees.jenkins.plugins.sshagent.SSHAgentBuildWrapper";
  // References for all that XML or the builder might read otherwise.
  const escaped = (id: string) => id.replaceAll(/[^\w.-]/gu, (character) => `&#${character.codePointAt(0)};`);
  const ids = credentials.map((id) => `<string>${escaped(id)}</string>`).join("");
  return `<${tag}><credentialIds>${ids}</credentialIds><ignoreMissing>false</ignoreMissing></${tag}>`;
}

function days({ from = "$START_DATE" }: Run): string[] {
  return [`FROM_DATE=$(date +%Y-%m-%d -d "${from}")`, "TO_DATE=$(date +%Y-%m-%d)"];
}

function givenDays({ from = "$START_DATE" }: Run): string[] {
  return [
    `[ -n "$FROM_DATE" ] || FROM_DATE="${from}"`,
    '[ -n "$TO_DATE" ] || TO_DATE=today',
    'FROM_DATE=$(date +%Y-%m-%d -d "$FROM_DATE")',
    'TO_DATE=$(date +%Y-%m-%d -d "$TO_DATE")',
  ];
}

/**
 * The step of a job. By itself Jenkins has it run by `sh -xe`: that is dash on Ubuntu, where `jenkins_env.extra` may be any bash,
 * and -x writes what is exported there into the log.
 */
function command(job: JenkinsJob, title: string, run: Run, release: ReleaseName, dates: readonly string[]): string {
  const { taskInstances } = job;
  const task = [
    `analytics-configuration/automation/run-automated-task.sh ${run.task}`,
    "--local-scheduler",
    ...missingOptions(release, home),
    ...run.arguments,
    ...job.arguments,
  ];
  return [
    "#!/bin/bash -e",
    `. ${home}/jenkins_env`,
    // Jobs at the same time would end each other's clusters by a common name.
    `export CLUSTER_NAME="$CLUSTER_NAME ${title}"`,
    ...(taskInstances
      ? [`export TASK_INSTANCE_NUM=${taskInstances.count}`, `export TASK_INSTANCE_TYPE=${taskInstances.type}`]
      : []),
    'cd "$HOME"',
    ...dates,
    ...(run.before ?? []),
    `${task.join(" \\\n    ")}\n`,
  ].join("\n");
}
