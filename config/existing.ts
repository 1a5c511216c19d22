/** Something that exists and is used as it is, by its name or id. */
export interface Existing<T = string> {
  readonly existing: T;
}

/** Whether a thing exists and is used as it is. */
export function isExisting<T extends object>(thing: T): thing is Extract<T, Existing<unknown>> {
  return "existing" in thing;
}
