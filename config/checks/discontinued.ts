import { atLeast, majorMinor } from "../compare-versions";
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
 * The first patch of each EMR minor release that signs with SigV4 alone, which buckets made since 2020-06-24 insist on; from 5.22
 * on all do: https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-release-components.html has each release's notes, and
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingAWSSDK.html#UsingAWSSDK-sig2-deprecation the date.
 */
const firstSigV4Patch: Readonly<Record<string, number>> = Object.fromEntries(
  (
    "4.7.4 4.8.5 4.9.6 4.10.1 5.1.1 5.2.3 5.3.2 5.4.1 5.5.4 5.6.1 5.7.1 5.8.3 5.9.1 5.10.1 5.11.4 5.12.3 5.13.1 5.14.2 " +
    "5.15.1 5.16.1 5.17.2 5.18.1 5.19.1 5.20.1 5.21.2"
  )
    .split(" ")
    .map((release) => [majorMinor(release), Number(release.split(".")[2])]),
);

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

/** Whether the clusters of an EMR release sign their requests to S3 with SigV4 alone. */
export function signsWithSigV4(releaseLabel: string): boolean {
  const release = releaseLabel.slice("emr-".length);
  const [, , patch] = release.split(".");
  return (
    atLeast(release, "5.22") || Number(patch) >= (firstSigV4Patch[majorMinor(release)] ?? Number.POSITIVE_INFINITY)
  );
}
