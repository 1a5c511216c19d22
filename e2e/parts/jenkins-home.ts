import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { jenkinsHome } from "../../handoff/config-files/jenkins-home";
import { clientOf } from "../../test/client-files";
import { sourcesOf } from "../../test/outputs";
import { equal, says } from "../expectations/equal";
import { play } from "../harness/ansible";
import { succeed } from "../harness/processes";
import type { Steps } from "../harness/steps";

const files = ["jenkins_env", "emr-vars.yml", "analytics-override.cfg"];
/** What has the playbook install the key; the clones themselves are of folders here. */
const bySsh = {
  configurationFiles: { pipelineRepository: { url: "git@git.example.org:acme/pipeline.git", version: "acme" } },
};
const clones = ["analytics-configuration", "analytics-tasks"];

/** The playbook of Jenkins' home, played by Ansible on this machine, with a temporary folder for the home. */
export async function playedTwice(step: Steps["step"], python: string, folder: string): Promise<void> {
  const [secure, home] = [join(folder, "secure"), join(folder, "home")];
  const played = async () => {
    const variables = {
      jenkins_jobs_home: home,
      jenkins_user: userInfo().username,
      jenkins_group: (await succeed("id", ["-gn"])).stdout.trim(),
      JENKINS_ANALYTICS_CREDENTIALS: [
        { id: "ssh-access-key", privatekey: "another\n" },
        { id: "github-deploy-key", privatekey: "this is the key\n" },
      ],
      repositories: clones.map((name) => ({ name, url: join(folder, name), version: "acme" })),
    };
    const { output } = await play(python, {
      playbook: join(secure, "jenkins-home.yml"),
      inventory: join(folder, "inventory"),
      variables: [JSON.stringify(variables)],
      env: {
        ANSIBLE_NOCOLOR: "1",
        ANSIBLE_LOCAL_TEMP: join(folder, "tmp"),
        ANSIBLE_REMOTE_TEMP: join(folder, "tmp"),
      },
    });
    says(output, / failed=0 /);
    return Number(/ changed=(\d+) /.exec(output)?.[1]);
  };

  await step(
    "jenkins-home.yml makes the home, with the three files, what was added to them, the key for git, and two clones",
    async () => {
      await prepared(folder, python);
      equal("tasks that changed something", await played(), 5);
      equal("the home", readdirSync(home).sort(), [...files, "jenkins_env.extra", ".git-key", ...clones].sort());
      equal("mode of the key for git", statSync(join(home, ".git-key")).mode & 0o777, 0o600);
      equal("the key for git", readFileSync(join(home, ".git-key"), "utf8"), "this is the key\n");
      equal("mode of the home", statSync(home).mode & 0o777, 0o750);
      for (const file of [...files, "jenkins_env.extra"]) {
        equal(`mode of ${file}`, statSync(join(home, file)).mode & 0o777, 0o640);
        equal(file, readFileSync(join(home, file), "utf8"), `this is ${file}\n`);
      }
      for (const name of clones) {
        equal(name, readFileSync(join(home, name, "name"), "utf8"), `${name}\n`);
      }
    },
  );
  await step("a second time it changes nothing", async () => {
    equal("tasks that changed something", await played(), 0);
  });
  await step("what was added to a file, and taken away again, goes", async () => {
    rmSync(join(secure, "analytics-tasks", "jenkins_env.extra"));
    equal("tasks that changed something", await played(), 1);
    equal("jenkins_env.extra", existsSync(join(home, "jenkins_env.extra")), false);
  });
}

/** The secure repository's folder, an inventory, and the two repositories with a branch each. */
async function prepared(folder: string, python: string): Promise<void> {
  const tasks = join(folder, "secure", "analytics-tasks");
  mkdirSync(tasks, { recursive: true });
  writeFileSync(join(folder, "secure", "jenkins-home.yml"), jenkinsHome(sourcesOf(clientOf(bySsh))).text);
  for (const file of [...files, "jenkins_env.extra"]) {
    writeFileSync(join(tasks, file), `this is ${file}\n`);
  }
  const host = `localhost ansible_connection=local ansible_become=false ansible_python_interpreter=${python}`;
  writeFileSync(join(folder, "inventory"), `[jenkins]\n${host}\n`);
  for (const name of clones) {
    const repository = join(folder, name);
    const git = (...args: string[]) =>
      succeed("git", ["-C", repository, "-c", "user.name=e2e", "-c", "user.email=e2e@example.org", ...args]);
    mkdirSync(repository);
    await git("init", "--quiet", "--initial-branch", "acme");
    writeFileSync(join(repository, "name"), `${name}\n`);
    await git("add", "name");
    await git("commit", "--quiet", "--message", name);
  }
}
