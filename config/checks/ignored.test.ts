import { type Changes, mistakes } from "../../test/client-files";
import { nameRules } from "./names";

const existing = "sg-0a1b2c3d";

/** What is said of the fields that have no effect beside a setting. */
function ignored(changes: Changes): string[] {
  return mistakes(changes).map((line) => {
    const [, field, beside] = /^`(.*?)` is .*; it has no effect beside `(.*)`\. Remove the one/.exec(line) ?? [];
    return field === undefined ? line : `${field} beside ${beside}`;
  });
}

describe("a setting without effect", () => {
  it("is a mistake that says what it stands beside", () => {
    expect(mistakes({ director: { existingSecurityGroupId: existing, sshFrom: ["203.0.113.0/24"] } })).toEqual([
      '`director.sshFrom` is ["203.0.113.0/24"]; it has no effect beside `director.existingSecurityGroupId`. Remove the one that is not meant.',
    ]);
  });

  it.each<[Changes, string[]]>([
    [
      {
        director: {
          existingSecurityGroupId: existing,
          keyPair: { existing: "director" },
          instanceType: "t3.micro",
          diskGiB: 8,
          diskType: "gp3",
          diskEncrypted: false,
          additionalSecurityGroupIds: ["sg-0a1b2c3d4e5f67890"],
          ami: "ami-0a1b2c3d",
          protected: false,
        },
        "securityGroupDescriptions.director": "x",
      },
      [
        ...[
          "keyPair",
          "instanceType",
          "diskGiB",
          "diskType",
          "diskEncrypted",
          "additionalSecurityGroupIds",
          "ami",
          "protected",
        ].map((field) => `director.${field}`),
        "securityGroupDescriptions.director",
      ].map((field) => `${field} beside director.existingSecurityGroupId`),
    ],
    [
      {
        "edxapp.database.address": "db.example.com",
        "edxapp.database.port": 3306,
        "edxapp.database.securityGroupIds": [existing],
      },
      ["address", "port", "securityGroupIds"].map(
        (field) => `edxapp.database.${field} beside edxapp.database.identifier`,
      ),
    ],
    [
      { "edxapp.database.access": "print", "edxapp.database.ruleSecurityGroupId": existing },
      ['edxapp.database.ruleSecurityGroupId beside edxapp.database.access: "print"'],
    ],
    [
      {
        existingSecurityGroups: { analytics: existing, emrRds: existing },
        securityGroupDescriptions: { analytics: "x", emrRds: "x", emrMaster: "x" },
      },
      [
        "securityGroupDescriptions.analytics beside existingSecurityGroups.analytics",
        "securityGroupDescriptions.emrRds beside existingSecurityGroups.emrRds",
      ],
    ],
    [
      { "emr.securityGroups": "existing", securityGroupDescriptions: { emrMaster: "x", emrSlave: "x" } },
      ["emrMaster", "emrSlave"].map(
        (group) => `securityGroupDescriptions.${group} beside emr.securityGroups: "existing"`,
      ),
    ],
    [
      { sharing: "shared-stack", securityGroupDescriptions: { emrMaster: "x", emrSlave: "x" } },
      ["emrMaster", "emrSlave"].map((group) => `securityGroupDescriptions.${group} beside sharing: "shared-stack"`),
    ],
  ])("is found: %j", (changes, expected) => {
    expect(ignored(changes)).toEqual(expected);
  });
});

describe("a name of what the client does not make", () => {
  it.each<[string, Changes, string]>([
    ["reportsUser", {}, "without `buckets.apiReports`"],
    ["directorRole", {}, "without `director.readsMysqlPasswords`"],
    ["elasticsearchUser", { release: "olive" }, "without Elasticsearch"],
    ["elasticsearchPolicy", { release: "olive" }, "without Elasticsearch"],
    ["elasticsearchPolicy", { "emr.roles": "existing" }, "beside EMR's roles that are there already"],
    ["elasticsearchPolicy", { sharing: "shared-stack" }, "beside EMR's roles that are there already"],
    [
      "analyticsSecurityGroup",
      { "existingSecurityGroups.analytics": existing },
      "beside `existingSecurityGroups.analytics`",
    ],
    ["emrRdsSecurityGroup", { "existingSecurityGroups.emrRds": existing }, "beside `existingSecurityGroups.emrRds`"],
    ["analyticsKeyPair", { "hosts.keyPair": { existing: "common" } }, "beside `hosts.keyPair.existing`"],
    ["directorKeyPair", { "director.keyPair": { existing: "common" } }, "beside `director.keyPair.existing`"],
    ...["directorSecurityGroup", "directorKeyPair", "directorHost", "directorRole"].map(
      (key): [string, Changes, string] => [
        key,
        { director: { existingSecurityGroupId: existing } },
        "beside `director.existingSecurityGroupId`",
      ],
    ),
    [
      "databaseIdentifier",
      { "database.iterations": { "1": { identifier: "by-hand" } } },
      "beside an `identifier` of every iteration",
    ],
  ])("is a mistake: %s beside %j", (key, changes, by) => {
    expect(mistakes({ ...changes, [`names.${key}`]: "by-hand" })).toEqual([
      `\`names.${key}\` is "by-hand"; it has no effect ${by}. Remove it, or have the client make what it names.`,
    ]);
  });

  it("is none where the client makes it", () => {
    const names = Object.fromEntries(Object.keys(nameRules).map((key) => [key, `by-hand-${key.toLowerCase()}`]));

    expect(
      mistakes({
        names,
        "buckets.apiReports": {},
        "director.readsMysqlPasswords": true,
        "database.iterations": { "1": { identifier: "by-hand" }, "2": {} },
      }),
    ).toEqual([]);
  });

  it("is what is wrong, not how long it is", () => {
    expect(mistakes({ "names.reportsUser": "x".repeat(65) })).toEqual([
      expect.stringContaining("it has no effect without `buckets.apiReports`"),
    ]);
  });
});
