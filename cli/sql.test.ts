import { clientScript } from "../handoff/sql/script";
import { fakeTerminal } from "../test/fake-terminal";
import { clientOf, synthesizeDatabases } from "../test/synth";
import { main } from "./main";

const script = clientScript(clientOf());

it("the script has the same databases, users and grants as the stack", () => {
  const { resource } = synthesizeDatabases();
  const lines = script.split("\n");
  const named = (type: string, attribute: string) =>
    Object.values(resource[type] ?? {}).map((block) => block[attribute]);

  expect(lines.filter((line) => line.startsWith("CREATE DATABASE"))).toEqual(
    named("mysql_database", "name").map(
      (name) => `CREATE DATABASE IF NOT EXISTS \`${name}\` DEFAULT CHARACTER SET utf8;`,
    ),
  );
  expect(lines.filter((line) => line.startsWith("  user "))).toEqual([
    "  user 'analytics' '/edx-analytics/example/mysql/analytics'",
    "  user 'edxapp001' '/edx-analytics/example/mysql/migration'",
    "  user 'edxapp_ro' '/edx-analytics/example/mysql/edxapp_ro'",
  ]);
  expect(lines.filter((line) => line.startsWith("GRANT"))).toEqual([
    ...named("mysql_user", "user").flatMap((user) =>
      named("mysql_database", "name").map((name) => `GRANT ALL PRIVILEGES ON \`${name}\`.* TO '${user}'@'%';`),
    ),
    "GRANT SELECT ON *.* TO 'edxapp_ro'@'%';",
  ]);
});

it("the script names the account, and the role that it deploys with, whose passwords it reads", () => {
  const deployRoleArn = "arn:aws:iam::123456789012:role/deploy";

  expect(script).toContain("\ncaller='account 123456789012'\n");
  expect(clientScript(clientOf({ deployRoleArn }))).toContain(
    `\ncaller='account 123456789012, of its role ${deployRoleArn}'\n`,
  );
});

describe("edx-analytics sql", () => {
  it("writes the script, and nothing else, to standard output", async () => {
    const terminal = fakeTerminal();

    expect(await main(["sql", "example"], terminal)).toBe(0);
    expect(terminal.results).toEqual([script]);
    expect(terminal.errors).toEqual([]);
  });

  it("has nothing to write for a shared stack", async () => {
    const terminal = fakeTerminal();

    expect(await main(["sql", "shared-210987654321-eu-central-1"], terminal)).toBe(1);
    expect(terminal.errors).toEqual([
      "shared-210987654321-eu-central-1: a shared stack has no MySQL server. Name a client.",
    ]);
  });
});
