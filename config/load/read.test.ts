import { type Changes, mistakes } from "../../test/client-files";

describe("an unknown field", () => {
  it.each<[Changes, string[]]>([
    [
      { relase: "nutmeg" },
      [
        "`relase` is not a field. Did you mean `release`? Known here: name, region, accountId, release, naming, names, state, deployRoleArn, network, sharing, director, hosts, edxapp, database, mysql, elasticsearch, emr, buckets, configurationFiles, securityGroupDescriptions, existingSecurityGroups, pgpKey, ci, tags, protected, allowRetired.",
      ],
    ],
    [
      { "director.sshFroms": ["203.0.113.0/24"] },
      [
        "`director.sshFroms` is not a field. Did you mean `sshFrom`? Known here: existingSecurityGroupId, keyPair, sshFrom, instanceType, diskGiB, diskType, diskEncrypted, additionalSecurityGroupIds, ami, readsMysqlPasswords, protected.",
      ],
    ],
    [
      { "hosts.iterations": { "1": { diskSize: 50 } } },
      [
        "`hosts.iterations.1.diskSize` is not a field. Did you mean `diskGiB`? Known here: layout, instanceType, diskGiB, diskType, diskEncrypted, additionalSecurityGroupIds, ami, protected.",
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
        "`elasticsearch.volume` is not a field. Did you mean `volumeGiB`? Known here: domainName, version, instanceType, volumeGiB, encrypted, applicationLogs, logResourcePolicy, snapshotHourUtc, protected.",
      ],
    ],
    [
      { names: { analyticsroles: "x" } },
      [
        "`names.analyticsroles` is not a field. Did you mean `analyticsRole`? Known here: provisionPolicy, analyticsRole, elasticsearchUser, elasticsearchPolicy, directorRole, reportsUser, analyticsKeyPair, directorKeyPair, analyticsSecurityGroup, directorSecurityGroup, emrRdsSecurityGroup, analyticsHost, directorHost, databaseIdentifier.",
      ],
    ],
    [
      { "database.iterations": { "1": { storageGb: 20 } } },
      [
        "`database.iterations.1.storageGb` is not a field. Did you mean `storageGiB`? Known here: engineVersion, instanceClass, storageType, storageGiB, maxStorageGiB, multiAz, additionalSecurityGroupIds, encrypted, identifier, masterUser, masterPassword, lifecycleSupport, protected.",
      ],
    ],
    [
      { "buckets.reports": {} },
      [
        "`buckets.reports` is not a field. Did you mean `apiReports`? Known here: trackingLogs, emr, emrLogs, edxanalytics, hadoop, apiReports, expireAfterDays.",
      ],
    ],
  ])("names the nearest known one: %j", (changes, expected) => {
    expect(mistakes(changes)).toEqual(expected);
  });

  it("that is like none is to be removed", () => {
    expect(mistakes({ "state.whatever": 1 })).toEqual([
      "`state.whatever` is not a field. Remove it. Known here: bucket, region, accountId, keyPrefix.",
    ]);
  });
});
