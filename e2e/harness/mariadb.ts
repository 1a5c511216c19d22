import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { end, type Result, run, start, succeed, tail } from "./processes";
import { freePort } from "./world";

/** Files of a certificate authority and of the certificate for `localhost` that it has issued. */
export interface Certificates {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** Who logs in. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

/** A MariaDB server of a test's own: own data folder, port and socket, and no user but root. */
export class MariaDb {
  private constructor(
    readonly port: number,
    private readonly folder: string,
    /** @default - the server speaks no TLS */
    readonly certificates: Certificates | undefined,
    private readonly server: ChildProcess,
  ) {}

  /** @throws Error that says how to get MariaDB where it is missing */
  static async start(folder: string, password: string, certificates?: Certificates): Promise<MariaDb> {
    await findMariadb();
    mkdirSync(folder, { recursive: true });
    const data = join(folder, "data");
    const common = ["--no-defaults", `--user=${userInfo().username}`, `--datadir=${data}`];
    if (!existsSync(data)) {
      await succeed("mariadb-install-db", [
        ...common,
        "--auth-root-authentication-method=normal",
        "--skip-test-db",
        "--force",
      ]);
    }
    // Anonymous users would be taken for everybody who comes from this machine.
    const init = join(folder, "init.sql");
    const literal = password.replaceAll("\\", "\\\\").replaceAll("'", "''");
    writeFileSync(
      init,
      [
        "DELETE FROM mysql.global_priv WHERE User = '' OR Host <> 'localhost';",
        "FLUSH PRIVILEGES;",
        `CREATE OR REPLACE USER 'root'@'%' IDENTIFIED BY '${literal}';`,
        "GRANT ALL PRIVILEGES ON *.* TO 'root'@'%' WITH GRANT OPTION;",
        "DROP USER IF EXISTS 'root'@'localhost';",
      ].join("\n"),
      { mode: 0o600 },
    );
    const port = await freePort();
    const server = start(await daemon(), [
      ...common,
      `--port=${port}`,
      `--socket=${join(folder, "socket")}`,
      `--pid-file=${join(folder, "pid")}`,
      `--init-file=${init}`,
      "--bind-address=127.0.0.1",
      "--skip-name-resolve",
      ...(certificates
        ? [
            `--ssl-ca=${certificates.ca}`,
            `--ssl-cert=${certificates.certificate}`,
            `--ssl-key=${certificates.key}`,
            "--require-secure-transport=ON",
          ]
        : ["--skip-ssl"]),
    ]);
    let log = "";
    server.stderr?.on("data", (chunk) => {
      log = (log + chunk).slice(-20_000);
    });
    const started = new MariaDb(port, folder, certificates, server);
    await started.answering({ user: "root", password }, () => log);
    return started;
  }

  /** Runs SQL as a user, whether it succeeds or not; the password is in a file that the client reads. */
  async query(login: Login, sql: string, database = ""): Promise<Result> {
    const options = join(this.folder, `login-${login.user.replaceAll(/\W/g, "-")}`);
    const quoted = (text: string) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
    writeFileSync(
      options,
      [
        "[client]",
        `user=${quoted(login.user)}`,
        `password=${quoted(login.password)}`,
        "host=localhost",
        "protocol=tcp",
        `port=${this.port}`,
        "default-character-set=utf8mb4",
        ...(this.certificates ? [`ssl-ca=${this.certificates.ca}`, "ssl-verify-server-cert"] : []),
      ].join("\n"),
      { mode: 0o600 },
    );
    return run(
      "mariadb",
      [`--defaults-file=${options}`, "--batch", "--skip-column-names", ...(database ? [database] : [])],
      {
        onStart: (child) => child.stdin?.end(sql),
      },
    );
  }

  /** Runs SQL as a user, which has to succeed. */
  async succeed(login: Login, sql: string, database = ""): Promise<string> {
    const { code, stdout, output } = await this.query(login, sql, database);
    if (code !== 0) {
      throw new Error(`${login.user} may not do this, and should:\n${sql}\n${tail(output)}`);
    }
    return stdout;
  }

  /** Runs SQL as a user, which has to be refused for a missing privilege. */
  async refused(login: Login, sql: string, database = ""): Promise<void> {
    const { code, output } = await this.query(login, sql, database);
    if (code === 0 || !/ERROR (1044|1045|1142|1143|1227|1370|1410)\b/.test(output)) {
      throw new Error(`${login.user} was not refused (${code}), and should be:\n${sql}\n${tail(output)}`);
    }
  }

  stop(): void {
    end(this.server, "SIGKILL");
  }

  private async answering(root: Login, log: () => string): Promise<void> {
    for (let attempt = 0; attempt < 150; attempt += 1) {
      if (this.server.exitCode !== null) {
        throw new Error(`MariaDB ended with ${this.server.exitCode}:\n${tail(log())}`);
      }
      if ((await this.query(root, "SELECT 1")).code === 0) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`MariaDB does not answer on port ${this.port}:\n${tail(log())}`);
  }
}

/** Finds the server, its installer and its client. */
async function findMariadb(): Promise<void> {
  const missing: string[] = [];
  for (const command of ["mariadb-install-db", "mariadb"]) {
    if ((await run(command, ["--help"]).catch(() => undefined)) === undefined) {
      missing.push(command);
    }
  }
  if (missing.length > 0 || (await daemon().catch(() => undefined)) === undefined) {
    throw new Error(
      "The part `databases` needs MariaDB's server and client: sudo apt-get install mariadb-server (Debian, Ubuntu). It starts a server of its own; none has to run.",
    );
  }
}

/** The server, which is not on the PATH of everybody. */
async function daemon(): Promise<string> {
  for (const command of ["mariadbd", "/usr/sbin/mariadbd"]) {
    if ((await run(command, ["--version"]).catch(() => undefined))?.code === 0) {
      return command;
    }
  }
  throw new Error("mariadbd is missing");
}
