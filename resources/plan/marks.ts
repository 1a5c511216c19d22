import { attributesOf, isAttributes, merged, textsIn } from "../attributes";
import type { Change } from "./schema";

/** Whether anything is marked, as sensitive or unknown: an object in the form of the value, or true for all of it. */
export function hasTrue(marks: unknown): boolean {
  return marks === true || (typeof marks === "object" && marks !== null && Object.values(marks).some(hasTrue));
}

/**
 * What a change comes to as far as the plan tells: what it does not know yet is as it was. Of a value that AWS
 * has yet to give it cannot be said that it is less than before.
 */
export function knownAfter({ before, after, after_unknown: unknown }: Change): unknown {
  return withFormer(after, unknown, before);
}

function withFormer(after: unknown, unknown: unknown, before: unknown): unknown {
  if (unknown === true) {
    return before;
  }
  if (!hasTrue(unknown)) {
    return after;
  }
  if (Array.isArray(after)) {
    return after.map((item, index) =>
      withFormer(item, (unknown as unknown[])[index], Array.isArray(before) ? before[index] : undefined),
    );
  }
  const marks = attributesOf(unknown);
  const known = Object.keys(marks).map((name) => [
    name,
    withFormer(attributesOf(after)[name], marks[name], attributesOf(before)[name]),
  ]);
  return isAttributes(after) || isAttributes(before)
    ? merged(attributesOf(after), Object.fromEntries(known.filter(([, value]) => value !== undefined)))
    : after;
}

/** Texts of a value that marks say something of, however short. */
export function marked(value: unknown, marks: unknown): string[] {
  if (marks === true) {
    return textsIn(value);
  }
  if (typeof marks !== "object" || marks === null || typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    marked(inner, Array.isArray(marks) ? marks[Number(key)] : attributesOf(marks)[key]),
  );
}
