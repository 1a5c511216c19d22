import { type FileProblems, problem, problemIn } from "../load/problem";
import type { LoadedOwner } from "./loaded";

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
