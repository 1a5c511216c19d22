import { type Changes, changed, mistakes, reportOn } from "../../test/client-files";
import olive from "../olive";
import shared from "../shared-210987654321-eu-central-1";

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
    [{ "hosts.keyPair.existing": "x", "hosts.active": "2" }, ["hosts.keyPair", "hosts.active"]],
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
    [{ allowRetired: "yes", "database.iterations": { "1": { storageGiB: 5 } } }, ["allowRetired"]],
    [{ "elasticsearch.instanceType": "m3.medium.elasticsearch" }, []],
    [{ name: "a-client-with-a-name-of-forty-five-letters-xx", release: "olive" }, []],
  ])("makes no other: %j", (changes, expected) => {
    expect(paths(changes)).toEqual(expected);
  });

  it("in a shared stack's file is none in its clients'", () => {
    const files = {
      olive,
      "shared-210987654321-eu-central-1": changed({ servicePolicy: "v3" }, shared),
    };

    expect(reportOn(files, { complete: true })).toEqual([
      expect.stringMatching(/^clients\/shared-210987654321-eu-central-1\.ts: `servicePolicy`/),
      "",
      "1 mistake in the client files; nothing was written.",
    ]);
  });

  it("that only a comparison of fields finds does not keep a client from being compared with others", () => {
    const report = reportOn({ example: changed({ "hosts.active": "2" }), other: changed({ name: "other" }) });

    expect(report).toContainEqual(expect.stringMatching(/^clients\/other\.ts: `emr\.roles`/));
  });
});

describe("nonsense", () => {
  const values = [null, 0, "", "x", true, [], [null], {}, { x: 1 }, 123n, () => 1];
  const fields = leaves(
    changed({
      "elasticsearch.version": "7.10",
      "hosts.iterations": { "1": { diskGiB: 50 } },
      "names.analyticsRole": "x",
    }),
  );

  it.each(fields)("in the place of %s is reported or read", (path) => {
    for (const value of values) {
      expect(() => mistakes({ [path]: value })).not.toThrow();
    }
  });

  it("is shown as it stands", () => {
    expect(mistakes({ accountId: 123n })).toEqual(['`accountId` is "123"; text is required. Put it in quotes.']);
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
