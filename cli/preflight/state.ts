import type { Described } from "../../config/client";
import { Aws } from "../../resources/aws/aws";
import { type Finding, ok, refused, warning } from "../findings";
import { stateAccess } from "../state/access";
import { admissionOf } from "../state/admission";
import { bucketExists } from "../state/bucket";
import { comparePolicyOfOne } from "../state/policy";
import { ask, type Context } from "./finding";

/** Asks once whether there is a state of the AWS side. */
export function stateQuestion(described: Described): Context["hasState"] {
  const { state, stacks } = described;
  let answer: Promise<boolean> | undefined;
  return () => {
    answer ??= new Aws(stateAccess(described), state.region).s3.hasObject({
      bucket: state.bucket,
      key: stacks.main.stateKey,
    });
    return answer;
  };
}

/** Whether Terraform finds its bucket, and whether somebody holds the lock. */
export async function* stateFindings({ hasState }: Context, described: Described): AsyncGenerator<Finding> {
  const { name, state, stacks } = described;
  const key = stacks.main.stateKey;
  const aws = new Aws(stateAccess(described), state.region);
  const bucket = await ask(`bucket ${state.bucket}`, async () => {
    const exists = await bucketExists(aws, described);
    if (typeof exists === "object") {
      return refused(exists.wrong);
    }
    return exists ? ok("exists") : refused(`does not exist. \`npx edx-analytics state ${name}\` makes it.`);
  });
  yield bucket;
  if (bucket.verdict !== "ok") {
    return;
  }
  yield await ask("policy of the bucket", async () => {
    const policy = await aws.s3.policy(state.bucket);
    const { found, wanted, policy: changed } = comparePolicyOfOne(policy, state.bucket, admissionOf([described]));
    return changed === undefined
      ? ok(found)
      : warning(
          `lets in what clients run (${found}); required: ${wanted}. \`npx edx-analytics state ${name}\` corrects it.`,
        );
  });
  yield await ask(`state ${key}`, async () =>
    ok((await hasState()) ? "exists: the stack was deployed before" : "is new"),
  );
  yield await ask("lock", async () =>
    (await aws.s3.hasObject({ bucket: state.bucket, key: `${key}.tflock` }))
      ? warning("is held: another run is under way, or one was killed. docs/operations.md says how to tell.")
      : ok("is free"),
  );
}
