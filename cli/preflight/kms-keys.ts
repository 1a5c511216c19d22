import type { KeyMetadata } from "@aws-sdk/client-kms";
import { accountOf } from "../../config/checks/account";
import type { Client } from "../../config/client";
import type { KmsKey } from "../../config/kms-keys";
import { isKept } from "../../resources/policy-statements";
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
      const found = async () => (await context.aws.rds.instance(identifier))?.KmsKeyId;
      yield await keptKey(identifier, `database.iterations.${key}.kmsKeyId`, kmsKeyId, found);
    }
  }
  if (elasticsearch?.kmsKeyId !== undefined) {
    const { domainName, kmsKeyId } = elasticsearch;
    const found = async () => (await context.aws.elasticsearch.domain(domainName))?.EncryptionAtRestOptions?.KmsKeyId;
    yield await keptKey(domainName, "elasticsearch.kmsKeyId", kmsKeyId, found);
  }
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
    ? ok("leaves it to IAM of the account who may use it")
    : warning(
        `does not leave it to IAM of account ${accountId} who may use it: whoever deploys, and who reads what is encrypted, has to be named in it. docs/encryption.md has the statement that does, and the list of who.`,
      );
}

const needed = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"];

function withoutSid({ Sid: _, ...statement }: Readonly<Record<string, unknown>>) {
  return statement;
}

/** Whether what exists has the key that the file names: AWS could change it by a replacement alone, and the plan would stop. */
function keptKey(
  subject: string,
  field: string,
  wanted: string,
  found: () => Promise<string | undefined>,
): Promise<Finding> {
  return ask(`KMS key of ${subject}`, async () => {
    const key = await found();
    // AWS may tell the id alone.
    return key === undefined || wanted.endsWith(key)
      ? ok(key === undefined ? "is the file's from the start" : "is the file's")
      : refused(
          `is ${key}, with which it was made, and what exists keeps its key. Remove \`${field}\`: docs/encryption.md.`,
        );
  });
}
