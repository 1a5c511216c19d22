import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { MariaDb } from "./mariadb";
import { awsPath } from "./mysql-passwords";
import { type Result, run, tail } from "./processes";
import type { World } from "./world";

/** The script that `npx edx-analytics sql` writes, run as on the director: with AWS's command line, and a terminal that types. */
export class MysqlScript {
  private readonly file: string;
  private readonly called: string;
  private readonly path: string;

  constructor(
    private readonly world: World,
    name: string,
    text: string,
  ) {
    const folder = join(world.tools.folder, `sql-${name}`);
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, "mysql.sh");
    writeFileSync(this.file, text);
    // Stands before the client, and notes what every process of this machine could have seen of it.
    this.called = join(folder, "called");
    writeFileSync(this.called, "");
    writeFileSync(
      join(folder, "mysql"),
      `#!/usr/bin/env bash\n{ printf '%s\\n' "$@"; env; } >>'${this.called}'\nexec mariadb "$@"\n`,
      { mode: 0o755 },
    );
    this.path = `${folder}:${awsPath(world)}`;
  }

  /** Runs it, whatever its exit status. */
  run(args: readonly string[], typed: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Result> {
    return run("bash", [this.file, ...args], {
      env: { ...this.world.environment(), PATH: this.path, ...env },
      onStart: (child) => child.stdin?.end(typed.map((line) => `${line}\n`).join("")),
    });
  }

  /** Runs it against a server, which has to succeed. */
  async succeed(name: string, server: MariaDb, typed: readonly string[]): Promise<Result> {
    const result = await this.run([name, "localhost", String(server.port)], typed, {
      MYSQL_SSL_CA: server.certificates?.ca ?? "",
      MYSQL_LOGIN: "root",
    });
    if (result.code !== 0) {
      throw new Error(`mysql.sh ${name} ended with ${result.code}:\n${tail(result.output)}`);
    }
    return result;
  }

  /** What the mysql client was called with, its environment among it. */
  seen(): string {
    return readFileSync(this.called, "utf8");
  }
}
