import { atLeast } from "../compare-versions";
import type { MysqlLogin } from "./mysql-passwords";

/** What a MySQL server is to hold: the one list that the databases stack and the SQL script are both made of. */
export interface MysqlServer {
  /** Names of the databases. */
  readonly databases: readonly string[];
  readonly users: readonly MysqlUser[];
}

/** A user that may log in from anywhere; the network decides who gets so far. */
export interface MysqlUser {
  /** Whose password it has. */
  readonly login: MysqlLogin;
  readonly name: string;
  readonly grants: readonly MysqlGrant[];
}

/** What a user may do on each table of a database, or of all of them. */
export interface MysqlGrant {
  readonly privilege: "ALL PRIVILEGES" | "SELECT";
  /**
   * Name of a database, word for word.
   * @default - every one
   */
  readonly database?: string;
}

/** Host part of every user, as the runbook has it. */
export const anyHost = "%";

/** The analytics server's master user, unless an iteration has another (runbook's RDS page). */
export const masterUser = "root";

/** The databases of Insights, the Data API and its results (runbook, Create analytics databases and user). */
const analyticsDatabases = ["dashboard", "analytics-api", "reports"] as const;

/**
 * Each iteration of the analytics RDS: the three databases, and two users with everything on them.
 * @param edxappUser MySQL user of edxapp, with whose credentials Ansible migrates
 */
export function analyticsServer(edxappUser: string): MysqlServer {
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
export const edxappServer: MysqlServer = {
  databases: [],
  users: [{ login: "edxapp_ro", name: "edxapp_ro", grants: [{ privilege: "SELECT" }] }],
};

/** The runbook's utf8 by the name that a server of that version reports; another name would be a change at every plan. */
export function characterSet(engineVersion: string): { readonly characterSet: string; readonly collation: string } {
  const name = atLeast(engineVersion, "8.0") ? "utf8mb3" : "utf8";
  return { characterSet: name, collation: `${name}_general_ci` };
}
