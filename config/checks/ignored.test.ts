import { type Changes, mistakes } from "../../test/client-files";
import { kmsKeyId } from "../../test/kms-client";

const existing = "sg-0a1b2c3d";

/** What is said of the fields that have no effect beside a setting. */
function ignored(changes: Changes): string[] {
  return mistakes(changes).map((line) => {
    const [, field, , beside] = /^`(.*?)` (is .*; it )?has no effect beside `(.*)`\. Remove the one/.exec(line) ?? [];
    return field === undefined ? line : `${field} beside ${beside}`;
  });
}

describe("a setting without effect", () => {
  it("is a mistake that says what it stands beside", () => {
    expect(mistakes({ director: { existing, sshFrom: ["203.0.113.0/24"] } })).toEqual([
      "`director.sshFrom` has no effect beside `existing`. Remove the one that is not meant.",
    ]);
    expect(mistakes({ "edxapp.database.port": 3307 })).toEqual([
      "`edxapp.database.port` is 3307; it has no effect beside `edxapp.database.identifier`. Remove the one that is not meant.",
    ]);
  });

  it.each<[Changes, string[]]>([
    [
      {
        director: {
          existing,
          keyPair: { existing: "director" },
          instanceType: "t3.micro",
          diskGiB: 8,
          diskType: "gp3",
          diskEncrypted: false,
          additionalSecurityGroupIds: ["sg-0a1b2c3d4e5f67890"],
          ami: "ami-0a1b2c3d",
          protected: false,
          name: "by-hand",
          securityGroup: { name: "by-hand", description: "x" },
          passwordReader: { roleName: "by-hand" },
        },
      },
      [
        "keyPair",
        "instanceType",
        "diskGiB",
        "diskType",
        "diskEncrypted",
        "additionalSecurityGroupIds",
        "ami",
        "protected",
        "name",
        "securityGroup",
        "passwordReader",
      ].map((field) => `director.${field} beside existing`),
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
        "hosts.securityGroup": { existing, name: "x", description: "x", webFrom: ["0.0.0.0/0"] },
        "emr.rdsSecurityGroup": { existing, name: "x", description: "x" },
      },
      [
        ...["name", "description", "webFrom"].map((field) => `hosts.securityGroup.${field} beside existing`),
        ...["name", "description"].map((field) => `emr.rdsSecurityGroup.${field} beside existing`),
      ],
    ],
    [
      { "emr.securityGroups": { existing: true, master: { description: "x" }, slave: { description: "x" } } },
      ["master", "slave"].map((group) => `emr.securityGroups.${group} beside existing`),
    ],
    [
      {
        "hosts.keyPair": { existing: "common", name: "x" },
        "director.keyPair": { existing: "common", name: "x" },
      },
      ["director.keyPair.name beside existing", "hosts.keyPair.name beside existing"],
    ],
    [
      { "buckets.hadoop": { existing: "hadoop", name: "x", protected: true } },
      ["name", "protected"].map((field) => `buckets.hadoop.${field} beside existing`),
    ],
    [
      { "buckets.apiReports": { existing: "reports", name: "x", userName: "reports" } },
      ["buckets.apiReports.name beside existing"],
    ],
  ])("is found: %j", (changes, expected) => {
    expect(ignored(changes)).toEqual(expected);
  });

  it("is a number of days where no bucket is managed", () => {
    const existing = { "buckets.emr": { existing: "emr" }, "buckets.edxanalytics": { existing: "pipeline" } };
    const days = { "buckets.expireAfterDays": 30 };

    expect(mistakes({ ...existing, ...days })).toEqual([
      "`buckets.expireAfterDays` is 30; it has no effect where every bucket exists, whose rules are its owner's. Remove it.",
    ]);
    expect(mistakes({ ...existing, "buckets.formerKmsKeyIds": [kmsKeyId] })).toEqual([
      expect.stringMatching(
        /^`buckets\.formerKmsKeyIds` is .*; it has no effect where every bucket exists, whose encryption is/,
      ),
    ]);
    expect(mistakes({ ...existing, ...days, "buckets.hadoop": {} })).toEqual([]);
    expect(mistakes({ ...days, "buckets.emr": { existing: "emr" } })).toEqual([]);
  });

  it("is the description of a group that the shared stack manages", () => {
    expect(mistakes({ sharing: "shared-stack", "emr.securityGroups": { master: { description: "x" } } })).toEqual([
      '`emr.securityGroups` is {"master":{"description":"x"},"slave":{}}; with `sharing` "shared-stack" the shared stack manages them. Remove the field.',
    ]);
  });

  it("is no field of the existing thing where no form of it has it", () => {
    expect(mistakes({ director: { existing, sshFroms: [] } })).toEqual([
      "`director.sshFroms` is not a field. Remove it. Known here: existing.",
    ]);
  });
});

describe("a setting of what the client does not have", () => {
  it.each<[string, Changes, string]>([
    [
      "elasticsearch.policyName",
      { "emr.roles": { existing: true } },
      "beside existing EMR roles, which get an inline policy",
    ],
    ["elasticsearch.policyName", { sharing: "shared-stack" }, "beside existing EMR roles, which get an inline policy"],
    [
      "database.identifier",
      { "database.iterations": { "1": { identifier: "by-hand" } } },
      "beside an `identifier` of every iteration",
    ],
    [
      "hosts.jenkinsSecurityGroup.name",
      {},
      'without an iteration of the layout `separate`, or beside `hosts.serviceGroups: "common"`',
    ],
    [
      "hosts.jenkinsSecurityGroup.description",
      {},
      'without an iteration of the layout `separate`, or beside `hosts.serviceGroups: "common"`',
    ],
    ["emr.elasticsearchAccess", { release: "olive" }, "without a domain of Elasticsearch"],
    [
      "pgpKey",
      { release: "olive" },
      "without Elasticsearch and `buckets.apiReports`, whose users have the only access keys",
    ],
    ["hosts.serviceGroups", {}, "without an iteration of the layout `separate`"],
    [
      "hosts.apiSecurityGroup.name",
      { "hosts.iterations.1.layout": "separate", "hosts.serviceGroups": "common" },
      'without an iteration of the layout `separate`, or beside `hosts.serviceGroups: "common"`',
    ],
  ])("is a mistake: %s beside %j", (path, changes, beside) => {
    const value = { "emr.elasticsearchAccess": "any", pgpKey: "keybase:acme", "hosts.serviceGroups": "common" }[path];
    expect(mistakes({ ...changes, [path]: value ?? "by-hand" })).toEqual([
      `\`${path}\` is "${value ?? "by-hand"}"; it has no effect ${beside}. Remove it.`,
    ]);
  });

  it.each(["userName", "policyName"])("is a mistake: elasticsearch.%s without Elasticsearch", (field) => {
    expect(mistakes({ release: "olive", [`elasticsearch.${field}`]: "by-hand" })).toEqual([
      "`elasticsearch` has settings; the Data API of olive has dropped Elasticsearch. Remove the field, or, while hosts of an earlier release use the domain, set `elasticsearch.version` to its version.",
    ]);
  });

  it("is none where the client manages it", () => {
    expect(
      mistakes({
        "hosts.name": "by-hand-hosts",
        "hosts.role": { name: "by-hand-role", policyName: "by-hand-policy" },
        "hosts.keyPair.name": "by-hand-hosts",
        "hosts.securityGroup.name": "by-hand-hosts",
        "director.name": "by-hand-director",
        "director.keyPair.name": "by-hand-director",
        "director.securityGroup.name": "by-hand-director",
        "director.passwordReader.roleName": "by-hand-director",
        "emr.rdsSecurityGroup.name": "by-hand-rds",
        elasticsearch: { userName: "by-hand-elasticsearch", policyName: "by-hand-elasticsearch" },
        "buckets.apiReports.userName": "by-hand-reports",
        "database.identifier": "by-hand",
        "database.iterations": { "1": { identifier: "by-hand" }, "2": {} },
      }),
    ).toEqual([]);
    expect(mistakes({ release: "olive", pgpKey: "keybase:acme", "buckets.apiReports": {} })).toEqual([]);
    expect(
      mistakes({
        release: "olive",
        "elasticsearch.version": "7.10",
        "emr.elasticsearchAccess": "any",
        pgpKey: "keybase:acme",
      }),
    ).toEqual([]);
  });

  it("is what is wrong, not how long it is", () => {
    expect(mistakes({ "emr.roles": { existing: true }, "elasticsearch.policyName": "x".repeat(129) })).toEqual([
      expect.stringContaining("it has no effect beside existing EMR roles"),
    ]);
  });
});
