import { majorMinor } from "../../config/compare-versions";
import type { Attributes } from "../../resources/attributes";
import { fieldOf } from "../client-fields";
import { type Answer, type Finding, ok, refused, warning } from "../findings";
import { ask, type Context } from "./finding";

/** Whether RDS can create the stack's instances as they are, and destroy them later. */
export async function* rdsFindings(context: Context): AsyncGenerator<Finding> {
  const { rds } = context.aws;
  for (const { arguments: given, address } of context.lookUp.resources.of("aws_db_instance")) {
    const field = fieldOf(address);
    const { identifier, manage_master_user_password: managed, final_snapshot_identifier: snapshot } = given;
    // The instance keeps the password that it has.
    if (managed === undefined) {
      yield await ask(`master password of ${identifier}`, async () => {
        const found = await rds.instance(String(identifier));
        if (found === undefined) {
          return refused(
            `does not exist: there is no such instance, and a new one has no password to keep. Correct \`${field}.identifier\`, or remove \`${field}.masterPassword\`.`,
          );
        }
        return found.MasterUserSecret === undefined
          ? ok("stays as it is")
          : refused(`is managed by RDS. Remove \`${field}.masterPassword\`.`);
      });
    }
    // A final snapshot outlives its instance, and its name is taken then.
    if (snapshot !== undefined) {
      yield await ask(`snapshot ${snapshot}`, async () =>
        (await rds.snapshot(String(snapshot)))
          ? warning(
              `exists, of an earlier instance, so this one could not be destroyed later. Copy and delete it, or set \`${field}.identifier\`.`,
            )
          : ok("does not exist: the name is free"),
      );
    }
    yield await ask(String(given.instance_class), () => classAnswer(context, given, field));
    const [version, wanted] = [String(given.engine_version), String(identifier)];
    const running = version === majorMinor(version) ? undefined : await rds.instance(wanted);
    if (running?.EngineVersion !== undefined && patchOf(running.EngineVersion) > patchOf(version)) {
      yield {
        subject: `MySQL of ${wanted}`,
        ...refused(
          `is ${running.EngineVersion}, and \`${field}.engineVersion\` is ${version}: RDS has moved on and refuses to go back, half-way through an apply. Write "${running.EngineVersion}".`,
        ),
      };
    }
  }
}

async function classAnswer({ aws }: Context, given: Attributes, field: string): Promise<Answer> {
  const { identifier, instance_class: instanceClass, storage_type: storage } = given;
  const version = String(given.engine_version);
  if ((await aws.rds.instance(String(identifier)))?.DBInstanceClass === instanceClass) {
    return ok(`is what ${identifier} has`);
  }
  const isPatch = version !== majorMinor(version);
  const offers = (await aws.rds.offers(String(instanceClass))).filter(({ StorageType }) => StorageType === storage);
  const offered = offers.map(({ EngineVersion = "" }) => (isPatch ? EngineVersion : majorMinor(EngineVersion)));
  const wanted = `in ${aws.region} with MySQL ${version} on ${storage}`;
  return offered.includes(version)
    ? ok(`is offered ${wanted}`)
    : refused(
        `is not offered ${wanted}, but with ${[...new Set(offered)].sort().join(", ") || "none"}. Change \`${field}\`.`,
      );
}

/** The third number of a version, as in 8.0.42. */
function patchOf(version: string): number {
  return Number(version.split(".")[2] ?? 0);
}
