import olive from "../../clients/olive";
import shared from "../../clients/shared-210987654321-eu-central-1";
import { type Changes, changed, mistakes, reportOn } from "../../test/client-files";
import type { ClientInput } from "../schema/client";

/** The paths that the report names. */
function paths(changes: Changes): string[] {
  return mistakes(changes).map((line) => line.split("`")[1] as string);
}

describe("one mistake", () => {
  it.each<[Changes, string[]]>([
    [
      {
        release: "nutmag",
        naming: "none",
        protected: "yes",
        sharing: "yes",
        "database.iterations": { "1": { storageGiB: 5, instanceClass: "db.t2.medium", engineVersion: "5.6" } },
        "emr.releaseLabel": "emr-4.7.2",
      },
      [
        "release",
        "naming",
        "sharing",
        "protected",
        "database.iterations.1.engineVersion",
        "database.iterations.1.instanceClass",
        "database.iterations.1.storageGiB",
        "emr.releaseLabel",
      ],
    ],
    [{ protected: 1, "elasticsearch.version": "1.5" }, ["protected", "elasticsearch.version"]],
    [{ "hosts.keyPair.existing": "x", "hosts.active": "2" }, ["hosts.keyPair.publicKey", "hosts.active"]],
    [
      { "hosts.iterations": { "1": { diskGiB: "50" } }, "hosts.active": "2" },
      ["hosts.iterations.1.diskGiB", "hosts.active"],
    ],
    [
      {
        "edxapp.userArn": "edxapp",
        "edxapp.database.identifier": undefined,
        "edxapp.database.address": "db.example.com",
        "edxapp.database.securityGroupIds": ["sg-0a1b2c3d", "sg-0a1b2c3e"],
      },
      ["edxapp.userArn", "edxapp.database.ruleSecurityGroupId"],
    ],
    [
      { "edxapp.gradesBucket.name": "X", "state.accountId": "999999999999" },
      ["edxapp.gradesBucket.name", "state.accountId"],
    ],
    [{ region: "Ireland", "elasticsearch.volumeGiB": 101 }, ["region", "elasticsearch.volumeGiB"]],
  ])("hides no other: %j", (changes, expected) => {
    expect(paths(changes)).toEqual(expected);
  });

  it.each<[Changes, string[]]>([
    [{ "hosts.active": 2, "hosts.iterations": { "2": {} }, "hosts.retired": ["1"] }, ["hosts.active"]],
    [
      { release: "ficus", "database.iterations": { "1": { engineVersion: "8.4.x", lifecycleSupport: "upgrade" } } },
      ["database.iterations.1.engineVersion"],
    ],
    [
      { "elasticsearch.instanceType": "m5.large.search", "elasticsearch.volumeGiB": 200 },
      ["elasticsearch.instanceType"],
    ],
    [{ network: { vpc: "none", zones: 5 } }, ["network.vpc"]],
    [{ "network.zones": ["eu-west-1a", 5] }, ["network.zones.1"]],
    [{ allowDiscontinued: "yes", "database.iterations": { "1": { storageGiB: 5 } } }, ["allowDiscontinued"]],
    [{ "elasticsearch.instanceType": "m3.medium.elasticsearch" }, []],
  ])("makes no other: %j", (changes, expected) => {
    expect(paths(changes)).toEqual(expected);
  });

  it("in a shared stack's file is none in its clients'", () => {
    const files = {
      olive,
      "shared-210987654321-eu-central-1": changed({ "emr.servicePolicy": "v3" }, shared),
    };

    expect(reportOn(files, { complete: true })).toEqual([
      expect.stringMatching(/^clients\/shared-210987654321-eu-central-1\.ts: `emr.servicePolicy`/),
      "",
      "1 mistake in the client files.",
    ]);
  });

  it("that only a comparison of fields finds does not keep a client from being compared with others", () => {
    const report = reportOn({ example: changed({ "hosts.active": "2" }), other: changed({}) });

    expect(report).toContainEqual(
      expect.stringMatching(/^clients\/other\.ts: `accountId` is that of clients\/example\.ts/),
    );
  });
});

describe("one mistake inside of a union", () => {
  const existing = "sg-0a1b2c3d";

  it.each<[Changes, string[]]>([
    [
      { "director.diskGiB": 4, "director.sshFrom": ["203.0.113.0/24", "203.0.113.0/24"], "hosts.active": "2" },
      ["director.diskGiB", "director.sshFrom.1", "hosts.active"],
    ],
    [
      { "director.diskGiB": 4, "director.diskType": "io1", "director.keyPair.publicKey": "x" },
      ["director.keyPair.publicKey", "director.diskGiB", "director.diskType"],
    ],
    [
      { "director.keyPair": { existing: "" }, "director.securityGroup.name": "a|b", "hosts.role.name": "" },
      ["director.keyPair.existing", "director.securityGroup.name", "hosts.role.name"],
    ],
    [
      { "hosts.securityGroup": { name: "a|b", webFrom: ["0.0.0.0/0", "0.0.0.0/0"] }, "hosts.active": "2" },
      ["hosts.securityGroup.name", "hosts.active"],
    ],
    [{ "hosts.role.name": "EMR_DefaultRole", "director.diskGiB": 4 }, ["director.diskGiB", "hosts.role.name"]],
    [
      { "database.subnetGroup": { existing: "Default" }, "database.active": "3", "database.backupRetentionDays": 0 },
      ["database.subnetGroup.existing", "database.backupRetentionDays", "database.active"],
    ],
    [
      {
        "elasticsearch.applicationLogs": { resourcePolicy: { existing: false } },
        "elasticsearch.volumeGiB": 5,
        "network.zones": ["eu-west-1a", "eu-central-1b"],
      },
      ["elasticsearch.volumeGiB", "elasticsearch.applicationLogs.resourcePolicy.existing", "network.zones.1"],
    ],
    [
      { network: { vpc: "new", cidr: "10.0.0.0/8", zones: ["eu-west-1a", "eu-central-1b"] } },
      ["network.cidr", "network.zones.1", "edxapp.database.access"],
    ],
    [
      { "buckets.emr": { name: "a", protected: "no" }, "buckets.hadoop": { existing: "B" }, "hosts.active": "2" },
      ["buckets.emr.name", "buckets.emr.protected", "buckets.hadoop.existing", "hosts.active"],
    ],
    [
      { "emr.roles": { existing: false }, "emr.passRole": "none", "emr.rdsSecurityGroup": { existing: "rds" } },
      ["emr.roles.existing", "emr.rdsSecurityGroup.existing", "emr.passRole"],
    ],
    [
      {
        "database.iterations": { "1": { masterPassword: { existing: "yes" }, storageGiB: 5 }, "2": { storageGiB: 0 } },
      },
      ["database.iterations.1.masterPassword.existing", "database.iterations.2.storageGiB"],
    ],
  ])("hides no other: %j", (changes, expected) => {
    expect(paths(changes)).toEqual(expected);
  });

  it.each<[Changes, string]>([
    [
      { "hosts.securityGroup": { existing, name: "x" } },
      "`hosts.securityGroup.name` has no effect beside `existing`. Remove the one that is not meant.",
    ],
    [
      { "hosts.securityGroup": { existing: "analytics" } },
      '`hosts.securityGroup.existing` is "analytics"; an id is required, as in `sg-0a1b2c3d4e5f67890`. See `aws ec2 describe-security-groups`.',
    ],
    [
      { "hosts.securityGroup": { description: "${x}" } },
      '`hosts.securityGroup.description` is "${x}"; AWS takes letters, digits, blanks and ._-:/()#,@[]+=&;!* here. Rename it.',
    ],
    [
      { "hosts.securityGroup": existing },
      '`hosts.securityGroup` is "sg-0a1b2c3d"; `{ … }` or `{ existing: … }` is allowed. Write one of both, as in `{ existing: "sg-0a1b2c3d" }`.',
    ],
    [
      { director: existing },
      '`director` is "sg-0a1b2c3d"; `{ … }` or `{ existing: … }` is allowed. Write one of both, as in `{ existing: "sg-0a1b2c3d" }`.',
    ],
    [
      { "buckets.emr": "acme-emr" },
      '`buckets.emr` is "acme-emr"; `{ … }` or `{ existing: … }` is allowed. Write one of both, as in `{ existing: "acme-emr" }`.',
    ],
    [
      { "emr.roles": { existing: false } },
      "`emr.roles.existing` is false; only true is allowed. Write it, or remove the field.",
    ],
    [{ "emr.roles": { name: "x" } }, "`emr.roles.name` is not a field. Remove it."],
    [{ "database.subnetGroup": { name: "x" } }, "`database.subnetGroup.name` is not a field. Remove it."],
    [
      { "database.iterations": { "1": { masterPassword: "rds" } } },
      '`database.iterations.1.masterPassword` is text that is not shown; "managed" or { existing: true } is allowed. Choose one.',
    ],
    [
      { "buckets.apiReports": { existing: "reports", username: "x" } },
      "`buckets.apiReports.username` is not a field. Did you mean `userName`? Known here: existing, userName.",
    ],
  ])("says what is wrong, what is allowed and what to do: %j", (changes, expected) => {
    expect(mistakes(changes)).toEqual([expected]);
  });

  it("is shown by the editor before, where it is a setting beside `existing`", () => {
    // @ts-expect-error a group either exists or has a name of the client's
    const securityGroup: ClientInput["hosts"]["securityGroup"] = { existing, name: "x" };

    expect(paths({ "hosts.securityGroup": securityGroup })).toEqual(["hosts.securityGroup.name"]);
  });
});

describe("nonsense", () => {
  const values = [null, 0, "", "x", true, [], [null], {}, { x: 1 }, 123n, () => 1];
  const fields = leaves(
    changed({
      "elasticsearch.version": "7.10",
      "hosts.iterations": { "1": { diskGiB: 50 } },
      "hosts.role.name": "x",
      "database.subnetGroup": { existing: "x" },
      "emr.roles": {},
      "emr.securityGroups.master.description": "x",
      "buckets.apiReports.userName": "x",
      "director.passwordReader": {},
      "director.securityGroup.name": "x",
    }),
  );

  it.each(fields)("in the place of %s is reported or read", (path) => {
    expect(() => values.map((value) => mistakes({ [path]: value }))).not.toThrow();
  });

  it("is shown as it stands", () => {
    expect(mistakes({ accountId: 123n })).toEqual([
      '`accountId` is 123n; text is required. Put it in quotes, as in `"123456789012"`.',
    ]);
  });
});

/** The dotted paths of everything in an object. */
function leaves(value: unknown, path = ""): string[] {
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => {
        const here = path === "" ? key : `${path}.${key}`;
        return [here, ...leaves(inner, here)];
      })
    : [];
}
