import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ClientInput } from "../../config/schema/client";
import { releaseNames } from "../../config/tables/versions-by-release";
import { blockOf, stepsOf } from "../../handoff/config-files/run/run-file";
import type { Sources } from "../../handoff/config-files/sources";
import { clientOf, type Overrides } from "../../test/client-files";
import { sourcesOf } from "../../test/outputs";
import { equal, holds } from "../expectations/equal";
import type { Described } from "../harness/described";
import { run, tail } from "../harness/processes";
import type { Steps } from "../harness/steps";
import type { World } from "../harness/world";

// A command line's own option, by its first letter.
const secret = '-it\'s "Acme" \\ $HOME `id` %s #ü';

const complete: ClientInput["configurationFiles"] = {
  lmsUrl: "https://courses.example.org",
  insightsUrl: "https://insights.example.org",
  oauth2: { loginKey: "it's", backendKey: 'a "key"' },
  secureRepository: { url: "https://git.example.org/it's.git", version: "main" },
  configurationRepository: { url: "https://git.example.org/it's.git", version: "acme" },
};

/** The commands of RUN.md, read by bash and, as far as they say something to somebody else, by that. */
export async function runFileRead(steps: Steps, world: World, example: Described): Promise<void> {
  const bin = join(world.tools.folder, "run-bin");
  const log = join(bin, "log");
  mkdirSync(bin, { recursive: true });
  const stub = (name: string, script: string) => {
    writeFileSync(join(bin, name), `#!/usr/bin/env bash\nprintf '%s\\n' "$*" >> '${log}.${name}'\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  const bash = async (command: string, env: Record<string, string> = {}) => {
    const { code, output } = await run("bash", ["-c", command], {
      env: { PATH: `${bin}:${process.env.PATH}`, HOME: bin, ...env },
      // As at a terminal without input.
      onStart: (child) => child.stdin?.end(),
    });
    equal(`status of ${command}: ${tail(output)}`, code, 0);
    return output;
  };
  const said = (name: string) => readFileSync(`${log}.${name}`, "utf8");

  await steps.step("bash takes every command, of every release and layout, with and without values", async () => {
    for (const sources of combinations(example.input)) {
      const script = stepsOf(sources).map(blockOf);
      const { code, output } = await run("bash", ["-n", "-c", script.join("\n")]);
      equal(`bash on RUN.md of ${sources.client.release}: ${output}`, [code, output], [0, ""]);
    }
  });

  await steps.step("a block that is pasted ends with the first command that fails", async () => {
    const here = join(bin, "here");
    const secure = join(bin, "example-secure");
    const key = join(bin, ".ssh", "example-analytics.pem");
    const pasted = async () => {
      const step = stepsOf(sourcesFor({})).find(({ title }) => title === "Secure repository");
      // As a shell at a terminal is given it.
      const { code } = await run("bash", ["-s"], {
        cwd: here,
        env: { PATH: `${bin}:${process.env.PATH}`, HOME: bin },
        onStart: (child) => child.stdin?.end(`${step && blockOf(step)}\n`),
      });
      return [code, existsSync(`${log}.git`) ? said("git").trim().split("\n") : []];
    };
    stub("git", 'case "$*" in *diff*) exit 1;; esac');
    for (const folder of [here, secure, dirname(key)]) {
      mkdirSync(folder, { recursive: true });
    }
    writeFileSync(key, "-----BEGIN OPENSSH PRIVATE KEY-----\n");
    writeFileSync(join(secure, "vars-analytics.yml"), "A: '<MISSING: SSM parameter /a>'\n");
    equal("with a value that is missing", await pasted(), [1, []]);
    writeFileSync(join(secure, "vars-analytics.yml"), "A: 'b'\n");
    writeFileSync(join(secure, "RUN.md"), "<MISSING: of no matter>\n");
    equal("with a key that Jenkins leaves out", await pasted(), [1, []]);
    rmSync(key);
    const made = (passphrase: string) =>
      run("ssh-keygen", ["-q", "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", passphrase, "-f", key]);
    await made("hidden");
    equal("with a key that has a passphrase", await pasted(), [255, []]);
    rmSync(key);
    await made("");
    const inClone = "-C ../example-secure";
    equal("with both", await pasted(), [
      0,
      [
        `${inClone} add --all`,
        `${inClone} add --force analytics.pem`,
        `${inClone} diff --cached --quiet`,
        `${inClone} commit -m example: Insights`,
        `${inClone} push -u origin HEAD`,
      ],
    ]);
    equal("the key", readFileSync(join(secure, "analytics.pem"), "utf8"), readFileSync(key, "utf8"));
    rmSync(join(bin, "git"));
  });

  await steps.step("plugins of a run that broke off are downloaded again, others stay as they are", async () => {
    const [shell = ""] = stepNamed(sourcesFor({}), /^Jenkins$/).flatMap(
      (command) => /-m shell -a '(.*)'$/.exec(command)?.[1] ?? [],
    );
    const [downloads, plugins] = [join(bin, "tmp"), join(bin, "plugins")];
    for (const folder of [downloads, plugins, join(downloads, "a_folder_1")]) {
      mkdirSync(folder, { recursive: true });
    }
    for (const file of ["ant_1.2", "git-client_1.19.0", "mailer_1.16", "hsperfdata"]) {
      writeFileSync(join(downloads, file), "");
    }
    writeFileSync(join(plugins, "ant.hpi"), "");
    writeFileSync(join(plugins, "mailer.jpi"), "");
    await bash(shell.replaceAll("/tmp/", `${downloads}/`).replaceAll("/edx/var/jenkins/plugins", plugins));
    equal("what is left", readdirSync(downloads).sort(), ["a_folder_1", "ant_1.2", "hsperfdata", "mailer_1.16"]);
  });

  await steps.step("each OAuth client's secret is in the program for the LMS, and on no command line", async () => {
    stub("aws", `printf '%s\\n' ${JSON.stringify(JSON.stringify(secret)).replaceAll(/[$`]/g, "\\$&")}`);
    stub("ssh", `cat >> '${log}.program'`);
    for (const release of ["ironwood", "nutmeg"] as const) {
      writeFileSync(`${log}.program`, "");
      for (const command of stepNamed(sourcesFor({ release }), /^OAuth/)) {
        await bash(command);
      }
      const programs = said("program").trim().split("\n");
      for (const program of programs) {
        const check = `import ast, sys; print([n.value for n in ast.walk(ast.parse(sys.argv[1])) if isinstance(n, ast.Constant)][-1].replace("--client-secret=", "") == sys.argv[2])`;
        const { stdout } = await run("python3", ["-c", check, program, secret]);
        equal(`${release}'s program ends with the secret`, stdout.trim(), "True");
      }
      equal(`clients of ${release}`, programs.length, release === "ironwood" ? 1 : 2);
    }
    holds("no secret on a command line", !`${said("aws")}${said("ssh")}`.includes("Acme"));
    holds("ssh starts Django's shell", /manage\.py lms --settings=production shell/.test(said("ssh")));
  });

  await steps.step(
    "the SQL is for the server of edxanalytics_creds, with a password that mysql reads from a file",
    async () => {
      const folder = join(bin, "secure-config", "analytics-tasks");
      mkdirSync(folder, { recursive: true });
      // Whoever edits the file may write the port as a number.
      const creds = { host: "db.example.org", port: 3306, username: "analytics", password: secret };
      writeFileSync(join(folder, "edxanalytics_creds"), JSON.stringify(creds));
      stub("mysql", `cat "\${1#--defaults-extra-file=}"`);
      const command = stepNamed(sourcesFor({}), /^After/)
        .slice(-2)
        .join("\n");
      equal("options for mysql", (await bash(command)).trim().split("\n"), [
        "[client]",
        'host="db.example.org"',
        'port="3306"',
        'user="analytics"',
        `password="${secret.replaceAll("\\", "\\\\")}"`,
      ]);
      holds("no secret on a command line", !said("mysql").includes("Acme"));
      holds("the statement", /reports -e ALTER TABLE course_meta_summary_enrollment /.test(said("mysql")));
      rmSync(`${log}.mysql`);
      writeFileSync(join(folder, "edxanalytics_creds"), "{}");
      const { code } = await run("bash", ["-c", `set -e\n${command}`], {
        env: { PATH: `${bin}:${process.env.PATH}`, HOME: bin },
      });
      equal("a file without the user ends the block", [code, existsSync(`${log}.mysql`)], [1, false]);
    },
  );
}

function sourcesFor(overrides: Overrides): Sources {
  return sourcesOf(clientOf({ allowDiscontinued: true, configurationFiles: complete, ...overrides }));
}

function stepNamed(sources: Sources, title: RegExp): readonly string[] {
  return stepsOf(sources).find((step) => title.test(step.title))?.commands ?? [];
}

function combinations({ hosts }: ClientInput): Sources[] {
  return releaseNames.flatMap((release) =>
    (["single", "separate"] as const).flatMap((layout) =>
      [complete, {}].map((configurationFiles) =>
        sourcesFor({
          release,
          configurationFiles,
          hosts: { ...hosts, iterations: { "1": { layout } } },
          ...(configurationFiles === complete
            ? {}
            : { elasticsearch: false, director: { existing: "sg-0a1b2c3d4e5f60718" } }),
        }),
      ),
    ),
  );
}
