import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ExtraFile } from "../../handoff/config-files/config-file";
import { extraFiles } from "../../handoff/config-files/config-files";
import { equal, holds, says } from "../expectations/equal";
import { readFiles } from "../harness/config-files";
import { succeed } from "../harness/processes";
import type { Steps } from "../harness/steps";
import type { World } from "../harness/world";

interface Commands {
  readonly step: Steps["step"];
  readonly world: World;
  /** Where the command writes. */
  readonly folder: string;
  readonly render: (...options: string[]) => Promise<string>;
  readonly refused: (expected: RegExp, ...options: string[]) => Promise<unknown>;
}

/** What operators have in files of their own, which a reader that writes it anew would change. */
const lines = {
  "vars-analytics.yml": [
    "# our fork",
    "EDX_PLATFORM_VERSION: 6063e25",
    "OTHER_VERSION: 12e4567   # of May",
    "ACCOUNT: 012345678901",
    "ANSWER: n",
    "TOKEN: !vault |",
    "  $ANSIBLE_VAULT;1.1;AES256",
    "  643364",
    "PERCENT: 100%",
    "LIST:",
    "- a: 1",
    "  # about b",
    "  b: 0777",
    "",
  ],
  "analytics-tasks/jenkins_env": [
    "# of the fork",
    "export PYTHON_VERSION=2.7   # not 3",
    'export DATA="$HOME/a b"',
    "",
  ],
  "analytics-tasks/emr-vars.yml": ["user_info: [ ]", "ebs_root_volume_size: '0100'", ""],
  "analytics-tasks/analytics-override.cfg": ["[acme]", "; hourly", "partition_format = %Y-%m-%dT%H", ""],
};

/** Files that operators wrote or edited: refused, and what is theirs moved, word for word, to where it is read. */
export async function operatorsLines({ step, world, folder, render, refused }: Commands): Promise<void> {
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  const append = (path: string, text: string) => writeFileSync(join(folder, path), read(path) + text);
  const jenkinsEnv = "analytics-tasks/jenkins_env";

  await step("a second time it changes nothing, and a file that was edited is left as it is", async () => {
    equal("unchanged files", (await render()).match(/^ {2}unchanged /gm)?.length, 10);
    append(jenkinsEnv, "export PYTHON_VERSION=2.7\n");
    await refused(/edited +\S+jenkins_env PYTHON_VERSION is not rendered/, "--yes");
    await refused(/1 file is not as this command wrote it, as shown above\. Nothing was written\./, "--yes");
    holds("the edit", read(jenkinsEnv).endsWith("PYTHON_VERSION=2.7\n"));
  });
  await step("--import-extra moves what was added, and bash reads it in both files", async () => {
    says(await render("--import-extra"), /PYTHON_VERSION is moved to analytics-tasks\/jenkins_env\.extra/);
    equal("jenkins_env.extra", read(`${jenkinsEnv}.extra`), "export PYTHON_VERSION=2.7\n");
    const script = read(jenkinsEnv).replaceAll("/home/jenkins/jenkins_env.extra", join(folder, `${jenkinsEnv}.extra`));
    const { stdout } = await succeed("bash", ["-c", `set -eu\n${script}\necho "$PYTHON_VERSION $AWS_REGION"`]);
    equal("what bash read", stdout, `2.7 ${world.region}\n`);
  });
  await step("files that were written by hand are imported word for word", () =>
    byHand({ world, folder: join(world.tools.folder, `${world.name}-by-hand`), render, refused }),
  );
}

async function byHand({ world, folder, render, refused }: Omit<Commands, "step">): Promise<void> {
  const here = ["--folder", folder];
  for (const [path, text] of Object.entries(lines)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text.join("\n"));
  }
  const vars = join(folder, "vars-analytics.yml");
  writeFileSync(vars, `${readFileSync(vars, "utf8")}COMMON_GIT_PATH: acme\nANALYTICS_MYSQL_PASSWORD: hidden\n`);

  await refused(/4 files are not as this command wrote them/, ...here, "--yes");
  await refused(/COMMON_GIT_PATH +becomes +"edx", was "acme"/, ...here, "--import-extra");
  holds("no file of the operator's", !existsSync(join(folder, "vars-analytics.extra.yml")));
  const said = await render(...here, "--import-extra", "--yes");
  says(said, /ANALYTICS_MYSQL_PASSWORD +becomes +another secret/);
  holds("no secret is shown", !said.includes("hidden"));
  for (const [path, text] of Object.entries(lines)) {
    const { path: extra } = extraFiles[path as keyof typeof lines] as ExtraFile;
    equal(extra, readFileSync(join(folder, extra), "utf8"), text.join("\n"));
  }
  const files = await readFiles(world, folder);
  equal("emr-vars.yml", files["analytics-tasks/emr-vars.yml"].user_info, []);
  equal("emr-vars.yml", files["analytics-tasks/emr-vars.yml"].ebs_root_volume_size, "0100");
  equal("the override", files["analytics-tasks/analytics-override.cfg"].acme, { partition_format: "%Y-%m-%dT%H" });
  equal("unchanged files", (await render(...here)).match(/^ {2}unchanged /gm)?.length, 10);
}
