import { z } from "zod";
import { additionalSecurityGroupIds, bucketName, iterationKey, whole } from "./fields";
import { mysqlReservedWords } from "./mysql-reserved-words";
import { masterUser } from "./mysql-servers";

/** The least storage that RDS for MySQL takes, gp2 or gp3, GiB: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html. */
export const leastStorageGiB = 20;

const databaseIteration = z.strictObject({
  /**
   * MySQL version, major and minor number: RDS takes its newest patch when the instance is made. An instance that is
   * imported has its patch in the state, and needs the whole of it, as in "5.7.44" or "5.7.44-rds.20250213": RDS
   * refuses an older one.
   * @default - the release's: 5.7 up to Maple, 8.0 from Nutmeg
   */
  engineVersion: z
    .string()
    .regex(/^(5\.6|5\.7|8\.0|8\.4)(\.\d+(-rds\.\d{8})?)?$/, {
      error:
        'an RDS version of MySQL 5.6, 5.7, 8.0 or 8.4 is required. Give major and minor number, as in "8.0", or the whole of an instance that is imported, as in "5.7.44".',
    })
    .optional(),
  /**
   * RDS instance class (runbook, RDS: db.t2.medium or db.m3.medium).
   * @default "db.t3.medium"
   */
  instanceClass: z
    .string()
    .regex(/^db\.[a-z][a-z0-9-]*\.[a-z0-9]+$/, {
      error:
        "an RDS instance class is required, as in `db.t3.medium`. See `aws rds describe-orderable-db-instance-options`.",
    })
    .default("db.t3.medium"),
  /**
   * Storage type.
   * @default "gp3"
   */
  storageType: z.enum(["gp2", "gp3"]).default("gp3"),
  /**
   * Storage, GiB (runbook: 5, which RDS no longer takes).
   * @default 20
   */
  storageGiB: whole(1, 65536, "Set the size of the storage in GiB").default(leastStorageGiB),
  /**
   * The most that RDS grows the storage to by itself when it fills up, GiB.
   * @default - RDS does not grow it
   */
  maxStorageGiB: whole(1, 65536, "Set the most in GiB, a tenth above `storageGiB` or more").optional(),
  /**
   * A standby in another availability zone, which doubles the price.
   * @default false
   */
  multiAz: z.boolean().default(false),
  /**
   * Ids of security groups that are there already, and that the instance is in besides `EMR RDS`.
   * @default []
   */
  additionalSecurityGroupIds,
  /**
   * Encryption at rest with the account's RDS key; an instance cannot change it later.
   * @default true
   */
  encrypted: z.boolean().default(true),
  /**
   * Identifier of the RDS instance.
   * @default - the client's `databaseIdentifier`; with `-N` behind it from iteration 2 on
   */
  identifier: z
    .string()
    .regex(/^[a-z](?!.*--)[a-z0-9-]*[a-z0-9]$/, {
      error: "an RDS identifier is a-z, 0-9 and single -, starts with a letter and ends with none of -. Rename it.",
    })
    .optional(),
  /**
   * Master user; an instance cannot change it later.
   * @default "root"
   */
  masterUser: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]{0,15}$/, {
      error:
        "RDS takes a master user of 1 to 16 letters, digits and _, with a letter at the start. Rename it, or see `aws rds describe-db-instances`.",
    })
    .refine((name) => !mysqlReservedWords.has(name.toLowerCase()), {
      error: "it is a reserved word of MySQL's, which RDS takes for no master user. Rename it.",
    })
    .default(masterUser),
  /**
   * The master user's password. `managed`: RDS makes it, keeps it in Secrets Manager, and changes it every seven days.
   * `existing`: an instance that is imported keeps the one that it has, which Terraform never knows; the operator puts
   * it into a parameter: docs/databases.md. A new instance cannot be made with `existing`, and one that RDS manages the
   * password of cannot go back to it.
   * @default "managed"
   */
  masterPassword: z.enum(["managed", "existing"]).default("managed"),
  /**
   * Who keeps an ageing engine alive: `extended` pays for RDS Extended Support, `upgrade` lets RDS upgrade the engine by
   * itself when standard support ends: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html.
   * @default - "extended" where standard support has ended, as RDS takes nothing else there; else "upgrade"
   */
  lifecycleSupport: z.enum(["extended", "upgrade"]).optional(),
  /**
   * Stop every plan that would destroy the instance, and turn deletion protection on.
   * @default - the client's `protected`
   */
  protected: z.boolean().optional(),
});

/** The analytics RDS (runbook, RDS). */
export const database = z.strictObject({
  /**
   * Iteration that hosts and configuration files point to.
   * @default "1"
   */
  active: iterationKey.default("1"),
  /**
   * The instances by iteration. An upgrade is a new iteration; see docs/operations.md.
   * @default - iteration "1" with defaults
   */
  iterations: z.record(iterationKey, databaseIteration).default({ "1": databaseIteration.parse({}) }),
  /**
   * Keys of iterations that are gone. One that merely disappeared from `iterations` is a mistake, so that a lost line
   * destroys nothing, and a key is not used twice, as its final snapshot keeps the name.
   * @default []
   */
  retired: z.array(iterationKey).default([]),
  /**
   * Name of a DB subnet group that is there already and is used as it is, for every iteration: RDS lets no instance
   * change to another one of its VPC. `network.zones` and `network.databaseSubnetIds` do not place the database then.
   * @default - a group is made, of the zones or subnets in `network`
   */
  existingSubnetGroup: z
    .string()
    .regex(/^[a-z][a-z0-9._ -]{0,254}$/, {
      error:
        "a DB subnet group is called as RDS keeps it: 1 to 255 of a-z, 0-9, ., _, - and blanks, with a letter at the start. See `aws rds describe-db-subnet-groups`.",
    })
    .optional(),
  /**
   * Automated backups, days (runbook: 14).
   * @default 14
   */
  backupRetentionDays: whole(1, 35, "RDS keeps automated backups for 1 to 35 days").default(14),
});

/** Volume limits of Elasticsearch instance types, GiB: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html. */
export const elasticsearchVolume: Readonly<Record<string, { least: number; most: number }>> = {
  "t2.micro.elasticsearch": { least: 10, most: 35 },
  "t2.small.elasticsearch": { least: 10, most: 35 },
  "t2.medium.elasticsearch": { least: 10, most: 35 },
  "t3.small.elasticsearch": { least: 10, most: 100 },
  "t3.medium.elasticsearch": { least: 10, most: 200 },
};

/** The Elasticsearch domain of the learner index (runbook, ElasticSearch). */
export const elasticsearch = z.strictObject({
  /**
   * Name of the domain, as of one that was made by hand.
   * @default - the client's name and the runbook's ending, as in `acme-analytics-es`
   */
  domainName: z
    .string()
    .regex(/^[a-z][a-z0-9-]{2,27}$/, {
      error: "a domain's name is 3 to 28 of a-z, 0-9 and -, and starts with a letter. Rename it.",
    })
    .optional(),
  /**
   * Elasticsearch version.
   * @default - the release's: 1.5 up to Lilac, 7.10 for Maple and Nutmeg
   */
  version: z
    .enum(["1.5", "7.1", "7.4", "7.7", "7.8", "7.9", "7.10"], {
      error: '"1.5", "7.1", "7.4", "7.7", "7.8", "7.9" and "7.10" are those of AWS that a release speaks. Take one.',
    })
    .optional(),
  /**
   * Instance type of the one node.
   * @default - "t2.small.elasticsearch" on 1.5, which t3 does not run; else "t3.small.elasticsearch"
   */
  instanceType: z
    .string()
    .regex(/^(t[23]|m[345]|c[45]|r[345]|i2|[mcr]6g)\.(micro|small|medium|\d*x?large)\.elasticsearch$/, {
      error:
        "an Elasticsearch instance type with an EBS volume is required, as in `t3.small.elasticsearch`. Mind the ending.",
    })
    .optional(),
  /**
   * EBS volume, gp2, GiB (runbook: 10).
   * @default 10
   */
  volumeGiB: whole(10, 3584, "Set the size of the EBS volume in GiB").default(10),
  /**
   * Encryption at rest and between nodes; needs version 6.0 and an instance type other than t2.
   * @default - true where version and instance type take it
   */
  encrypted: z.boolean().optional(),
  /**
   * Publish application logs to CloudWatch; needs version 5.1.
   * @default false
   */
  applicationLogs: z.boolean().default(false),
  /**
   * The CloudWatch Logs resource policy that lets Elasticsearch write its logs, of which a region holds ten: made for
   * this client, or there already (the shared stack makes one for all domains).
   * @default - "existing" with `sharing: "shared-stack"`, else "create"
   */
  logResourcePolicy: z.enum(["create", "existing"]).optional(),
  /**
   * Hour of the automated snapshot, UTC (runbook: 0).
   * @default 0
   */
  snapshotHourUtc: whole(0, 23, "Give the hour of the day, UTC").default(0),
  /**
   * Stop every plan that would destroy the domain.
   * @default - the client's `protected`
   */
  protected: z.boolean().optional(),
});

const bucket = z.strictObject({
  /**
   * Make the bucket, or use one of that name that is there; one that is there is left as it is.
   * @default true
   */
  create: z.boolean().default(true),
  /**
   * Name of the bucket.
   * @default - the client's name and the runbook's ending, as in `acme-analytics-emr`
   */
  name: bucketName.optional(),
  /**
   * Stop every plan that would destroy the bucket; one that is not protected is destroyed with all its objects.
   * @default - the client's `protected`
   */
  protected: z.boolean().optional(),
});

/** The S3 buckets (runbook, S3). */
export const buckets = z.strictObject({
  /**
   * `<client>-tracking-logs`, the LMS's tracking logs.
   * @default - used as it is there, as the runbook's prerequisites say
   */
  trackingLogs: bucket.default({ ...bucket.parse({}), create: false }),
  /**
   * `<client>-analytics-emr`, EMR provisioning and, without `emrLogs`, its logs.
   * @default - made
   */
  emr: bucket.default(bucket.parse({})),
  /**
   * `<client>-analytics-emr-logs`, a bucket of their own for EMR's logs.
   * @default - none; the logs are in `emr`
   */
  emrLogs: bucket.optional(),
  /**
   * `<client>-edxanalytics`, the pipeline's configuration and data.
   * @default - made
   */
  edxanalytics: bucket.default(bucket.parse({})),
  /**
   * `<client>-edxanalytics-hadoop`, a bucket of their own for Hive and Hadoop.
   * @default - none; their data is in `edxanalytics`
   */
  hadoop: bucket.optional(),
  /**
   * `<client>-analytics-api-reports`, problem response reports, with the user that reads them.
   * @default - none; only `ProblemResponseReportWorkflow` needs it
   */
  apiReports: bucket.optional(),
  /**
   * EMR's logs and old versions of objects are deleted after so many days.
   * @default 90
   */
  expireAfterDays: whole(1, 3650, "Give the number of days").default(90),
});

export type DatabaseConfig = z.output<typeof database>;
export type DatabaseIterationConfig = z.output<typeof databaseIteration>;
export type ElasticsearchConfig = z.output<typeof elasticsearch>;
export type BucketConfig = z.output<typeof bucket>;
export type BucketsConfig = z.output<typeof buckets>;
