import type { ClientConfig } from "../client";
import { bucketName } from "../fields";
import { type NameKey, nameRules, namesOf } from "../names";
import { type Problem, problem } from "../problem";
import { bucketsOf, stateKey } from "../resolve";
import { type Check, check } from "./check";

/** Names, and those that are made of the client's name, within AWS's limits. */
export const nameChecks: readonly Check[] = [
  check(["name"], ({ name }) =>
    name.startsWith("shared-") || name.endsWith("-databases")
      ? [
          problem(
            "name",
            name,
            "`shared-…` and `…-databases` are names of stacks",
            "Choose another name for client and file",
          ),
        ]
      : [],
  ),

  check(["name", "naming", "names"], (client) =>
    Object.entries(namesOf(client)).flatMap(([key, value]) => {
      const { kind, most } = nameRules[key as NameKey];
      return value.length > most ? [tooLong(client, key as NameKey, value, kind, most)] : [];
    }),
  ),

  check(["name", "buckets", "protected"], (client) =>
    Object.entries(bucketsOf(client)).flatMap(([key, bucket]) =>
      bucketName.safeParse(bucket.name).success
        ? []
        : [
            problem(
              `buckets.${key}.name`,
              bucket.name,
              `a bucket name has at most 63 characters, this one, made of the client's name, has ${bucket.name.length}`,
              `Shorten \`name\`, or set \`buckets.${key}.name\``,
            ),
          ],
    ),
  ),

  check(["name", "state"], ({ name, state }) => {
    const longest = stateKey(state, name, `${name}-databases`);
    return longest.length > 1024
      ? [problem("state.keyPrefix", state.keyPrefix, "an S3 key has at most 1024 characters", "Shorten it")]
      : [];
  }),
];

function tooLong(
  client: Pick<ClientConfig, "name" | "names">,
  key: NameKey,
  value: string,
  kind: string,
  most: number,
): Problem {
  return key in client.names
    ? problem(
        `names.${key}`,
        value,
        `AWS takes ${most} characters in the name of this ${kind}, here are ${value.length}`,
        "Shorten it",
      )
    : problem(
        "name",
        client.name,
        `it makes the ${kind} \`${value}\` of ${value.length} characters, AWS takes ${most}`,
        `Shorten it, or set \`names.${key}\``,
      );
}
