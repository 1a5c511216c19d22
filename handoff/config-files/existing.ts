import { isDeepStrictEqual } from "node:util";
import { looksLikeSecret } from "../../config/secrets";
import { generatedBy, type Rendered } from "./config-file";
import { type Entry, ended, type Format, FormatError, joined, type Read } from "./formats/format";
import { Expression, holdsSecret, isPlaceholder, isValues, missingIn, type Value, type Values } from "./value";

/** A value of a file that would become another. */
export interface Change {
  /** Keys to it, as in `ANALYTICS_API_DATABASES.default.HOST`. */
  readonly path: string;
  /**
   * What the file has.
   * @default - nothing, the key is new
   */
  readonly before?: Read;
  /**
   * What it would have.
   * @default - nothing, the key is removed
   */
  readonly after?: Read;
  /** Whether the two are sensitive, and not to be shown. */
  readonly secret: boolean;
}

/** Whether a value is lost by a change, or a key comes: not where all that differs is in the place of `<MISSING: …>`. */
export function needsConsent({ before, after }: Change): boolean {
  return before === undefined || !isFilled(before, after);
}

function isFilled(before: Read, after: Read | undefined): boolean {
  if (typeof before === "object" && before !== null && typeof after === "object" && after !== null) {
    const [old, filled] = [Object.entries(before), new Map<string, Read>(Object.entries(after))];
    return old.length === filled.size && old.every(([key, value]) => isFilled(value, filled.get(key)));
  }
  return before === after || (typeof before === "string" && isPlaceholder(before));
}

/** What a rendered file does to the one in its place. */
export interface Review {
  readonly changes: readonly Change[];
  /** Lines of the operator's, which would be lost. */
  readonly added: readonly Entry[];
}

/**
 * What becomes of an unedited file of this command.
 * @throws FormatError where it cannot be read
 */
export function reviewOwn(existing: string, { format, text, values }: Rendered): Review {
  const found = differences(byPath(format.entries(existing)), byPath(format.entries(text)));
  return { changes: found.map(marked(values)), added: [] };
}

/**
 * What becomes of a file that this command did not write, or that was edited since: keys that are not rendered are the
 * operator's, and so are those whose rendered value is missing.
 * @throws FormatError where it cannot be read, or taken apart
 */
export function reviewForeign(existing: string, { format, text, values, extra }: Rendered): Review {
  const rendered = byPath(format.entries(text));
  const extras = byPath(extra);
  const isMissing = ({ path, value }: Entry) =>
    missingIn(valueAt(values, path) ?? null).length > 0 && !isUnfilled(value);
  const entries = withoutHeader(format.entries(existing));
  // A version that kept such keys in its own file wrote all those that stand above the first of them.
  const kept = isFormer(existing)
    ? entries.findIndex(({ text: lines }) => lines.startsWith("# Added by hand, and kept"))
    : 0;
  const added = entries.filter((entry, index) => {
    const { path } = entry;
    const isOperators = path.length === 2 || (kept >= 0 && index >= kept);
    return !extras.has(path.join("\n")) && (isMissing(entry) || (isOperators && !rendered.has(path.join("\n"))));
  });
  const others = byPath(entries.filter((entry) => entry.path.length > 0 && !added.includes(entry)));
  const after = new Map([...rendered, ...extras]);
  for (const key of new Set([...added.map(({ path }) => path.join("\n")), ...extras.keys()])) {
    if (!others.has(key)) {
      after.delete(key);
    }
  }
  return { changes: differences(others, after).map(marked(values)), added };
}

/** Whether a file is one of a version of this command that kept what operators added in it. */
export function isFormer(text: string): boolean {
  return generatedBy.exec(text)?.[1] === "Made";
}

/**
 * An operator's own file with more lines, word for word.
 * @param existing text of the file
 * @default - there is none
 * @throws FormatError where they would not say the same by themselves, as an alias of something that stays behind
 */
export function withAdded(format: Format, added: readonly Entry[], existing = ""): string {
  const text = joined(added);
  const keyed = (entries: readonly Entry[]) =>
    entries.filter(({ path }) => path.length > 0).map(({ path, value }) => [path, value]);
  if (!isDeepStrictEqual(keyed(format.entries(text)), keyed(added))) {
    throw new FormatError("what was added to it does not say the same by itself: move it by hand");
  }
  return ended(format.appendable?.(existing) ?? existing) + text;
}

/** Comments without those at the beginning of a generated file. */
function withoutHeader(entries: readonly Entry[]): Entry[] {
  return entries
    .map((entry) => (entry.path.length === 0 ? { ...entry, text: entry.text.replace(generatedBy, "") } : entry))
    .filter(({ path, text }) => path.length > 0 || text.trim() !== "");
}

/** The last entry of each key, which is the one that readers take. */
function byPath(entries: readonly Entry[]): Map<string, Entry> {
  return new Map(entries.filter(({ path }) => path.length > 0).map((entry) => [entry.path.join("\n"), entry]));
}

type Difference = Pick<Change, "before" | "after"> & { readonly keys: readonly string[] };

function differences(before: ReadonlyMap<string, Entry>, after: ReadonlyMap<string, Entry>): Difference[] {
  return [...new Map([...after, ...before])].flatMap(([key, { path }]) =>
    compared(path, before.get(key)?.value, after.get(key)?.value),
  );
}

function compared(keys: readonly string[], before: Read | undefined, after: Read | undefined): Difference[] {
  if (isMap(before) && isMap(after)) {
    const names = new Set([...Object.keys(after), ...Object.keys(before)]);
    return [...names].flatMap((name) => compared([...keys, name], own(before, name), own(after, name)));
  }
  return isDeepStrictEqual(before, after) ? [] : [{ keys, before, after }];
}

function isMap(value: Read | undefined): value is { readonly [key: string]: Read } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own(map: { readonly [key: string]: Read }, key: string): Read | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** A difference as a change, which says whether it is secret by what is rendered there, by its keys or by its form. */
function marked(values: Values) {
  return ({ keys, before, after }: Difference): Change => {
    const rendered = valueAt(values, keys);
    const secret =
      // What is not rendered is the operator's.
      rendered === undefined ||
      holdsSecret(rendered) ||
      (rendered instanceof Expression && secretKey.test(rendered.text)) ||
      [before, after].some((value) => isSecret(value, keys));
    return { path: keys.join("."), before, after, secret };
  };
}

/** What is rendered at some keys, or what they would be in: a secret, a list. */
function valueAt(values: Values, keys: readonly string[]): Value | undefined {
  return keys.reduce<Value | undefined>(
    (value, key) => (isValues(value) ? (Object.hasOwn(value, key) ? (value[key] as Value) : undefined) : value),
    values,
  );
}

/** Keys whose values are secret in a file that was edited by hand. */
const secretKey = /pass|secret|token|private_?key/i;

function isSecret(value: Read | undefined, keys: readonly string[]): boolean {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).some(([key, inner]) => isSecret(inner, [...keys, key]));
  }
  return secretKey.test(keys.join(".")) || looksLikeSecret(value);
}

/** Whether what is missing stands in a value as it was rendered. */
function isUnfilled(value: Read): boolean {
  return typeof value === "object" && value !== null
    ? Object.values(value).some(isUnfilled)
    : typeof value === "string" && isPlaceholder(value);
}
