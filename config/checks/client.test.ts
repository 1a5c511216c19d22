import { type Changes, mistakes, reportOn } from "../../test/client-files";

describe("several fields of a client", () => {
  it.each<[Changes, string[]]>([
    [
      { name: "acme-databases" },
      [
        '`name` is "acme-databases"; `shared-…`, `…-databases` and `…-ci` are names of stacks. Choose another name for client and file.',
      ],
    ],
    [
      { name: "a-client-of-16-c" },
      [
        '`name` is "a-client-of-16-c"; the domain `a-client-of-16-c-analytics-es` has 29 characters, AWS takes 28. Choose a name of 15 characters or fewer, or set `elasticsearch.domainName`.',
      ],
    ],
    [
      { name: "abcdefghijklmno", "buckets.apiReports": { name: "x".repeat(64) } },
      [
        '`buckets.apiReports.name` is "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; a bucket name is 3 to 63 of a-z, 0-9, - and single dots, with a letter or digit at both ends. Rename it.',
      ],
    ],
    [
      { "buckets.hadoop": { create: false, name: "example-analytics-emr" } },
      [
        '`buckets.hadoop.name` is "example-analytics-emr"; a bucket that is there is required, and `buckets.emr` makes this one. Name another, or remove `create: false` and the name.',
      ],
    ],
    [
      { "state.keyPrefix": "k".repeat(1020) },
      [
        '`state.keyPrefix` is "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk...; an S3 key has at most 1024 characters. Shorten it.',
      ],
    ],
    [
      { deployRoleArn: "arn:aws:iam::999999999999:role/deploy" },
      [
        '`deployRoleArn` is "arn:aws:iam::999999999999:role/deploy"; the role is in account 123456789012. Name a role of that account.',
      ],
    ],
    [
      { "state.accountId": "999999999999" },
      [
        '`state.accountId` is "999999999999"; the same credentials are of account 123456789012 alone. Remove the field, or set `deployRoleArn` to a role of that account, and deploy with credentials of the state\'s.',
      ],
    ],
    [
      { "edxapp.gradesBucket.access": "user-policy", "edxapp.userArn": "arn:aws:iam::999999999999:user/edxapp" },
      [
        '`edxapp.userArn` is "arn:aws:iam::999999999999:user/edxapp"; with `gradesBucket.access` "user-policy" the user is in account 123456789012. Choose "print" or a bucket policy, or correct the ARN.',
      ],
    ],
    [
      { sharing: "shared-stack", "emr.roles": "create" },
      ['`emr.roles` is "create"; with `sharing` "shared-stack" the shared stack makes them. Remove the field.'],
    ],
    [
      { "network.zones": ["eu-west-1a", "eu-central-1b"] },
      ['`network.zones.1` is "eu-central-1b"; a zone of eu-west-1 is required. Name one, as in `eu-west-1a`.'],
    ],
    [
      {
        network: {
          vpc: "existing",
          vpcId: "vpc-0a1b2c3d",
          subnetId: "subnet-0a1b2c3d",
          databaseSubnetIds: ["subnet-0a1b2c3d", "subnet-0a1b2c3d"],
        },
      },
      ['`network.databaseSubnetIds.1` is "subnet-0a1b2c3d"; it stands in the list already. Remove the repetition.'],
    ],
    [
      { "hosts.webFrom": ["0.0.0.0/0", "0.0.0.0/0"] },
      ['`hosts.webFrom.1` is "0.0.0.0/0"; it stands in the list already. Remove the repetition.'],
    ],
    [
      { "director.sshFrom": ["203.0.113.0/24", "203.0.113.0/24"] },
      ['`director.sshFrom.1` is "203.0.113.0/24"; it stands in the list already. Remove the repetition.'],
    ],
    [
      { network: { vpc: "new", zones: ["eu-west-1a", "eu-west-1b"] } },
      [
        '`edxapp.database.access` is "group-rules"; in a VPC of the client\'s own the edxapp RDS knows its groups by range only. Choose "cidr-rules" or "print".',
      ],
    ],
    [
      {
        network: { vpc: "new", zones: ["eu-west-1a", "eu-west-1b"] },
        "edxapp.database.access": "print",
        "database.existingSubnetGroup": "default",
      },
      [
        '`database.existingSubnetGroup` is "default"; a VPC of the client\'s own has no subnet group before it is made. Remove the field, or name the VPC of the group in `network`.',
      ],
    ],
    [
      { network: { vpc: "new", zones: ["eu-west-1a", "eu-west-1b"] }, "edxapp.database.access": "cidr-rules" },
      [
        '`network.peering` is missing; with `edxapp.database.access` "cidr-rules" it is required. Name the edxapp RDS\'s VPC, or choose "print".',
      ],
    ],
    [
      {
        "edxapp.database.identifier": undefined,
        "edxapp.database.address": "db.example.com",
        "edxapp.database.securityGroupIds": ["sg-0a1b2c3d", "sg-0a1b2c3e"],
      },
      [
        "`edxapp.database.ruleSecurityGroupId` is missing; with several groups it is required. Name one of sg-0a1b2c3d, sg-0a1b2c3e.",
      ],
    ],
    [
      {
        "edxapp.database.identifier": undefined,
        "edxapp.database.address": "db.example.com",
        "edxapp.database.securityGroupIds": ["sg-0a1b2c3d"],
        "edxapp.database.ruleSecurityGroupId": "sg-0a1b2c3f",
      },
      [
        '`edxapp.database.ruleSecurityGroupId` is "sg-0a1b2c3f"; one of the server\'s groups is allowed. Did you mean `sg-0a1b2c3d`? Known here: sg-0a1b2c3d.',
      ],
    ],
    [
      { "hosts.active": "2" },
      ['`hosts.active` is "2"; an iteration of `hosts.iterations` is required: 1. Name one of them, or add "2".'],
    ],
    [
      { "database.active": "3" },
      ['`database.active` is "3"; an iteration of `database.iterations` is required: 1. Name one of them, or add "3".'],
    ],
    [
      { "hosts.iterations": { "2": {} }, "hosts.active": "2" },
      [
        '`hosts.iterations` is without ["1"]; what was deployed of these would be destroyed. Put it back, or, once it was deployed with `protected: false`, add its number to `hosts.retired`.',
      ],
    ],
    [
      { "hosts.retired": ["40"] },
      [
        '`hosts.iterations` is without ["2","3","4","5","6","7","8","9","10","11","12","13","14","15","16","17","18"...; what was deployed of these would be destroyed. Put it back, or, once it was deployed with `protected: false`, add its number to `hosts.retired`.',
      ],
    ],
    [
      { "hosts.iterations": { "1": {}, "2": {} }, "hosts.retired": ["2"] },
      ['`hosts.retired` is "2"; an iteration is retired or in use, and a key is not used twice. Number the new one 3.'],
    ],
    [
      { "hosts.iterations": { "3": {} }, "hosts.active": "3", "hosts.retired": ["1", "2", "2"] },
      ['`hosts.retired.2` is "2"; it stands in the list already. Remove the repetition.'],
    ],
    [
      { "hosts.iterations": {} },
      [
        '`hosts.active` is "1"; an iteration of `hosts.iterations` is required: there is none. Name one of them, or add "1".',
      ],
    ],
    [
      { "database.iterations": { "1": {}, "2": { identifier: "example-analytics" } } },
      [
        "`database.iterations.1.identifier` makes the RDS instance `example-analytics` in account 123456789012, eu-west-1, and so does `database.iterations.2.identifier`; there can be one. Set it here, or `names.databaseIdentifier`.",
        "`database.iterations.2.identifier` makes the RDS instance `example-analytics` in account 123456789012, eu-west-1, and so does `database.iterations.1.identifier`; there can be one. Set it here, or `names.databaseIdentifier`.",
      ],
    ],
    [
      { "database.iterations": { "1": { identifier: "i".repeat(64) } } },
      [
        '`database.iterations.1.identifier` is "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii"; an RDS identifier has at most 63 characters, this one 64. Shorten it, or `name`.',
      ],
    ],
    [
      { "database.iterations": { "1": { storageGiB: 100, maxStorageGiB: 105 } } },
      [
        "`database.iterations.1.maxStorageGiB` is 105; RDS wants a tenth more than `storageGiB`, 110 or more. Raise it, or remove it.",
      ],
    ],
    [
      { "database.iterations": { "1": { engineVersion: "5.7.44-rds.20250213", lifecycleSupport: "upgrade" } } },
      [
        '`database.iterations.1.lifecycleSupport` is "upgrade"; RDS\'s standard support of MySQL 5.7 has ended, so only "extended" is allowed. Remove the field, or choose a newer engine.',
      ],
    ],
    [
      { release: "olive", "elasticsearch.version": "7.10" },
      ["`elasticsearch` has settings; the Data API of olive has dropped Elasticsearch. Remove the field."],
    ],
    [
      { elasticsearch: false },
      ["`elasticsearch` is false; nutmeg reads its learner data from Elasticsearch 7.10. Remove the field."],
    ],
    [
      { "elasticsearch.version": "1.5" },
      [
        '`elasticsearch.version` is "1.5"; nutmeg speaks Elasticsearch 7.10. Remove the field, or take a version of the same major number.',
      ],
    ],
    [
      { "elasticsearch.volumeGiB": 101 },
      [
        "`elasticsearch.volumeGiB` is 101; t3.small.elasticsearch takes 10 to 100 GiB. Change the size or the instance type.",
      ],
    ],
    [
      { "elasticsearch.instanceType": "t2.small.elasticsearch", "elasticsearch.volumeGiB": 36 },
      [
        "`elasticsearch.volumeGiB` is 36; t2.small.elasticsearch takes 10 to 35 GiB. Change the size or the instance type.",
      ],
    ],
    [
      { "elasticsearch.instanceType": "t2.small.elasticsearch", "elasticsearch.encrypted": true },
      [
        '`elasticsearch.encrypted` is true; t2.small.elasticsearch has no encryption at rest. Remove the field, or choose "t3.small.elasticsearch".',
      ],
    ],
    [
      { release: "juniper", "elasticsearch.instanceType": "t3.small.elasticsearch" },
      [
        '`elasticsearch.instanceType` is "t3.small.elasticsearch"; Elasticsearch 1.5 runs on t2, m3, m4, c4, r3, r4 and i2 only. Choose "t2.small.elasticsearch".',
      ],
    ],
    [
      { "elasticsearch.instanceType": "t2.micro.elasticsearch" },
      [
        '`elasticsearch.instanceType` is "t2.micro.elasticsearch"; t2.micro runs Elasticsearch 1.5 and 2.3 only; this is 7.10. Choose "t3.small.elasticsearch".',
      ],
    ],
    [
      { release: "juniper", "elasticsearch.encrypted": true },
      [
        "`elasticsearch.encrypted` is true; encryption at rest needs version 5.1, between nodes 6.0; this is 1.5. Remove the field, or take a newer version.",
        '`elasticsearch.encrypted` is true; t2.small.elasticsearch has no encryption at rest. Remove the field, or choose "t3.small.elasticsearch".',
      ],
    ],
    [
      { "elasticsearch.logResourcePolicy": "existing" },
      [
        '`elasticsearch.logResourcePolicy` is "existing"; it has no effect without `applicationLogs: true`. Add that, or remove the field.',
      ],
    ],
    [
      { release: "juniper", "elasticsearch.applicationLogs": true },
      [
        "`elasticsearch.applicationLogs` is true; application logs need version 5.1; this is 1.5. Remove the field, or take a newer version.",
      ],
    ],
    [
      { ci: { github: { repository: "acme/infra" } }, deployRoleArn: "arn:aws:iam::123456789012:role/deploy" },
      [
        '`deployRoleArn` is "arn:aws:iam::123456789012:role/deploy"; with `ci` Terraform works with CI\'s own roles, and would go on from the one that only reads to this one. Remove the field, and let people take the role by their AWS profile.',
      ],
    ],
    [
      { "state.keyPrefix": "plans/acme" },
      [
        "`state.keyPrefix` is \"plans/acme\"; what lies in `plans/` is a plan of CI's, and expires. Choose another first part of the state's key.",
      ],
    ],
    [
      { name: "plans" },
      [
        "`state.keyPrefix` is \"plans\"; what lies in `plans/` is a plan of CI's, and expires. Choose another first part of the state's key.",
      ],
    ],
    [
      { name: "acme-ci" },
      [
        '`name` is "acme-ci"; `shared-…`, `…-databases` and `…-ci` are names of stacks. Choose another name for client and file.',
      ],
    ],
  ])("have to agree: %j", (changes, expected) => {
    expect(mistakes(changes)).toEqual(expected);
  });

  it("count the client's name into every name that it makes", () => {
    const found = mistakes({ name: "a".repeat(64), "buckets.hadoop": {}, elasticsearch: undefined });

    for (const limit of [
      "makes the IAM role `",
      "makes the RDS instance `",
      "`buckets.hadoop.name` is",
      "the domain `",
    ]) {
      expect(found).toContainEqual(expect.stringContaining(limit));
    }
  });

  it("of a shared stack have to agree too", () => {
    const shared = {
      region: "eu-west-1",
      accountId: "123456789012",
      state: { bucket: "shared-state", accountId: "999999999999" },
      network: { vpc: "default" },
    };

    expect(reportOn({ "shared-123456789012-eu-west-1": shared })[0]).toBe(
      'clients/shared-123456789012-eu-west-1.ts: `state.accountId` is "999999999999"; the same credentials are of account 123456789012 alone. Remove the field, or set `deployRoleArn` to a role of that account, and deploy with credentials of the state\'s.',
    );
  });
});
