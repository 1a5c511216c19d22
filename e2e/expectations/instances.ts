import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { Client } from "../../config/client";
import type { World } from "../harness/world";
import { ec2Role } from "./expected/iam";
import { calls } from "./permitted";

const everything = { read: true, list: true, write: true };
const nothing = { read: false, list: false, write: false };

/**
 * Calls S3 as the instances of a client's clusters, while the emulator enforces IAM: they reach the client's buckets, no other
 * client's with a policy of the client's, and never the state, not even with AWS's managed policy.
 * @param others clients of the same account
 */
export async function expectInstances(world: World, client: Client, others: readonly Client[]): Promise<void> {
  const { buckets, edxapp, emr, state } = client;
  const grades = edxapp.gradesBucket.name;
  const ownRole = emr.instancePolicy === "least-privilege";
  const expected: [bucket: string, key: string, permitted: typeof nothing][] = [
    [buckets.edxanalytics.name, "edxapp_creds", everything],
    [buckets.emr.name, "install-sqoop", everything],
    [buckets.trackingLogs.name, "tracking.log", { ...everything, write: !ownRole }],
    [grades, "grades-download/course.csv", everything],
    [grades, "uploads/photo.jpg", ownRole ? { ...nothing, list: true } : everything],
    [state.bucket, "report.csv", nothing],
    ...others.flatMap(({ buckets: { edxanalytics, trackingLogs } }) =>
      [edxanalytics, trackingLogs].map(({ name }): [string, string, typeof nothing] => [
        name,
        "edxapp_creds",
        ownRole ? nothing : everything,
      ]),
    ),
  ];
  for (const [Bucket, Key] of expected) {
    await world.s3.send(new PutObjectCommand({ Bucket, Key, Body: "content" }));
  }
  const s3 = await s3As(world, ec2Role(client));
  await world.enforcingIam(async () => {
    for (const [bucket, key, permitted] of expected) {
      await calls(s3, bucket, permitted, key);
    }
  });
}

/** S3 by a role; the emulator gives it to whoever asks while it enforces nothing. */
export async function s3As({ endpoint, region, accountId }: World, role: string): Promise<S3Client> {
  const sts = new STSClient({ endpoint, region, credentials: { accessKeyId: "any", secretAccessKey: "any" } });
  const { Credentials: found } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${accountId}:role/${role}`,
      RoleSessionName: "i-0123456789abcdef0",
    }),
  );
  return new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: {
      accessKeyId: found?.AccessKeyId as string,
      secretAccessKey: found?.SecretAccessKey as string,
      sessionToken: found?.SessionToken,
    },
  });
}
