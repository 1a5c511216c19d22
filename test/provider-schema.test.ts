import { schemaMistakes } from "./provider-schema";

describe("the MySQL provider's schema", () => {
  it.each<[string, object, string]>([
    ["an unknown type", { resource: { mysql_usr: { x: {} } } }, "mysql_usr.x: there is no such type"],
    [
      "an unknown argument",
      { resource: { mysql_user: { x: { user: "a", pasword_wo: "b" } } } },
      "mysql_user.x.pasword_wo: there is no such argument",
    ],
    ["a missing argument", { resource: { mysql_database: { x: {} } } }, "mysql_database.x.name: is missing"],
    [
      "a value of another type",
      { resource: { mysql_user: { x: { user: "a", password_wo_version: "1" } } } },
      'mysql_user.x.password_wo_version: "1" is not "number"',
    ],
    [
      "no list where one is wanted",
      { resource: { mysql_grant: { x: { privileges: "SELECT" } } } },
      'mysql_grant.x.privileges: "SELECT" is not ["set","string"]',
    ],
    [
      "what the provider alone sets",
      { data: { mysql_databases: { x: { databases: [] } } } },
      "data.mysql_databases.x.databases: is set by the provider alone",
    ],
    [
      "too many blocks",
      { resource: { mysql_user: { x: { user: "a", aad_identity: [{ identity: "a" }, { identity: "b" }] } } } },
      "mysql_user.x.aad_identity: 1 at most",
    ],
    [
      "a missing argument of a block",
      { provider: { mysql: [{ alias: "a", custom_tls: [{}] }] } },
      "provider.mysql.a.custom_tls.0.ca_cert: is missing",
    ],
  ])("refuses %s", (_, stack, mistake) => {
    expect(schemaMistakes(stack as Parameters<typeof schemaMistakes>[0])).toEqual([mistake]);
  });
});
