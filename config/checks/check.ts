import { type Problem, problem } from "../load/problem";
import type { ClientFields } from "../schema/client";

/** What no single field of a client file can know. */
export interface Check {
  /**
   * Dotted paths of the values that it looks at: one that is at fault leaves the check out, so that neither a fault nor
   * a default in its place is compared. `*` is any key; at the end of a path, the keys themselves and not what they hold.
   */
  readonly needs: readonly string[];
  readonly find: (client: ClientFields, name: string) => readonly Problem[];
}

type Field<Path extends string> = Path extends `${infer First}.${string}` ? First : Path;

/** A check that is given no other fields than those that it names. */
export function check<Path extends string>(
  needs: readonly Path[],
  find: (client: Pick<ClientFields, Field<Path> & keyof ClientFields>, name: string) => readonly Problem[],
): Check {
  return { needs, find };
}

/**
 * The problems that checks find in what is not at fault.
 * @param name name of the file, the client's or shared stack's
 * @param faults paths of the values that could not be read
 */
export function run(
  checks: readonly Check[],
  name: string,
  client: ClientFields,
  faults: readonly string[],
): Problem[] {
  return checks
    .filter(({ needs }) => !needs.some((need) => faults.some((fault) => hurts(fault, need))))
    .flatMap(({ find }) => find(client, name));
}

function hurts(fault: string, need: string): boolean {
  const [found, wanted] = [fault.split("."), need.split(".")];
  const sameWay = wanted.slice(0, found.length).every((key, index) => key === "*" || key === found[index]);
  return sameWay && (found.length <= wanted.length || !need.endsWith(".*"));
}

export function repeated(path: string, values: readonly string[]): Problem[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index
      ? [problem(`${path}.${index}`, value, "it is listed twice", "Remove the repetition")]
      : [],
  );
}
