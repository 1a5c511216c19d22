import { parse } from "yaml";
import { clientOf } from "../../test/client-files";
import { sourcesOf } from "../../test/outputs";
import { jenkinsHome } from "./jenkins-home";

// biome-ignore lint/suspicious/noExplicitAny: a test reads what was rendered by its keys, whatever its type.
const playOf = (text: string): any => parse(text, { version: "1.1" })[0];

const repositories = {
  configurationRepository: { url: "https://git.example.org/configuration.git", version: "acme" },
  pipelineRepository: { url: "git@git.example.org:acme/pipeline.git", version: "v1" },
};

describe("jenkins-home.yml", () => {
  it("is for the group jenkins, and /home/jenkins", () => {
    const { hosts, become, vars } = playOf(jenkinsHome(sourcesOf(clientOf())).text);

    expect([hosts, become, vars.jenkins_jobs_home]).toEqual(["jenkins", true, "/home/jenkins"]);
    expect([vars.jenkins_user, vars.jenkins_group]).toEqual(["jenkins", "jenkins"]);
  });

  it("clones the two repositories by the names that run-automated-task.sh looks for", () => {
    const { text, missing } = jenkinsHome(sourcesOf(clientOf({ configurationFiles: repositories })));

    expect(playOf(text).vars.repositories).toEqual([
      { name: "analytics-configuration", ...repositories.configurationRepository },
      { name: "analytics-tasks", ...repositories.pipelineRepository },
    ]);
    expect(missing).toEqual([]);
  });

  it("clones by SSH with the key of vars-analytics.yml, which is closed to other users and in no log", () => {
    const { tasks } = playOf(jenkinsHome(sourcesOf(clientOf({ configurationFiles: repositories }))).text);
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const [key, clones] = tasks.slice(-2) as any[];

    expect(key).toMatchObject({
      copy: { content: "{{ item.privatekey }}", dest: "{{ jenkins_jobs_home }}/.git-key", mode: "0600" },
      with_items: "{{ JENKINS_ANALYTICS_CREDENTIALS }}",
      when: "item.id == 'github-deploy-key'",
      no_log: true,
    });
    expect(clones.git.key_file).toBe(key.copy.dest);
  });

  it("takes no key for repositories that need none", () => {
    const { configurationRepository } = repositories;
    const files = { configurationRepository, pipelineRepository: configurationRepository };

    expect(jenkinsHome(sourcesOf(clientOf({ configurationFiles: files }))).text).not.toMatch(/key_file|git-key|no_log/);
  });

  it("says which repositories are missing", () => {
    expect(jenkinsHome(sourcesOf(clientOf())).missing.map(([, source]) => source)).toEqual(
      ["configurationRepository", "pipelineRepository"].map((path) => ({
        kind: "field",
        file: "clients/example.ts",
        path,
      })),
    );
  });

  it("has no module or keyword that Ansible 2.2 does not know", () => {
    const { text } = jenkinsHome(sourcesOf(clientOf({ configurationFiles: repositories })));
    const keys = new Set(playOf(text).tasks.flatMap(Object.keys));

    expect([...keys].sort()).toEqual(
      ["become_user", "copy", "file", "git", "name", "no_log", "when", "with_fileglob", "with_items"].sort(),
    );
  });
});
