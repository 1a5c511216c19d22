import { type Changes, inShared, mistakes, reportOn } from "../../test/client-files";

describe("several fields of a client", () => {
  it.each<[Changes, string[]]>([
    [
      { "buckets.apiReports": { name: "x".repeat(64) } },
      [
        '`buckets.apiReports.name` is "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; a bucket name is 3 to 63 of a-z, 0-9, - and single dots, with a letter or digit at both ends. Rename it.',
      ],
    ],
    [
      { "buckets.hadoop": { existing: "example-analytics-emr" } },
      [
        '`buckets.hadoop.existing` is "example-analytics-emr"; an existing bucket is required, and the client manages this one as `buckets.emr`. Name another, or remove the field.',
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
      { sharing: "shared-stack", "emr.roles": {} },
      ['`emr.roles` is {}; with `sharing` "shared-stack" the shared stack manages them. Remove the field.'],
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
      ['`network.databaseSubnetIds.1` is "subnet-0a1b2c3d"; it is listed twice. Remove the repetition.'],
    ],
    [
      { "hosts.securityGroup.webFrom": ["0.0.0.0/0", "0.0.0.0/0"] },
      ['`hosts.securityGroup.webFrom.1` is "0.0.0.0/0"; it is listed twice. Remove the repetition.'],
    ],
    [
      { "director.sshFrom": ["203.0.113.0/24", "203.0.113.0/24"] },
      ['`director.sshFrom.1` is "203.0.113.0/24"; it is listed twice. Remove the repetition.'],
    ],
    [
      { network: { vpc: "new", zones: ["eu-west-1a", "eu-west-1b"] } },
      [
        '`edxapp.database.access` is "group-rules"; the edxapp RDS cannot name groups of a new VPC, only its range. Choose "cidr-rules" or "print".',
      ],
    ],
    [
      {
        network: { vpc: "new", zones: ["eu-west-1a", "eu-west-1b"] },
        "edxapp.database.access": "print",
        "database.subnetGroup": { existing: "default" },
      },
      [
        '`database.subnetGroup` is {"existing":"default"}; a new VPC has no subnet group before it is created. Remove the field, or name the VPC of the group in `network`.',
      ],
    ],
    [
      { "database.subnetGroup": { existing: "default" } },
      [
        '`database.subnetGroup.existing` is "default"; an existing group has its own subnets, and `network.zones` names eu-west-1a, eu-west-1b for the database. Leave the first alone, which holds hosts and EMR, or let a group be made of them.',
      ],
    ],
    [
      { network: inShared.network, "database.subnetGroup": { existing: "default" } },
      [
        '`database.subnetGroup.existing` is "default"; an existing group has its own subnets, and `network.databaseSubnetIds` names subnet-0a1b2c3d4e5f6071a, subnet-0a1b2c3d4e5f6071b for the database. Remove the field, or let a group be made of them.',
      ],
    ],
    [
      { "network.zones": ["eu-west-1a"] },
      [
        '`network.zones` is ["eu-west-1a"]; two or more are required, because RDS requires subnets in two availability zones. Name a second one, or a `database.subnetGroup` that exists.',
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
        '`hosts.iterations` is without "1"; what was deployed of it would be destroyed. Put it back; once it was deployed with `protected: false`, add its number to `hosts.retired`; if there never was one, write "1" for "2".',
      ],
    ],
    [
      { "hosts.retired": ["40"] },
      [
        '`hosts.iterations` is without "2" to "39"; what was deployed of these would be destroyed. Put it back; once it was deployed with `protected: false`, add its number to `hosts.retired`.',
      ],
    ],
    [
      { "hosts.iterations": { "1": {}, "3": {}, "9999": {} } },
      [
        '`hosts.iterations` is without "2", "4" to "9998"; what was deployed of these would be destroyed. Put it back; once it was deployed with `protected: false`, add its number to `hosts.retired`; if there never was one, write "2" for "3".',
      ],
    ],
    [
      { "hosts.iterations": { "1": {}, "2": {} }, "hosts.retired": ["2"] },
      ['`hosts.retired` is "2"; an iteration is retired or in use, and a key is not used twice. Number the new one 3.'],
    ],
    [
      { "hosts.iterations": { "3": {} }, "hosts.active": "3", "hosts.retired": ["1", "2", "2"] },
      ['`hosts.retired.2` is "2"; it is listed twice. Remove the repetition.'],
    ],
    [
      { "hosts.iterations": {} },
      [
        '`hosts.active` is "1"; an iteration of `hosts.iterations` is required: it has none. Name one of them, or add "1".',
      ],
    ],
    [
      { "database.iterations": { "1": {}, "2": { identifier: "example-analytics" } } },
      [
        "`database.iterations.2.identifier` manages the RDS instance `example-analytics` in account 123456789012, eu-west-1, and so does `database.iterations.1.identifier`; AWS has one. Set it here, or `database.identifier`.",
      ],
    ],
    [
      { "database.iterations": { "1": { identifier: "i".repeat(64) } } },
      [
        '`database.iterations.1.identifier` is "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii"; an RDS identifier has at most 63 characters, this one 64. Shorten it, or `database.identifier`.',
      ],
    ],
    [
      { "database.iterations": { "1": { storageGiB: 100, maxStorageGiB: 105 } } },
      [
        "`database.iterations.1.maxStorageGiB` is 105; RDS requires a tenth more than `storageGiB`, 110 or more. Raise it, or remove it.",
      ],
    ],
    [
      { "database.iterations": { "1": { engineVersion: "5.7.44-rds.20250213", lifecycleSupport: "upgrade" } } },
      [
        '`database.iterations.1.lifecycleSupport` is "upgrade"; RDS\'s standard support of MySQL 5.7 has ended, so only "extended" is allowed. Remove the field, or choose a newer engine.',
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
  ])("have to agree: %j", (changes, expected) => {
    expect(mistakes(changes)).toEqual(expected);
  });

  it.each<[string, string]>([
    [
      "a-client-of-16-c",
      "makes the domain `a-client-of-16-c-analytics-es` of 29 characters, AWS takes 28. Set `elasticsearch.domainName`, or rename the file to 15 characters or fewer.",
    ],
    [
      "plans",
      "`state.keyPrefix` is \"plans\"; what lies in `plans/` is a plan of CI's, and expires. Choose another first part of the state's key.",
    ],
  ])("have to agree with the client's name: %s", (name, expected) => {
    expect(mistakes({}, name)).toEqual([expected]);
  });

  it("count the client's name into every name that it makes", () => {
    const found = mistakes({ "buckets.hadoop": {}, elasticsearch: undefined }, "a".repeat(64));

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
      state: { bucket: "shared-state", accountId: "999999999999" },
      network: { vpc: "default" },
    };

    expect(reportOn({ "shared-123456789012-eu-west-1": shared })[0]).toBe(
      'clients/shared-123456789012-eu-west-1.ts: `state.accountId` is "999999999999"; the same credentials are of account 123456789012 alone. Remove the field, or set `deployRoleArn` to a role of that account, and deploy with credentials of the state\'s.',
    );
  });
});

describe("a name", () => {
  it.each<[Changes, string[]]>([
    [
      { "hosts.role.name": "r".repeat(65) },
      [`\`hosts.role.name\` is "${"r".repeat(65)}"; AWS takes 64 characters, here are 65. Choose another.`],
    ],
    [
      { "hosts.keyPair.name": "k".repeat(256) },
      [`\`hosts.keyPair.name\` is "${"k".repeat(76)}...; AWS takes 255 characters here. Shorten it.`],
    ],
    ...["sg-x", "SG-x", "default", "ElasticMapReduce-master", "elasticmapreduce-slave"].map(
      (name): [Changes, string[]] => [
        { "hosts.securityGroup.name": name },
        [`\`hosts.securityGroup.name\` is "${name}"; AWS or EMR keeps that name to itself. Choose another.`],
      ],
    ),
    [
      { "hosts.role.name": "EMR_EC2_DefaultRole" },
      ['`hosts.role.name` is "EMR_EC2_DefaultRole"; AWS or EMR keeps that name to itself. Choose another.'],
    ],
    [
      { "emr.rdsSecurityGroup.name": "EMR|RDS" },
      [
        '`emr.rdsSecurityGroup.name` is "EMR|RDS"; AWS takes letters, digits, blanks and ._-:/()#,@[]+=&;!* here. Rename it.',
      ],
    ],
    [
      { "director.keyPair.name": "a%{b" },
      [
        '`director.keyPair.name` is "a%{b"; AWS takes visible ASCII characters and blanks, but neither ${ nor %{, here. Rename it.',
      ],
    ],
  ])("is within AWS's limits: %j", (changes, expected) => {
    expect(mistakes(changes)).toEqual(expected);
  });

  it("that the file's own makes is within them too", () => {
    const others = { "director.securityGroup.name": "x", "emr.rdsSecurityGroup.name": "y" };

    expect(mistakes({ ...others, naming: "runbook" }, "sg")).toEqual([]);
    expect(mistakes(others, "sg")).toEqual([
      "makes the security group `sg-analytics`, and AWS or EMR keeps that name to itself. Set `hosts.securityGroup.name`, or rename the file.",
    ]);
  });

  it.each<Changes>([
    { "hosts.keyPair.name": "k".repeat(255) },
    { "emr.rdsSecurityGroup.name": "EMR RDS (#1, a@b) [x]+=&;!*" },
    { "hosts.keyPair.name": "o'neil | $2" },
  ])("may be %j", (changes) => {
    expect(mistakes(changes)).toEqual([]);
  });
});
