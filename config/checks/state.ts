import { type FileProblems, type Problem, problem, problemIn } from "../load/problem";
import { type Check, check } from "./check";
import type { LoadedOwner } from "./loaded";
import { emrRoles, type OwnPrincipal, ownOf, ownPrincipals, ownPrincipalsDependOn } from "./own-roles";

/** Roles of the client's own and EMR's, which the bucket refuses whoever lists them; a `*` would let in all that begin so. */
export const deployerChecks: readonly Check[] = [
  check([...ownPrincipalsDependOn, "state.deployers", "accountId"], (client, name) =>
    ownDeployers(client.state.deployers, client.accountId, ownPrincipals(name, client)),
  ),
];

/** The same of a shared stack, whose roles are EMR's. */
export const sharedDeployerChecks: readonly Check[] = [
  check(["state.deployers", "accountId"], ({ state, accountId }) => ownDeployers(state.deployers, accountId, emrRoles)),
];

function ownDeployers(deployers: readonly string[] = [], accountId: string, own: readonly OwnPrincipal[]): Problem[] {
  const roles = own.filter(({ kind }) => kind === "role");
  return deployers.flatMap((arn, index) => {
    const admitted = arn.endsWith("*")
      ? roles.find(({ name }) => `arn:aws:iam::${accountId}:role/${name}`.startsWith(arn.slice(0, -1)))
      : ownOf(arn, accountId, roles);
    return admitted === undefined
      ? []
      : [
          problem(
            `state.deployers.${index}`,
            arn,
            `it is, or admits, \`${admitted.name}\`, with which the client's hosts or clusters run, and which the bucket refuses`,
            "Name the roles of the people who deploy",
          ),
        ];
  });
}

/** A bucket has one policy, so that all who keep their state in it have the same deployers. */
export function deployerConflicts(owners: readonly LoadedOwner[]): FileProblems[] {
  return owners.flatMap(({ file, owner }) => {
    const { bucket, deployers } = owner.state;
    const other = owners.find(
      ({ owner: { state } }) => state.bucket === bucket && listed(state.deployers) !== listed(deployers),
    );
    return other === undefined
      ? []
      : problemIn(
          file,
          problem(
            "state.deployers",
            deployers,
            `${other.file} keeps its state in ${bucket} too, and says otherwise`,
            "Write the same list in all of them, as from a file `clients/_deployers.ts`",
          ),
        );
  });
}

function listed(deployers: readonly string[] = []): string {
  return [...deployers].sort().join();
}
