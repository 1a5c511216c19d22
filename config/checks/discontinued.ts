import { majorMinor } from "../compare-versions";
import { bucketList } from "../load/defaults";
import { problem } from "../load/problem";
import { limits } from "../schema/limits";
import { type Check, check } from "./check";

const { min: minStorageGiB } = limits.databaseStorageGiB;

/**
 * RDS instance families that take no new MySQL instance:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html.
 */
const discontinuedFamilies = ["db.t1", "db.t2", "db.m1", "db.m2", "db.m3", "db.m4", "db.r3", "db.r4", "db.cr1"];

/**
 * The first patch of each EMR 4 minor release that signs with SigV4, which buckets made since 2020-06-24 insist on:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingAWSSDK.html#UsingAWSSDK-sig2-deprecation.
 */
const firstSigV4Patch: Readonly<Record<string, number>> = { "4.7": 4, "4.8": 5, "4.9": 6, "4.10": 1 };

/** Values that the runbook has and AWS has discontinued: mistakes, or, with `allowDiscontinued`, warnings. */
export const discontinuedChecks: readonly Check[] = [
  check(["database.iterations.*.engineVersion"], ({ database }) =>
    Object.entries(database.iterations).flatMap(([key, { engineVersion }]) =>
      engineVersion !== undefined && majorMinor(engineVersion) === "5.6"
        ? [
            problem(
              `database.iterations.${key}.engineVersion`,
              engineVersion,
              "RDS has discontinued MySQL 5.6",
              'Choose "5.7" or "8.0"',
            ),
          ]
        : [],
    ),
  ),

  check(["database.iterations.*.instanceClass"], ({ database }) =>
    Object.entries(database.iterations).flatMap(([key, { instanceClass }]) => {
      const family = instanceClass.split(".").slice(0, 2).join(".");
      return discontinuedFamilies.includes(family)
        ? [
            problem(
              `database.iterations.${key}.instanceClass`,
              instanceClass,
              `RDS has discontinued ${family}`,
              'Choose a current class, as in "db.t3.medium"',
            ),
          ]
        : [];
    }),
  ),

  check(["database.iterations.*.storageGiB", "database.iterations.*.storageType"], ({ database }) =>
    Object.entries(database.iterations).flatMap(([key, { storageGiB, storageType }]) =>
      storageGiB < minStorageGiB
        ? [
            problem(
              `database.iterations.${key}.storageGiB`,
              storageGiB,
              `${storageType} starts at ${minStorageGiB}`,
              `Set ${minStorageGiB} or more`,
            ),
          ]
        : [],
    ),
  ),

  check(["emr.releaseLabel", "buckets"], ({ emr, buckets }, name) => {
    const managed = bucketList(name, buckets).filter(({ exists }) => !exists);
    return managed.length === 0 || signsWithSigV4(emr.releaseLabel)
      ? []
      : [
          problem(
            "emr.releaseLabel",
            emr.releaseLabel,
            `its SigV2 is refused by buckets made since 2020-06-24, as ${managed.map((bucket) => bucket.name).join(", ")} would be`,
            'Choose "emr-4.9.6", or use existing buckets',
          ),
        ];
  }),
];

function signsWithSigV4(releaseLabel: string): boolean {
  const [major, minor, patch] = releaseLabel.slice("emr-".length).split(".");
  return major !== "4" || Number(patch) >= (firstSigV4Patch[`${major}.${minor}`] ?? Number.POSITIVE_INFINITY);
}
