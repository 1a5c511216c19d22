import { type Format, FormatError } from "./format";
import { isValues, plain, type Values } from "./value";

/** One object, as Python's json reads it; it has no comments, so that a header has no place. */
export const jsonFormat: Format = {
  write(values) {
    return `${JSON.stringify(plain(values), null, 2)}\n`;
  },

  read(text) {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw new FormatError(`it is no JSON: ${(error as Error).message}`);
    }
    if (!isValues(value)) {
      throw new FormatError("it is no JSON object");
    }
    return value as Values;
  },
};
