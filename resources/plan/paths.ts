import { isDeepStrictEqual } from "node:util";
import { attributesOf, isAttributes } from "../attributes";
import { hasTrue } from "./marks";
import type { Change } from "./schema";

/** The values at a path through blocks, lists and maps, as in `default_action.redirect.host`. */
export function valuesAt(values: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(values)) {
    return values.flatMap((value) => valuesAt(value, path));
  }
  const [name, ...others] = path;
  if (name === undefined) {
    return values === undefined || values === null || values === "" ? [] : [values];
  }
  return isAttributes(values) ? valuesAt(values[name], others) : [];
}

/** Whether anything at a path, or what it is in, is known after the apply alone. */
export function isPendingAt(marks: unknown, path: readonly string[]): boolean {
  if (Array.isArray(marks)) {
    return marks.some((mark) => isPendingAt(mark, path));
  }
  const [name, ...others] = path;
  return name === undefined || marks === true ? hasTrue(marks) : isPendingAt(attributesOf(marks)[name], others);
}

/** Whether a change is one of what is at a path, or may be. */
export function changesAt({ before, after, after_unknown: unknown }: Change, path: readonly string[]): boolean {
  return isPendingAt(unknown, path) || !isDeepStrictEqual(valuesAt(before, path), valuesAt(after, path));
}
