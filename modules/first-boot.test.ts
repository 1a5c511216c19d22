import { parse } from "yaml";
import { ansiblePython } from "./director-tools";
import { installAtFirstBoot, installScript } from "./first-boot";
import type { Ubuntu } from "./ubuntu-host";

const playbooks = { url: "https://github.com/acme/configuration.git", version: "open-release/nutmeg.master" };

/** What cloud-init reads. */
function read(ubuntu: Ubuntu, from = playbooks) {
  return parse(installAtFirstBoot(ubuntu, from)) as {
    readonly write_files: readonly [{ readonly path: string; readonly permissions: string; readonly content: string }];
  };
}

const linesOf = (ubuntu: Ubuntu) => read(ubuntu).write_files[0].content.trim().split("\n");

describe.each(Object.keys(ansiblePython) as Ubuntu[])("the first boot of a director with Ubuntu %s", (ubuntu) => {
  it("upgrades packages, writes the script and runs it as ubuntu, whose home the tools go into", () => {
    expect(installAtFirstBoot(ubuntu, playbooks)).toMatch(/^#cloud-config\n/);
    expect(read(ubuntu)).toEqual({
      package_update: true,
      package_upgrade: true,
      write_files: [
        { path: installScript, permissions: "0755", content: expect.stringMatching(/^#!\/bin\/bash\nset -e\n/) },
      ],
      runcmd: [["sudo", "-H", "-u", "ubuntu", installScript]],
    });
  });

  it("clones the playbooks, and installs the Ansible that they pin with its Python", () => {
    const python = ubuntu === "16.04" ? "virtualenv --python=python2.7 ~/ansible" : "python3.8 -m venv ~/ansible";

    expect(linesOf(ubuntu).slice(2)).toEqual([
      expect.stringContaining("for folder in ~/configuration ~/ansible; do if test -e"),
      "sudo apt-get update",
      expect.stringMatching(/^sudo apt-get install -y git .*mysqlclient-dev$/),
      "sudo apt-get install -y curl geoip-database openjdk-8-jdk-headless",
      "git clone --branch open-release/nutmeg.master https://github.com/acme/configuration.git ~/configuration",
      python,
      expect.stringContaining("~/ansible/bin/pip install "),
      "~/ansible/bin/pip install -r ~/configuration/requirements.txt",
      "echo https://github.com/acme/configuration.git open-release/nutmeg.master > ~/director-installed",
    ]);
  });

  it("is within EC2's 16 KiB, with the longest names too, and has nothing that Terraform would read", () => {
    const longest = installAtFirstBoot(ubuntu, {
      url: `https://github.com/${"a".repeat(39)}/configuration.git`,
      version: "b".repeat(250),
    });

    expect(Buffer.byteLength(longest)).toBeLessThan(16 * 1024);
    expect(longest).not.toMatch(/[$%]\{/);
  });
});
