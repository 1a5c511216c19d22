import { merged } from "./attributes";

/** JSON that was not written by hand and no reader has to follow: it would exhaust the stack of whatever walks through it. */
export class TooDeepError extends Error {}

/** Terraform's own JSON is 15 levels deep, a policy 6. */
const mostLevels = 100;

/**
 * Reads JSON of any writer. Its objects inherit nothing: a key such as `constructor` exists or not, like any other.
 * @throws SyntaxError where it is no JSON, TooDeepError where it is nested out of all reason
 */
export function readJson(text: string): unknown {
  const holder: { found: unknown } = { found: JSON.parse(text) };
  // Not recursive: the depth is the writer's.
  const open: { readonly parent: Container; readonly key: string; readonly level: number }[] = [
    { parent: holder as unknown as Container, key: "found", level: 0 },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { parent, key, level } = next;
    const value = parent[key];
    if (typeof value !== "object" || value === null) {
      continue;
    }
    if (level > mostLevels) {
      throw new TooDeepError(`nested more than ${mostLevels} levels deep`);
    }
    const own = (Array.isArray(value) ? value : merged(value)) as Container;
    parent[key] = own;
    for (const inner of Object.keys(own)) {
      open.push({ parent: own, key: inner, level: level + 1 });
    }
  }
  return holder.found;
}

type Container = { [key: string]: unknown };
