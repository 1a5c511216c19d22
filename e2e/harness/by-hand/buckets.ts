import { PutBucketLifecycleConfigurationCommand, PutBucketPolicyCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { bucketEndings } from "../../../config/names";
import { makeBucket, unmanagedPolicy } from "../before";
import type { ByHandClient } from "../runbook-by-hand";
import type { World } from "../world";
import type { RunbookDatabase } from "./database";

/** Names of the buckets by their field in a client file. */
export type RunbookBuckets = Readonly<Record<keyof typeof bucketEndings, string>>;

/** The `Sid` that the runbook prints, unchanged. */
export const runbookSid = "some-unique-identifier";

/** Settings made by hand for the logs of EMR, of which the runbook says nothing. */
export const expiringLogs = {
  ID: "emr-logs",
  Status: "Enabled",
  Filter: { Prefix: "logs/" },
  Expiration: { Days: 400 },
} as const;

/** The buckets as S3 gives them, with some of what is in them after years (runbook, S3). */
export async function bucketsByHand(
  world: World,
  { name: client }: ByHandClient,
  { address }: RunbookDatabase,
): Promise<RunbookBuckets> {
  const buckets = Object.fromEntries(
    Object.entries(bucketEndings).map(([key, ending]) => [key, `${client}-${ending}`]),
  ) as RunbookBuckets;
  for (const bucket of Object.values(buckets)) {
    await makeBucket(world, bucket);
  }
  await world.s3.send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket: buckets.emrLogs,
      LifecycleConfiguration: { Rules: [expiringLogs] },
    }),
  );
  const credentials = { host: address, port: "3306", username: "analytics", password: "of 2016, too" };
  const objects = [
    [buckets.trackingLogs, "logs/tracking/tracking.log-20161108-1478563200.gz", "events"],
    [buckets.emr, "install-sqoop", "#!/bin/bash\n"],
    [buckets.emrLogs, "logs/j-2AXXXXXXGAPLF/node/i-0a1b/applications/hive.log.gz", "log"],
    [buckets.edxanalytics, "edxanalytics_creds", JSON.stringify(credentials)],
    [buckets.edxanalytics, "enrollments-blacklist/", ""],
    [buckets.hadoop, "warehouse/hive/course_enrollment/dt=2016-11-08/part-00000", "rows"],
    [buckets.apiReports, "course-v1_edX_DemoX_2016_problem_response.csv", "learner,answer\n"],
  ] as const;
  for (const [Bucket, Key, Body] of objects) {
    await world.s3.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.from(Body) }));
  }
  return buckets;
}

/** The runbook's statement beside one that existed (runbook, `grades-download` Permissions). */
export async function statementOnGradesBucket(world: World, { edxapp }: ByHandClient): Promise<void> {
  const Bucket = edxapp.gradesBucket.name;
  const policy = {
    ...unmanagedPolicy,
    Statement: [
      unmanagedPolicy.Statement,
      {
        Sid: runbookSid,
        Effect: "Allow",
        Principal: { AWS: edxapp.userArn },
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::BUCKET/grades-download/*",
      },
    ],
  };
  await world.s3.send(
    new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(policy).replaceAll("BUCKET", Bucket) }),
  );
}
