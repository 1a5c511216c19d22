import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { equal, holds, says } from "../expectations/equal";
import { end, run, start } from "../harness/processes";
import type { Steps } from "../harness/steps";

/** `npm run try` as a newcomer has it: deployed, looked at from another terminal, stopped. */
export async function tryOut(steps: Steps): Promise<void> {
  const newcomer = start("npm", ["run", "try"], { cwd: join(__dirname, "..", "..") });
  const output = await steps.step("npm run try deploys the example client, and says how to look around", async () => {
    const said = await untilSaid(newcomer, /Ctrl-C stops the emulator/);
    says(said, /\n {2}\d+ to add, 0 to change, 0 to destroy\n/);
    says(said, /Apply complete! Resources: \d+ added/);
    says(said, /elasticsearch_secret_access_key += <sensitive>/);
    says(said, /\nANALYTICS_MYSQL_HOST: 'example-analytics\./);
    says(said, /\nexport HADOOP_S3_BUCKET="s3:\/\/example-edxanalytics"\n/);
    return said;
  });
  const environment = /^ {2}source (\S+)$/m.exec(output)?.[1] as string;
  const folder = /^ {2}cd (\S+)$/m.exec(output)?.[1] as string;
  await steps.step("another terminal finds it deployed", async () => {
    const look = `source ${environment} && cd ${folder} && terraform plan -no-color -input=false -detailed-exitcode`;
    const result = await run("bash", ["-c", look]);
    equal(`exit status of a plan there: ${result.output}`, result.code, 0);
  });
  await steps.step("Ctrl-C stops the emulator, and leaves nothing", async () => {
    const ended = new Promise((resolve) => newcomer.on("close", resolve));
    end(newcomer, "SIGINT");
    await ended;
    holds("the files are removed", !existsSync(dirname(environment)));
    const endpoint = /at (http:\S+)/.exec(output)?.[1] as string;
    holds(
      "the emulator has stopped",
      await fetch(endpoint).then(
        () => false,
        () => true,
      ),
    );
  });
}

function untilSaid(child: ChildProcess, expected: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk) => {
        output += chunk;
        if (expected.test(output)) {
          resolve(output);
        }
      });
    }
    child.on("close", (code) => reject(new Error(`npm run try ended with ${code}:\n${output.slice(-3000)}`)));
  });
}
