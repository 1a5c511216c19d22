import { bucketsOf } from "../buckets";
import type { Client } from "../client";
import { type FileProblems, problem, problemIn } from "../load/problem";
import { namesOfCi, type UsedName, usedNames } from "../names";
import { accountOf } from "./account";
import { type LoadedClient, type LoadedSharedStack, ownersOf } from "./loaded";
import { emrRoles, rolesWithoutField } from "./own-roles";

/** A bucket that a client manages, policy included, is neither one for state nor edxapp's. */
export function bucketConflicts(
  clients: readonly LoadedClient[],
  shared: readonly LoadedSharedStack[],
): FileProblems[] {
  const managers = new Map(
    clients.flatMap(({ file, client }) =>
      bucketsOf(client.buckets)
        .filter(([, { exists }]) => !exists)
        .map(([key, { name }]) => [name, `${file} (\`buckets.${key}\`)`]),
    ),
  );
  const used = [
    ...ownersOf(clients, shared).map(({ file, owner }) => ({ file, path: "state.bucket", name: owner.state.bucket })),
    ...clients.map(({ file, client }) => ({
      file,
      path: "edxapp.gradesBucket.name",
      name: client.edxapp.gradesBucket.name,
    })),
  ];
  return used.flatMap(({ file, path, name }) =>
    managers.has(name)
      ? problemIn(file, problem(path, name, `${managers.get(name)} manages that bucket`, "Name an existing bucket"))
      : [],
  );
}

/** What a client runs reads and writes its buckets, existing ones among them: none of them holds states. */
export function stateBucketConflicts(
  clients: readonly LoadedClient[],
  shared: readonly LoadedSharedStack[],
): FileProblems[] {
  const states = new Set(ownersOf(clients, shared).map(({ owner }) => owner.state.bucket));
  return clients.flatMap(({ file, client }) => {
    const used = [
      ...bucketsOf(client.buckets)
        .filter(([, { exists }]) => exists)
        .map(([key, { name }]) => [`buckets.${key}.existing`, name] as const),
      ["edxapp.gradesBucket.name", client.edxapp.gradesBucket.name] as const,
    ];
    return used
      .filter(([, name]) => states.has(name))
      .map(([path, name]) =>
        problemIn(file, problem(path, name, "it holds Terraform's states", "Name another bucket")),
      );
  });
}

/** A role that deploys is not one that a client makes, and CI changes. */
export function deployRoleConflicts(
  clients: readonly LoadedClient[],
  shared: readonly LoadedSharedStack[],
): FileProblems[] {
  return ownersOf(clients, shared).flatMap(({ file, owner: { deployRoleArn: arn } }) => {
    const maker = clients.find(
      ({ client, fields }) =>
        arn !== undefined &&
        accountOf(arn) === client.accountId &&
        [
          ...claimedNames(client, fields).filter(({ kind }) => kind === "IAM role"),
          ...rolesWithoutField(client.name, fields),
        ].some(({ name }) => name.toLowerCase() === arn.split("/").at(-1)?.toLowerCase()),
    );
    const ofEmr = emrRoles.find(({ name }) => name.toLowerCase() === arn?.split("/").at(-1)?.toLowerCase());
    const why = maker === undefined ? ofEmr?.why : `${maker.file} makes a role of that name`;
    return why === undefined
      ? []
      : [problemIn(file, problem("deployRoleArn", arn, why, "Name one that no client makes"))];
  });
}

/** What the client manages, and with `ci` what its apply role reaches besides. */
export function claimedNames({ name, ci }: Client, fields: LoadedClient["fields"]): UsedName[] {
  const used = usedNames(name, fields);
  const others = ci === undefined ? [] : namesOfCi(name, fields);
  return [...used, ...others.filter((other) => !used.some(({ path }) => path === other.path))];
}
