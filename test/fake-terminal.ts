import type { Terminal } from "../cli/terminal";

/** A terminal that keeps what is written to it, for tests. */
export function fakeTerminal(): Terminal & { readonly results: string[]; readonly errors: string[] } {
  const results: string[] = [];
  const errors: string[] = [];
  return {
    results,
    errors,
    result: (text) => void results.push(text),
    progress: (text) => void errors.push(text),
  };
}
