import { isDeepStrictEqual } from "node:util";
import { tail } from "../harness/processes";

/** Fails, with both values, unless they are the same. */
export function equal(what: string, found: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(found, expected)) {
    throw new Error(`${what}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
  }
}

/** Fails unless something is so. */
export function holds(what: string, found: unknown): void {
  if (!found) {
    throw new Error(`not so: ${what}`);
  }
}

/** Fails, with the end of the output, unless a command said something. */
export function says(output: string, expected: RegExp): void {
  if (!expected.test(output)) {
    throw new Error(`nothing matches ${expected}:\n${tail(output)}`);
  }
}
