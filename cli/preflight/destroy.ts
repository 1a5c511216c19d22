import type { Described } from "../../config/client";
import { attributesOf } from "../../resources/attributes";
import type { StateResource } from "../../resources/state";
import { resourceTypeOf } from "../../resources/types";
import { managedIds } from "../drift";
import { type Answer, type Finding, ok, refused, warning } from "../findings";
import { count } from "../layout";
import { stateContents } from "../state/contents";
import { ask, type Context } from "./finding";
import { groupFindings } from "./group-in-use";

/** What makes a destroy stop, hang until it fails, or lose something. */
export async function* destroyFindings(context: Context, described: Described): AsyncGenerator<Finding> {
  const { resources } = context.lookUp;
  const isProtected = resources.all.filter(({ arguments: { lifecycle } }) => attributesOf(lifecycle).prevent_destroy);
  yield {
    subject: "protection",
    ...(isProtected.length === 0
      ? ok("is off")
      : refused(
          `is on for ${isProtected.map(({ address }) => address).join(", ")}. Set \`protected: false\` and deploy first; of a policy that is merged, leave it first: docs/operations.md.`,
        )),
  };
  let held: readonly StateResource[] = [];
  const deployed = await ask("protection in the state", async () => {
    held = (await stateContents(described)) ?? [];
    return protectionAnswer(held);
  });
  if (deployed.verdict !== "ok") {
    yield deployed;
  }
  yield* groupFindings(context, managedIds(held));
  yield* attachedFindings(context, held);
  yield* dataFindings(context, held);
}

/** A destroy goes by what was deployed: the file may say more by now. Databases and buckets are asked about below. */
function protectionAnswer(held: readonly StateResource[]): Answer {
  const isOn = held.filter(({ attributes }) => attributes.enable_deletion_protection === true);
  return isOn.length === 0
    ? ok("is off")
    : refused(
        `is on for ${isOn.map(({ address }) => address).join(", ")}, as deployed. Deploy \`protected: false\` first.`,
      );
}

/** IAM deletes no user or role that has something else on it. */
async function* attachedFindings({ aws }: Context, held: readonly StateResource[]): AsyncGenerator<Finding> {
  const managed = managedIds(held);
  for (const { address, type, attributes } of held) {
    const partsOf = resourceTypeOf(type)?.parts;
    if (partsOf === undefined || !["aws_iam_role", "aws_iam_user"].includes(type)) {
      continue;
    }
    yield await ask(address, async () => {
      const added = (await partsOf(String(attributes.id), aws, attributes)).filter(
        ({ importId }) => !managed.has(importId),
      );
      return added.length === 0
        ? ok("has nothing on it but the stack's")
        : refused(
            `has more on it than the stack's, and IAM does not delete it: ${added.map(({ text }) => text).join("; ")}. Take it off.`,
          );
    });
  }
}

/** What goes with its data, and what keeps a database from leaving its last snapshot. */
async function* dataFindings({ aws, lookUp }: Context, held: readonly StateResource[]): AsyncGenerator<Finding> {
  const goWithObjects = new Set(
    held.filter(({ attributes }) => attributes.force_destroy === true).map(({ address }) => address),
  );
  for (const { address, arguments: given } of lookUp.resources.of("aws_s3_bucket")) {
    const bucket = String(given.bucket);
    yield await ask(`bucket ${bucket}`, async () => {
      if ((await aws.s3.bucket(bucket)) === undefined || (await aws.s3.isEmpty(bucket))) {
        return ok("has no objects");
      }
      return given.force_destroy === true && goWithObjects.has(address)
        ? warning("is destroyed with all its objects and their versions. Copy what is still needed.")
        : refused(
            "has objects, and is not destroyed with them while it is protected. Deploy `protected: false` first.",
          );
    });
  }
  for (const { arguments: given } of lookUp.resources.of("aws_db_instance")) {
    const snapshot = String(given.final_snapshot_identifier);
    yield await ask(`deletion protection of ${given.identifier}`, async () =>
      (await aws.rds.instance(String(given.identifier)))?.DeletionProtection
        ? refused(
            `is on, and RDS deletes no such instance. Deploy \`protected: false\`; if the file has it already, somebody turned it on: \`aws rds modify-db-instance --region ${aws.region} --db-instance-identifier ${given.identifier} --no-deletion-protection\`.`,
          )
        : ok("is off"),
    );
    yield await ask(`final snapshot ${snapshot}`, async () =>
      (await aws.rds.snapshot(snapshot))
        ? refused("exists already, of an earlier instance, and RDS makes no second one. Copy and delete it.")
        : ok(`will be made of ${given.identifier}`),
    );
  }
}

/** A shared stack goes after those who use it. */
export async function* dependantFindings(clients: readonly string[]): AsyncGenerator<Finding> {
  yield {
    subject: "clients",
    ...(clients.length === 0
      ? ok("none uses it")
      : refused(`${clients.join(", ")}: ${count(clients.length, "client")} of it left. Destroy them first.`)),
  };
}
