import { HeadObjectCommand } from "@aws-sdk/client-s3";
import { Aws } from "../aws";
import { AwsError } from "../aws-error";
import { CommandError } from "../command-error";
import { type Deployment, stateAccess } from "../deployment";
import { bucketExists } from "../state/bucket";
import { ask, type Finding, ok, refused, warning } from "./finding";

/** Whether Terraform finds its bucket, and whether somebody holds the lock. */
export async function* stateFindings(deployment: Deployment): AsyncGenerator<Finding> {
  const { name, state } = deployment;
  const aws = new Aws(stateAccess(deployment), state.region);
  const bucket = await ask(`bucket ${state.bucket}`, async () => {
    try {
      return (await bucketExists(aws, deployment))
        ? ok("is there")
        : refused(`is missing. \`npx edx-analytics state ${name}\` makes it.`);
    } catch (error) {
      if (error instanceof CommandError && !(error instanceof AwsError)) {
        return refused(error.message.replace(`${name}: `, ""));
      }
      throw error;
    }
  });
  yield bucket;
  if (bucket.verdict !== "ok") {
    return;
  }
  yield await ask(`state ${state.key}`, async () =>
    ok((await objectExists(aws, deployment, state.key)) ? "is there: the stack was deployed before" : "is new"),
  );
  yield await ask("lock", async () =>
    (await objectExists(aws, deployment, `${state.key}.tflock`))
      ? warning("is held: another run is under way, or one was killed. docs/operations.md says how to tell.")
      : ok("is free"),
  );
}

async function objectExists(aws: Aws, { state }: Deployment, key: string): Promise<boolean> {
  try {
    await aws.ask(
      "s3:GetObject",
      aws.s3.send(new HeadObjectCommand({ Bucket: state.bucket, Key: key, ExpectedBucketOwner: state.accountId })),
    );
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.status === 404) {
      return false;
    }
    throw error;
  }
}
