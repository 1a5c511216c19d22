import type { DBInstance, DBSnapshot } from "@aws-sdk/client-rds";
import { majorMinor } from "../../config/compare-versions";
import type { Attributes } from "../../resources/attributes";
import { fieldOf } from "../client-fields";
import { type Answer, type Finding, ok, refused, warning } from "../findings";
import { ask, type Context } from "./finding";
import { sourceKey } from "./kms-keys";

/** Whether RDS can create the stack's instances as they are, and destroy them later. */
export async function* rdsFindings(context: Context): AsyncGenerator<Finding> {
  const { rds } = context.aws;
  for (const { arguments: given, address } of context.lookUp.resources.of("aws_db_instance")) {
    const field = fieldOf(address);
    const { identifier, manage_master_user_password: managed, final_snapshot_identifier: snapshot } = given;
    const source = sourceOf(given);
    if (source !== undefined && (await rds.instance(String(identifier))) === undefined) {
      yield await ask(`${"snapshot" in source ? "snapshot" : "RDS"} ${Object.values(source)[0]}`, () =>
        sourceAnswer(context, source, given, field),
      );
    }
    // The instance keeps the password that it has.
    if (managed === undefined && source === undefined) {
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
    if (running?.EngineVersion !== undefined && isNewer(running.EngineVersion, version)) {
      yield {
        subject: `MySQL of ${wanted}`,
        ...refused(
          `is ${running.EngineVersion}, and \`${field}.engineVersion\` is ${version}: RDS has moved on and refuses to go back, half-way through an apply. Write "${running.EngineVersion}".`,
        ),
      };
    }
  }
}

type Source = { readonly snapshot: string } | { readonly instance: string; readonly at?: string };

/** What an instance is created from, if not empty. */
function sourceOf({ snapshot_identifier: snapshot, restore_to_point_in_time: past }: Attributes): Source | undefined {
  if (snapshot !== undefined) {
    return { snapshot: String(snapshot) };
  }
  const { source_db_instance_identifier: instance, restore_time: at } = (past ?? {}) as Record<string, string>;
  return instance === undefined ? undefined : { instance, at };
}

/** What RDS takes over from the source, and Terraform would replace the new instance for if the file had another. */
async function sourceAnswer(context: Context, source: Source, given: Attributes, field: string): Promise<Answer> {
  const { aws } = context;
  const [found, available] =
    "snapshot" in source
      ? await aws.rds.snapshot(source.snapshot).then((snapshot) => [snapshot, snapshot?.Status] as const)
      : await aws.rds.instance(source.instance).then((instance) => [instance, "available"] as const);
  if (found === undefined) {
    return refused(
      `does not exist in ${aws.region}. Correct \`${field}.restoreFrom\`: \`aws rds describe-db-snapshots\` and \`describe-db-instances\` list what there is.`,
    );
  }
  const problems = [
    available !== "available" && `is ${available}, and cannot be restored yet`,
    ...sourceDifferences(found, given),
    "instance" in source && outOfReach(found as DBInstance, source.at),
  ].filter((text) => text !== false);
  if (problems.length > 0) {
    return refused(`${problems.join("; ")}. Correct \`${field}\`.`);
  }
  // RDS restores with the source's key, and takes no other: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html.
  const unnamed = given.kms_key_id === undefined ? found.KmsKeyId : undefined;
  const answer = unnamed === undefined ? undefined : await sourceKey(context, unnamed, field, false);
  return answer ?? ok("can be restored");
}

function sourceDifferences(found: DBInstance | DBSnapshot, given: Attributes): (string | false)[] {
  const encrypted = "StorageEncrypted" in found ? found.StorageEncrypted : (found as DBSnapshot).Encrypted;
  const { EngineVersion = "", MasterUsername: master, AllocatedStorage: storage = 0 } = found;
  return [
    found.Engine !== "mysql" && `is of ${found.Engine}, not of MySQL`,
    !isRestoredAs(EngineVersion, String(given.engine_version)) &&
      `is of MySQL ${EngineVersion}, and \`engineVersion\` is ${given.engine_version}`,
    master !== given.username && `has the master user ${master}, and \`masterUser\` is ${given.username}`,
    (encrypted ?? false) !== given.storage_encrypted &&
      `is ${encrypted ? "" : "not "}encrypted, and \`encrypted\` is ${given.storage_encrypted}`,
    given.kms_key_id !== undefined &&
      found.KmsKeyId !== given.kms_key_id &&
      `is encrypted with ${found.KmsKeyId}, which RDS restores it with, and \`kmsKeyId\` is ${given.kms_key_id}: copy the snapshot with that key first, docs/encryption.md`,
    storage > Number(given.allocated_storage) && `has ${storage} GiB, and \`storageGiB\` is ${given.allocated_storage}`,
  ];
}

/** A restored instance has its source's version, or a newer patch where the file names none. */
function isRestoredAs(source: string, version: string): boolean {
  return version === majorMinor(version) ? version === majorMinor(source) : version === source;
}

function outOfReach({ BackupRetentionPeriod: days = 0, LatestRestorableTime: latest }: DBInstance, at?: string) {
  if (days === 0) {
    return "has no automated backups";
  }
  return (
    at !== undefined &&
    latest !== undefined &&
    new Date(at) > latest &&
    `can be restored up to ${latest.toISOString()}, and \`at\` is ${at}`
  );
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

/** Whether a version is a later patch than another, or a later build of it, as 5.7.44-rds.20250213 is. */
function isNewer(version: string, other: string): boolean {
  const [[patch, build], [otherPatch, otherBuild]] = [version, other].map((text) =>
    [/^\d+\.\d+\.(\d+)/, /-rds\.(\d+)$/].map((part) => Number(part.exec(text)?.[1] ?? 0)),
  ) as [[number, number], [number, number]];
  return patch === otherPatch ? build > otherBuild : patch > otherPatch;
}
