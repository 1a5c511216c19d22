import { type Changes, mistakes } from "../../test/client-files";

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
        '`network.databaseSubnetIds` is ["subnet-0a1b2c3d"]; two subnets or more are required, in different availability zones, because RDS wants two. Add one.',
      ],
    ],
    [
      { "database.iterations": { "1": { engineVersion: "8" } } },
      [
        '`database.iterations.1.engineVersion` is "8"; an RDS version of MySQL 5.6, 5.7, 8.0 or 8.4 is required. Give major and minor number, as in "8.0", or the whole of an instance that is imported, as in "5.7.44".',
      ],
    ],
    [
      { "database.existingSubnetGroup": "Default" },
      [
        '`database.existingSubnetGroup` is "Default"; a DB subnet group is called as RDS keeps it: 1 to 255 of a-z, 0-9, ., _, - and blanks, with a letter at the start. See `aws rds describe-db-subnet-groups`.',
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
    [{ "emr.roles": "shared" }, ['`emr.roles` is "shared"; "create", "existing" are allowed. Choose one.']],
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
