import { isDeepStrictEqual } from "node:util";
import { absent, holdsSecret, isPlaceholder, isValues, Missing, plain, type Value, type Values } from "./value";

/** A value of a file that would become another. */
export interface Change {
  /** Keys to it, as in `ANALYTICS_API_DATABASES.default.HOST`. */
  readonly path: string;
  /**
   * What the file has.
   * @default - nothing, the key is new
   */
  readonly before?: Value;
  /**
   * What it would have.
   * @default - nothing, the key is removed
   */
  readonly after?: Value;
  /** Whether the two are sensitive, and not to be shown. */
  readonly secret: boolean;
}

/** A rendered file merged with the existing one. */
interface Merged {
  readonly values: Values;
  readonly changes: readonly Change[];
  /** Paths that only the existing file has, or whose rendered value is missing. */
  readonly kept: readonly string[];
}

/** Keys whose values are secret in a file that was edited by hand. */
const secretKey = /pass|secret|token|private_?key/i;

/**
 * Merges rendered values into those of the existing file: rendered values take precedence. Keys that are not rendered are
 * kept, and so is an existing value where the rendered one is missing.
 */
export function merge(rendered: Values, existing: Values): Merged {
  const changes: Change[] = [];
  const kept: string[] = [];
  const values = mergeInto(rendered, existing, [], changes, kept);
  return { values, changes, kept };
}

function mergeInto(
  rendered: Values,
  existing: Values,
  path: readonly string[],
  changes: Change[],
  kept: string[],
): Values {
  // Entries, as a key of a file may be called `__proto__`.
  const merged: [string, Value][] = [];
  for (const [key, value] of Object.entries(rendered)) {
    const here = [...path, key];
    const before = Object.hasOwn(existing, key) ? (existing[key] as Value) : undefined;
    if (isValues(value) && (isValues(before) || (before === undefined && Object.keys(value).length > 0))) {
      merged.push([key, mergeInto(value, before ?? {}, here, changes, kept)]);
    } else if (value instanceof Missing && before !== undefined && !isPlaceholder(before)) {
      merged.push([key, before]);
      kept.push(here.join("."));
    } else {
      const after = value === absent ? undefined : (value as Value);
      if (after !== undefined) {
        merged.push([key, after]);
      }
      if (!same(before, after)) {
        changes.push({
          path: here.join("."),
          before,
          after,
          secret: holdsSecret(value) || isSecret(before, here),
        });
      }
    }
  }
  for (const [key, value] of Object.entries(existing)) {
    if (!Object.hasOwn(rendered, key)) {
      merged.push([key, value as Value]);
      kept.push([...path, key].join("."));
    }
  }
  return Object.fromEntries(merged);
}

/** Whether a value of the file is secret, or has a secret in it, by its keys. */
function isSecret(value: Value | undefined, path: readonly string[]): boolean {
  return (
    secretKey.test(path.join(".")) ||
    ((Array.isArray(value) || isValues(value)) &&
      Object.entries(value).some(([key, inner]) => isSecret(inner as Value, [...path, key])))
  );
}

function same(before: Value | undefined, after: Value | undefined): boolean {
  return before === undefined || after === undefined
    ? before === after
    : isDeepStrictEqual(plain(before), plain(after));
}
