import { types } from "node:util";
import { messageOf } from "./message-of";
import type { Problem } from "./problem";

/** Levels of lists and objects; the fields have six, and Ansible's variables may have some more. */
const mostLevels = 40;

/** The longest list of a field, of ranges, is shorter; a list of JavaScript's may say that it has billions. */
const mostItems = 10_000;

/** Objects that share others would be copied for each way to them, which double with each level. */
const mostValues = 100_000;

/**
 * A copy of what a file exports, of lists, objects and values alone: whatever the file's own objects would do when they
 * are read, they do it here, once.
 * @returns the copy, of use where there is no problem
 */
export function plainData(exported: unknown): { readonly data: unknown; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  let values = 0;
  const copy = (value: unknown, path: readonly string[], above: readonly object[]): unknown => {
    values += 1;
    if (values > mostValues) {
      if (values === mostValues + 1) {
        const message = `has more than ${mostValues} values, one in several places counted in each. Shorten it.`;
        problems.push({ path: path.slice(0, 1).join("."), message });
      }
      return undefined;
    }
    if (typeof value !== "object" || value === null) {
      return value;
    }
    const wrong = notPlain(value, above);
    if (wrong !== undefined) {
      problems.push({ path: path.join("."), message: wrong });
      return undefined;
    }
    const read = (key: string) => {
      const here = [...path, key];
      try {
        return copy((value as Record<string, unknown>)[key], here, [...above, value]);
      } catch (error) {
        problems.push({
          path: here.join("."),
          message: `cannot be read: ${messageOf(error)}. Write the value itself.`,
        });
        return undefined;
      }
    };
    if (Array.isArray(value)) {
      // By its length: a list may have an iterator of its own, without an end.
      return Array.from({ length: value.length }, (_, index) => read(String(index)));
    }
    if (Object.getOwnPropertySymbols(value).length > 0) {
      problems.push({ path: path.join("."), message: "has a symbol as a key. Use text." });
    }
    const fields = Object.keys(value).map((key): [key: string, part: unknown] => {
      if (key === "__proto__") {
        const message = "is no name, as JavaScript keeps it to itself. Rename it.";
        problems.push({ path: [...path, key].join("."), message });
        return [key, undefined];
      }
      return [key, read(key)];
    });
    // What is undefined is absent, as in TypeScript.
    return Object.fromEntries(fields.filter(([, part]) => part !== undefined));
  };
  const data = copy(exported, [], []);
  return { data, problems };
}

/** What is wrong with an object by itself, none of whose own code has run. */
function notPlain(value: object, above: readonly object[]): string | undefined {
  if (types.isPromise(value)) {
    // Otherwise Node.js ends the process where it is rejected.
    Promise.prototype.catch.call(value, () => undefined);
    return "is a promise, and nothing waits for it. Write the value itself.";
  }
  if (types.isProxy(value)) {
    return "is a Proxy. Write a plain object.";
  }
  if (above.includes(value)) {
    return "contains itself. Write the values out.";
  }
  if (above.length === mostLevels) {
    return `is nested more than ${mostLevels} levels deep. Flatten it.`;
  }
  if (Array.isArray(value) && value.length > mostItems) {
    return `is a list of ${value.length}, and ${mostItems} are the most. Shorten it.`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (Array.isArray(value) || prototype === null || isObjectPrototype(prototype as object)) {
    return undefined;
  }
  return `is an object of a class${nameOf(prototype as object)}. Write text, a number, a list or a plain object.`;
}

/** Of any realm, as a file may be run in one of its own. */
function isObjectPrototype(prototype: object): boolean {
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf");
}

function nameOf(prototype: object): string {
  const { value } = Object.getOwnPropertyDescriptor(prototype, "constructor") ?? {};
  return typeof value === "function" && typeof value.name === "string" ? `, ${value.name}` : "";
}
