import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "../../config/client";
import { passwordParameter } from "../../config/names";
import type { MysqlLogin } from "../../config/tables/mysql-passwords";
import {
  analyticsServer,
  anyHost,
  edxappServer,
  type MysqlContents,
  type MysqlUser,
} from "../../modules/mysql-databases-and-users";
import { rdsCertificates, rdsRegion } from "../../modules/rds-certificates";
import { awsCaller } from "../config-files/aws-caller";
import { shellWord, sqlName, sqlPattern, sqlString } from "./quoting";

/** What a script is made of. */
interface ScriptProps {
  readonly client: string;
  readonly region: string;
  /** Whose credentials SSM is asked with, behind "of". */
  readonly caller: string;
  /** Certificate authorities of the servers, PEM; empty where they are not known. */
  readonly certificates: string;
  /** The servers by their word on the script's command line. */
  readonly servers: Readonly<Record<string, ScriptServer>>;
}

interface ScriptServer {
  /** Who logs in, unless HOST is of `instances`. */
  readonly login: ScriptLogin;
  /**
   * Who logs in to RDS instances, by their identifiers, with which their host names begin.
   * @default - `login`, to all
   */
  readonly instances?: Readonly<Record<string, ScriptLogin>>;
  readonly contents: MysqlContents<MysqlLogin>;
}

interface ScriptLogin {
  readonly user: string;
  /**
   * Name of the parameter that has the password.
   * @default - it is asked for
   */
  readonly parameter?: string;
}

/** The bash script for a client's MySQL servers, of the list that the databases stack is made of. */
export function clientScript(client: Client): string {
  const { name, region, edxapp, mysql } = client;
  const regions = new Set([region, rdsRegion(edxapp.database.address ?? "") ?? region]);
  const { iterations } = client.database;
  const masters = Object.fromEntries(
    iterations.map(({ key, masterUser, masterLogin }): [string, ScriptLogin] => [
      key,
      { user: masterUser, parameter: masterLogin && mysql.parameters[masterLogin] },
    ]),
  );
  return script({
    client: name,
    region,
    caller: awsCaller(client),
    certificates: [...regions].map((each) => rdsCertificates(each) ?? "").join(""),
    servers: {
      analytics: {
        login: masters[client.database.active] as ScriptLogin,
        instances: Object.fromEntries(
          iterations.map(({ key, identifier }) => [identifier, masters[key] as ScriptLogin]),
        ),
        contents: analyticsServer(edxapp.database.user),
      },
      edxapp: { login: { user: mysql.edxappAdmin ?? edxapp.database.user }, contents: edxappServer },
    },
  });
}

/** A script that makes sure of what servers are to hold; it has no secret in it. */
export function script({ client, region, caller, certificates, servers }: ScriptProps): string {
  return [
    "#!/usr/bin/env bash",
    `# MySQL of ${client}, made by \`npx edx-analytics sql ${client}\`. Say \`bash FILE --help\`.`,
    "set -euo pipefail",
    "",
    `region=${shellWord(region)}`,
    `caller=${shellWord(caller)}`,
    "",
    "# RDS's certificate authorities.",
    "certificates() {",
    `  cat <<'PEM'\n${certificates}PEM`,
    "}",
    ...Object.entries(servers).flatMap(([server, { login, instances = {}, contents }]) => [
      "",
      ...byHost(`${server}_login`, instances, login, ({ user }) => user),
      ...byHost(`${server}_login_parameter`, instances, login, ({ parameter = "" }) => parameter),
      `${server}_sql() {`,
      ...statements(client, contents),
      "}",
    ]),
    "",
    readFileSync(join(__dirname, "script.sh"), "utf8").trimEnd(),
  ].join("\n");
}

/** A function of bash that prints something of who logs in to its argument, a host. */
function byHost(
  name: string,
  instances: Readonly<Record<string, ScriptLogin>>,
  otherwise: ScriptLogin,
  take: (login: ScriptLogin) => string,
): string[] {
  return [
    `${name}() {`,
    "  case $1 in",
    ...Object.entries(instances).map(
      ([identifier, login]) => `    ${identifier}.*) printf %s ${shellWord(take(login))} ;;`,
    ),
    `    *) printf %s ${shellWord(take(otherwise))} ;;`,
    "  esac",
    "}",
    "",
  ];
}

function statements(client: string, { databases, users }: MysqlContents<MysqlLogin>): string[] {
  return [
    // MySQL 5.7 to 8.4 and MariaDB all know the runbook's name for it.
    ...sql(databases.map((name) => `CREATE DATABASE IF NOT EXISTS ${sqlName(name)} DEFAULT CHARACTER SET utf8;`)),
    ...users.flatMap((user) => [
      `  user ${shellWord(user.name)} ${shellWord(passwordParameter(client, user.login))}`,
      ...sql(
        user.grants.map(
          ({ privilege, database }) =>
            `GRANT ${privilege} ON ${database === undefined ? "*" : sqlPattern(database)}.* TO ${account(user)};`,
        ),
      ),
    ]),
  ];
}

function account({ name }: MysqlUser): string {
  return `${sqlString(name)}@${sqlString(anyHost)}`;
}

function sql(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["  statements <<'SQL'", ...lines, "SQL"];
}
