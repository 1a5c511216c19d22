import type { Suggestion } from "./draft";

type Tree = Map<string, Tree | Suggestion>;

/** Fields of a client file as they are written there, each with its reason. */
export function snippet(suggestions: readonly Suggestion[]): string[] {
  const root: Tree = new Map();
  for (const suggestion of suggestions) {
    const keys = suggestion.path.split(".");
    const last = keys.pop() as string;
    let place = root;
    for (const key of keys) {
      const inner = place.get(key);
      const next: Tree = inner instanceof Map ? inner : new Map();
      place.set(key, next);
      place = next;
    }
    place.set(last, suggestion);
  }
  return lines(root);
}

function lines(tree: Tree): string[] {
  // A reason is said once for the fields that follow it.
  let said = "";
  return [...tree].flatMap(([key, inner]) => {
    const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
    if (inner instanceof Map) {
      return [`${name}: {`, ...lines(inner).map((line) => `  ${line}`), "},"];
    }
    const comment = inner.why === said ? [] : [`// ${inner.why}`];
    said = inner.why;
    return [...comment, `${name}: ${literal(inner.value)},`];
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
