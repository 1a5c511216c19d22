import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { configFilesRun } from "../../test/config-files-run";

const { state, run, read } = configFilesRun();

describe("npx edx-analytics config-files --import-extra", () => {
  const own = {
    "vars-analytics.yml":
      "# our fork\nCOMMIT: 6063e25\nTOKEN: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6433\nACCOUNT: 012\n",
    "analytics-tasks/jenkins_env": "# for the fork\nexport PYTHON_VERSION=2.7   # not 3\n",
    "analytics-tasks/emr-vars.yml": "user_info: [ ]\nebs_root_volume_size: 0100\n",
    "analytics-tasks/analytics-override.cfg": "[acme]\nformat = %Y-%m-%dT%H\n",
  };
  const extra = {
    "vars-analytics.yml": "vars-analytics.extra.yml",
    "analytics-tasks/jenkins_env": "analytics-tasks/jenkins_env.extra",
    "analytics-tasks/emr-vars.yml": "analytics-tasks/emr-vars.extra.yml",
    "analytics-tasks/analytics-override.cfg": "analytics-tasks/analytics-override.extra.cfg",
  };
  const written = () =>
    Object.values(extra).map((path) => (existsSync(join(state.folder, path)) ? read(path) : undefined));
  const byHand = (texts: Readonly<Record<string, string>>) => {
    mkdirSync(join(state.folder, "analytics-tasks"), { recursive: true });
    for (const [path, text] of Object.entries(texts)) {
      writeFileSync(join(state.folder, path), text);
    }
  };

  it("moves what is not rendered, word for word, and says so", async () => {
    byHand({ ...own, "analytics-tasks/emr-vars.yml": `${own["analytics-tasks/emr-vars.yml"]}region: eu-west-1\n` });
    const refused = await run();

    expect(refused.said).toMatch(/foreign +\S+vars-analytics\.yml\n(.*\n)* +COMMIT is not rendered/);
    expect(refused.error).toMatch(/^example: 4 files are not as this command wrote them/);
    expect(written()).toEqual([undefined, undefined, undefined, undefined]);
    const { error, said } = await run({ importExtra: true, yes: true });

    expect(error).toBeUndefined();
    expect(said).toContain("COMMIT is moved to vars-analytics.extra.yml");
    expect(written()).toEqual(Object.values(own));
    expect(statSync(join(state.folder, "vars-analytics.extra.yml")).mode & 0o777).toBe(0o600);
    expect(read("analytics-tasks/emr-vars.yml")).toMatch(/\nuser_info: \[ \]\nebs_root_volume_size: 0100\n$/);
    expect((await run()).said.match(/^ {2}unchanged /gm)).toHaveLength(10);
  });

  it("puts nothing behind the empty map that RUN.md makes", async () => {
    byHand({ "vars-analytics.yml": "COMMIT: 6063e25\n", "vars-analytics.extra.yml": "{}\n" });
    const { error } = await run({ importExtra: true, yes: true });

    expect(error).toBeUndefined();
    expect(read("vars-analytics.extra.yml")).toBe("COMMIT: 6063e25\n");
  });

  it("keeps nothing of what differs, unless it is in a file of the operator's, and asks first", async () => {
    byHand({ "analytics-tasks/emr-vars.yml": "role: Acme\nkeypair_name: old\nuser_info: []\n" });
    const { error } = await run({ importExtra: true });

    expect(error).toContain("in 1 file would change, as shown above. Repeat the command with --yes if that is right.");
    expect(error).toContain(
      "To keep one of yours, move its lines to analytics-tasks/emr-vars.extra.yml first: they win there.",
    );
    expect(written()).toEqual([undefined, undefined, undefined, undefined]);
    byHand({
      "analytics-tasks/emr-vars.yml": "keypair_name: old\nuser_info: []\n",
      "analytics-tasks/emr-vars.extra.yml": "role: Acme\n",
    });
    const { said } = await run({ importExtra: true, yes: true });

    expect(said).toMatch(/user_info is moved to \S+\n +role is taken from analytics-tasks\/emr-vars\.extra\.yml/);
    expect(read("analytics-tasks/emr-vars.extra.yml")).toBe("role: Acme\nuser_info: []\n");
    expect(read("analytics-tasks/emr-vars.yml")).toMatch(
      /keypair_name: 'example-analytics'\n(.*\n)*\nrole: Acme\nuser_info: \[\]\n$/,
    );
  });

  it("moves values that were missing, and misses them no more", async () => {
    byHand({
      "vars-analytics.yml":
        "JENKINS_ANALYTICS_CREDENTIALS: [{ privatekey: hidden-key }]\nEDXAPP_LMS_BASE: example.org\n",
    });
    const { said } = await run({ importExtra: true, yes: true });

    expect(read("vars-analytics.extra.yml")).toBe(
      "JENKINS_ANALYTICS_CREDENTIALS: [{ privatekey: hidden-key }]\nEDXAPP_LMS_BASE: example.org\n",
    );
    expect(said).not.toMatch(/hidden-|jenkins\/private-key/);
    expect((await run()).said).toContain("EDXAPP_LMS_BASE is taken from vars-analytics.extra.yml");
  });

  it("goes on after a run that was killed, and moves nothing twice", async () => {
    byHand({
      ...own,
      ...Object.fromEntries(Object.entries(extra).map(([path, name]) => [name, own[path as keyof typeof own]])),
    });

    expect((await run({ importExtra: true, yes: true })).error).toBeUndefined();
    expect(written()[0]).toBe(own["vars-analytics.yml"]);
    expect(written()[2]).toBe(own["analytics-tasks/emr-vars.yml"]);
  });

  it("says of a file that cannot be taken apart where, and writes nothing", async () => {
    byHand({
      "vars-analytics.yml": "A: &a hidden-a\nINSIGHTS_VERSION: *a\nB: *a\n",
      "analytics-tasks/jenkins_env": "for x in hidden-a; do\n",
    });
    const { error } = await run({ importExtra: true, yes: true });

    expect(error).toMatch(/jenkins_env: line 1 is neither/);
    expect(error).not.toContain("hidden-a");
    byHand({ "vars-analytics.yml": "COMMON_GIT_PATH: &a hidden-a\nB: *a\n" });
    rmSync(join(state.folder, "analytics-tasks/jenkins_env"));
    expect((await run({ importExtra: true, yes: true })).error).toMatch(
      /vars-analytics\.yml: an alias .* cannot be resolved: write out/,
    );
    expect(written()).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("ends with one sentence for an adversarial file", async () => {
    byHand({
      "vars-analytics.yml": `A: ${"[".repeat(5_000)}hidden${"]".repeat(5_000)}\n`,
      "analytics-tasks/analytics-override.cfg": `[a]\nb${" ".repeat(100_000)}hidden\n`,
      "analytics-tasks/edxapp_creds": `${'{"a":'.repeat(50_000)}"hidden"${"}".repeat(50_000)}`,
      "analytics-tasks/emr-vars.yml": `${"# hidden\n".repeat(5_000)}\n- hidden\n`,
    });
    const { error } = await run({ importExtra: true, yes: true });

    expect(error).toMatch(/vars-analytics\.yml: it is no YAML \(RESOURCE_EXHAUSTION\)/);
    expect(error).toMatch(/analytics-override\.cfg: line 2 is neither/);
    expect(error).toMatch(/edxapp_creds: it is nested too deeply\.$/m);
    expect(error).toMatch(/emr-vars\.yml: no variables with values/);
    expect(error).not.toContain("hidden");
  });
});
