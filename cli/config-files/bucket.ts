import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { Aws } from "../aws";

/** An object of a bucket of the client's account. */
export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

const absent = ["NotFound", "NoSuchKey"];

/** Text of an object; undefined where there is none. */
export async function readObject(aws: Aws, accountId: string, place: ObjectPlace): Promise<string | undefined> {
  const answer = await aws.askIfThere(
    "s3:GetObject",
    aws.s3.send(new GetObjectCommand(call(accountId, place))),
    absent,
  );
  return answer?.Body?.transformToString("utf8");
}

/** Whether an object is there. */
export async function objectExists(aws: Aws, accountId: string, place: ObjectPlace): Promise<boolean> {
  const answer = await aws.askIfThere(
    "s3:GetObject",
    aws.s3.send(new HeadObjectCommand(call(accountId, place))),
    absent,
  );
  return answer !== undefined;
}

/** Writes an object, encrypted by S3. */
export async function writeObject(aws: Aws, accountId: string, place: ObjectPlace, text: string): Promise<void> {
  await aws.ask(
    "s3:PutObject",
    aws.s3.send(
      new PutObjectCommand({
        ...call(accountId, place),
        Body: text,
        ContentType: "application/json",
        ServerSideEncryption: "AES256",
      }),
    ),
  );
}

/** The address of an object, as people write it. */
export function addressOf({ bucket, key }: ObjectPlace): string {
  return `s3://${bucket}/${key}`;
}

/** A bucket of somebody else's is refused by S3 itself. */
function call(accountId: string, { bucket, key }: ObjectPlace) {
  return { Bucket: bucket, Key: key, ExpectedBucketOwner: accountId };
}
