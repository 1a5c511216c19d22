import { type Changes, clientOf, mistakes } from "../../test/client-files";

describe("a field of database, Elasticsearch, buckets and EMR", () => {
  it.each<[Changes, string[]]>([
    [
      {
        network: {
          vpc: "existing",
          vpcId: "vpc-1",
          subnetId: "subnet-0a1b2c3d",
          databaseSubnetIds: ["subnet-0a1b2c3d", "subnet-0a1b2c3e"],
        },
      },
      ['`network.vpcId` is "vpc-1"; an id is required, as in `vpc-0a1b2c3d4e5f67890`. See `aws ec2 describe-vpcs`.'],
    ],
    [
      {
        network: {
          vpc: "existing",
          vpcId: "vpc-0a1b2c3d",
          subnetId: "subnet-0a1b2c3d",
          databaseSubnetIds: ["subnet-0a1b2c3d"],
        },
      },
      [
        '`network.databaseSubnetIds` is ["subnet-0a1b2c3d"]; two subnets or more are required, in different availability zones, because RDS requires two. Add one.',
      ],
    ],
    [
      { "database.iterations": { "1": { engineVersion: "8" } } },
      [
        '`database.iterations.1.engineVersion` is "8"; an RDS version of MySQL 5.6, 5.7, 8.0 or 8.4 is required. Give major and minor number, as in "8.0", or the whole of an instance that is imported, as in "5.7.44".',
      ],
    ],
    [
      { "database.subnetGroup": { existing: "Default" } },
      [
        '`database.subnetGroup.existing` is "Default"; a DB subnet group is called as RDS keeps it: 1 to 255 of a-z, 0-9, ., _, - and blanks, with a letter at the start. See `aws rds describe-db-subnet-groups`.',
      ],
    ],
    [
      { "database.iterations": { "1": { masterUser: "1root" }, "2": { masterUser: "Select" } } },
      [
        '`database.iterations.1.masterUser` is "1root"; RDS takes a master user of 1 to 16 letters, digits and _, with a letter at the start. Rename it, or see `aws rds describe-db-instances`.',
        '`database.iterations.2.masterUser` is "Select"; it is a reserved word of MySQL\'s, which RDS takes for no master user. Rename it.',
      ],
    ],
    [
      { "database.iterations": { "1": { instanceClass: "t3.medium" } } },
      [
        '`database.iterations.1.instanceClass` is "t3.medium"; an RDS instance class is required, as in `db.t3.medium`. See `aws rds describe-orderable-db-instance-options`.',
      ],
    ],
    [
      { "database.iterations": { "1": { storageGiB: 0 } } },
      [
        "`database.iterations.1.storageGiB` is 0; a whole number from 1 to 65536 is allowed. Set the size of the storage in GiB.",
      ],
    ],
    [
      { "database.iterations": { "1": { identifier: "-x" } } },
      [
        '`database.iterations.1.identifier` is "-x"; an RDS identifier is a-z, 0-9 and single -, starts with a letter and ends with none of -. Rename it.',
      ],
    ],
    [
      { "database.backupRetentionDays": 0 },
      [
        "`database.backupRetentionDays` is 0; a whole number from 1 to 35 is allowed. RDS keeps automated backups for 1 to 35 days.",
      ],
    ],
    [{ elasticsearch: true }, ["`elasticsearch` is true; settings, or false for none, are allowed. Write { … }."]],
    [
      { "elasticsearch.version": "7" },
      [
        '`elasticsearch.version` is "7"; "1.5", "7.1", "7.4", "7.7", "7.8", "7.9" and "7.10" are those of AWS that a release speaks. Take one.',
      ],
    ],
    [
      { "elasticsearch.instanceType": "t3.small" },
      [
        '`elasticsearch.instanceType` is "t3.small"; an Elasticsearch instance type with an EBS volume is required, as in `t3.small.elasticsearch`. Mind the ending.',
      ],
    ],
    [
      { "elasticsearch.volumeGiB": 5 },
      [
        "`elasticsearch.volumeGiB` is 5; a whole number from 10 to 3584 is allowed. Set the size of the EBS volume in GiB.",
      ],
    ],
    [
      { "elasticsearch.snapshotHourUtc": 24 },
      ["`elasticsearch.snapshotHourUtc` is 24; a whole number from 0 to 23 is allowed. Give the hour of the day, UTC."],
    ],
    [
      { "emr.releaseLabel": "4.9.6" },
      [
        '`emr.releaseLabel` is "4.9.6"; an EMR release from 4 to 7 is required, as in `emr-4.9.6`. Write the three numbers.',
      ],
    ],
    [
      { "emr.releaseLabel": "emr-99.0.0" },
      [
        '`emr.releaseLabel` is "emr-99.0.0"; an EMR release from 4 to 7 is required, as in `emr-4.9.6`. Write the three numbers.',
      ],
    ],
    ...["foo.bar.elasticsearch", "i3.large.elasticsearch"].map((instanceType): [Changes, string[]] => [
      { "elasticsearch.instanceType": instanceType },
      [
        `\`elasticsearch.instanceType\` is "${instanceType}"; an Elasticsearch instance type with an EBS volume is required, as in \`t3.small.elasticsearch\`. Mind the ending.`,
      ],
    ]),
    ...["192.168.5.4", "xn--acme", "sthree-acme", "amzn-s3-demo-acme", "acme-s3alias", "acme.mrap"].map(
      (name): [Changes, string[]] => [
        { "state.bucket": name },
        [
          `\`state.bucket\` is "${name}"; S3 keeps IP addresses, xn--…, sthree-…, amzn-s3-demo-…, …-s3alias, …--ol-s3, ….mrap, …--x-s3 and …--table-s3 to itself. Rename it.`,
        ],
      ],
    ),
    [
      { "emr.roles": "shared" },
      ['`emr.roles` is "shared"; `{}` or `{ existing: true }` is allowed. Write one of both.'],
    ],
    [
      { "buckets.emr.name": "a" },
      [
        '`buckets.emr.name` is "a"; a bucket name is 3 to 63 of a-z, 0-9, - and single dots, with a letter or digit at both ends. Rename it.',
      ],
    ],
    [
      { "buckets.expireAfterDays": 0 },
      ["`buckets.expireAfterDays` is 0; a whole number from 1 to 3650 is allowed. Give the number of days."],
    ],
  ])("says what is wrong, what is allowed and what to do: %j", (changes, expected) => {
    expect(mistakes(changes)).toEqual(expected);
  });
});

describe("a field of edxapp", () => {
  it.each<[Changes, string[]]>([
    [
      { "edxapp.userArn": "edxapp" },
      [
        '`edxapp.userArn` is "edxapp"; the ARN of an IAM user or role is required, as in `arn:aws:iam::123456789012:user/edxapp`. See `aws iam get-user`.',
      ],
    ],
    [
      { "edxapp.userArn": "arn:aws:iam::123456789012:user/x/" },
      [
        '`edxapp.userArn` is "arn:aws:iam::123456789012:user/x/"; the ARN of an IAM user or role is required, as in `arn:aws:iam::123456789012:user/edxapp`. See `aws iam get-user`.',
      ],
    ],
    [
      { "edxapp.userArn": "arn:aws:iam::123456789012:root" },
      [
        '`edxapp.userArn` is "arn:aws:iam::123456789012:root"; the ARN of an IAM user or role is required, as in `arn:aws:iam::123456789012:user/edxapp`. See `aws iam get-user`.',
      ],
    ],
    [
      { "edxapp.gradesBucket.name": "s3://Bucket" },
      [
        '`edxapp.gradesBucket.name` is "s3://Bucket"; the name of a bucket is 3 to 255 letters, digits, ., _ and -. Copy it from `aws s3api list-buckets`.',
      ],
    ],
    [{ "edxapp.gradesBucket.name": "Acme_edxapp", "buckets.trackingLogs": { existing: "Acme_Logs" } }, []],
    [
      { "buckets.trackingLogs": { name: "Acme_Logs" } },
      [
        '`buckets.trackingLogs.name` is "Acme_Logs"; a bucket name is 3 to 63 of a-z, 0-9, - and single dots, with a letter or digit at both ends. Rename it.',
      ],
    ],
    [
      { "edxapp.gradesBucket.access": "overwrite" },
      [
        '`edxapp.gradesBucket.access` is "overwrite"; "new-policy", "merge-policy", "leave-policy", "user-policy", "print" are allowed. Choose one.',
      ],
    ],
    [
      { "edxapp.gradesBucket.access": undefined },
      [
        '`edxapp.gradesBucket.access` is missing; one of "new-policy", "merge-policy", "leave-policy", "user-policy", "print" is required. Add it.',
      ],
    ],
    [
      { "edxapp.database.user": "edx'app" },
      [
        '`edxapp.database.user` is "edx\'app"; a MySQL user is 1 to 32 visible characters without blanks, quotes, braces and emoji. Take `EDXAPP_MYSQL_USER`.',
      ],
    ],
    [
      { "edxapp.database.identifier": undefined },
      [
        "`edxapp.database.identifier` is missing; the server is named by it, or by `address` with `securityGroupIds`. Set one.",
      ],
    ],
    [
      { "edxapp.database.identifier": undefined, "edxapp.database.address": "db.example.com" },
      ["`edxapp.database.securityGroupIds` is missing; beside `address` it is required. Copy the server's whole list."],
    ],
    [
      {
        "edxapp.database.address": "db.example.com:3306",
        "edxapp.database.identifier": undefined,
        "edxapp.database.securityGroupIds": ["sg-0a1b2c3d"],
      },
      [
        '`edxapp.database.address` is "db.example.com:3306"; a host name without port and scheme is required. Put the port into `port`.',
      ],
    ],
    [
      {
        "edxapp.database.address": "db.example.com",
        "edxapp.database.port": 70000,
        "edxapp.database.identifier": undefined,
        "edxapp.database.securityGroupIds": ["sg-0a1b2c3d"],
      },
      ["`edxapp.database.port` is 70000; a whole number from 1 to 65535 is allowed. MySQL's port is 3306."],
    ],
    [
      { "edxapp.database.access": "vpn" },
      ['`edxapp.database.access` is "vpn"; "group-rules", "cidr-rules", "print" are allowed. Choose one.'],
    ],
  ])("says what is wrong, what is allowed and what to do: %j", (changes, expected) => {
    expect(mistakes(changes)).toEqual(expected);
  });
});

describe("a field of mysql", () => {
  it("need not be there", () => {
    expect(clientOf().mysql).toMatchObject({
      passwordVersions: { analytics: 1, migration: 1, edxapp_ro: 1 },
      generated: ["analytics", "edxapp_ro"],
      existing: [],
      supplied: ["migration"],
    });
    expect(clientOf({ mysql: { passwords: { migration: { version: 2 } } } }).mysql.passwordVersions).toEqual({
      analytics: 1,
      migration: 2,
      edxapp_ro: 1,
    });
  });

  it.each<[Changes, string[]]>([
    [
      { "mysql.passwords.analytics.version": 0 },
      [
        "`mysql.passwords.analytics.version` is 0; a whole number from 1 to 9999 is allowed. Count it up by one to set a new password.",
      ],
    ],
    [
      { "mysql.passwords.edxappRo": {} },
      [
        "`mysql.passwords.edxappRo` is not a field. Did you mean `edxapp_ro`? Known here: analytics, migration, edxapp_ro.",
      ],
    ],
    [
      { "mysql.passwords.migration.existing": true },
      ["`mysql.passwords.migration.existing` is not a field. Remove it. Known here: version."],
    ],
    [
      { "mysql.passwords.edxapp_ro.existing": false },
      ["`mysql.passwords.edxapp_ro.existing` is false; only true is allowed. Write it, or remove the field."],
    ],
    [
      { "mysql.edxappAdmin": "ro'ot" },
      [
        '`mysql.edxappAdmin` is "ro\'ot"; a MySQL user is 1 to 32 visible characters without blanks, quotes, braces and emoji. Take `EDXAPP_MYSQL_USER`.',
      ],
    ],
    [
      { director: { existing: "sg-0a1b2c3d", passwordReader: {} } },
      ["`director.passwordReader` has no effect beside `existing`. Remove the one that is not meant."],
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
