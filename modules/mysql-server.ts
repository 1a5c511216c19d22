import { Construct } from "constructs";
import {
  anyHost,
  type MysqlServer as Contents,
  everyDatabase,
  type MysqlGrant,
  type MysqlUser,
} from "../clients/config/mysql-servers";
import type { MysqlLogin } from "../clients/config/parameters";
import { DataMysqlDatabases } from "../providers/mysql/data-mysql-databases";
import { Database } from "../providers/mysql/database";
import { Grant } from "../providers/mysql/grant";
import { MysqlProvider, type MysqlProviderConfig } from "../providers/mysql/provider";
import { User } from "../providers/mysql/user";

/** Who logs in, where and how: with the server's certificate authorities in `customTls`, or the system's with `tls`. */
export type MysqlConnection = Pick<
  MysqlProviderConfig,
  "endpoint" | "username" | "password" | "proxy" | "customTls" | "tls"
>;

/** A user's password. */
export interface MysqlPassword {
  /** An ephemeral value, as a Terraform expression. */
  readonly value: string;
  /** A higher number sets the password anew. */
  readonly version: number;
}

export interface MysqlServerProps {
  readonly connection: MysqlConnection;
  readonly contents: Contents;
  readonly passwords: Readonly<Partial<Record<MysqlLogin, MysqlPassword>>>;
  /**
   * Character set and collation of the databases, as the server reports them.
   * @default - there are no databases
   */
  readonly characterSet?: { readonly characterSet: string; readonly collation: string };
  /** Stop every plan that would drop a database. */
  readonly protected: boolean;
}

/** How long the provider tries to connect, seconds; its own default is five minutes. */
const connectRetryTimeoutSec = 10;

/** Databases, users and grants of one MySQL server (runbook, RDS), under a provider configuration of its own. */
export class MysqlServer extends Construct {
  constructor(scope: Construct, id: string, props: MysqlServerProps) {
    super(scope, id);
    const { contents, passwords, characterSet } = props;
    const provider = new MysqlProvider(this, "Provider", {
      alias: aliasOf(id),
      ...props.connection,
      connectRetryTimeoutSec,
    });
    // The first to connect: a server out of reach is one error after seconds, not one for each resource in turn.
    const server = new DataMysqlDatabases(this, "Server", { provider, pattern: "information_schema" });
    const databases = Object.fromEntries(
      contents.databases.map((name) => [
        name,
        new Database(this, name, {
          provider,
          name,
          defaultCharacterSet: characterSet?.characterSet,
          defaultCollation: characterSet?.collation,
          dependsOn: [server],
          lifecycle: { preventDestroy: props.protected },
        }).name,
      ]),
    );
    for (const { login, name, grants } of contents.users) {
      const user = new User(this, idOf(login), {
        provider,
        user: name,
        host: anyHost,
        passwordWo: passwords[login]?.value,
        passwordWoVersion: passwords[login]?.version,
        dependsOn: [server],
      });
      for (const grant of grants) {
        new Grant(this, grantId(login, grant), {
          provider,
          user: user.user,
          host: user.host,
          database: grant.database === everyDatabase ? "*" : databases[grant.database],
          table: "*",
          privileges: [grant.privilege],
        });
      }
    }
  }
}

/**
 * A server that is not ours any more: what is on it stays, and the state forgets it. Terraform wants the provider's
 * configuration for that, and connects to nothing.
 */
export class ForgottenMysqlServer extends Construct {
  /** Addresses that the state forgets. */
  readonly addresses: readonly string[];

  constructor(scope: Construct, id: string, { contents }: Pick<MysqlServerProps, "contents">) {
    super(scope, id);
    new MysqlProvider(this, "Provider", { alias: aliasOf(id), endpoint: "forgotten.invalid:3306", username: "nobody" });
    const address = (type: string, name: string) => `${type}.${aliasOf(`${id}_${name}`)}`;
    this.addresses = [
      ...contents.databases.map((name) => address("mysql_database", name)),
      ...contents.users.flatMap(({ login, grants }: MysqlUser) => [
        address("mysql_user", idOf(login)),
        ...grants.map((grant) => address("mysql_grant", grantId(login, grant))),
      ]),
    ];
  }
}

function aliasOf(id: string): string {
  return id.replaceAll("-", "_");
}

/** Ids are in kebab case; logins are called as MySQL has them. */
function idOf(login: MysqlLogin): string {
  return login.replaceAll("_", "-");
}

function grantId(login: MysqlLogin, { privilege, database }: MysqlGrant): string {
  const what = privilege === "SELECT" ? "select" : "all";
  return `${idOf(login)}-${what}-on-${database === everyDatabase ? "everything" : database}`;
}
