import { script } from "../../handoff/sql/script";
import { rdsCertificates } from "../../modules/rds-certificates";
import { equal } from "../expectations/equal";
import { expectNowhere } from "../expectations/nowhere";
import type { Login, MariaDb } from "../harness/mariadb";
import { MysqlScript } from "../harness/mysql-script";
import type { World } from "../harness/world";

/** Names with everything that ends a quotation, stands for something else, or is long; and passwords like them. */
const databases = [
  "quo'te",
  'quo"te',
  "back`tick",
  "do$HOME$(id)",
  "under_score",
  "per%cent",
  "ünï-名",
  "x".repeat(64),
];
const names = ["o'brien", "a`b", 'say "hi"', "100%_$(id)", "back\\slash", "ünï名"];
const passwords = [
  "it's",
  '"quoted"',
  "back\\slash\\'",
  "`id` $HOME $(id) %s",
  " blank # at ; both ends ",
  "ü名".repeat(32),
];

/** What the generator of SQL does with unusual names and passwords. */
export async function oddNames(world: World, server: MariaDb, root: Login): Promise<void> {
  const users = names.map((name) => ({
    login: "analytics" as const,
    name,
    grants: databases.map((database) => ({ privilege: "ALL PRIVILEGES" as const, database })),
  }));
  const { region } = world;
  const contents = { databases, users };
  const login = { user: "root" };
  const text = script({
    client: "odd",
    region,
    caller: "account 123456789012",
    certificates: rdsCertificates(region) as string,
    servers: { analytics: { login, contents }, edxapp: { login, contents } },
  });
  const odd = new MysqlScript(world, "odd", text);
  // SSM has no such parameter, so that each is asked for.
  const typed = [root.password, ...passwords];
  const { output } = await odd.succeed("analytics", server, typed);
  await odd.succeed("analytics", server, typed);
  await expectNowhere(passwords, [], [output, odd.seen(), text]);

  const found = await server.succeed(root, "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA");
  equal(
    "databases",
    databases.filter((name) => !found.split("\n").includes(name)),
    [],
  );
  await server.succeed(root, "CREATE DATABASE underXscore; CREATE DATABASE perXXXcent");
  for (const [index, user] of names.entries()) {
    const login = { user, password: passwords[index] as string };
    for (const database of databases) {
      await server.succeed(login, "CREATE TABLE probe (id INT); DROP TABLE probe", database);
    }
    // In a grant _ and % stand for other characters, unless they are told not to.
    await server.refused(login, "CREATE TABLE underXscore.probe (id INT)");
    await server.refused(login, "CREATE TABLE perXXXcent.probe (id INT)");
    await server.refused(login, "SELECT Password FROM mysql.user");
  }
}
