import { type Changes, mistakes } from "../../test/client-files";
import { clientOf } from "../../test/synth";
import { analyticsServer, characterSet, edxappServer, everyDatabase } from "./mysql-servers";

describe("a field of mysql", () => {
  it("need not be there", () => {
    expect(clientOf().mysql).toEqual({
      passwordVersions: { analytics: 1, migration: 1, edxapp_ro: 1 },
      existingPasswords: [],
    });
    expect(clientOf({ mysql: { passwordVersions: { migration: 2 } } }).mysql.passwordVersions).toEqual({
      analytics: 1,
      migration: 2,
      edxapp_ro: 1,
    });
  });

  it.each<[Changes, string[]]>([
    [
      { "mysql.passwordVersions.analytics": 0 },
      [
        "`mysql.passwordVersions.analytics` is 0; a whole number from 1 to 9999 is allowed. Count it up by one to set a new password.",
      ],
    ],
    [
      { "mysql.passwordVersions.edxappRo": 2 },
      [
        "`mysql.passwordVersions.edxappRo` is not a field. Did you mean `edxapp_ro`? Known here: analytics, migration, edxapp_ro.",
      ],
    ],
    [
      { "mysql.existingPasswords": ["analytics", "migration"] },
      ['`mysql.existingPasswords.1` is "migration"; "analytics", "edxapp_ro" are allowed. Choose one.'],
    ],
    [
      { "mysql.existingPasswords": ["analytics", "analytics"] },
      ['`mysql.existingPasswords.1` is "analytics"; it stands in the list already. Remove the repetition.'],
    ],
    [
      { "mysql.edxappAdmin": "ro'ot" },
      [
        '`mysql.edxappAdmin` is "ro\'ot"; a MySQL user is 1 to 32 characters without blanks, quotes and braces. Take `EDXAPP_MYSQL_USER`.',
      ],
    ],
    [
      {
        director: { existingSecurityGroupId: "sg-0a1b2c3d", readsMysqlPasswords: true },
      },
      [
        "`director.readsMysqlPasswords` is true; a director that is there already has a role of its owner's, or none. Remove the field; docs/databases.md has the policy for that role.",
      ],
    ],
    [
      { "edxapp.database.user": "analytics" },
      [
        '`edxapp.database.user` is "analytics"; the migration user gets this name on the analytics RDS, where analytics, rdsadmin, root are others. Give edxapp a MySQL user of another name.',
      ],
    ],
    [
      { "edxapp.database.user": "admin", "database.iterations": { "1": { masterUser: "admin" } } },
      [
        '`edxapp.database.user` is "admin"; the migration user gets this name on the analytics RDS, where analytics, rdsadmin, admin are others. Give edxapp a MySQL user of another name.',
      ],
    ],
    [
      { "database.iterations": { "1": { masterUser: "analytics" } } },
      [
        '`database.iterations.1.masterUser` is "analytics"; analytics and rdsadmin are other users of the instance. Name the one that it was made with.',
      ],
    ],
  ])("says what is wrong, what is allowed and what to do: %j", (changes, expected) => {
    expect(mistakes(changes)).toEqual(expected);
  });
});

describe("what the servers hold", () => {
  it("is the runbook's", () => {
    const server = analyticsServer(clientOf());
    const grants = ["dashboard", "analytics-api", "reports"].map((database) => ({
      privilege: "ALL PRIVILEGES",
      database,
    }));

    expect(server).toEqual({
      databases: ["dashboard", "analytics-api", "reports"],
      users: [
        { login: "analytics", name: "analytics", grants },
        { login: "migration", name: "edxapp001", grants },
      ],
    });
    expect(edxappServer).toEqual({
      databases: [],
      users: [{ login: "edxapp_ro", name: "edxapp_ro", grants: [{ privilege: "SELECT", database: everyDatabase }] }],
    });
  });

  it("is in utf8, which MySQL 8.0 and later call utf8mb3", () => {
    expect(["5.6", "5.7", "8.0", "8.4"].map((version) => characterSet(version).characterSet)).toEqual([
      "utf8",
      "utf8",
      "utf8mb3",
      "utf8mb3",
    ]);
    expect(characterSet("8.0").collation).toBe("utf8mb3_general_ci");
  });
});
