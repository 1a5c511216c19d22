import { parseDocument } from "yaml";
import { isValues, plain } from "../value";
import { type Format, FormatError, place, type Read } from "./format";

/** One object, as Python's json reads it; it has no comments, so that a header has no place. */
export const jsonFormat: Format = {
  write(values) {
    return `${JSON.stringify(plain(values), null, 2)}\n`;
  },

  entries(text) {
    const value = readJson(text);
    if (!isValues(value)) {
      throw new FormatError("it is no JSON object");
    }
    return Object.entries(value).map(([key, inner]) => ({ path: [key], text: "", value: read(inner) }));
  },
};

function read(value: unknown): Read {
  if (Array.isArray(value)) {
    return value.map(read);
  }
  if (isValues(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, read(inner)]));
  }
  return typeof value === "number" ? String(value) : (value as Read);
}

/**
 * What a text of JSON holds.
 * @throws FormatError that says where it is none, and shows nothing of it
 */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FormatError(`it is no JSON${placeOf(error as Error, text)}`);
  }
}

/** V8 names a position, or the end, or shows the text about the token that it did not expect; YAML's parser knows that place. */
function placeOf({ message }: Error, text: string): string {
  const [, position] = / in JSON at position (\d+)/.exec(message) ?? [];
  if (position !== undefined || message === "Unexpected end of JSON input") {
    const lines = text.slice(0, position === undefined ? undefined : Number(position)).split("\n");
    return place(lines.length, (lines.at(-1) as string).length + 1);
  }
  const [found] = parseDocument(text, { schema: "json" }).errors;
  const [start] = found?.linePos ?? [];
  return start === undefined ? "" : place(start.line, start.col);
}
