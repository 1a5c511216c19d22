import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { clientOf } from "../../test/client-files";
import { clientScript } from "./script";

const folder = mkdtempSync(join(tmpdir(), "edx-analytics-sql-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script = clientScript(clientOf());

beforeAll(() => {
  const client = `#!/bin/bash
case "$*" in --version) echo mysql; exit;; *"SELECT VERSION()") echo 8.0.42; exit;; esac
echo started >"$FOLDER/started"; exec sleep 20
`;
  for (const [name, text] of Object.entries({ mysql: client, aws: "#!/bin/bash\nexit 254\n" })) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
});

/** The script's own folders that there are. */
function temporaryFolders(): string[] {
  return readdirSync(folder).filter((name) => name.startsWith("edx-analytics-sql."));
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 4000;
  while (!condition() && Date.now() < deadline) {
    await setTimeout(5);
  }
}

it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "leaves no file behind after %s, in the middle of a question and of the client's work",
  async (signal) => {
    for (const typed of ["", "a\nb\nc\nd\n"]) {
      rmSync(join(folder, "started"), { force: true });
      writeFileSync(join(folder, "mysql.sh"), script);
      const child = spawn("bash", [join(folder, "mysql.sh"), "analytics", "db.example.org"], {
        env: { PATH: `${folder}:/usr/bin:/bin`, FOLDER: folder, TMPDIR: folder },
        stdio: ["pipe", "ignore", "ignore"],
        detached: true,
        // A run that does not end by the signal is a failure, and no test that waits.
        timeout: 4000,
        killSignal: "SIGKILL",
      });
      const ended = once(child, "exit");
      child.stdin.write(typed);
      await until(() => (typed === "" ? temporaryFolders().length > 0 : existsSync(join(folder, "started"))));
      // As the terminal does: to the whole group. Bash goes on where it waits for a command that ends all the same, and is
      // told again, as by a person.
      for (let times = 0; times < 3 && child.exitCode === null && child.signalCode === null; times += 1) {
        process.kill(-(child.pid as number), signal);
        await Promise.race([ended, setTimeout(1000)]);
      }
      await ended;
      child.stdin.destroy();

      expect(temporaryFolders()).toEqual([]);
    }
  },
);
