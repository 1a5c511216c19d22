import { majorMinor } from "../../config/compare-versions";
import type { StackResource } from "../../resources/stack-resources";
import { fieldOf } from "../client-fields";
import { type Answer, ask, type Context, type Finding, ok, refused, warning } from "./finding";

/** Whether RDS can create the stack's instances as they are, and destroy them later. */
export async function* rdsFindings(context: Context): AsyncGenerator<Finding> {
  for (const instance of context.lookUp.resources.of("aws_db_instance")) {
    const { arguments: given, address } = instance;
    const field = fieldOf(address);
    if (given.manage_master_user_password === undefined) {
      yield await ask(`master password of ${given.identifier}`, () => passwordAnswer(context, instance, field));
    }
    if (given.final_snapshot_identifier !== undefined) {
      const snapshot = String(given.final_snapshot_identifier);
      yield await ask(`snapshot ${snapshot}`, () => snapshotAnswer(context, snapshot, field));
    }
    yield await ask(String(given.instance_class), () => classAnswer(context, instance, field));
  }
}

/** The instance keeps the one that it has. */
async function passwordAnswer(
  { aws }: Context,
  { arguments: { identifier } }: StackResource,
  field: string,
): Promise<Answer> {
  const found = await aws.rds.instance(String(identifier));
  if (found === undefined) {
    return refused(
      `does not exist: there is no such instance, and a new one has no password to keep. Correct \`${field}.identifier\`, or remove \`${field}.masterPassword\`.`,
    );
  }
  return found.MasterUserSecret === undefined
    ? ok("stays as it is")
    : refused(`is managed by RDS. Remove \`${field}.masterPassword\`.`);
}

/** A final snapshot outlives its instance, and its name is taken then. */
async function snapshotAnswer({ aws }: Context, snapshot: string, field: string): Promise<Answer> {
  return (await aws.rds.snapshot(snapshot))
    ? warning(
        `exists, of an earlier instance, so this one could not be destroyed later. Copy and delete it, or set \`${field}.identifier\`.`,
      )
    : ok("does not exist: the name is free");
}

async function classAnswer({ aws }: Context, { arguments: given }: StackResource, field: string): Promise<Answer> {
  const [engineVersion, instanceClass, storageType] = [
    given.engine_version,
    given.instance_class,
    given.storage_type,
  ].map(String) as [string, string, string];
  if ((await aws.rds.instance(String(given.identifier)))?.DBInstanceClass === instanceClass) {
    return ok(`is what ${given.identifier} has`);
  }
  const exact = engineVersion !== majorMinor(engineVersion);
  const versions = new Set(
    (await aws.rds.offers(instanceClass))
      .filter((option) => option.StorageType === storageType)
      .map(({ EngineVersion = "" }) => (exact ? EngineVersion : majorMinor(EngineVersion))),
  );
  return versions.has(engineVersion)
    ? ok(`is offered in ${aws.region} with MySQL ${engineVersion} on ${storageType}`)
    : refused(
        `is not offered in ${aws.region} with MySQL ${engineVersion} on ${storageType}, but with ${[...versions].sort().join(", ") || "none"}. Change \`${field}\`.`,
      );
}
