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

/**
 * Makes the secrets for which any random text does, those that do not exist yet.
 * @returns the names of the parameters that were made
 */
export async function makeSecrets(
  aws: Aws,
  client: Client,
  existing: Readonly<Partial<Record<SecretKey, string>>>,
): Promise<string[]> {
  const made: string[] = [];
  for (const [key, { maker, what }] of secretEntries) {
    if (maker === "random" && existing[key] === undefined) {
      const name = secretName(client.name, key);
      await aws.ssm.create({
        name,
        description: what,
        // Letters and digits alone need no quoting in any of the files.
        value: Array.from({ length: 50 }, () => letters[randomInt(letters.length)]).join(""),
        tags: { ...client.tags, Project: "edx-analytics" },
      });
      made.push(name);
    }
  }
  return made;
}
