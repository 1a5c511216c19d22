import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { DataMysqlDatabases } from "../providers/mysql/data-mysql-databases";
import { Database } from "../providers/mysql/database";
import { Grant } from "../providers/mysql/grant";
import { MysqlProvider, type MysqlProviderConfig } from "../providers/mysql/provider";
import { User } from "../providers/mysql/user";
import { addressBelow } from "./address";
import { anyHost, type MysqlContents, type MysqlGrant } from "./mysql-databases-and-users";
import { removedEndpoint } from "./removed-endpoint";
import { removeFromState } from "./state";

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

export interface MysqlServerProps extends MysqlContents {
  readonly connection: MysqlConnection;
  /** Passwords of the users, by login. */
  readonly passwords: Readonly<Record<string, MysqlPassword>>;
  /**
   * Character set of the databases, as the server reports it.
   * @default - the server's
   */
  readonly characterSet?: string;
  /**
   * Collation of the databases, as the server reports it.
   * @default - the server's
   */
  readonly collation?: string;
  /**
   * Stop every plan that would drop a database.
   * @default true
   */
  readonly protected?: boolean;
}

/** How long the provider tries to connect, seconds; its own default is five minutes. */
const connectRetryTimeoutSec = 10;

/** Databases, users and grants of one MySQL server (runbook, RDS), under a provider configuration of its own. */
export class MysqlServer extends Construct {
  constructor(scope: Construct, id: string, props: MysqlServerProps) {
    super(scope, id);
    const provider = new MysqlProvider(this, "Provider", {
      alias: TerraformStack.of(this).getLogicalId(this.node),
      ...props.connection,
      connectRetryTimeoutSec,
    });
    // The first to connect: a server out of reach is one error after seconds, not one for each resource in turn.
    const server = new DataMysqlDatabases(this, "Server", { provider, pattern: "information_schema" });
    const databases = Object.fromEntries(
      props.databases.map((name) => [
        name,
        new Database(this, name, {
          provider,
          name,
          defaultCharacterSet: props.characterSet,
          defaultCollation: props.collation,
          dependsOn: [server],
          lifecycle: { preventDestroy: props.protected ?? true },
        }).name,
      ]),
    );
    for (const { login, name, grants } of props.users) {
      const user = new User(this, idOf(login), {
        provider,
        user: name,
        host: anyHost,
        passwordWo: props.passwords[login]?.value,
        passwordWoVersion: props.passwords[login]?.version,
        dependsOn: [server],
      });
      for (const grant of grants) {
        new Grant(this, grantId(login, grant), {
          provider,
          user: user.user,
          host: user.host,
          database: grant.database === undefined ? "*" : databases[grant.database],
          table: "*",
          privileges: [grant.privilege],
        });
      }
    }
  }
}

/**
 * A server that is no longer managed: its databases, users and grants are removed from the state, and stay on it. Terraform
 * takes the provider's configuration for that, and connects to nothing.
 */
export class RemovedMysqlServer extends Construct {
  constructor(scope: Construct, id: string, { databases, users }: MysqlContents) {
    super(scope, id);
    new MysqlProvider(this, "Provider", {
      alias: TerraformStack.of(this).getLogicalId(this.node),
      endpoint: removedEndpoint,
      username: "nobody",
    });
    removeFromState(this, [
      ...databases.map((name) => addressBelow(this, Database.tfResourceType, name)),
      ...users.flatMap(({ login, grants }) => [
        addressBelow(this, User.tfResourceType, idOf(login)),
        ...grants.map((grant) => addressBelow(this, Grant.tfResourceType, grantId(login, grant))),
      ]),
    ]);
  }
}

/** Ids are in kebab case; logins are called as MySQL has them. */
function idOf(login: string): string {
  return login.replaceAll("_", "-");
}

function grantId(login: string, { privilege, database }: MysqlGrant): string {
  const what = privilege === "SELECT" ? "select" : "all";
  return `${idOf(login)}-${what}-on-${database ?? "everything"}`;
}
