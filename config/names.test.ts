import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  generatedLogins,
  mysqlLogins,
  parameterName,
  passwordParameter,
  passwordVersionsFolder,
  putPasswordCommand,
} from "./parameters";

describe("the name of a secret's parameter", () => {
  it("is under the client's own prefix", () => {
    expect(parameterName("acme", "insights/secret-key")).toBe("/edx-analytics/acme/insights/secret-key");
    expect(mysqlLogins.map((login) => passwordParameter("acme", login))).toEqual([
      "/edx-analytics/acme/mysql/analytics",
      "/edx-analytics/acme/mysql/migration",
      "/edx-analytics/acme/mysql/edxapp_ro",
      "/edx-analytics/acme/mysql/edxapp_admin",
    ]);
  });

  it("is no login's where it says the versions", () => {
    expect(mysqlLogins.map((login) => passwordParameter("acme", login))).not.toContain(passwordVersionsFolder("acme"));
  });

  it("holds a generated password only for a known login", () => {
    expect(mysqlLogins).toEqual(expect.arrayContaining([...generatedLogins]));
  });
});

it("the command that puts a password there is the one in docs/databases.md", () => {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "databases.md"), "utf8");

  expect(page).toContain(`\n${putPasswordCommand("acme", "migration", "eu-west-1")}\n`);
});
