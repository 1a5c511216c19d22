import { parseDocument } from "yaml";
import { isValues, plain, type Values } from "../value";
import { type Format, FormatError, place } from "./format";

/** One object, as Python's json reads it; it has no comments, so that a header has no place. */
export const jsonFormat: Format = {
  write(values) {
    return `${JSON.stringify(plain(values), null, 2)}\n`;
  },

  read(text) {
    const value = readJson(text);
    if (!isValues(value)) {
      throw new FormatError("it is no JSON object");
    }
    return value as Values;
  },
};

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
