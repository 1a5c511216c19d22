import { parse } from "yaml";
import type { ClientInput } from "../../../config/schema/client";
import type { ReleaseName } from "../../../config/tables/versions-by-release";
import { clientOf, type Overrides } from "../../../test/client-files";
import { argumentsOf, releasesOfTasks, taskProblems } from "../../../test/consumers/task-arguments";
import { sourcesOf } from "../../../test/outputs";
import { jenkinsJobs } from "./jenkins-jobs";

// biome-ignore lint/suspicious/noExplicitAny: a test reads what was rendered by its keys, whatever its type.
type Job = Record<string, any>;

const insights = { insightsUrl: "https://insights.example.org", contactEmail: "contact@example.org" };

/** Every job that a client can have. */
const everything = {
  buckets: { apiReports: {} },
  jenkinsJobs: { studentEngagementDaily: {}, studentEngagementWeekly: {} },
} satisfies Partial<ClientInput>;

function rendered(overrides: Overrides = {}): Job[] {
  const client = clientOf({ release: "hawthorn", configurationFiles: insights, ...overrides });
  return (parse(jenkinsJobs(sourcesOf(client)).text, { version: "1.1" }) as { job: Job }[]).map(({ job }) => job);
}

const agent = (ids: string) =>
  `<com.cloudbees.jenkins.plugins.sshagent.SSHAgentBuildWrapper><credentialIds>${ids}</credentialIds><ignoreMissing>false</ignoreMissing></com.cloudbees.jenkins.plugins.sshagent.SSHAgentBuildWrapper>`;
const names = (jobs: readonly Job[]) => jobs.map(({ name }) => name.replace("insights.example.org ", ""));
const shell = (job?: Job): string => job?.builders[0].shell;
const scheduleOf = (job?: Job): string | undefined => job?.triggers?.[0].timed;
const named = (jobs: readonly Job[], name: string) => jobs.find((job) => job.name === `insights.example.org ${name}`);

describe("the jobs", () => {
  it("are the tasks that a client uses, each at an hour of its own, with the historical run behind", () => {
    expect(rendered().map((job) => [job.name, scheduleOf(job)])).toEqual(
      Object.entries({
        Enrollments: "H 0 * * *",
        "Enrollments history": undefined,
        "Enrollments by country": "H 5 * * *",
        "Enrollments by country history": undefined,
        Engagement: "H 1 * * 1",
        "Engagement history": undefined,
        "Learner engagement": "H 3 * * *",
        "Learner engagement history": undefined,
        Performance: "H 7 * * *",
        Videos: "H 9 * * *",
        "Videos history": undefined,
      }).map(([name, schedule]) => [`insights.example.org ${name}`, schedule]),
    );
  });

  it("have the settings of OpenCraft's page", () => {
    expect(named(rendered(), "Enrollments")).toMatchObject({
      "project-type": "freestyle",
      properties: [{ "build-discarder": { "num-to-keep": 50, "artifact-num-to-keep": 50 } }],
      wrappers: [
        { timeout: { type: "absolute", timeout: 300, fail: true } },
        { raw: { xml: agent("<string>ssh-access-key</string>") } },
      ],
      publishers: [
        {
          "post-tasks": [
            {
              matches: [{ "log-text": "Traceback" }],
              "run-if-job-successful": true,
              "escalate-status": true,
              script: "exit 1",
            },
          ],
        },
        {
          email: {
            recipients: "contact@example.org",
            "notify-every-unstable-build": true,
            "send-to-individuals": false,
          },
        },
      ],
    });
  });

  it("have the key that git knows where the cluster clones the pipeline by SSH", () => {
    const credentials = (url: string, credentialId?: string) =>
      named(
        rendered({
          configurationFiles: { ...insights, pipelineRepository: { url, version: "acme" }, jenkins: { credentialId } },
        }),
        "Enrollments",
      )?.wrappers[1].raw.xml;
    const both = agent("<string>github-deploy-key</string><string>ssh-access-key</string>");

    expect(credentials("https://git.example.org/acme/pipeline.git")).toBe(agent("<string>ssh-access-key</string>"));
    expect(credentials("git@git.example.org:acme/pipeline.git")).toBe(both);
    expect(credentials("ssh://git@git.example.org/acme/pipeline.git")).toBe(both);
    expect(credentials("git@git.example.org:acme/pipeline.git", "a<{b}")).toContain("<string>a&#60;&#123;b&#125;<");
  });

  it("are run by bash, which writes no commands into the log: jenkins_env.extra may have secrets", () => {
    expect(rendered(everything).filter((job) => !shell(job).startsWith("#!/bin/bash -e\n"))).toEqual([]);
  });

  it("source jenkins_env first, and have clusters of their own", () => {
    const shells = rendered(everything).map(shell);
    const clusters = shells.map((text) => /^export CLUSTER_NAME="\$CLUSTER_NAME (.*)"$/m.exec(text)?.[1]);

    expect(shells.filter((text) => !/^#!.*\n\. \/home\/jenkins\/jenkins_env\n/.test(text))).toEqual([]);
    expect(new Set(clusters).size).toBe(shells.length);
    expect(clusters).not.toContain(undefined);
  });

  it("have no braces, which Jenkins Job Builder takes for variables", () => {
    expect(
      JSON.stringify(rendered(everything).map((job) => Object.values(job).map(String).concat(shell(job)))),
    ).not.toMatch(/[{}]/);
  });

  it("take days for the historical run, which start where the logs do", () => {
    const history = named(rendered(), "Enrollments history");

    expect(history?.parameters.map(({ string }: Job) => [string.name, string.default])).toEqual([
      ["FROM_DATE", ""],
      ["TO_DATE", ""],
    ]);
    expect(shell(history)).toContain(
      '[ -n "$FROM_DATE" ] || FROM_DATE="$START_DATE"\n[ -n "$TO_DATE" ] || TO_DATE=today\n',
    );
  });

  it("say what is missing for the name and the mails", () => {
    const { missing, text } = jenkinsJobs(sourcesOf(clientOf({ configurationFiles: {} })));

    expect(missing.map(([use, source]) => [use, source])).toEqual(
      ["insightsUrl", "contactEmail"].map((path) => [
        "jenkins-jobs.yml",
        { kind: "field", file: "clients/example.ts", path },
      ]),
    );
    expect(text).toContain("<MISSING: configurationFiles.insightsUrl in clients/example.ts> Enrollments");
  });
});

describe("by client", () => {
  it("a client without Elasticsearch has no job for learners", () => {
    expect(names(rendered({ release: "olive" })).filter((name) => name.startsWith("Learner"))).toEqual([]);
  });

  it("student engagement is on request, problem responses come with their bucket", () => {
    expect(names(rendered(everything))).toEqual(
      expect.arrayContaining(["Student engagement daily", "Student engagement weekly", "Problem responses"]),
    );
    expect(names(rendered({ ...everything, jenkinsJobs: { problemResponses: false } }))).not.toContain(
      "Problem responses",
    );
    expect(names(rendered({ ...everything, release: "ficus" }))).not.toContain("Problem responses");
  });

  it("the client's file leaves jobs out, and changes schedule, time-out, task instances, arguments and mail", () => {
    const jobs = rendered({
      jenkinsJobs: {
        email: "ops@example.org",
        geography: false,
        videos: {
          schedule: "H H(2-5) * * 1-5",
          timeoutMinutes: 600,
          taskInstances: { count: 8, type: "m4.xlarge" },
          arguments: ["--overwrite-n-days", "5"],
        },
      },
    });
    const videos = named(jobs, "Videos");

    expect(names(jobs).filter((name) => name.includes("country"))).toEqual([]);
    expect(scheduleOf(videos)).toBe("H H(2-5) * * 1-5");
    expect([videos, named(jobs, "Videos history")].map((job) => job?.wrappers[0].timeout.timeout)).toEqual([600, 600]);
    expect(shell(videos)).toContain("export TASK_INSTANCE_NUM=8\nexport TASK_INSTANCE_TYPE=m4.xlarge\n");
    expect(shell(videos)).toMatch(/ --overwrite-n-days \\\n {4}5\n$/);
    expect(videos?.publishers[1].email.recipients).toBe("ops@example.org");
  });
});

describe.each(releasesOfTasks)("on %s", (release) => {
  it("each task exists with its arguments, and has all that it requires", () => {
    const jobs = rendered({
      ...everything,
      release: release as ReleaseName,
      database: { iterations: { "1": { engineVersion: "5.7" } } },
    });
    const problems = jobs.flatMap((job) => taskProblems(release, argumentsOf(shell(job))));

    expect(jobs.length).toBeGreaterThanOrEqual(9);
    expect(problems).toEqual([]);
  });
});

it("ficus' script hands on no configuration, so its jobs do; others do not do it twice", () => {
  const overrides = releasesOfTasks.filter((release) =>
    rendered({ release: release as ReleaseName, database: { iterations: { "1": { engineVersion: "5.7" } } } }).every(
      (job) => shell(job).includes("--override-config=/home/jenkins/analytics-override.cfg"),
    ),
  );

  expect(overrides).toEqual(["ficus"]);
});
