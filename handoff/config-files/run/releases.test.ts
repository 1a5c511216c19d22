import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReleaseName } from "../../../config/tables/versions-by-release";
import type { Overrides } from "../../../test/client-files";
import { commands, sourcesFor, titles } from "../../../test/run-steps";
import { stepsOf } from "./run-file";

interface Consumers {
  readonly variables: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly insights: { readonly switches: readonly string[]; readonly flags: readonly string[] };
  readonly releases: Readonly<Record<string, Release>>;
}

interface Release {
  readonly ansible: string;
  readonly playbooks: readonly string[];
  readonly jdk: string;
  readonly oauthCommand: string;
  readonly redirectPath: string;
  readonly lmsSettings: string;
  readonly jenkinsTags: readonly string[];
  readonly passingUsers: boolean;
}

const consumers = JSON.parse(
  readFileSync(join(__dirname, "../../../test/consumers/playbooks.json"), "utf8"),
) as Consumers;

describe.each(Object.entries(consumers.releases))("RUN.md of %s", (name, release) => {
  const overrides: Overrides = { release: name as ReleaseName };

  it("runs playbooks that the release has, where its Ansible finds the configuration", () => {
    const runs = stepsOf(sourcesFor(overrides)).flatMap((step) => {
      const block = step.commands.join("\n");
      const [, folder] = /^cd ~\/configuration\/(\S+)$/m.exec(block) ?? [];
      const playbooks = [...block.matchAll(/^\S+ansible-playbook (?:[^\n]*\\\n)+.* (\S+)$/gm)];
      return playbooks.map(([, playbook]) => (playbook?.startsWith("$HOME") ? "its own" : `${folder}/${playbook}`));
    });

    expect(runs).toEqual([...release.playbooks, "its own"]);
    expect(titles(overrides)).toContain(`Director with Ansible ${release.ansible}`);
  });

  it("has the roles make their tables, which these playbooks leave out by themselves", () => {
    for (const [playbook, variables] of Object.entries(consumers.variables)) {
      const [options = ""] = new RegExp(`--limit .* ${playbook}$`, "m").exec(commands(overrides)) ?? [];
      for (const [name, value] of Object.entries(variables)) {
        expect(options).toContain(`-e ${name}=${value} `);
      }
    }
  });

  it("brings Jenkins' Java to where the role looks for it", () => {
    expect(commands(overrides)).toContain(
      `scp -o ProxyJump=ubuntu@192.0.2.2 ~/Downloads/${release.jdk} ubuntu@1.private:/var/tmp/`,
    );
  });

  it("skips the seed job by the tag that the role has", () => {
    const [, tag] = /--skip-tags (\S+) analytics-jenkins\.yml/.exec(commands(overrides)) ?? [];

    expect(release.jenkinsTags).toContain(tag);
  });

  it("makes OAuth clients by the release's command, with its redirect URI and its settings", () => {
    const called = [...commands(overrides).matchAll(/call_command\("(\w+)"/g)].map(([, command]) => command);

    expect([...new Set(called)]).toEqual([release.oauthCommand]);
    expect(commands(overrides)).toContain(`"https://insights.example.org${release.redirectPath}"`);
    const settings = [...commands(overrides).matchAll(/--settings=(\w+)/g)].map(([, module]) => module);
    expect([...new Set(settings)]).toEqual([release.lmsSettings]);
  });

  it("turns on switches and flags that Insights has", () => {
    const known = [...consumers.insights.switches, ...consumers.insights.flags];
    const turnedOn = [
      ...commands({ ...overrides, buckets: { apiReports: {} } }).matchAll(/waffle_(?:switch|flag) (\w+)/g),
    ].map(([, feature = ""]) => feature);

    expect(turnedOn.length).toBeGreaterThan(3);
    expect(turnedOn.filter((feature) => !known.includes(feature))).toEqual([]);
  });

  it("mends the table that its pipeline makes, and no other", () => {
    expect(commands(overrides).includes("passing_users")).toBe(release.passingUsers);
  });

  it("installs Python 2 on hosts whose Ansible needs it", () => {
    expect(titles(overrides).includes("Python on the hosts")).toBe(/^2\.[2-7]\./.test(release.ansible));
  });

  it("clones branches of the release's name", () => {
    expect(commands(overrides)).toContain(
      `git clone --branch open-release/${name}.master https://github.com/edx/configuration.git ~/configuration`,
    );
  });
});
