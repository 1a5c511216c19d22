import type { Ubuntu } from "./ubuntu-host";

/** Open edX's playbooks of a release, which say what Ansible they need; url and version are words of bash. */
export interface Playbooks {
  /** Address of edx/configuration, or of a fork, that everybody may clone. */
  readonly url: string;
  /** Branch or tag. */
  readonly version: string;
}

/** The Python that the Ansible of an Ubuntu's releases runs on: up to Juniper 2.7, from Koa on 3.8. */
export const ansiblePython = { "16.04": "2.7", "20.04": "3.8" } as const satisfies Record<Ubuntu, string>;

const common = ["git", "screen", "build-essential", "libffi-dev", "libssl-dev", "mysql-client"];

/** Packages that Ansible is built with and the director's other commands need. */
const ansiblePackages = {
  "2.7": [...common, "python2.7-dev", "python-virtualenv", "virtualenv", "libmysqlclient-dev"],
  "3.8": [...common, "python3.8-dev", "python3.8-venv", "default-libmysqlclient-dev"],
} as const satisfies Record<"2.7" | "3.8", readonly string[]>;

/** Packages that the pipeline's files are made with. */
const pipelinePackages = ["curl", "geoip-database", "openjdk-8-jdk-headless"];

/*
 * Commands of bash that install the director's tools, one a line, for the user `ubuntu`: the operator pastes them, or first boot
 * runs them.
 */

/** Installs what Ansible is built with. */
export function installPackages(ubuntu: Ubuntu): string[] {
  return ["sudo apt-get update", `sudo apt-get install -y ${ansiblePackages[ansiblePython[ubuntu]].join(" ")}`];
}

/** Installs what the pipeline's files are made with. */
export const installPipelinePackages = `sudo apt-get install -y ${pipelinePackages.join(" ")}`;

/** Clones the playbooks, and installs the Ansible that they pin; the Python is that of the director's Ubuntu. */
export function installAnsible(ubuntu: Ubuntu, { url, version }: Playbooks): string[] {
  return [
    `git clone --branch ${version} ${url} ~/configuration`,
    ...(ansiblePython[ubuntu] === "2.7"
      ? // The last versions for Python 2.7; older ones install dependencies that are for Python 3 alone.
        ["virtualenv --python=python2.7 ~/ansible", "~/ansible/bin/pip install 'pip==20.3.4' 'setuptools==44.1.1'"]
      : ["python3.8 -m venv ~/ansible", "~/ansible/bin/pip install wheel"]),
    "~/ansible/bin/pip install -r ~/configuration/requirements.txt",
  ];
}

/** Fails, and says so, where one of the folders exists: they are of one release and client. */
export function refuseFolders(...folders: readonly string[]): string {
  return `for folder in ${folders.join(" ")}; do if test -e $folder; then echo "$folder exists"; false; fi; done`;
}
