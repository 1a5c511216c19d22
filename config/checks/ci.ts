import { ciRoleName } from "../ci-names";
import { problem } from "../load/problem";
import { databaseIdentifier, namesDependOn, namesOf } from "../names";
import { limits } from "../schema/limits";
import { type Check, check } from "./check";
import { isOfSomeCi, ownOf, ownPrincipals, ownPrincipalsDependOn } from "./own-roles";

/** The roles of CI; of clients and shared stacks alike. */
export const ciChecks: readonly Check[] = [
  check(["ci", "deployRoleArn"], ({ ci, deployRoleArn }) =>
    ci !== undefined && deployRoleArn !== undefined
      ? [
          problem(
            "deployRoleArn",
            deployRoleArn,
            "with `ci` Terraform works with CI's own roles, and would go on from the one that only reads to this one",
            "Remove the field, and let people take the role by their AWS profile",
          ),
        ]
      : [],
  ),
  check(["ci"], ({ ci }, name) => {
    const role = ciRoleName(name, "apply");
    return ci !== undefined && role.length > limits.roleNameLength
      ? [
          {
            path: "ci",
            message: `makes the IAM role \`${role}\`, of which AWS takes ${limits.roleNameLength} characters, here are ${role.length}. Rename the file.`,
          },
        ]
      : [];
  }),
];

/** What edxapp's side owns is not what the client manages: whoever applies for the client would change it. */
export const ownerChecks: readonly Check[] = [
  check(
    [...namesDependOn, "edxapp.database", "database.iterations.*", "database.retired", "region"],
    (client, name) => {
      const { identifier, address } = client.edxapp.database;
      const server = identifier ?? identifierAt(address, client.region);
      const { database } = namesOf(name, client);
      const own = new Map([
        ...client.database.retired.map((key) => [databaseIdentifier(database, key), key] as const),
        ...Object.entries(client.database.iterations).map(
          ([key, iteration]) => [iteration.identifier ?? databaseIdentifier(database, key), key] as const,
        ),
      ]);
      const key = server === undefined ? undefined : own.get(server);
      return key === undefined
        ? []
        : [
            problem(
              identifier === undefined ? "edxapp.database.address" : "edxapp.database.identifier",
              identifier ?? address,
              `that is iteration ${key} of the client's own RDS`,
              "Name edxapp's, or set another `database.identifier`",
            ),
          ];
    },
  ),
  check([...ownPrincipalsDependOn, "edxapp.userArn", "accountId"], (client, name) => {
    const { userArn } = client.edxapp;
    const why = isOfSomeCi(userArn, client.accountId)
      ? "the roles of CI are called so"
      : ownOf(userArn, client.accountId, ownPrincipals(name, client))?.why;
    return why === undefined
      ? []
      : [problem("edxapp.userArn", userArn, why, "Name edxapp's own, or set another name there")];
  }),
];

/** What an address of RDS names, in the client's region. */
function identifierAt(address: string | undefined, region: string): string | undefined {
  const [, identifier, place] =
    /^([a-z][a-z0-9-]*)\.(?!cluster-)[a-z0-9]+\.([a-z0-9-]+)\.rds\.amazonaws\.com$/.exec(address ?? "") ?? [];
  return place === region ? identifier : undefined;
}
