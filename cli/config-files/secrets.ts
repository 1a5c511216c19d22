import { randomInt } from "node:crypto";
import type { Client } from "../../config/client";
import { type SecretKey, secretEntries, secretName } from "../../handoff/config-files/secrets";
import type { Aws } from "../../resources/aws/aws";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** The secrets that SSM has, by their keys. */
export async function readSecrets(aws: Aws, client: Client): Promise<Partial<Record<SecretKey, string>>> {
  const values = await aws.ssm.values(secretEntries.map(([key]) => secretName(client.name, key)));
  return Object.fromEntries(
    secretEntries.flatMap(([key]) => {
      const value = values[secretName(client.name, key)];
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** New texts of the secrets for which any random text does, those that SSM does not have yet. */
export function newSecrets(existing: Readonly<Partial<Record<SecretKey, string>>>): Partial<Record<SecretKey, string>> {
  return Object.fromEntries(
    secretEntries
      .filter(([key, { maker }]) => maker === "random" && existing[key] === undefined)
      // Letters and digits alone need no quoting in any of the files.
      .map(([key]) => [key, Array.from({ length: 50 }, () => letters[randomInt(letters.length)]).join("")]),
  );
}

/**
 * Puts new secrets into SSM, each unless it exists by now.
 * @param made is told the name of each parameter, when SSM has it
 * @throws AwsError where SSM takes one not: those before it stay, and the next run takes them
 */
export async function putSecrets(
  aws: Aws,
  client: Client,
  secrets: Readonly<Partial<Record<SecretKey, string>>>,
  made: (name: string) => void,
): Promise<void> {
  for (const [key, { what }] of secretEntries) {
    const value = secrets[key];
    if (value !== undefined) {
      const name = secretName(client.name, key);
      await aws.ssm.create({ name, description: what, value, tags: { ...client.tags, Project: "edx-analytics" } });
      made(name);
    }
  }
}
