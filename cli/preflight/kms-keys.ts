import type { KeyMetadata } from "@aws-sdk/client-kms";
import { accountOf } from "../../config/checks/account";
import type { Client } from "../../config/client";
import type { KmsKey } from "../../config/kms-keys";
import { attributesOf } from "../../resources/attributes";
import { isKept } from "../../resources/policy-statements";
import { fieldOf } from "../client-fields";
import { type Answer, type Finding, ok, refused, warning } from "../findings";
import { ask, type Context } from "./finding";

/** Whether AWS can encrypt with the client's KMS keys, and whether what exists has them. */
export async function* keyFindings(context: Context, client: Client): AsyncGenerator<Finding> {
  const { kmsKeys, accountId, database, elasticsearch } = client;
  for (const arn of new Set(kmsKeys.map((key) => key.arn))) {
    const uses = kmsKeys.filter((key) => key.arn === arn);
    const [, id = arn] = arn.split("/");
    const finding = await ask(`KMS key ${id}`, () => keyAnswer(context, arn, uses));
    yield finding;
    if (finding.verdict === "ok") {
      yield await ask(`policy of KMS key ${id}`, () => policyAnswer(context, arn, accountId));
    }
  }
  for (const { key, identifier, kmsKeyId } of database.iterations) {
    if (kmsKeyId !== undefined) {
      const found = async () => {
        const instance = await context.aws.rds.instance(identifier);
        return instance && (instance.KmsKeyId ?? "");
      };
      yield await keptKey(identifier, `database.iterations.${key}`, "encrypted", kmsKeyId, found);
    }
  }
  if (elasticsearch?.kmsKeyId !== undefined) {
    const { domainName, kmsKeyId } = elasticsearch;
    const found = async () => (await context.aws.elasticsearch.domain(domainName))?.EncryptionAtRestOptions?.KmsKeyId;
    yield await keptKey(domainName, "elasticsearch", "encrypted", kmsKeyId, found);
  }
  yield* volumeFindings(context);
}

/** Root volumes: of hosts that exist, whether they have the file's key; of others, whether their image can be read. */
async function* volumeFindings(context: Context): AsyncGenerator<Finding> {
  const { lookUp, aws } = context;
  for (const { address, arguments: given } of lookUp.resources.of("aws_instance")) {
    const [image, kmsKeyId] = [String(given.ami), attributesOf(given.root_block_device).kms_key_id];
    const field = fieldOf(address);
    const isNamed = typeof kmsKeyId === "string";
    const hasImage = !image.includes("${");
    // Of a host without either there is nothing to compare.
    const id = isNamed || hasImage ? await lookUp.foundId(address) : undefined;
    if (id !== undefined && isNamed) {
      const found = async () => {
        const host = await aws.ec2.instance(id);
        const volume = host && (await aws.ec2.rootDisk(host));
        return volume && (volume.KmsKeyId ?? "");
      };
      yield await keptKey(`the root volume of ${id}`, field, "diskEncrypted", kmsKeyId, found);
    }
    if (id === undefined && hasImage) {
      yield await ask(`image ${image}`, async () => {
        const key = await aws.ec2.keyOfImage(image);
        if (key === undefined || key === kmsKeyId) {
          return ok(key === undefined ? "is not encrypted" : "is encrypted with the file's key");
        }
        return (await sourceKey(context, key, field, isNamed)) ?? ok("is encrypted with AWS's own key");
      });
    }
  }
}

/**
 * What is to be known of the key of a snapshot or image that something is made of, where its `kmsKeyId` is not that key.
 * @param isNamed whether it has another one, with which EC2 encrypts again what it reads from the image
 * @returns undefined where AWS manages the key, which needs no right of its own
 */
export async function sourceKey(
  { aws }: Context,
  arn: string,
  field: string,
  isNamed: boolean,
): Promise<Answer | undefined> {
  const key = await aws.kms.key(arn);
  if (key === undefined) {
    return refused(`is encrypted with ${arn}, which does not exist any more, so nobody can read it. Take another.`);
  }
  const unusable = unusableFor(key, arn);
  if (unusable !== undefined) {
    return refused(`is encrypted with ${arn}, which ${unusable}`);
  }
  if (key.KeyManager === "AWS") {
    return undefined;
  }
  return warning(
    isNamed
      ? `is encrypted with ${arn}, and \`${field}.kmsKeyId\` is another: whoever deploys needs both, and CI's roles get the file's alone. Copy the image with the file's key (\`aws ec2 copy-image\` with \`--encrypted\` and \`--kms-key-id\`), and name the copy.`
      : `is encrypted with ${arn}, which what is made of it keeps. No field names that key, so CI's roles cannot use it, and no plan compares it. Set \`${field}.kmsKeyId\` to it.`,
  );
}

async function keyAnswer({ aws }: Context, arn: string, uses: readonly KmsKey[]): Promise<Answer> {
  const fields = uses.map(({ field }) => `\`${field}\``).join(" and ");
  const key = await aws.kms.key(arn);
  if (key === undefined) {
    return refused(`does not exist in ${aws.region}. Correct ${fields}: \`aws kms list-keys\` lists what there is.`);
  }
  const unusable = unusableFor(key, arn);
  if (unusable !== undefined) {
    return refused(`${unusable} ${fields} ${uses.length > 1 ? "name" : "names"} it.`);
  }
  if (key.KeyManager === "AWS") {
    return warning(
      `is AWS's own (${key.Description}), whose policy cannot be changed. Remove ${fields}, which changes nothing.`,
    );
  }
  const account = accountOf(arn);
  return account === aws.accountId
    ? ok(`is enabled, and encrypts for ${fields}`)
    : warning(
        `is enabled, and of account ${account}, whose policies only that account reads: the key's policy has to let account ${aws.accountId} use it, with kms:CreateGrant where kms:GrantIsForAWSResource is true (docs/encryption.md).`,
      );
}

/** Why nothing can be encrypted with a key, and what to do; undefined where it can be. */
function unusableFor(
  { KeyState: state, KeyUsage: usage, KeySpec: spec }: KeyMetadata,
  arn: string,
): string | undefined {
  if (usage !== "ENCRYPT_DECRYPT" || spec !== "SYMMETRIC_DEFAULT") {
    return `is for ${usage}, ${spec}, and AWS encrypts with symmetric keys for ENCRYPT_DECRYPT alone. Name another.`;
  }
  switch (state) {
    case "Enabled":
      return undefined;
    case "Disabled":
      return `is disabled: nothing can be encrypted or read with it. Enable it: \`aws kms enable-key --key-id ${arn}\`.`;
    case "PendingDeletion":
    case "PendingReplicaDeletion":
      return `is about to be deleted, and all that is encrypted with it is lost then. Keep it: \`aws kms cancel-key-deletion --key-id ${arn}\`, then enable it.`;
    default:
      return `is ${state}. Wait, or name another.`;
  }
}

/** Roles and users get the key by policies of IAM, which count where the key's policy leaves it to the account. */
async function policyAnswer({ aws }: Context, arn: string, accountId: string): Promise<Answer> {
  const statements = await aws.kms.statements(arn);
  const leaves = (root: string) =>
    isKept({ Effect: "Allow", Principal: { AWS: root }, Action: needed, Resource: "*" }, statements.map(withoutSid));
  return leaves(`arn:aws:iam::${accountId}:root`) || leaves(accountId)
    ? ok("lets IAM policies of the account allow its use")
    : warning(
        `does not let IAM policies of account ${accountId} allow its use, so it has to name whoever deploys, and whoever reads what is encrypted. docs/encryption.md has the statement that is missing, and the list.`,
      );
}

const needed = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"];

function withoutSid({ Sid: _, ...statement }: Readonly<Record<string, unknown>>) {
  return statement;
}

/**
 * Whether what exists has the key that the file names: AWS could change it by a replacement alone, and the plan would stop.
 * @param encrypted the field that says whether there is a key at all
 * @param found the key of what exists, empty where it is not encrypted; undefined where it does not exist
 */
function keptKey(
  subject: string,
  field: string,
  encrypted: string,
  wanted: string,
  found: () => Promise<string | undefined>,
): Promise<Finding> {
  return ask(`KMS key of ${subject}`, async () => {
    const key = await found();
    if (key === "") {
      return refused(
        `is none: it is not encrypted, and what exists stays as it was made. Remove \`${field}.kmsKeyId\`, and set \`${field}.${encrypted}\` to false: docs/encryption.md.`,
      );
    }
    // AWS may tell the id alone.
    return key === undefined || wanted.endsWith(key)
      ? ok(key === undefined ? "is the file's from the start" : "is the file's")
      : refused(
          `is ${key}, with which it was made, and what exists keeps its key. Remove \`${field}.kmsKeyId\`: docs/encryption.md.`,
        );
  });
}
