import { randomInt } from "node:crypto";
import { GetParametersCommand, PutParameterCommand } from "@aws-sdk/client-ssm";
import type { Client } from "../../config/client";
import { type SecretKey, secretEntries, secretName } from "../../handoff/config-files/secrets";
import type { Aws } from "../aws";

/** The most names that SSM takes in one call. */
const namesInACall = 10;

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** The secrets that SSM has, by their keys. */
export async function readSecrets(aws: Aws, client: Client): Promise<Partial<Record<SecretKey, string>>> {
  const keys = new Map(secretEntries.map(([key]) => [secretName(client.name, key), key]));
  const names = [...keys.keys()];
  const found: Partial<Record<SecretKey, string>> = {};
  for (let index = 0; index < names.length; index += namesInACall) {
    const { Parameters = [] } = await aws.ask(
      "ssm:GetParameters",
      aws.ssm.send(new GetParametersCommand({ Names: names.slice(index, index + namesInACall), WithDecryption: true })),
    );
    for (const { Name = "", Value } of Parameters) {
      found[keys.get(Name) as SecretKey] = Value;
    }
  }
  return found;
}

/**
 * Makes the secrets for which any random text does, those that are not there yet.
 * @returns the names of the parameters that were made
 */
export async function makeSecrets(
  aws: Aws,
  client: Client,
  there: Readonly<Partial<Record<SecretKey, string>>>,
): Promise<string[]> {
  const made: string[] = [];
  for (const [key, { maker, what }] of secretEntries) {
    if (maker === "random" && there[key] === undefined) {
      const Name = secretName(client.name, key);
      await aws.ask(
        "ssm:PutParameter",
        aws.ssm.send(
          new PutParameterCommand({
            Name,
            Description: what,
            Type: "SecureString",
            // Letters and digits alone need no quoting in any of the files.
            Value: Array.from({ length: 50 }, () => letters[randomInt(letters.length)]).join(""),
            // A secret that somebody made in the meantime stays.
            Overwrite: false,
            Tags: [
              { Key: "Project", Value: "edx-analytics" },
              { Key: "Client", Value: client.tags.Client ?? client.name },
            ],
          }),
        ),
      );
      made.push(Name);
    }
  }
  return made;
}
