import { type FileProblems, type Problem, problem, problemIn, show } from "../load/problem";
import { type Check, check } from "./check";
import type { LoadedOwner } from "./loaded";
import { emrRoles, type OwnPrincipal, ownOf, ownPrincipals, ownPrincipalsDependOn } from "./own-roles";

/** Who the bucket refuses, or must not let in, whoever lists them: roles and users of the client's own, EMR's and edxapp's. */
export const deployerChecks: readonly Check[] = [
  check([...ownPrincipalsDependOn, "state.deployers", "accountId", "edxapp.userArn"], (client, name) => {
    const { accountId, edxapp, state } = client;
    return ownDeployers(state.deployers, accountId, ownPrincipals(name, client), edxapp.userArn);
  }),
];

/** The same of a shared stack, whose roles are EMR's. */
export const sharedDeployerChecks: readonly Check[] = [
  check(["state.deployers", "accountId"], ({ state, accountId }) => ownDeployers(state.deployers, accountId, emrRoles)),
];

function ownDeployers(
  deployers: readonly string[] = [],
  accountId: string,
  own: readonly OwnPrincipal[],
  edxapp?: string,
): Problem[] {
  return deployers.flatMap((arn, index) => {
    const said = whyNot(arn, accountId, own, edxapp);
    return said === undefined
      ? []
      : [problem(`state.deployers.${index}`, arn, said, "Name the roles of the people who deploy")];
  });
}

function whyNot(
  arn: string,
  accountId: string,
  own: readonly OwnPrincipal[],
  edxapp: string | undefined,
): string | undefined {
  const begins = (other: string) => arn.endsWith("*") && other.startsWith(arn.slice(0, -1));
  if (edxapp !== undefined && (arn === edxapp || begins(edxapp))) {
    return "it is, or admits, `edxapp.userArn`, whose keys edxapp's hosts have: with them all that is in the state could be read";
  }
  const admitted = arn.endsWith("*")
    ? own.find(({ kind, name }) => begins(`arn:aws:iam::${accountId}:${kind}/${name}`))
    : ownOf(arn, accountId, own);
  if (admitted === undefined) {
    return undefined;
  }
  return admitted.kind === "role"
    ? `it is, or admits, \`${admitted.name}\`, with which the client's hosts or clusters run, and which the bucket refuses`
    : `it is, or admits, \`${admitted.name}\`, an IAM user of the client's whose keys hosts have: with them all that is in the state could be read`;
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

/** A bucket is in one account and one region: what a file says of it is held against what others say, and defaults against both. */
export function statePlaceConflicts(owners: readonly LoadedOwner[]): FileProblems[] {
  const fields = ["accountId", "region"] as const;
  const shown = ({ owner, said }: LoadedOwner, field: (typeof fields)[number]) =>
    `${show(owner.state[field])}${said[field] === undefined ? " (the default)" : ""}`;
  return owners.flatMap((one) =>
    fields.flatMap((field) => {
      const { bucket } = one.owner.state;
      const sharers = owners.filter(({ owner }) => owner.state.bucket === bucket);
      const writers = sharers.filter(({ said }) => said[field] !== undefined);
      const other = (writers.length > 0 ? writers : sharers).find(
        ({ owner }) => owner.state[field] !== one.owner.state[field],
      );
      if (other === undefined) {
        return [];
      }
      const isAlone = one.said[field] === undefined && writers.length > 0;
      return problemIn(one.file, {
        path: `state.${field}`,
        message: `is ${shown(one, field)}; ${other.file} has the bucket ${bucket} in ${shown(other, field)}, and a bucket is in one ${field === "region" ? field : "account"}. Write the bucket's own \`state.${field}\` ${isAlone ? "here" : "in both"}, or name another bucket.`,
      });
    }),
  );
}
