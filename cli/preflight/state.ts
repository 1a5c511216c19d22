import { Aws } from "../../resources/aws/aws";
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
        ? ok("exists")
        : refused(`does not exist. \`npx edx-analytics state ${name}\` makes it.`);
    } catch (error) {
      if (error instanceof CommandError) {
        return refused(error.message.replace(`${name}: `, ""));
      }
      throw error;
    }
  });
  yield bucket;
  if (bucket.verdict !== "ok") {
    return;
  }
  const hasObject = (key: string) => aws.s3.hasObject({ bucket: state.bucket, key });
  yield await ask(`state ${state.key}`, async () =>
    ok((await hasObject(state.key)) ? "exists: the stack was deployed before" : "is new"),
  );
  yield await ask("lock", async () =>
    (await hasObject(`${state.key}.tflock`))
      ? warning("is held: another run is under way, or one was killed. docs/operations.md says how to tell.")
      : ok("is free"),
  );
}
