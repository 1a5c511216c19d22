import { CreateAccessKeyCommand } from "@aws-sdk/client-iam";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Client } from "../../config/client";
import type { Workspace } from "../harness/workspace";
import type { World } from "../harness/world";
import { equal } from "./equal";

/** Calls S3 with the keys of the reports user and of the edxapp user, while the emulator enforces IAM. */
export async function expectPermitted(world: World, client: Client, workspace: Workspace): Promise<void> {
  const { apiReports, edxanalytics } = client.buckets;
  const grades = client.edxapp.gradesBucket;
  const outputs = await workspace.outputs();
  const buckets = [edxanalytics.name, apiReports?.name, grades.name].filter((name) => name !== undefined);
  for (const Bucket of buckets) {
    for (const Key of ["grades-download/course.csv", "uploads/photo.jpg", "report.csv"]) {
      await world.s3.send(new PutObjectCommand({ Bucket, Key, Body: "content" }));
    }
  }

  if (apiReports) {
    const reports = s3As(world, outputs.reports_access_key_id, outputs.reports_secret_access_key);
    await world.enforcingIam(async () => {
      await calls(reports, apiReports.name, { read: true, list: true, write: false });
      await calls(reports, edxanalytics.name, { read: false, list: false, write: false });
      await calls(reports, grades.name, { read: false, list: false, write: false });
    });
  }
  if (client.edxapp.userArn.includes(":user/") && grades.access !== "print") {
    const UserName = client.edxapp.userArn.split("/").at(-1) as string;
    const { AccessKey } = await world.iam.send(new CreateAccessKeyCommand({ UserName }));
    const edxapp = s3As(world, AccessKey?.AccessKeyId, AccessKey?.SecretAccessKey);
    await world.enforcingIam(async () => {
      await calls(edxapp, grades.name, { read: true, list: false, write: false }, "grades-download/course.csv");
      await calls(edxapp, grades.name, { read: false, list: false, write: false }, "uploads/photo.jpg");
      await calls(edxapp, edxanalytics.name, { read: false, list: false, write: false });
    });
  }
}

/** What a caller may do in a bucket. */
export interface Permitted {
  readonly read: boolean;
  readonly list: boolean;
  readonly write: boolean;
}

/** Calls S3, and compares what is refused with what should be. */
export async function calls(s3: S3Client, Bucket: string, expected: Permitted, Key = "report.csv"): Promise<void> {
  const found = {
    read: await succeeds(s3.send(new GetObjectCommand({ Bucket, Key }))),
    list: await succeeds(s3.send(new ListObjectsV2Command({ Bucket }))),
    write: await succeeds(s3.send(new PutObjectCommand({ Bucket, Key, Body: "other" }))),
  };
  equal(`what is permitted on ${Bucket}/${Key}`, found, expected);
}

/** Whether a call is permitted; that S3 refuses it is the only way in which it may fail. */
async function succeeds(call: Promise<unknown>): Promise<boolean> {
  return call.then(
    () => true,
    (error: Error) => {
      if (error.name !== "AccessDenied") {
        throw error;
      }
      return false;
    },
  );
}

function s3As({ endpoint, region }: World, accessKeyId: unknown, secretAccessKey: unknown): S3Client {
  const credentials = { accessKeyId: accessKeyId as string, secretAccessKey: secretAccessKey as string };
  return new S3Client({ endpoint, region, credentials, forcePathStyle: true });
}
