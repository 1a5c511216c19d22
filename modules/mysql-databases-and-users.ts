/**
 * What a MySQL server holds.
 * @typeParam Login ids of the users
 */
export interface MysqlContents<Login extends string = string> {
  /** Names of the databases. */
  readonly databases: readonly string[];
  readonly users: readonly MysqlUser<Login>[];
}

/** A user that may log in from anywhere; the network decides who gets so far. */
export interface MysqlUser<Login extends string = string> {
  /** Id of the user among those of the server, whatever its name is. */
  readonly login: Login;
  readonly name: string;
  readonly grants: readonly MysqlGrant[];
}

/** What a user may do on each table of a database, or of all of them. */
export interface MysqlGrant {
  readonly privilege: "ALL PRIVILEGES" | "SELECT";
  /**
   * Name of a database of the server, word for word.
   * @default - every one
   */
  readonly database?: string;
}

/** Host part of every user, as the runbook has it. */
export const anyHost = "%";

/** The databases of Insights, the Data API and its results (runbook, Create analytics databases and user). */
const analyticsDatabases = ["dashboard", "analytics-api", "reports"] as const;

/**
 * Each iteration of the analytics RDS: the three databases, and two users with everything on them.
 * @param edxappUser MySQL user of edxapp, with whose credentials Ansible migrates
 */
export function analyticsServer(edxappUser: string): MysqlContents<"analytics" | "migration"> {
  const grants = analyticsDatabases.map((database) => ({ privilege: "ALL PRIVILEGES", database }) as const);
  return {
    databases: analyticsDatabases,
    users: [
      { login: "analytics", name: "analytics", grants },
      { login: "migration", name: edxappUser, grants },
    ],
  };
}

/** The edxapp server: one user that reads everything (runbook, Create edxapp read-only user). */
export const edxappServer: MysqlContents<"edxapp_ro"> = {
  databases: [],
  users: [{ login: "edxapp_ro", name: "edxapp_ro", grants: [{ privilege: "SELECT" }] }],
};
