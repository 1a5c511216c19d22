import { runInNewContext } from "node:vm";

/** Fields of a client file. */
export type Fields = { [field: string]: unknown };

/** The fields that the command drafts for the client file, as they are pasted. */
export function fieldsIn(output: string): Fields {
  const [, block = ""] = /^To be written into .*\n\n((?: {2}.*\n)+)/m.exec(output) ?? [];
  return runInNewContext(`({${block}})`) as Fields;
}

/** Writes fields beside those that exist, as an operator does. */
export function merged(file: Fields, fields: Fields): Fields {
  const all = { ...file };
  for (const [key, value] of Object.entries(fields)) {
    const there = all[key];
    // What exists takes the place of what would be made.
    all[key] = isFields(there) && isFields(value) && !("existing" in value) ? merged(there, value) : value;
  }
  return all;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
