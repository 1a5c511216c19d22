import { isDeepStrictEqual } from "node:util";
import { code } from "./markdown";
import type { Change } from "./plan";

/** An attribute that changes, and how. */
export interface Difference {
  readonly name: string;
  /** Both values as Markdown. */
  readonly text: string;
}

/** The attributes that change, without a value that is sensitive before or after. */
export function differencesOf(change: Change): Difference[] {
  const before = object(change.before);
  const after = object(change.after);
  const unknown = object(change.after_unknown);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknown)])].sort();
  return names.flatMap((name) => {
    const pending = hasTrue(unknown[name]);
    if (!pending && isDeepStrictEqual(before[name] ?? null, after[name] ?? null)) {
      return [];
    }
    if (isSensitive(change.before_sensitive, name) || isSensitive(change.after_sensitive, name)) {
      return [{ name, text: "(sensitive)" }];
    }
    const values = [shown(before[name]), pending ? "(known after apply)" : shown(after[name])];
    return [{ name, text: values.join(" → ") }];
  });
}

/** A value in its JSON form: quotes and line breaks are escaped. What is long is not printed, and can be read in the plan. */
function shown(value: unknown): string {
  if (value === undefined || value === null) {
    return "(none)";
  }
  const text = JSON.stringify(value);
  return text.length > 80 ? "(long)" : code(text);
}

/** Whether anything of an attribute is sensitive: what is nested is as secret as its most secret part. */
function isSensitive(marks: unknown, name: string): boolean {
  return marks === true || hasTrue(object(marks)[name]);
}

function hasTrue(marks: unknown): boolean {
  return marks === true || (typeof marks === "object" && marks !== null && Object.values(marks).some(hasTrue));
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
