/** Words with values among them, which anybody may have written: they are escaped, and hidden, where a phrase is printed. */
export interface Phrase {
  /** One more than there are values. */
  readonly words: readonly string[];
  readonly values: readonly string[];
}

/** A template's tag. A phrase in it stays one: its values remain values. */
export function phrase(words: readonly string[], ...parts: readonly unknown[]): Phrase {
  const all: { words: string[]; values: string[] } = { words: [words[0] ?? ""], values: [] };
  for (const [index, part] of parts.entries()) {
    const inner: Phrase = isPhrase(part) ? part : { words: ["", ""], values: [asText(part)] };
    const [first = "", ...others] = inner.words;
    all.words.push(`${all.words.pop()}${first}`, ...others);
    all.words.push(`${all.words.pop()}${words[index + 1] ?? ""}`);
    all.values.push(...inner.values);
  }
  return all;
}

/** Words alone. */
export function words(text: string): Phrase {
  return { words: [text], values: [] };
}

/** Phrases with something between them. */
export function joined(phrases: readonly Phrase[], between: string): Phrase {
  const [first = words(""), ...others] = phrases;
  return others.reduce((all, next) => phrase`${all}${words(between)}${next}`, first);
}

/** A phrase as text. */
export function textOf({ words: around, values }: Phrase, shown: (value: string) => string = (value) => value): string {
  return around.map((word, index) => `${word}${index < values.length ? shown(values[index] as string) : ""}`).join("");
}

function isPhrase(part: unknown): part is Phrase {
  return typeof part === "object" && part !== null && "words" in part && "values" in part;
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "(unknown)");
}
