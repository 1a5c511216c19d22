import type { Values } from "../value";

/** Some keys of a file, and what they are about. */
export interface Group {
  /** A line of comment, where the format has comments. */
  readonly title: string;
  readonly keys: readonly string[];
}

/** How a file is written and read. */
export interface Format {
  /**
   * The text of a file.
   * @param header lines of comment at its beginning
   * @param groups keys in the order in which they stand, each in one group
   * @throws FormatError where the format has no way to say a value
   */
  write(values: Values, header: readonly string[], groups: readonly Group[]): string;
  /**
   * What a text holds.
   * @throws FormatError where the text is not valid in the format, or has something that could not be kept
   */
  read(text: string): Values;
}

/** Where something is wrong in a text; the text itself is never shown, as there are secrets in it. */
export function place(line: number, column: number): string {
  return ` at line ${line}, column ${column}`;
}

/** Why a text or value is not of a format; the message follows the file's name, and has nothing of the text in it. */
export class FormatError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "FormatError";
  }
}

/** The keys of a group that a file has. */
export function keysOf(values: Values, { keys }: Group): string[] {
  return keys.filter((key) => values[key] !== undefined);
}
