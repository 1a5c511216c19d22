import { z } from "zod";
import { mysqlReservedWords } from "../tables/mysql-reserved-words";
import { exists, orExisting } from "./existing";
import { additionalSecurityGroupIds, integer, iterationKey } from "./fields";
import { kmsKeyId } from "./kms-key";
import { limits } from "./limits";
import { backupWindow, maintenanceWindow } from "./rds-windows";
import { resourceName } from "./resource-name";

/** What RDS refuses, as the runbook's 5 GiB, is a check of its own: it may be discontinued, not mistyped. */
const storageGiB = { min: 1, max: limits.databaseStorageGiB.max };

const identifier = z.string().regex(/^[a-z](?!.*--)[a-z0-9-]*[a-z0-9]$/, {
  error: "an RDS identifier is a-z, 0-9 and single -, starts with a letter and ends with none of -. Rename it.",
});

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html */
const snapshotName = z.string().regex(/^(rds:)?[A-Za-z](?!.*--)[A-Za-z0-9-]{0,254}(?<!-)$/, {
  error: "a snapshot's identifier is required, as in `analytics-final`. See `aws rds describe-db-snapshots`.",
});

const databaseIteration = z.strictObject({
  /**
   * MySQL version, major and minor number: RDS takes its newest patch when the instance is created. An instance that is
   * imported has its patch in the state, and needs the whole of it, as in "5.7.44" or "5.7.44-rds.20250213": RDS
   * refuses an older one.
   * @default - the release's: 5.7 up to Maple, 8.0 from Nutmeg
   */
  engineVersion: z
    .string()
    .regex(/^(5\.6|5\.7|8\.0|8\.4)(\.(0|[1-9]\d*)(-rds\.\d{8})?)?$/, {
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
    .regex(/^db\.[a-z]+\d[a-z0-9]*\.(micro|small|medium|large|([2-9]|[1-9]\d+)?xlarge)$/, {
      error:
        "an RDS instance class is required, as in `db.t3.medium`. See `aws rds describe-orderable-db-instance-options`.",
    })
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.html
    .regex(/^(?!db\.t\d[a-z]*\.([3-9]|\d{2,})xlarge)/, {
      error: "classes that begin with db.t go up to 2xlarge. Choose a smaller one, or another, as in `db.m5.4xlarge`.",
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
  storageGiB: integer(storageGiB, "Set the size of the storage in GiB").default(limits.databaseStorageGiB.min),
  /**
   * The most that RDS grows the storage to by itself when it fills up, GiB.
   * @default - RDS does not grow it
   */
  maxStorageGiB: integer(storageGiB, "Set the most in GiB, a tenth above `storageGiB` or more").optional(),
  /**
   * A standby in another availability zone, which doubles the price.
   * @default false
   */
  multiAz: z.boolean().default(false),
  /**
   * Ids of existing security groups that the instance is in besides `EMR RDS`.
   * @default []
   */
  additionalSecurityGroupIds,
  /**
   * Encryption at rest with the account's RDS key; an instance cannot change it later.
   * @default true
   */
  encrypted: z.boolean().default(true),
  /**
   * ARN of the KMS key that a new instance is encrypted with, its backups and snapshots as well; an instance cannot change it later,
   * and one that is restored has its source's. docs/encryption.md.
   * @default - the account's RDS key, `aws/rds`
   */
  kmsKeyId: kmsKeyId.optional(),
  /**
   * Identifier of the RDS instance.
   * @default - `database.identifier`; with `-N` behind it from iteration 2 on
   */
  identifier: identifier.optional(),
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
    .default("root"),
  /**
   * The master user's password. `managed`: RDS creates it, keeps it in Secrets Manager, and rotates it every seven days.
   * `{ existing: true }`: an instance that is imported keeps the one that it has, which Terraform never knows; the
   * operator puts it into a parameter: docs/databases.md. A new instance cannot be created with an existing password, and
   * one whose password RDS manages cannot go back to it.
   * @default "managed"
   */
  masterPassword: z
    .union(
      [
        z.literal("managed"),
        z.strictObject({
          /** The password that the instance has; the operator puts it into a parameter. */
          existing: exists,
        }),
      ],
      {
        error: '"managed" or { existing: true } is allowed. Choose one.',
      },
    )
    .default("managed"),
  /**
   * What a new instance is created from, in the place of an empty one: a snapshot, `{ snapshot: "analytics-final" }`; or
   * another instance of the region as it was, `{ instance: "analytics", at: "2026-11-26T09:30:00Z" }`, at most
   * `backupRetentionDays` ago, or `at: "latest"`. Its databases and users are imported: docs/operations.md. Once the instance
   * exists the field has no effect: to restore again takes another iteration.
   * @default - an empty instance
   */
  restoreFrom: z
    .union(
      [
        z.strictObject({
          /** Identifier of a manual or final snapshot, as in `analytics-final`, or of an automated one, as in `rds:analytics-2026-11-26-09-06`. Another account's or region's is copied first. */
          snapshot: snapshotName,
        }),
        z.strictObject({
          /** Identifier of an RDS instance of the region that has automated backups. */
          instance: identifier,
          /** Time in UTC, as in `2026-11-26T09:30:00Z`, or `latest`, some five minutes ago. */
          at: z.union([
            z.literal("latest"),
            z.iso.datetime({
              precision: 0,
              error: '"latest" or a time in UTC is required, as in "2026-11-26T09:30:00Z". Correct it.',
            }),
          ]),
        }),
      ],
      {
        error:
          '{ snapshot: "analytics-final" }, { instance: "analytics", at: "2026-11-26T09:30:00Z" } or { instance: "analytics", at: "latest" } is allowed. Choose one.',
      },
    )
    .optional(),
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
  iterations: z.record(iterationKey, databaseIteration).prefault({ "1": {} }),
  /**
   * Keys of iterations that were removed. One that merely disappeared from `iterations` is a mistake, so that a lost line
   * destroys nothing, and a key is not used twice, as its final snapshot keeps the name.
   * @default []
   */
  retired: z.array(iterationKey).default([]),
  /**
   * Identifier of the first iteration's RDS instance; later ones have `-N` behind it.
   * @default "analytics", by `naming`
   */
  identifier: resourceName("rds").optional(),
  /**
   * DB subnet group of every iteration: RDS lets no instance change to another one of its VPC. With an existing one, by
   * its name, `network.zones` and `network.databaseSubnetIds` do not place the database.
   * @default - a group of the zones or subnets in `network` is managed
   */
  subnetGroup: orExisting(
    z.string().regex(/^(?!.* $)[a-z][a-z0-9._ -]{0,254}$/, {
      error:
        "a DB subnet group is called as RDS keeps it: 1 to 255 of a-z, 0-9, ., _, - and blanks, with a letter at the start. See `aws rds describe-db-subnet-groups`.",
    }),
    {},
  ).default({}),
  /**
   * Automated backups, days (runbook: 14).
   * @default 14
   */
  backupRetentionDays: integer(limits.backupRetentionDays, "RDS keeps automated backups for 1 to 35 days").default(14),
  /**
   * When RDS makes its daily backup, UTC, 30 minutes or more, as in `03:00-04:00`: the instance is slower for a moment.
   * @default - a half-hour at night that RDS chooses for each instance
   */
  backupWindow: backupWindow.optional(),
  /**
   * When RDS changes class, storage and engine, and may reboot, UTC, 30 minutes to a day, as in `sun:04:30-sun:05:30`.
   * @default - a half-hour of a week that RDS chooses for each instance
   */
  maintenanceWindow: maintenanceWindow.optional(),
});

export type DatabaseIterationFields = z.output<typeof databaseIteration>;
