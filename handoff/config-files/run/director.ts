import {
  ansiblePython,
  installAnsible,
  installPackages,
  type Playbooks,
  refuseFolders,
} from "../../../modules/director-tools";
import { installedLine, installedMark, installScript } from "../../../modules/first-boot";
import type { RunContext } from "./context";
import { secureFolder } from "./context";
import { type Step, word } from "./step";

/** The files are rendered into a clone of the client's secure repository, until nothing is missing. */
export function filesStep(context: RunContext): Step {
  const { client, secureClone: folder } = context;
  const { url, version } = context.repository("secureRepository");
  return {
    title: "Configuration files",
    where: "here",
    text: [
      `\`secureRepository.version\`, ${context.repository("secureRepository").version}, has to be a branch: step 2 pushes to it, and nothing can be pushed to a tag.`,
      "Repeat the block until `config-files` says `No value is missing.`: it lists what is, and who supplies it.",
      "It shows each value of a file that would change, and changes it only with `--yes`: add that to the command.",
    ].join(" "),
    commands: [
      `test -d ${folder} || git clone ${url} ${folder}`,
      // An empty repository has no branch yet.
      `git -C ${folder} checkout ${version} || git -C ${folder} checkout -b ${version}`,
      // Of a tag it fails.
      `git -C ${folder} symbolic-ref HEAD`,
      // A branch that is new has nothing to pull.
      `if git -C ${folder} rev-parse -q --verify '@{u}' > /dev/null 2>&1; then git -C ${folder} pull --ff-only; fi`,
      `npx edx-analytics config-files ${client} --folder ${folder} --make-secrets --upload${context.directorOption}`,
    ],
  };
}

/** The files go where the director gets them from. */
export function secureRepositoryStep(context: RunContext): Step {
  const { client, sources, secureClone: folder, privateKeyInRepository: key } = context;
  const { hosts } = context.keyPairs;
  const pem = `~/.ssh/${word(hosts)}.pem`;
  return {
    title: "Secure repository",
    where: "here",
    text: [
      "The block names files in which something is missing, and stops.",
      key === undefined
        ? `The private key of the key pair \`${hosts}\` has to be on the director, as \`${sources.config.jenkins.emrPrivateKey}\`.`
        : `Put the private key of the key pair \`${hosts}\` here as \`${pem}\`, from where the block copies it.`,
      // Jenkins' ssh-agent 1.5 leaves out keys of any other form, and the job goes on until it needs one.
      `It has to begin with \`BEGIN RSA PRIVATE KEY\` or \`BEGIN EC PRIVATE KEY\`, and to have no passphrase: after \`chmod u+w\`, \`ssh-keygen -p -m PEM -N '' -f FILE\` converts another RSA key where it is. Jenkins cannot read an ed25519 key: docs/upgrading.md has the way to another.`,
    ].join(" "),
    commands: [
      `if grep -rl --exclude-dir=.git --exclude=RUN.md '[<]MISSING: ' ${folder}; then false; fi`,
      ...(key === undefined ? [] : [...usableKey(pem), `cp -f ${pem} ${word(`${folder}/${key}`)}`]),
      // Ansible takes no file that is missing, nor an empty one.
      `test -e ${folder}/vars-analytics.extra.yml || echo '{}' > ${folder}/vars-analytics.extra.yml`,
      `git -C ${folder} add --all`,
      // Many a .gitignore has *.pem in it.
      ...(key === undefined ? [] : [`git -C ${folder} add --force ${word(key)}`]),
      `git -C ${folder} diff --cached --quiet || git -C ${folder} commit -m ${word(`${client}: Insights`)}`,
      `git -C ${folder} push -u origin HEAD`,
    ],
  };
}

/** The director's files, as the step before has pushed them; git keeps no mode but that of executables. */
export const currentFiles = ["git -C ~/secure-config pull --ff-only", "chmod -R go= ~/secure-config"];

/** Fails where Jenkins' agent would leave a private key out. */
function usableKey(path: string): string[] {
  return [
    `grep -E '^-----BEGIN (RSA|EC) PRIVATE KEY-----' ${path}`,
    // With a passphrase it fails.
    `ssh-keygen -y -P '' -f ${path} > /dev/null`,
  ];
}

/** Ansible as the release pins it; the director has the release's Ubuntu. */
export function directorStep(context: RunContext): Step {
  const { sources, tools, installed, privateKey, privateKeyInRepository } = context;
  const { tls, versions } = sources.client;
  const secure = context.repository("secureRepository");
  return {
    title: `Director with Ansible ${tools.ansible}`,
    where: "director",
    text: [
      ...(installed === undefined
        ? [
            `Once, on Ubuntu ${versions.ubuntu}. \`pip\` builds some packages, which takes minutes.`,
            "`~/secure-config`, `~/configuration` and `~/ansible` are of one client and release: the block stops where one exists. Move another client's away first, and after a failure remove them.",
          ]
        : [
            "Once. The director's first boot has installed packages, `~/configuration` and `~/ansible`, or still does, which takes minutes: the block waits for it.",
            `Where that failed, the block stops with the end of its log: remove both folders, run \`${installScript}\`, then paste the block again.`,
            `It also stops on a director that was created for another release or without \`director.firstBoot: "install"\`: remove that line from the client file, and \`config-files\` writes the commands into this step.`,
            "`~/secure-config` is of one client: the block stops where it exists, and after a failure remove it.",
          ]),
      ...(tls?.on === "host"
        ? [
            `Put the certificate as \`${tls.certificate}\` and its key as \`${tls.privateKey}\` onto the director, for the user \`ubuntu\` to read: Ansible copies them to the hosts.`,
          ]
        : []),
    ].join(" "),
    commands: [
      refuseFolders("~/secure-config", ...(installed === undefined ? ["~/configuration", "~/ansible"] : [])),
      ...(tls?.on === "host" ? [`cat ${word(tls.certificate)} ${word(tls.privateKey)} > /dev/null`] : []),
      ...(privateKeyInRepository === undefined ? usableKey(privateKey) : []),
      ...(installed === undefined ? installPackages(versions.ubuntu) : firstBootIsDone(installed)),
      // First, as it fails where the agent lacks git's key, and then the block can be pasted again.
      `git clone --branch ${secure.version} ${secure.url} ~/secure-config`,
      // It has all the secrets in clear, and SSH takes no key that others may read.
      "chmod -R go= ~/secure-config",
      ...(installed === undefined ? installAnsible(versions.ubuntu, context.playbooks) : []),
    ],
  };
}

/** Waits for the director's first boot; its own mark says what it has installed, whatever cloud-init calls a failure. */
function firstBootIsDone(playbooks: Playbooks): string[] {
  return [
    "cloud-init status --wait || true",
    `grep -qxF ${word(installedLine(playbooks))} ${installedMark} || (tail -n 20 /var/log/cloud-init-output.log; false)`,
  ];
}

/** Ansible of the older releases runs Python 2 on the hosts, which their Ubuntu comes without. */
export function pythonStep(context: RunContext): Step[] {
  if (ansiblePython[context.sources.client.versions.ubuntu] !== "2.7") {
    return [];
  }
  return [
    {
      title: "Python on the hosts",
      where: "director",
      commands: [
        `${toPlaybooks("playbooks")} && ~/ansible/bin/ansible all ${access(context)} --become -m raw -a 'apt-get update -qq && apt-get install -y -qq python-minimal'`,
      ],
    },
  ];
}

/** On the director the inventory's way through the director would lead to itself. */
export function access({ privateKey }: RunContext): string {
  return `-i ${secureFolder}/inventory -u ubuntu --private-key ${privateKey} -e ansible_ssh_common_args=`;
}

/** To where Ansible finds the configuration of edx/configuration, the check of host keys among it. */
export function toPlaybooks(folder: string): string {
  return `cd ~/configuration/${folder}`;
}

/** One run of a playbook, in a folder of them. */
export function playbook(context: RunContext, name: string, group: string, ...options: readonly string[]): string {
  const variables = ["vars-analytics.yml", "vars-analytics.extra.yml"].map((file) => `-e @${secureFolder}/${file}`);
  return [
    `~/ansible/bin/ansible-playbook ${access(context)}`,
    variables.join(" "),
    [`--limit ${group}`, ...options, name].join(" "),
  ].join(" \\\n  ");
}
