import { ciNames, isOfCi } from "../ci-names";
import { isExisting } from "../existing";
import { bucketList } from "../load/defaults";
import { type Problem, problem } from "../load/problem";
import { databasesStackName, namesDependOn, reservedNames, stateKey, type UsedName, usedNames } from "../names";
import { s3BucketName } from "../schema/fields";
import { limits } from "../schema/limits";
import { type Check, check } from "./check";
import { rolesWithoutField, rolesWithoutFieldDependOn } from "./own-roles";

/** The state's bucket deletes what lies in `plans/` after days; of clients and shared stacks alike. */
export const plansFolderCheck = check(["state.keyPrefix"], ({ state }, name) =>
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

/** Names, and those that are made of the client's name, within AWS's limits. */
export const nameChecks: readonly Check[] = [
  check([...namesDependOn, "ci"], (client, name) =>
    usedNames(name, client).flatMap((used) => {
      const { kind, maxLength } = used;
      return [
        ...(used.name.length > maxLength
          ? [nameProblem(used, `AWS takes ${maxLength} characters, here are ${used.name.length}`)]
          : []),
        ...(reservedNames[kind]?.test(used.name) ? [nameProblem(used, "AWS or EMR keeps that name to itself")] : []),
        ...(ciNames[kind]?.test(used.name) || (client.ci && kind in ciNames && isOfCi(name, used.name))
          ? [nameProblem(used, "the roles and policies of CI are called so")]
          : []),
      ];
    }),
  ),

  check(["buckets"], ({ buckets }, name) =>
    bucketList(name, buckets)
      // What the file itself names as existing may be older than S3's rules.
      .filter(({ key, name }) => {
        const given = buckets[key];
        return !s3BucketName.safeParse(name).success && !(given !== undefined && isExisting(given));
      })
      .map(({ key, name: bucket, exists }) => {
        const path = `buckets.${key}.${exists ? "existing" : "name"}`;
        return problem(
          path,
          bucket,
          `a bucket name has at most 63 characters, this one, made of the client's name, has ${bucket.length}`,
          `Set \`${path}\`, or shorten the file's name`,
        );
      }),
  ),

  check(["buckets"], ({ buckets }, name) => {
    const all = bucketList(name, buckets);
    return all.flatMap(({ key, name: bucket, exists }) => {
      const managed = all.find((other) => !other.exists && other.name === bucket);
      return exists && managed !== undefined
        ? [
            problem(
              `buckets.${key}.existing`,
              bucket,
              `an existing bucket is required, and the client manages this one as \`buckets.${managed.key}\``,
              "Name another, or remove the field",
            ),
          ]
        : [];
    });
  }),

  check(rolesWithoutFieldDependOn, (client, name) =>
    rolesWithoutField(name, client)
      .map((role) => role.name)
      .filter((role) => role.length > limits.roleNameLength)
      .map((role) => ({
        path: "",
        message: `makes the IAM role \`${role}\`, and AWS takes ${limits.roleNameLength} characters. Shorten the file's name.`,
      })),
  ),

  check(["alarms.emails"], ({ alarms: { emails = [] } = {} }) =>
    emails.flatMap((email, index) => {
      const same = emails.slice(0, index).find((other) => wordsOf(other) === wordsOf(email));
      return same === undefined
        ? []
        : [
            problem(
              `alarms.emails.${index}`,
              email,
              `but for punctuation it is ${same}, and their subscriptions would have one Terraform address`,
              "Name one of them, or a mailing list",
            ),
          ];
    }),
  ),

  plansFolderCheck,

  check(["state.keyPrefix"], ({ state }, name) =>
    stateKey(state.keyPrefix ?? name, databasesStackName(name)).length > limits.objectKeyLength
      ? [
          problem(
            "state.keyPrefix",
            state.keyPrefix,
            `an S3 key has at most ${limits.objectKeyLength} characters`,
            "Shorten it",
          ),
        ]
      : [],
  ),
];

/** What is wrong with a client's name, which is the file's. */
export function clientNameProblems(name: string): Problem[] {
  const wrong = clientNameFault(name);
  return wrong === undefined ? [] : [{ path: "", message: `${wrong}. Rename the file.` }];
}

/** What is wrong with a client's name, to be read after it; undefined where nothing is. */
export function clientNameFault(name: string): string | undefined {
  if (!/^[a-z](?!.*--)[a-z0-9-]*[a-z0-9]$/.test(name)) {
    return "is no client's name: two or more of a-z, 0-9 and single - are allowed, with a letter at the start and none of - at the end";
  }
  if (name === "constructor") {
    return "is no client's name, as CDKTF keeps it to itself";
  }
  if (name.startsWith("shared-")) {
    return "is no client's name: `shared-…` are names of shared stacks";
  }
  return /-(databases|ci)$/.test(name)
    ? "is no client's name: `…-databases` and `…-ci` are names of stacks"
    : undefined;
}

/** @param wrong what is wrong with the name */
function nameProblem({ path, kind, name, isSet }: UsedName, wrong: string): Problem {
  return isSet
    ? problem(path, name, wrong, "Choose another")
    : { path: "", message: `makes the ${kind} \`${name}\`, and ${wrong}. Set \`${path}\`, or rename the file.` };
}

/** Of an e-mail address what the Terraform address of its subscription has: modules/alarms.ts. */
function wordsOf(email: string): string {
  return email
    .toLowerCase()
    .replace("@", " at ")
    .replaceAll(/[^a-z0-9]+/g, " ");
}
