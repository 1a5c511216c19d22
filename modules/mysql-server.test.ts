import { Construct } from "constructs";
import { synthesizePlain, type Template } from "../test/synth";
import type { MysqlContents } from "./mysql-databases-and-users";
import { MysqlServer, RemovedMysqlServer } from "./mysql-server";

const contents: MysqlContents = {
  databases: ["reports", "analytics-api"],
  users: [
    { login: "api_user", name: "api", grants: [{ privilege: "ALL PRIVILEGES", database: "reports" }] },
    { login: "reader", name: "reader", grants: [{ privilege: "SELECT" }] },
  ],
};

/** The addresses of MySQL's resources. */
function addresses({ resource }: Template): string[] {
  return ["mysql_database", "mysql_user", "mysql_grant"].flatMap((type) =>
    Object.keys(resource?.[type] ?? {}).map((name) => `${type}.${name}`),
  );
}

const made = synthesizePlain((stack) => {
  new MysqlServer(new Construct(stack, "Rds"), "Server", {
    ...contents,
    connection: { endpoint: "mysql.example.org:3306", username: "root" },
    passwords: { api_user: { value: "${var.password}", version: 2 } },
  });
});

describe("MySQL server", () => {
  it("has databases that cannot be dropped, users and grants", () => {
    const { mysql_database = {}, mysql_user = {}, mysql_grant = {} } = made.resource;

    expect(Object.values(mysql_database)).toMatchObject([
      { name: "reports", lifecycle: { prevent_destroy: true } },
      { name: "analytics-api", lifecycle: { prevent_destroy: true } },
    ]);
    expect(Object.values(mysql_user)).toMatchObject([
      { user: "api", host: "%", password_wo: "${var.password}", password_wo_version: 2 },
      { user: "reader", host: "%" },
    ]);
    expect(Object.values(mysql_grant).map(({ privileges, database }) => [privileges, database])).toEqual([
      [["ALL PRIVILEGES"], expect.stringMatching(/^\$\{mysql_database\..*\.name\}$/)],
      [["SELECT"], "*"],
    ]);
  });

  it("has a provider configuration of its own, also beside one of the same id elsewhere", () => {
    const { provider } = synthesizePlain((stack) => {
      for (const scope of ["Rds", "Edxapp"]) {
        new RemovedMysqlServer(new Construct(stack, scope), "Server", contents);
      }
    });
    const aliases = provider.mysql.map(({ alias }: { alias: string }) => alias);

    expect(new Set(aliases).size).toBe(2);
  });

  it("that is no longer managed is removed from the state, by the addresses that it had, in any stack", () => {
    const removed = synthesizePlain((stack) => {
      new RemovedMysqlServer(new Construct(stack, "Rds"), "Server", contents);
    });

    expect(addresses(removed)).toEqual([]);
    expect(removed.removed?.map(([{ from }]) => from).sort()).toEqual(addresses(made).sort());
    expect(addresses(made)).toHaveLength(6);
  });
});
