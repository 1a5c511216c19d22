import type { Login, MariaDb } from "../harness/mariadb";
import { equal } from "./equal";

/** The databases that analytics and the migration user have everything on. */
const databases = ["dashboard", "analytics-api", "reports"];

/** Fails unless a user can do all on the three databases, and nothing elsewhere. */
export async function expectOwner(server: MariaDb, login: Login): Promise<void> {
  for (const database of databases) {
    const found = await server.succeed(
      login,
      "CREATE TABLE probe (word VARCHAR(9)); INSERT INTO probe VALUES ('written'); ALTER TABLE probe ADD number INT;" +
        "UPDATE probe SET number = 1; SELECT word, number FROM probe; DELETE FROM probe; DROP TABLE probe;",
      database,
    );
    equal(`${login.user} in ${database}`, found, "written\t1\n");
  }
  for (const sql of [
    "CREATE DATABASE elsewhere",
    "SELECT * FROM foreign_database.secrets",
    "SELECT Password FROM mysql.user",
    "CREATE USER mallory",
    "GRANT SELECT ON reports.* TO mallory",
    "SET GLOBAL general_log = 1",
  ]) {
    await server.refused(login, sql);
  }
}

/** Fails unless a user can read everything on the edxapp server, and change nothing. */
export async function expectReader(server: MariaDb, login: Login): Promise<void> {
  for (const table of ["edxapp.courses", "ecommerce.orders"]) {
    equal(`${login.user} reads ${table}`, await server.succeed(login, `SELECT * FROM ${table}`), "1\n");
    for (const sql of [
      `INSERT INTO ${table} VALUES (2)`,
      `UPDATE ${table} SET id = 3`,
      `DELETE FROM ${table}`,
      `DROP TABLE ${table}`,
      `CREATE TABLE ${table}_copy (id INT)`,
    ]) {
      await server.refused(login, sql);
    }
  }
  for (const sql of ["DROP DATABASE edxapp", "CREATE USER mallory", "GRANT SELECT ON edxapp.* TO mallory"]) {
    await server.refused(login, sql);
  }
}

/** Fails unless a login is refused. */
export async function expectNoLogin(server: MariaDb, login: Login): Promise<void> {
  await server.refused(login, "SELECT 1");
}

/** Everything that a server holds of databases, users and rights, to be compared. */
export async function contentsOf(server: MariaDb, root: Login): Promise<string> {
  const users = await server.succeed(root, "SELECT CONCAT(QUOTE(User), '@', QUOTE(Host)) FROM mysql.user ORDER BY 1");
  const lines = users
    .split("\n")
    .filter((user) => user !== "")
    // The client writes a backslash as two.
    .map((user) => user.replaceAll("\\\\", "\\"));
  return server.succeed(
    root,
    [
      "SELECT SCHEMA_NAME, DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA ORDER BY 1;",
      ...lines.map((user) => `SHOW GRANTS FOR ${user};`),
    ].join("\n"),
  );
}
