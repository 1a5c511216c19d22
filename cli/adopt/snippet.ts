import { indented } from "../layout";
import type { Suggestion } from "./draft";

/**
 * Fields of a client file as they are written there, each with its reason.
 * @param depth how many objects the fields are in already
 */
export function snippet(suggestions: readonly Suggestion[], depth = 0): string[] {
  const keyOf = ({ path }: Suggestion) => path.split(".")[depth] as string;
  // A reason is said once for the fields that follow it.
  let said = "";
  return [...new Set(suggestions.map(keyOf))].flatMap((key) => {
    const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
    const fields = suggestions.filter((suggestion) => keyOf(suggestion) === key);
    const inside = fields.filter(({ path }) => path.split(".").length > depth + 1);
    if (inside.length > 0) {
      return [`${name}: {`, ...indented(snippet(inside, depth + 1), 2), "},"];
    }
    return fields.flatMap(({ why, value }) => {
      const comment = why === said ? [] : [`// ${why}`];
      said = why;
      return [...comment, `${name}: ${literal(value)},`];
    });
  });
}

/** A value as people write it in TypeScript, on one line. */
function literal(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(literal).join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(([key, inner]) => `${key}: ${literal(inner)}`);
    return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
  }
  return JSON.stringify(value);
}
