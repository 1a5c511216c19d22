import { parameterName, passwordParameter, passwordVersionsFolder } from "./names";
import { scriptLogins } from "./tables/mysql-passwords";

const mysqlLogins = [...scriptLogins, "edxapp_admin", "master_1"];

describe("the name of a secret's parameter", () => {
  it("is under the client's own prefix", () => {
    expect(parameterName("acme", "insights/secret-key")).toBe("/edx-analytics/acme/insights/secret-key");
    expect(mysqlLogins.map((login) => passwordParameter("acme", login))).toEqual([
      "/edx-analytics/acme/mysql/analytics",
      "/edx-analytics/acme/mysql/migration",
      "/edx-analytics/acme/mysql/edxapp_ro",
      "/edx-analytics/acme/mysql/edxapp_admin",
      "/edx-analytics/acme/mysql/master_1",
    ]);
  });

  it("is no login's where it says the versions", () => {
    expect(mysqlLogins.map((login) => passwordParameter("acme", login))).not.toContain(passwordVersionsFolder("acme"));
  });
});
