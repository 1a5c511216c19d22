import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientScript } from "../handoff/sql/script";
import { clientOf } from "../test/client-files";

const folder = mkdtempSync(join(tmpdir(), "edx-analytics-sql-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script = clientScript(clientOf());

/** Puts a command of the test's own on the script's PATH. */
function fake(name: string, lines: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** Runs the script with fake commands; `sql` is what the client was sent, `options` the file that it was given. */
function runScript(args: readonly string[], typed: string, env: Record<string, string> = {}, text = script) {
  writeFileSync(join(folder, "mysql.sh"), text);
  for (const file of ["sql", "options", "arguments"]) {
    rmSync(join(folder, file), { force: true });
  }
  const { status, stdout, stderr } = spawnSync("bash", [join(folder, "mysql.sh"), ...args], {
    input: typed,
    encoding: "utf8",
    env: { PATH: `${folder}:/usr/bin:/bin`, FOLDER: folder, TMPDIR: folder, ...env },
  });
  const read = (file: string) => (readdirSync(folder).includes(file) ? readFileSync(join(folder, file), "utf8") : "");
  return { status, output: stdout + stderr, sql: read("sql"), options: read("options"), given: read("arguments") };
}

/** A client, called `client` in its own `--version`, of a server of a version; `lines` is what it does with SQL. */
function fakeClient(lines: string, { client = "mysql Ver 8.0.42", server = "8.0.42" } = {}): void {
  fake(
    "mysql",
    `case "$*" in --version) echo "${client}"; exit;; *"SELECT VERSION()") echo "${server}"; exit;; esac\n${lines}`,
  );
}

const takesSql = 'echo "$@" >"$FOLDER/arguments"; cat "${1#*=}" >"$FOLDER/options"; cat >"$FOLDER/sql"';

/** The script's own folders that there are. */
function temporaryFolders(): string[] {
  return readdirSync(folder).filter((name) => name.startsWith("edx-analytics-sql."));
}

beforeEach(() => {
  fakeClient(takesSql);
  fake("aws", 'case "$*" in *mysql/analytics*) echo "it\'s";; *) echo "AccessDenied" >&2; exit 254;; esac');
});

describe("the script", () => {
  it("sends SQL with the password of SSM, and with the typed one where SSM gives none", () => {
    const { status, sql, output } = runScript(["analytics", "db.example.org"], 'r"oot\\\nedx\\app\n');

    expect(status).toBe(0);
    expect(sql).toContain("SET SESSION sql_mode = '';\nCREATE DATABASE");
    expect(sql).toContain("CREATE USER IF NOT EXISTS 'analytics'@'%' IDENTIFIED BY 'it''s';\n");
    expect(sql).toContain("ALTER USER 'analytics'@'%' IDENTIFIED BY 'it''s';\n");
    expect(sql).toContain("ALTER USER 'edxapp001'@'%' IDENTIFIED BY 'edx\\\\app';\n");
    expect(output).toContain(
      "SSM does not give /edx-analytics/example/mysql/migration: AccessDenied\nIt takes credentials of account 123456789012.\n",
    );
  });

  it("shows no password, and leaves no file behind", () => {
    const { output, given } = runScript(["analytics", "db.example.org"], "secret-root\nsecret-edxapp\n");

    expect(output + given + script).not.toMatch(/secret-|it's'/);
    expect(given).toMatch(/^--defaults-file=\/dev\/fd\/\d+ --batch\n$/);
    expect(temporaryFolders()).toEqual([]);
  });

  it("has no password in any file while the client runs", () => {
    fakeClient(
      'cat >/dev/null; grep -rlE "secret-|it.s" "$TMPDIR"/edx-analytics-sql.* /dev/shm >"$FOLDER/sql" 2>/dev/null; true',
    );
    const { status, sql } = runScript(["analytics", "db.example.org"], "secret-root\nsecret-edxapp\n");

    expect([status, sql]).toEqual([0, ""]);
  });

  it("logs in as root over TLS that is verified against RDS's authorities, and gives up after seconds", () => {
    const { options } = runScript(["analytics", "db.example.org", "3307"], 'r"oot\\\nx\n');

    expect(options).toContain('host="db.example.org"\nport=3307\nprotocol=tcp\nuser="root"\npassword="r\\"oot\\\\"\n');
    expect(options).toContain("connect-timeout=10\n");
    expect(options).toMatch(/ssl-ca="\S+\/rds\.pem"\nssl-mode=VERIFY_IDENTITY\n$/);
    expect(script).toContain("certificates() {\n  cat <<'PEM'\n-----BEGIN CERTIFICATE-----");
  });

  it("logs in to each iteration as its master user, by the name of the RDS instance, else as that of the active one", () => {
    const iterations = { "1": {}, "2": { masterUser: "admin" } };
    const text = clientScript(clientOf({ database: { active: "2", iterations } }));
    const user = (host: string) => /^user=.*$/m.exec(runScript(["analytics", host], "a\nb\n", {}, text).options)?.[0];

    expect(user("example-analytics.abc.eu-west-1.rds.amazonaws.com")).toBe('user="root"');
    expect(user("example-analytics-2.abc.eu-west-1.rds.amazonaws.com")).toBe('user="admin"');
    expect(user("localhost")).toBe('user="admin"');
  });

  it("logs in with the master password of SSM where RDS does not manage it, unless another user logs in", () => {
    const iterations = { "1": { masterPassword: { existing: true as const } } };
    const text = clientScript(clientOf({ database: { iterations } }));
    fake("aws", 'case "$*" in *mysql/master_1*) echo "of SSM";; *) echo "AccessDenied" >&2; exit 254;; esac');
    const password = (env: Record<string, string>) =>
      /^password=.*$/m.exec(runScript(["analytics", "localhost"], "typed\nb\nc\n", env, text).options)?.[0];

    expect(password({})).toBe('password="of SSM"');
    expect(password({ MYSQL_LOGIN: "root2" })).toBe('password="typed"');
    fake("aws", 'echo "AccessDenied" >&2; exit 254');
    expect(password({})).toBe('password="typed"');
  });

  it("asks MariaDB's client for the same in its own words", () => {
    fakeClient(takesSql, { client: "mysql 10.11-MariaDB" });

    expect(runScript(["analytics", "db.example.org"], "a\nb\n").options).toMatch(
      // Without the last line it prints a statement that is refused, password and all.
      /\nssl-verify-server-cert\nloose-skip-print-query-on-error\n$/,
    );
  });

  it("gives the client no password by a variable that its caller has exported, nor traces one", () => {
    fakeClient('cat >/dev/null; env >"$FOLDER/arguments"');
    const exported = { password: "x", sql: "x", SHELLOPTS: "xtrace:allexport" };
    const { status, given, output } = runScript(
      ["analytics", "db.example.org"],
      "secret-root\nsecret-edxapp\n",
      exported,
    );

    expect(status).toBe(0);
    expect(given).toContain("MYSQL_TEST_LOGIN_FILE=");
    expect(given + output).not.toMatch(/secret-|it's/);
  });

  it("logs in to the edxapp server as edxapp, unless the client file or MYSQL_LOGIN names another", () => {
    expect(runScript(["edxapp", "db.example.org"], "a\nb\n").options).toContain('user="edxapp001"\n');
    expect(runScript(["edxapp", "db.example.org"], "a\nb\n", { MYSQL_LOGIN: "root" }).options).toContain(
      'user="root"\n',
    );
    expect(clientScript(clientOf({ mysql: { edxappAdmin: "admin" } }))).toContain("*) printf %s 'admin' ;;\n");
  });

  it.each<[string, readonly string[], string, number, string]>([
    ["no server", [], "", 2, "Usage: bash"],
    ["an unknown server", ["reports", "db.example.org"], "", 2, "Usage: bash"],
    ["no host", ["analytics"], "", 1, "HOST is missing: bash"],
    ["no number for a port", ["analytics", "db.example.org", "mysql"], "", 1, "PORT is mysql; a number is required"],
    [
      "no password",
      ["analytics", "db.example.org"],
      "",
      1,
      "No password of root on db.example.org was given; nothing was",
    ],
    [
      "no password of a user",
      ["analytics", "db.example.org"],
      "a\n",
      1,
      "No password of edxapp001 was given; nothing was",
    ],
  ])("with %s says what is missing, and changes nothing", (_, args, typed, expected, message) => {
    const { status, output, sql } = runScript(args, typed);

    expect(status).toBe(expected);
    expect(output).toContain(message);
    expect(sql).toBe("");
  });

  it("ends with the client's status where the server refuses", () => {
    fakeClient('cat >/dev/null; echo "ERROR 1227" >&2; exit 3');
    const { status, output } = runScript(["analytics", "db.example.org"], "a\nb\n");

    expect(status).toBe(3);
    expect(output).not.toContain("is as it should be");
  });

  it("ends with the client's status where it cannot log in, and asks for no further password", () => {
    fake("mysql", 'if [ "$1" != --version ]; then echo "ERROR 1045" >&2; exit 3; fi');
    const { status, output } = runScript(["analytics", "db.example.org"], "a\nb\n");

    expect(status).toBe(3);
    expect(output).not.toContain("SSM");
  });

  it.each([
    ["5.6.51-log", "MySQL 5.6.51-log; MySQL 5.7"],
    ["10.1.48-MariaDB", "MariaDB 10.1.48-MariaDB; MariaDB 10.2"],
    ["unknown", "MySQL unknown; MySQL 5.7"],
    ["", "MySQL ; MySQL 5.7"],
  ])("sends no password to a server that would quote it in an error: %s", (server, found) => {
    fakeClient(takesSql, { server });
    const { status, output, sql } = runScript(["analytics", "db.example.org"], "a\nb\n");

    expect(status).toBe(1);
    expect(output).toContain(`The server on db.example.org is ${found} or later is required. Nothing was changed.\n`);
    expect(sql).toBe("");
  });

  it.each(["5.7.44-log", "8.0.42", "8.4.5", "10.2.44-MariaDB-log", "10.11.19-MariaDB", "11.8.2-MariaDB"])(
    "takes a server of version %s",
    (server) => {
      fakeClient(takesSql, { server });

      expect(runScript(["analytics", "db.example.org"], "a\nb\n").status).toBe(0);
    },
  );

  it("of a region whose authorities are not known asks for their file", () => {
    writeFileSync(join(folder, "elsewhere.sh"), clientScript(clientOf({ region: "il-central-1" })));
    const { status, stderr } = spawnSync("bash", [join(folder, "elsewhere.sh"), "analytics", "db.example.org"], {
      input: "a\nb\n",
      encoding: "utf8",
      env: { PATH: `${folder}:/usr/bin:/bin`, FOLDER: folder },
    });

    expect(status).toBe(1);
    expect(stderr).toContain("set MYSQL_SSL_CA to the file");
  });
});
