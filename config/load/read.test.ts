import { z } from "zod";
import { type Changes, mistakes } from "../../test/client-files";
import { read } from "./read";

describe("an unknown field", () => {
  it.each<[Changes, string[]]>([
    [
      { relase: "nutmeg" },
      [
        "`relase` is not a field. Did you mean `release`? Known here: region, accountId, release, naming, state, deployRoleArn, network, sharing, director, hosts, dns, tls, edxapp, database, mysql, elasticsearch, emr, buckets, configurationFiles, jenkinsJobs, alarms, sessionManager, pgpKey, ci, tags, protected, allowDiscontinued.",
      ],
    ],
    [
      { "director.sshFroms": ["203.0.113.0/24"] },
      [
        "`director.sshFroms` is not a field. Did you mean `sshFrom`? Known here: keyPair, sshFrom, name, securityGroup, instanceType, diskGiB, diskType, diskEncrypted, kmsKeyId, additionalSecurityGroupIds, ami, firstBoot, passwordReader, protected.",
      ],
    ],
    [
      { "hosts.iterations": { "1": { diskSize: 50 } } },
      [
        "`hosts.iterations.1.diskSize` is not a field. Did you mean `diskGiB`? Known here: layout, instanceType, diskGiB, diskType, diskEncrypted, kmsKeyId, additionalSecurityGroupIds, ami, protected.",
      ],
    ],
    [
      { "edxapp.gradesBucket.acces": "print" },
      ["`edxapp.gradesBucket.acces` is not a field. Did you mean `access`? Known here: name, access."],
    ],
    [
      { "network.zone": "eu-west-1a" },
      ["`network.zone` is not a field. Did you mean `zones`? Known here: defaultSecurityGroup, vpc, zones."],
    ],
    [
      { "network.vpcId": "vpc-0a1b2c3d" },
      ["`network.vpcId` is not a field. Remove it. Known here: defaultSecurityGroup, vpc, zones."],
    ],
    [
      { "elasticsearch.volume": 10 },
      [
        "`elasticsearch.volume` is not a field. Did you mean `volumeGiB`? Known here: domainName, userName, policyName, version, instanceType, volumeGiB, encrypted, kmsKeyId, applicationLogs, vpc, snapshotHourUtc, protected.",
      ],
    ],
    [
      { "hosts.role": { polcyName: "x" } },
      ["`hosts.role.polcyName` is not a field. Did you mean `policyName`? Known here: name, policyName."],
    ],
    [
      { "database.iterations": { "1": { storageGb: 20 } } },
      [
        "`database.iterations.1.storageGb` is not a field. Did you mean `storageGiB`? Known here: engineVersion, instanceClass, storageType, storageGiB, maxStorageGiB, multiAz, additionalSecurityGroupIds, encrypted, kmsKeyId, identifier, masterUser, masterPassword, restoreFrom, lifecycleSupport, protected.",
      ],
    ],
    [
      { "buckets.reports": {} },
      [
        "`buckets.reports` is not a field. Did you mean `apiReports`? Known here: trackingLogs, emr, emrLogs, edxanalytics, hadoop, apiReports, expireAfterDays, kmsKeyId, formerKmsKeyIds.",
      ],
    ],
  ])("names the nearest known one: %j", (changes, expected) => {
    expect(mistakes(changes)).toEqual(expected);
  });

  it("that is like none is to be removed", () => {
    expect(mistakes({ "state.whatever": 1 })).toEqual([
      "`state.whatever` is not a field. Remove it. Known here: bucket, region, accountId, keyPrefix, deployers.",
    ]);
  });
});

describe("a field that stands elsewhere", () => {
  it.each<[Changes, string]>([
    // One level up, down, and in another section.
    [
      { "director.securityGroup": { sshFrom: [] } },
      "`director.securityGroup.sshFrom` is not a field here. Write `director.sshFrom`.",
    ],
    [{ vpcId: "vpc-0a1b2c3d" }, "`vpcId` is not a field here. Write `network.vpcId`."],
    [
      { "database.engineVersion": "8.0" },
      "`database.engineVersion` is not a field here. Write `database.iterations.1.engineVersion`.",
    ],
    [
      { "hosts.iterations": { "3": { keyPair: "acme" } }, "hosts.active": "3" },
      "`hosts.iterations.3.keyPair` is not a field here. Write `hosts.keyPair`.",
    ],
    [{ "edxapp.zones": ["eu-west-1a"] }, "`edxapp.zones` is not a field here. Write `network.zones`."],
  ])("is told where: %j", (changes, expected) => {
    expect(mistakes(changes)).toContain(expected);
  });

  it("is looked for among its neighbours if its name is many fields'", () => {
    expect(mistakes({ "state.schedule": "H 3 * * *" })[0]).toMatch(
      /^`state\.schedule` is not a field\. Remove it\. Known here: /,
    );
  });
});

it("shows a value of the wrong kind in the right form", () => {
  expect(mistakes({ "director.sshFrom": "203.0.113.0/24" })).toEqual([
    '`director.sshFrom` is "203.0.113.0/24"; a list is required. Write one, as in `["203.0.113.0/24"]`.',
  ]);
});

it("says of what has another kind no more than that, though it has a length", () => {
  expect(mistakes({ "hosts.name": () => "x", "director.name": [] })).toEqual([
    expect.stringMatching(/^`director\.name` is \[\]; text is required/),
    expect.stringMatching(/^`hosts\.name` is a function; text is required/),
  ]);
});

it("shows a zone of DNS, and a name in it", () => {
  expect(mistakes({ dns: null })).toEqual([
    '`dns` is null; an object is required. Write one, as in `{ zone: "example.com", name: "insights.example.com" }`.',
  ]);
});

it("shows in no example what may be a secret", () => {
  const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

  expect(mistakes({ "director.sshFrom": secret, "hosts.keyPair": secret }).join("\n")).not.toContain(secret);
});

it("has all its mistakes read, however many there are", () => {
  const schema = z.object({ names: z.array(z.string()) });

  expect(read(schema, { names: Array(50_000).fill(5) }).faults).toHaveLength(50_000);
});
