import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Changes, changed, mistakes, reportOn, sharedName } from "../../test/client-files";
import { renamedFields, renamedValues } from "./renamed";

/** A value that each field of a former client file may have had. */
const former: Changes = {
  name: "example",
  "names.provisionPolicy": "x",
  "names.analyticsRole": "x",
  "names.elasticsearchUser": "x",
  "names.elasticsearchPolicy": "x",
  "names.directorRole": "x",
  "names.reportsUser": "x",
  "names.analyticsKeyPair": "x",
  "names.directorKeyPair": "x",
  "names.analyticsSecurityGroup": "x",
  "names.directorSecurityGroup": "x",
  "names.emrRdsSecurityGroup": "x",
  "names.analyticsHost": "x",
  "names.directorHost": "x",
  "names.databaseIdentifier": "x",
  names: {},
  "securityGroupDescriptions.analytics": "x",
  "securityGroupDescriptions.director": "x",
  "securityGroupDescriptions.emrMaster": "x",
  "securityGroupDescriptions.emrSlave": "x",
  "securityGroupDescriptions.emrRds": "x",
  securityGroupDescriptions: {},
  "existingSecurityGroups.analytics": "sg-0a1b2c3d",
  "existingSecurityGroups.emrRds": "sg-0a1b2c3d",
  existingSecurityGroups: {},
  allowRetired: true,
  "director.existingSecurityGroupId": "sg-0a1b2c3d",
  "director.readsMysqlPasswords": true,
  "hosts.webFrom": ["0.0.0.0/0"],
  "configurationFiles.tls": { on: "load-balancer" },
  "database.existingSubnetGroup": "default",
  "mysql.existingPasswords": ["analytics"],
  "mysql.passwordVersions": { analytics: 2 },
  "elasticsearch.logResourcePolicy": "existing",
  "buckets.*.create": false,
  emrRoles: "existing",
  servicePolicy: "v2",
};
const ofSharedStacks = ["region", "accountId"];

describe("a former field", () => {
  it.each(Object.entries(renamedFields).filter(([path]) => !ofSharedStacks.includes(path)))(
    "%s is refused with its new spelling",
    (pattern, said) => {
      const path = pattern.replace("*", "emr");

      expect(former).toHaveProperty([pattern]);
      expect(mistakes({ [path]: former[pattern] })).toEqual([`\`${path}\` is not a field; ${said}.`]);
    },
  );

  it.each(ofSharedStacks)("%s of a shared stack is refused, as the file's name has it", (path) => {
    const stack = { state: { bucket: "states" }, network: { vpc: "default" }, [path]: "x" };

    expect(reportOn({ [sharedName]: stack })[0]).toBe(
      `clients/${sharedName}.ts: \`${path}\` is not a field; ${renamedFields[path]}.`,
    );
  });

  it("of a removed map is refused by its own path, whatever else stands there", () => {
    expect(mistakes({ names: { analyticsRole: "x", analyticsHost: "y" } })).toEqual([
      "`names.analyticsRole` is not a field; it is `hosts.role.name` now.",
      "`names.analyticsHost` is not a field; it is `hosts.name` now.",
    ]);
    expect(mistakes({ names: { nobodys: "x" } })).toEqual([
      "`names` is not a field; each name stands with the thing that it names now, as in `hosts.role.name`.",
    ]);
  });
});

describe("a former value", () => {
  const around: Readonly<Record<string, Changes>> = {
    "ci.github.identityProvider": { "ci.github.repository": "acme/infrastructure" },
    "ci.gitlab.identityProvider": { "ci.gitlab.project": "acme/infrastructure" },
  };

  it.each(
    Object.entries(renamedValues).flatMap(([path, values]) =>
      Object.entries(values).map(([value, said]): [string, string, string] => [path.replace("*", "1"), value, said]),
    ),
  )("%s: %s is refused with its new spelling", (path, text, said) => {
    const value = ["true", "false"].includes(text) ? text === "true" : text;

    expect(mistakes({ ...around[path], [path]: value })).toEqual([`\`${path}\` is ${JSON.stringify(value)}; ${said}.`]);
  });
});

describe("a former file", () => {
  it("of a client is told all of it at once, beside its other mistakes", () => {
    const file = changed({
      name: "example",
      region: "Ireland",
      names: { analyticsRole: "edxanalytics" },
      securityGroupDescriptions: { emrMaster: "x" },
      existingSecurityGroups: { analytics: "sg-0a1b2c3d" },
      director: { existingSecurityGroupId: "sg-0a1b2c3d" },
      "hosts.webFrom": ["0.0.0.0/0"],
      database: { existingSubnetGroup: "default", iterations: { "1": { masterPassword: "existing" } } },
      "emr.roles": "existing",
      "elasticsearch.applicationLogs": true,
      "buckets.hadoop": { create: false, name: "hadoop" },
      "mysql.passwordVersions": { analytics: 2 },
      allowRetired: true,
    });

    expect(reportOn({ example: file }).map((line) => line.replace("clients/example.ts: ", ""))).toEqual([
      "`name` is not a field; the client's name is the file's: remove the field.",
      "`names.analyticsRole` is not a field; it is `hosts.role.name` now.",
      "`securityGroupDescriptions.emrMaster` is not a field; it is `emr.securityGroups.master.description` now.",
      "`existingSecurityGroups.analytics` is not a field; write `hosts.securityGroup: { existing: … }` now.",
      "`allowRetired` is not a field; it is `allowDiscontinued` now.",
      expect.stringMatching(/^`region` is "Ireland"/),
      '`director.keyPair` is missing; `{ … }` or `{ existing: … }` is required. Add it, as in `keyPair: { existing: "acme-analytics" }`, or write `director: { existing: … }`.',
      '`director.sshFrom` is missing; a list is required. Add it, as in `sshFrom: ["203.0.113.0/24"]`, or write `director: { existing: … }`.',
      "`director.existingSecurityGroupId` is not a field; write `director: { existing: … }` now.",
      "`hosts.webFrom` is not a field; it is `hosts.securityGroup.webFrom` now.",
      '`database.iterations.1.masterPassword` is "existing"; write `{ existing: true }` now.',
      "`database.existingSubnetGroup` is not a field; write `database.subnetGroup: { existing: … }` now.",
      "`mysql.passwordVersions` is not a field; write `mysql.passwords.<user>: { version: … }` now.",
      "`elasticsearch.applicationLogs` is true; write `{}` now.",
      '`emr.roles` is "existing"; write `{ existing: true }` now.',
      '`buckets.hadoop.create` is not a field; write `{ existing: "name" }` for `create: false`; for true remove `create`, and keep the bucket\'s `{}`.',
      "",
      "16 mistakes in the client files.",
    ]);
  });

  it("of a shared stack is told all of it at once", () => {
    const stack = {
      region: "eu-central-1",
      accountId: "210987654321",
      state: { bucket: "states" },
      network: { vpc: "default" },
      emrRoles: "existing",
      servicePolicy: "v2",
      securityGroupDescriptions: { emrMaster: "x" },
    };

    expect(reportOn({ [sharedName]: stack }).map((line) => line.replace(`clients/${sharedName}.ts: `, ""))).toEqual([
      "`region` is not a field; account and region are the file's name: remove the field.",
      "`accountId` is not a field; account and region are the file's name: remove the field.",
      '`emrRoles` is not a field; write `emr.roles: { existing: true }` for "existing", and nothing for "create".',
      "`servicePolicy` is not a field; it is `emr.servicePolicy` now.",
      "`securityGroupDescriptions.emrMaster` is not a field; it is `emr.securityGroups.master.description` now.",
      "",
      "5 mistakes in the client files.",
    ]);
  });
});

it("docs/upgrading.md has every former field and value", () => {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "upgrading.md"), "utf8");
  const values = Object.entries(renamedValues).flatMap(([path, said]) =>
    Object.keys(said).map(
      (value) => `| \`${path}\` | \`${["true", "false"].includes(value) ? value : `"${value}"`}\` |`,
    ),
  );
  const rows = [...Object.keys(renamedFields).map((path) => `| \`${path}\` |`), ...values];

  expect(rows.filter((row) => !page.includes(row))).toEqual([]);
});
