import type { ClientConfig } from "../client";
import { bucketName } from "../fields";
import { type NameKey, nameRules, takenNames } from "../names";
import { type Problem, problem } from "../problem";
import { bucketsOf, stateKey, usedNames } from "../resolve";
import { type Check, check } from "./check";

/** The state's bucket deletes what lies in `plans/` after days; of clients and shared stacks alike. */
export const plansFolderCheck = check(["name", "state.keyPrefix"], ({ name, state }) =>
  /^plans(\/|$)/.test(state.keyPrefix ?? name)
    ? [
        problem(
          "state.keyPrefix",
          state.keyPrefix ?? name,
          "what lies in `plans/` is a plan of CI's, and expires",
          "Choose another first part of the state's key",
        ),
      ]
    : [],
);

/** What decides which names a client uses. */
export const namesStandOn = [
  "name",
  "naming",
  "names",
  "release",
  "elasticsearch",
  "buckets.apiReports",
  "sharing",
  "emr.roles",
  "existingSecurityGroups",
  "hosts.keyPair",
  "director.existingSecurityGroupId",
  "director.keyPair",
  "director.readsMysqlPasswords",
  "database.iterations.*.identifier",
] as const;

/** Names, and those that are made of the client's name, within AWS's limits. */
export const nameChecks: readonly Check[] = [
  check(["name"], ({ name }) =>
    name.startsWith("shared-") || /-(databases|ci)$/.test(name)
      ? [
          problem(
            "name",
            name,
            "`shared-…`, `…-databases` and `…-ci` are names of stacks",
            "Choose another name for client and file",
          ),
        ]
      : [],
  ),

  check(namesStandOn, (client) =>
    usedNames(client).flatMap(([key, value]) => {
      const { kind, most } = nameRules[key];
      return [
        ...(value.length > most
          ? [nameProblem(client, key, value, `AWS takes ${most} characters, here are ${value.length}`)]
          : []),
        ...(takenNames[kind]?.test(value)
          ? [nameProblem(client, key, value, "AWS or EMR keeps that name to itself")]
          : []),
      ];
    }),
  ),

  check(["name", "buckets"], (client) =>
    Object.entries(bucketsIn(client)).flatMap(([key, bucket]) =>
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

  check(["name", "buckets"], (client) => {
    const buckets = Object.entries(bucketsIn(client));
    return buckets.flatMap(([key, bucket]) => {
      const [maker] = buckets.find(([, { create, name }]) => create && name === bucket.name) ?? [];
      return bucket.create || maker === undefined
        ? []
        : [
            problem(
              `buckets.${key}.name`,
              bucket.name,
              `a bucket that is there is required, and \`buckets.${maker}\` makes this one`,
              "Name another, or remove `create: false` and the name",
            ),
          ];
    });
  }),

  plansFolderCheck,

  check(["name", "state.keyPrefix"], ({ name, state }) => {
    const longest = stateKey(state, name, `${name}-databases`);
    return longest.length > 1024
      ? [problem("state.keyPrefix", state.keyPrefix, "an S3 key has at most 1024 characters", "Shorten it")]
      : [];
  }),
];

/** The buckets, whose names do not depend on whether they are protected. */
function bucketsIn(client: Pick<ClientConfig, "name" | "buckets">) {
  return bucketsOf({ ...client, protected: true });
}

/** @param wrong what is wrong with the name */
function nameProblem(
  client: Pick<ClientConfig, "name" | "names">,
  key: NameKey,
  value: string,
  wrong: string,
): Problem {
  return key in client.names
    ? problem(`names.${key}`, value, wrong, "Choose another")
    : problem(
        "name",
        client.name,
        `it makes the ${nameRules[key].kind} \`${value}\`, and ${wrong}`,
        `Set \`names.${key}\`, or rename the client`,
      );
}
