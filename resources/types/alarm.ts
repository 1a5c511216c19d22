import { type Phrase, phrase } from "../phrase";

/** What an alarm is about, in the order of reading. */
export const categories = [
  "data",
  "exposure",
  "permission",
  "gain",
  "unknown type",
  "access",
  "credential",
  "availability",
] as const;
export type Category = (typeof categories)[number];

/** What a reviewer of a plan has to know of a change before it is applied: the rest of a sentence that begins with the resource. */
export interface Alarm extends Phrase {
  readonly category: Category;
}

const alarmOf =
  (category: Category) =>
  (words: readonly string[], ...values: readonly unknown[]): Alarm => ({ category, ...phrase(words, ...values) });

/** Something is deleted, or is no longer kept. */
export const data = alarmOf("data");
/** Something can be reached that could not, by everybody or by another account. */
export const exposure = alarmOf("exposure");
/** A caller may do more than it could. */
export const permission = alarmOf("permission");
/** An existing policy allows more, though nothing of it is dangerous by itself. */
export const gain = alarmOf("gain");
/** There is no rule yet for what a change of the type, or an argument of it, means. */
export const unknownType = alarmOf("unknown type");
/** A caller can no longer reach or do what it could. */
export const access = alarmOf("access");
/** A password or key becomes another one. */
export const credential = alarmOf("credential");
/** Something no longer holds out as it did. */
export const availability = alarmOf("availability");
