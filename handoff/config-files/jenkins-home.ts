import { home } from "./jenkins-env";
import { quoted } from "./jinja";
import { of, type Sources, textOf } from "./sources";
import { isSshUrl } from "./ssh-url";
import { type TextFile, textFileHeader } from "./text-file";
import { Missing } from "./value";
import { wholeYaml } from "./whole-yaml";

/** The folder of the three files, beside the playbook. */
const tasks = "{{ playbook_dir }}/analytics-tasks";
/** What `jenkins_env` sources at its end, where there is one; the operator's lines for the two others are in these. */
const added = "{{ jenkins_jobs_home }}/jenkins_env.extra";
const gitKey = "{{ jenkins_jobs_home }}/.git-key";
const permissions = { owner: "{{ jenkins_user }}", group: "{{ jenkins_group }}" };

/**
 * The playbook for `/home/jenkins` of Jenkins' host (runbook, Jenkins Setup), which the role jenkins_analytics does not make.
 * It speaks what all Ansibles from 2.2, ficus', know.
 */
export function jenkinsHome(sources: Sources): TextFile {
  const { client, config } = sources;
  const path = "jenkins-home.yml";
  // The names are those that run-automated-task.sh looks for.
  const clones = (
    [
      ["analytics-configuration", "configurationRepository"],
      ["analytics-tasks", "pipelineRepository"],
    ] as const
  ).map(([name, field]) => ({ name, repository: sources.field(field, config[field]) }));
  const bySsh = clones.some(({ repository }) => !(repository instanceof Missing) && isSshUrl(repository.url));
  return {
    path,
    text: wholeYaml(textFileHeader(client.name, "configurationFiles"), [
      {
        name: "What Jenkins' jobs find in their home",
        hosts: "jenkins",
        become: true,
        gather_facts: false,
        vars: {
          jenkins_user: "jenkins",
          jenkins_group: "jenkins",
          jenkins_jobs_home: home,
          repositories: clones.map(({ name, repository }) => ({
            name,
            url: textOf(of(repository, ({ url }) => url)),
            version: textOf(of(repository, ({ version }) => version)),
          })),
        },
        tasks: bySsh
          ? [...files, key(config.jenkins.credentialId), gitClones({ key_file: gitKey })]
          : [...files, gitClones()],
      },
    ]),
    missing: clones.flatMap(({ repository }) =>
      repository instanceof Missing ? [[path, repository.source] as const] : [],
    ),
  };
}

const files = [
  {
    name: "the home",
    file: { path: "{{ jenkins_jobs_home }}", state: "directory", mode: "0750", ...permissions },
  },
  {
    name: "the environment, the cluster and the configuration of the tasks",
    copy: { src: `${tasks}/{{ item }}`, dest: "{{ jenkins_jobs_home }}/{{ item }}", mode: "0640", ...permissions },
    with_items: ["jenkins_env", "emr-vars.yml", "analytics-override.cfg"],
  },
  {
    name: "what the operator has added to the environment",
    copy: { src: "{{ item }}", dest: added, mode: "0640", ...permissions },
    with_fileglob: [`${tasks}/jenkins_env.extra`],
  },
  {
    name: "nothing where that was taken away again",
    file: { path: added, state: "absent" },
    when: "lookup('fileglob', playbook_dir + '/analytics-tasks/jenkins_env.extra') | length == 0",
  },
];

/** The key that git knows Jenkins by, which is the credential in vars-analytics.yml: the role's own of this user is another. */
function key(credentialId: string): object {
  return {
    name: "the key for git",
    copy: { content: "{{ item.privatekey }}", dest: gitKey, mode: "0600", ...permissions },
    with_items: "{{ JENKINS_ANALYTICS_CREDENTIALS }}",
    when: `item.id == ${quoted(credentialId)}`,
    no_log: true,
  };
}

function gitClones(options: object = {}): object {
  return {
    name: "the clones",
    git: {
      repo: "{{ item.url }}",
      dest: "{{ jenkins_jobs_home }}/{{ item.name }}",
      version: "{{ item.version }}",
      accept_hostkey: true,
      ...options,
    },
    become_user: "{{ jenkins_user }}",
    with_items: "{{ repositories }}",
  };
}
