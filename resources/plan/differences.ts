import { isDeepStrictEqual } from "node:util";
import { type Attributes, attributesOf, isAttributes } from "../attributes";
import type { Change } from "./plan";

/** An attribute that changes, and how. */
export interface Difference {
  /** The attribute that it is in, as in `tags`. */
  readonly attribute: string;
  /** As in `tags.Name` and `root_block_device[0].volume_size`. */
  readonly name: string;
  /** Both values, as in `20 → 50`. */
  readonly text: string;
  /** Whether AWS gives the value. */
  readonly pending: boolean;
}

/** How the absence of a value is shown. */
export const nothing = "(none)";

/** What is shown of a secret. */
export const sensitive = "(sensitive)";

/** More of a value than this is not printed, and can be read in the plan. */
const mostCharacters = 80;

/**
 * The attributes that change, without a value that is sensitive before or after.
 * @param mark how a value is set off from the words around it
 */
export function differencesOf(change: Change, mark: (value: string) => string = (value) => value): Difference[] {
  const shown = (found: unknown) => (value(found) === null ? nothing : mark(shortened(JSON.stringify(found))));
  const [before, after] = [attributesOf(change.before), attributesOf(change.after)];
  const unknown = attributesOf(change.after_unknown);
  const names = namesOf(before, after, unknown).filter((name) => !isEcho(name, before, after));
  return names.flatMap((name) => {
    const pending = hasTrue(unknown[name]);
    if (!pending && isDeepStrictEqual(value(before[name]), value(after[name]))) {
      return [];
    }
    if (isSensitive(change.before_sensitive, name) || isSensitive(change.after_sensitive, name)) {
      return [{ attribute: name, name, text: sensitive, pending }];
    }
    return pending
      ? [{ attribute: name, name, text: `${shown(before[name])} → (known after apply)`, pending }]
      : parts(name, before[name], after[name]).map(([part, one, other]) => ({
          attribute: name,
          name: part,
          text: `${shown(one)} → ${shown(other)}`,
          pending,
        }));
  });
}

/** Whether an attribute that changes is sensitive before or after. */
export function changesSecret(change: Change): boolean {
  return differencesOf(change).some(({ text }) => text === sensitive);
}

/** What differs inside a map, such as tags, or inside blocks of the same number; anything else as it is. */
function parts(name: string, before: unknown, after: unknown): [name: string, before: unknown, after: unknown][] {
  if (isDeepStrictEqual(value(before), value(after))) {
    return [];
  }
  if (areBlocks(before) && areBlocks(after) && before.length === after.length) {
    return before.flatMap((block, index) => parts(`${name}[${index}]`, block, after[index]));
  }
  if (!isMap(before) || !isMap(after)) {
    return [[name, before, after]];
  }
  const [one, other] = [attributesOf(before), attributesOf(after)];
  return namesOf(one, other).flatMap((key) => parts(`${name}.${key}`, one[key], other[key]));
}

/** The provider writes tags twice, the second time with its default ones. */
function isEcho(name: string, before: Attributes, after: Attributes): boolean {
  return name === "tags_all" && !isDeepStrictEqual(value(before.tags), value(after.tags));
}

/** Nothing, an empty list and an empty map are the same to a reader; providers write one and read another. */
function value(found: unknown): unknown {
  return found === undefined || (typeof found === "object" && found !== null && Object.keys(found).length === 0)
    ? null
    : found;
}

/** JSON escapes quotes and line breaks. */
function shortened(json: string): string {
  return json.length > mostCharacters ? `${json.slice(0, mostCharacters - 1)}…` : json;
}

/** Whether anything of an attribute is sensitive: what is nested is as secret as its most secret part. */
function isSensitive(marks: unknown, name: string): boolean {
  return marks === true || hasTrue(attributesOf(marks)[name]);
}

function hasTrue(marks: unknown): boolean {
  return marks === true || (typeof marks === "object" && marks !== null && Object.values(marks).some(hasTrue));
}

function areBlocks(found: unknown): found is readonly unknown[] {
  return Array.isArray(found) && found.length > 0 && found.every(isMap);
}

function isMap(found: unknown): boolean {
  return found == null || isAttributes(found);
}

function namesOf(...objects: readonly Attributes[]): string[] {
  return [...new Set(objects.flatMap(Object.keys))].sort();
}
