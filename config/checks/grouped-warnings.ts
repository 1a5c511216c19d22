/** A warning, and whom it concerns. */
export interface GroupedWarning {
  readonly text: string;
  /** Names of the clients, in their order. */
  readonly clients: readonly string[];
}

/** The warnings of several clients, each once, as many clients have the same release and the same defaults. */
export function groupedWarnings(
  clients: readonly { readonly name: string; readonly warnings: readonly string[] }[],
): GroupedWarning[] {
  const named = new Map<string, string[]>();
  for (const { name, warnings } of clients) {
    for (const text of warnings) {
      named.set(text, [...(named.get(text) ?? []), name]);
    }
  }
  return [...named].map(([text, names]) => ({ text, clients: names }));
}
