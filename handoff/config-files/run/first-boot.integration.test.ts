import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import example from "../../../clients/example";
import { releaseNames } from "../../../config/tables/versions-by-release";
import type { Overrides } from "../../../test/client-files";
import { sourcesFor } from "../../../test/run-steps";
import { synthesizeClient } from "../../../test/synth";
import { blockOf, stepsOf } from "./run-file";

const root = mkdtempSync(join(tmpdir(), "edx-analytics-boot-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const director = { ...example.director, firstBoot: "install" } as NonNullable<Overrides["director"]>;

/** The script of a client's director, as cloud-init writes it. */
function scriptOf(overrides: Overrides = {}): string {
  const { resource } = synthesizeClient({ allowDiscontinued: true, director, ...overrides });
  const { write_files: files } = parse(resource.aws_instance?.director?.user_data) as {
    readonly write_files: readonly [{ readonly content: string }];
  };
  return files[0].content;
}

/** RUN.md's block of the director. */
function blockFor(overrides: Overrides = {}): string {
  const step = stepsOf(sourcesFor({ director, ...overrides })).find(({ title }) => title.startsWith("Director"));
  return blockOf(step as NonNullable<typeof step>).replaceAll("/var/log/cloud-init-output.log", '"$HOME/log"');
}

/** A home of its own, with programs that say what they were called with, and do what the next ones count on. */
function home(): (script: string) => { readonly status: number | null; readonly said: string } {
  const folder = mkdtempSync(join(root, "home-"));
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(folder, "log"), "the end of the log\n");
  const pip = `printf '#!/bin/bash\\necho pip $* >> "$HOME/calls"; test ! -e "$HOME/no-pip"\\n' > ~/ansible/bin/pip; chmod +x ~/ansible/bin/pip`;
  const venv = `mkdir -p ~/ansible/bin; ${pip}`;
  const programs = {
    "apt-get": "",
    sudo: '"$@"',
    "cloud-init": "exit 1",
    git: 'mkdir -p "${@: -1}"',
    "python3.8": venv,
    virtualenv: venv,
  };
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/bash\necho ${name} "$*" >> "$HOME/calls"\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return (script) => {
    const { status, stdout, stderr } = spawnSync("bash", ["-c", script], {
      env: { PATH: `${bin}:/usr/bin:/bin`, HOME: folder },
      encoding: "utf8",
    });
    const calls = join(folder, "calls");
    return { status, said: `${stdout}${stderr}${existsSync(calls) ? readFileSync(calls, "utf8") : ""}` };
  };
}

it.each(["ironwood", "nutmeg"] as const)("first boot of %s installs, and RUN.md's block then goes on", (release) => {
  const run = home();

  expect(run(scriptOf({ release })).status).toBe(0);
  const { status, said } = run(blockFor({ release }));
  expect(said).toContain("cloud-init status --wait");
  expect([status, said.includes("the end of the log")]).toEqual([0, false]);
  expect(said.trim()).toMatch(/git clone --branch main git@git\.example\.org:acme\/secure\.git \S+\/secure-config$/);
});

it("RUN.md's block shows the end of the log where first boot failed, which is run again without its folders", () => {
  const run = home();
  run("touch ~/no-pip");

  expect(run(scriptOf()).status).not.toBe(0);
  const { status, said } = run(blockFor());
  expect([status === 0, said.includes("the end of the log"), said.includes("secure.git")]).toEqual([
    false,
    true,
    false,
  ]);
  run("rm ~/no-pip");
  expect(run(scriptOf())).toEqual({ status: 1, said: expect.stringContaining("/configuration exists") });
  run("rm -r ~/configuration ~/ansible");
  expect([run(scriptOf()).status, run(blockFor()).status]).toEqual([0, 0]);
});

it("RUN.md's block stops on a director of another release", () => {
  const run = home();

  expect(run(scriptOf({ release: "maple" })).status).toBe(0);
  expect(run(blockFor({ release: "nutmeg" })).status).not.toBe(0);
  expect(run(blockFor({ release: "maple" })).status).toBe(0);
});

it("bash reads every release's script and block", () => {
  for (const release of releaseNames.slice(0, releaseNames.indexOf("redwood"))) {
    const { status, stderr } = spawnSync("bash", ["-n", "-c", `${scriptOf({ release })}\n${blockFor({ release })}`]);
    expect([release, status, String(stderr)]).toEqual([release, 0, ""]);
  }
});
