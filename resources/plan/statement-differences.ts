import type { Attributes } from "../attributes";
import { joined, type Phrase, phrase, words } from "../phrase";
import { partsThatDiffer, type StatementChange, statementChanges } from "../policies/compare";
import { conditionsInWords, inWords } from "../policies/words";

/** How a policy changes: a phrase that counts, and one for each statement. */
export function statementDifferences(
  before: readonly Attributes[],
  after: readonly Attributes[],
): { readonly summary: Phrase; readonly statements: readonly Phrase[] } {
  const changes = statementChanges(before, after);
  const count = (word: string, test: (change: StatementChange) => boolean) => {
    const number = changes.filter(test).length;
    return number === 0 ? [] : [`${number} ${word}`];
  };
  const counts = [
    ...count("removed", (change) => change.after === undefined),
    ...count("changed", (change) => change.before !== undefined && change.after !== undefined),
    ...count("added", (change) => change.before === undefined),
  ];
  return {
    summary: words(
      counts.length === 0 ? "the same statements, written in another way" : `statements: ${counts.join(", ")}`,
    ),
    statements: changes.map(inPhrase),
  };
}

/** What changes is named; the rest says which statement it is. */
const mostInChange = 4;

function inPhrase({ before, after }: StatementChange): Phrase {
  if (before === undefined || after === undefined) {
    return after === undefined ? phrase`removed: ${inWords(before ?? {})}` : phrase`added: ${inWords(after)}`;
  }
  const parts = partsThatDiffer(before, after).map(({ part, added, removed }) =>
    part === "Condition"
      ? phrase`condition: ${condition(before)} → ${condition(after)}`
      : joined(
          [
            ...removed.map((text) => phrase`− ${text}`),
            ...added.map((text) => phrase`+ ${text}`),
            ...(added.length + removed.length === 0 ? [words("in another order")] : []),
          ].map((one, index) => (index === 0 ? phrase`${words(`${part.toLowerCase()} `)}${one}` : one)),
          ", ",
        ),
  );
  return phrase`changed: ${inWords(before, mostInChange)}: ${joined(parts, "; ")}`;
}

function condition({ Condition }: Attributes): Phrase | string {
  return conditionsInWords(Condition) || words("(none)");
}
