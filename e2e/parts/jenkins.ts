import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Client } from "../../config/client";
import { loadFleet } from "../../config/load/load";
import type { ReleaseName } from "../../config/tables/versions-by-release";
import { renderConfigFile } from "../../handoff/config-files/config-files";
import { jenkinsJobs } from "../../handoff/config-files/jenkins-jobs/jenkins-jobs";
import { clientOf } from "../../test/client-files";
import { releasesOfTasks, taskProblems } from "../../test/consumers/task-arguments";
import { sourcesOf } from "../../test/outputs";
import { equal, holds, says } from "../expectations/equal";
import { run, succeed } from "../harness/processes";
import type { Steps } from "../harness/steps";
import { virtualEnvironment } from "../harness/virtual-environment";
import type { World } from "../harness/world";
import { playedTwice } from "./jenkins-home";

/** What the operator supplies; the domain tells clients apart. */
const supplied = (name: string) => ({
  insightsUrl: `https://${name}.example.org`,
  contactEmail: "contact@example.org",
  startDate: "2016-01-01",
  configurationRepository: { url: "https://git.example.org/configuration.git", version: "acme" },
  pipelineRepository: { url: "https://git.example.org/pipeline.git", version: "acme" },
});

function domainOf({ configurationFiles: { insightsUrl = "" } }: Client): string {
  return new URL(insightsUrl).hostname;
}

/** The plugins' versions that the role jenkins_master installs, in all releases. */
const plugins = [
  ["Jenkins build timeout plugin", "build-timeout", "1.14.1"],
  ["Hudson Post build task", "postbuild-task", "1.8"],
  ["SSH Agent Plugin", "ssh-agent", "1.5"],
  ["Jenkins Mailer Plugin", "mailer", "1.16"],
];

/** What stands for `run-automated-task.sh`: bash on the cluster reads what remote-task has joined with blanks. */
const stub = `#!/bin/bash
printf '%s' "$CLUSTER_NAME" > "$HOME/cluster"
bash -c "printf '%s\\0' $*" > "$HOME/arguments"
`;

/** A job as Jenkins would be given it. */
interface Job {
  readonly name: string;
  readonly command: string;
  readonly schedule: string | null;
  readonly parameters: readonly string[];
}

/** Jenkins' jobs, rendered by the real Jenkins Job Builder and run by real shells; and the home that they run in. */
export async function jenkins(steps: Steps, world: World): Promise<void> {
  const step: Steps["step"] = (title, play) => steps.step(title, play);
  const { cache, folder } = world.tools;
  const python = await step("Jenkins Job Builder and Ansible are installed", () =>
    virtualEnvironment(cache, "ansible"),
  );
  const clients = everyClient();
  const jobs = await step("the jobs of each client and release become XML, without a Jenkins", () =>
    built(python, clients, join(folder, "jobs")),
  );
  await step("each job is what OpenCraft's page sets up", async () => {
    for (const { name, command, schedule, parameters, ...settings } of jobs) {
      equal(name, settings, page);
      equal(`${name}: days to give`, parameters, name.endsWith(" history") ? ["FROM_DATE", "TO_DATE"] : []);
      equal(`${name}: by schedule`, schedule !== null, !name.endsWith(" history"));
      holds(`${name} sources jenkins_env`, command.startsWith("#!/bin/bash -e\n. /home/jenkins/jenkins_env\n"));
    }
  });
  await step("each step gives its task arguments that the release has", async () => {
    for (const client of clients) {
      const own = jobs.filter(({ name }) => name.startsWith(`${domainOf(client)} `));
      holds(`jobs of ${domainOf(client)}: ${own.length}`, own.length >= 8);
      await runs(client, own, join(folder, "homes", domainOf(client)));
    }
  });
  await step("days that are none stop a historical run before there is a cluster", async () => {
    const home = prepared(clients[0] as Client, join(folder, "homes", "refused"));
    const { command } = jobs.find(({ name }) => name.endsWith(" history")) as Job;
    const { code, output } = await run("bash", ["--norc", "-ec", command.replaceAll("/home/jenkins", home)], {
      env: { FROM_DATE: "2016-13-01", TO_DATE: "" },
    });
    holds(`it stops: ${code}`, code !== 0);
    says(output, /invalid date/);
  });
  await playedTwice(step, python, join(folder, "jenkins-home"));
}

/** Every release, with every job; and the clients that come with the project. */
function everyClient(): Client[] {
  const releases = releasesOfTasks.map((release) =>
    clientOf({
      release: release as ReleaseName,
      database: { iterations: { "1": { engineVersion: "5.7" } } },
      buckets: { apiReports: {} },
      configurationFiles: supplied(release),
      jenkinsJobs: { studentEngagementDaily: {}, studentEngagementWeekly: {} },
    }),
  );
  const shipped = loadFleet().clients.map((client) => ({
    ...client,
    configurationFiles: { ...client.configurationFiles, ...supplied(client.name) },
    jenkinsJobs: { ...client.jenkinsJobs, email: "contact@example.org" },
  }));
  return [...releases, ...shipped];
}

const page = {
  builds: "50",
  artifacts: "50",
  timeout: "300",
  credential: "ssh-access-key",
  pattern: "Traceback",
  script: "exit 1",
  escalates: "true",
  recipients: "contact@example.org",
  unstable: "false",
};

/** All jobs as Jenkins would be given them; Jenkins Job Builder takes a folder of files. */
async function built(python: string, clients: readonly Client[], folder: string): Promise<Job[]> {
  const [files, xml, info] = [join(folder, "files"), join(folder, "xml"), join(folder, "plugins.json")];
  mkdirSync(files, { recursive: true });
  for (const client of clients) {
    writeFileSync(join(files, `${domainOf(client)}.yml`), jenkinsJobs(sourcesOf(client)).text);
  }
  writeFileSync(
    info,
    JSON.stringify(plugins.map(([longName, shortName, version]) => ({ longName, shortName, version }))),
  );
  await succeed(python, ["-m", "jenkins_jobs", "test", "--config-xml", "-p", info, "-o", xml, files]);
  const { stdout } = await succeed(python, [join(__dirname, "..", "readers", "jobs.py"), xml]);
  return JSON.parse(stdout) as Job[];
}

/** A home with jenkins_env and the stub, in the place of /home/jenkins. */
function prepared(client: Client, home: string): string {
  const script = join(home, "analytics-configuration", "automation", "run-automated-task.sh");
  const { text } = renderConfigFile("analytics-tasks/jenkins_env", sourcesOf(client));
  mkdirSync(dirname(script), { recursive: true });
  writeFileSync(script, stub, { mode: 0o755 });
  writeFileSync(join(home, "jenkins_env"), text.replaceAll("/home/jenkins", home));
  return home;
}

/** What a step gave, by step and days: most releases have it of the same words. */
const known = new Map<string, { readonly given: readonly string[]; readonly cluster: string }>();

async function runs(client: Client, jobs: readonly Job[], home: string): Promise<void> {
  prepared(client, home);
  const clusters = new Set<string>();
  for (const { name, command, parameters } of jobs) {
    const days: Record<string, string>[] = [Object.fromEntries(parameters.map((parameter) => [parameter, ""]))];
    if (parameters.length > 0) {
      days.push({ FROM_DATE: "2016-01-31", TO_DATE: "2016-03-01" });
    }
    for (const env of days) {
      const id = JSON.stringify([command, env]);
      if (!known.has(id)) {
        // As its first line says; by a socket as its input, bash would read the user's own settings.
        await succeed("bash", ["--norc", "-ec", command.replaceAll("/home/jenkins", home)], {
          cwd: "/",
          env: { ...env, BASH_ENV: "" },
        });
        known.set(id, {
          given: readFileSync(join(home, "arguments"), "utf8").split("\0").slice(0, -1),
          cluster: readFileSync(join(home, "cluster"), "utf8"),
        });
      }
      const { given = [], cluster = "" } = known.get(id) ?? {};
      equal(`${client.release}, ${name}`, taskProblems(client.release, given), []);
      clusters.add(cluster);
      if (name.endsWith(" Videos history") && env.FROM_DATE) {
        equal("days of the videos", given.at(-1), "30");
      }
    }
  }
  equal("clusters", clusters.size, jobs.length);
}
