import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadObjectCommand,
} from "@aws-sdk/client-s3";
import { bucketsOf } from "../../../config/buckets";
import type { Client } from "../../../config/client";
import type { World } from "../../harness/world";
import { equal } from "../equal";
import { statementsOf } from "./statements";

export async function expectState(world: World, { state, stacks }: Client): Promise<void> {
  const head = await world.s3.send(new HeadObjectCommand({ Bucket: state.bucket, Key: stacks.main.stateKey }));
  equal("the state's encryption", head.ServerSideEncryption, "AES256");
}

/** Every bucket that the client manages: private, encrypted, versioned, TLS only, with what expires. */
export async function expectBuckets(world: World, { buckets }: Client): Promise<void> {
  const days = buckets.expireAfterDays;
  const logs = buckets.emrLogs ? "emrLogs" : "emr";
  for (const [key, { name: Bucket, exists }] of bucketsOf(buckets)) {
    if (exists) {
      continue;
    }
    const { PublicAccessBlockConfiguration: access } = await world.s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    const { ServerSideEncryptionConfiguration: encryption } = await world.s3.send(
      new GetBucketEncryptionCommand({ Bucket }),
    );
    const { OwnershipControls } = await world.s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    const { Rules = [] } = await world.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    const { Policy } = await world.s3.send(new GetBucketPolicyCommand({ Bucket }));
    equal(
      `bucket ${Bucket}`,
      {
        publicAccessBlock: access,
        versioning: (await world.s3.send(new GetBucketVersioningCommand({ Bucket }))).Status,
        encryption: encryption?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
        ownership: OwnershipControls?.Rules?.[0]?.ObjectOwnership,
        policy: statementsOf(Policy),
        unfinishedUploads: Rules.find(({ ID }) => ID === "unfinished-uploads")?.AbortIncompleteMultipartUpload,
        oldVersions: Rules.find(({ ID }) => ID === "old-versions")?.NoncurrentVersionExpiration?.NoncurrentDays,
        logs: Rules.filter(({ ID }) => ID === "emr-logs").map((rule) => [rule.Filter?.Prefix, rule.Expiration?.Days]),
      },
      {
        publicAccessBlock: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        versioning: "Enabled",
        encryption: "AES256",
        ownership: "BucketOwnerEnforced",
        policy: [
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
        unfinishedUploads: { DaysAfterInitiation: 7 },
        oldVersions: days,
        logs: key === logs ? [["logs/", days]] : [],
      },
    );
  }
  const blacklist = { Bucket: buckets.edxanalytics.name, Key: "enrollments-blacklist/" };
  const head = await world.s3.send(new HeadObjectCommand(blacklist));
  equal("size of enrollments-blacklist/", head.ContentLength, 0);
}

/** The one statement of the client on the grades bucket, where the client file says that the bucket's policy has it. */
export async function expectGrades(world: World, { edxapp }: Client): Promise<void> {
  const { name: Bucket, access } = edxapp.gradesBucket;
  if (access !== "merge-policy" && access !== "new-policy") {
    return;
  }
  const { Policy } = await world.s3.send(new GetBucketPolicyCommand({ Bucket }));
  equal("version of the grades bucket's policy", JSON.parse(Policy ?? "{}").Version, "2008-10-17");
  const statements = statementsOf(Policy) as { Sid?: string }[];
  equal(
    "grades-download statements of the client",
    statements
      .filter(({ Sid }) => Sid?.startsWith("EdxAnalyticsGradesDownload"))
      .map(({ Sid, ...statement }) => statement),
    [
      {
        Effect: "Allow",
        Principal: { AWS: edxapp.userArn },
        Action: "s3:GetObject",
        Resource: `arn:aws:s3:::${Bucket}/grades-download/*`,
      },
    ],
  );
}
