import {
  installAnsible,
  installPackages,
  installPipelinePackages,
  type Playbooks,
  refuseFolders,
} from "./director-tools";
import type { Ubuntu } from "./ubuntu-host";

/** The runbook upgrades all packages by hand after the first boot; cloud-init does it during that boot. */
export const upgradeAtFirstBoot = "#cloud-config\npackage_update: true\npackage_upgrade: true\n";

/** The script on the director that first boot has run, which may be run again. */
export const installScript = "/usr/local/bin/install-director";

/** Where it writes what it has installed, as its last command. */
export const installedMark = "~/director-installed";

/** What stands there: another release's tools have another line. */
export function installedLine({ url, version }: Playbooks): string {
  return `${url} ${version}`;
}

/**
 * The first boot of a director that installs its tools as well, as the user `ubuntu`, into whose home they go. Whoever may describe
 * the instance reads it: it has no secret.
 */
export function installAtFirstBoot(ubuntu: Ubuntu, playbooks: Playbooks): string {
  const script = [
    "#!/bin/bash",
    "set -e",
    refuseFolders("~/configuration", "~/ansible"),
    ...installPackages(ubuntu),
    installPipelinePackages,
    ...installAnsible(ubuntu, playbooks),
    `echo ${installedLine(playbooks)} > ${installedMark}`,
  ];
  return `${upgradeAtFirstBoot}write_files:
  - path: ${installScript}
    permissions: "0755"
    content: |
${script.map((line) => `      ${line}\n`).join("")}runcmd:
  - [sudo, -H, -u, ubuntu, ${installScript}]
`;
}
