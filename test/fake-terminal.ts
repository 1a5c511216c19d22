import type { Terminal } from "../cli/terminal";

/**
 * A terminal that keeps what is written to it, for tests, without colours.
 * @param columns its width
 * @default - it is none: a file or a program reads
 */
export function fakeTerminal(
  columns?: number,
): Terminal & { readonly results: string[]; readonly errors: string[]; readonly busyWith: string[] } {
  const results: string[] = [];
  const errors: string[] = [];
  const busyWith: string[] = [];
  return {
    results,
    errors,
    busyWith,
    columns,
    styled: (_, text) => text,
    busy: (text) => void (text === undefined || busyWith.push(text)),
    result: (text) => void results.push(text),
    progress: (text) => void errors.push(text),
  };
}
