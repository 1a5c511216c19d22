const kept: Map<string, unknown> = require("./runner/kept");

/**
 * Makes something once for all test files of a worker, which then read it; it is frozen, so that none changes it for others.
 * @param key what it is made of, all of it
 */
export function once<T>(key: readonly unknown[], make: () => T): T {
  // A field that is undefined is another thing than one that is absent: it takes the place of the example's.
  const text = JSON.stringify(key, (_, value) => (value === undefined ? "<undefined>" : value));
  if (!kept.has(text)) kept.set(text, frozen(make()));
  return kept.get(text) as T;
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.values(Object.freeze(value)).forEach(frozen);
  }
  return value;
}
