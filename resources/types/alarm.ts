/** What an alarm is about, in the order of reading. */
export const categories = ["data", "exposure", "access", "credential", "availability"] as const;
export type Category = (typeof categories)[number];

/** What a reviewer of a plan has to know of a change before it is applied. */
export interface Alarm {
  readonly category: Category;
  /** The rest of a sentence that begins with the resource, around the values: one more than there are of them. */
  readonly words: readonly string[];
  /** Values of the resource, which anybody may have written. */
  readonly values: readonly string[];
}

/** A template's tag, since values are escaped where an alarm is printed. */
const alarmOf =
  (category: Category) =>
  (words: readonly string[], ...values: readonly unknown[]): Alarm => ({
    category,
    words: [...words],
    values: values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))),
  });

/** Something is deleted, or is no longer kept. */
export const data = alarmOf("data");
/** Something can be reached that could not. */
export const exposure = alarmOf("exposure");
/** A caller can no longer reach or do what it could, or gets a permission. */
export const access = alarmOf("access");
/** A password or key becomes another one. */
export const credential = alarmOf("credential");
/** Something no longer holds out as it did. */
export const availability = alarmOf("availability");

/** An alarm's sentence. */
export function textOf({ words, values }: Alarm, shown: (value: string) => string = (value) => value): string {
  return words.map((word, index) => `${word}${index < values.length ? shown(values[index] as string) : ""}`).join("");
}
