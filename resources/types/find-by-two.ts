import type { Aws } from "../aws/aws";
import type { Finder } from "../look-up";
import { found } from "../outcome";

/**
 * Finds what two arguments identify together.
 * @param separator what an import takes between their values
 * @param ask gives anything but undefined and false where it exists
 */
export function findByTwo(
  [one, other]: readonly [string, string],
  separator: string,
  ask: (aws: Aws, one: string, other: string) => Promise<unknown>,
): Finder {
  return async (resource, lookUp) => {
    const { [one]: first, [other]: second } = (await lookUp.named(resource, one, other)) ?? {};
    const exists = first !== undefined && second !== undefined && (await ask(lookUp.aws, first, second));
    return found(exists ? `${first}${separator}${second}` : undefined);
  };
}
