import type { Values } from "../value";

/** Some keys of a file, and what they are about. */
export interface Group {
  /** A line of comment, where the format has comments. */
  readonly title: string;
  readonly keys: readonly string[];
}

/** What a reader finds at a key, as text: no number or date is made of it, which would lose what `6063e25` or `012` says. */
export type Read = string | boolean | null | readonly Read[] | { readonly [key: string]: Read };

/** Lines of a file, word for word, that may stand in another one. */
export interface Entry {
  /** The key that they set: a name, or a section and an option. None of comments that stand by themselves. */
  readonly path: readonly string[];
  /** The lines, with the comments directly above them. */
  readonly text: string;
  /**
   * The line of their section, with the comments directly above it.
   * @default - the format has no sections
   */
  readonly heading?: string;
  readonly value: Read;
}

/** How a file is written and read. */
export interface Format {
  /**
   * The text of a file.
   * @param header lines of comment at its beginning
   * @param groups keys in the order in which they stand, each in one group
   * @param added lines that come after them, or into their sections, word for word; of no key that `values` has
   * @throws FormatError where the format has no way to say a value
   */
  write(values: Values, header: readonly string[], groups: readonly Group[], added?: readonly Entry[]): string;
  /**
   * A text's keys, each with its lines, in the order in which they stand.
   * @throws FormatError where the text is not valid in the format, or cannot be taken apart without changing what it says
   */
  entries(text: string): Entry[];
  /**
   * A text that lines may come after: without what says that nothing is in it, as YAML's `{}`.
   * @default - any text is one
   */
  appendable?(text: string): string;
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

/** The text of a file that has these lines and no others. */
export function joined(entries: readonly Entry[]): string {
  return entries
    .map(({ text, heading = "" }, index) => {
      const isNew = heading !== "" && lastLine(heading) !== lastLine(entries[index - 1]?.heading ?? "");
      return ended(isNew ? `${ended(heading)}${text}` : text);
    })
    .join("");
}

/** Lines with an end to the last one. */
export function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1) ?? "";
}

/** Whole lines of a text that set a key, or begin a section. */
export interface Block extends Omit<Entry, "text"> {
  readonly start: number;
  readonly end: number;
}

/**
 * Blocks with the comments directly above them, and the other comments between them.
 * @param isHeading whether a block is the line of a section, which is no entry of its own
 */
export function withComments(
  text: string,
  blocks: readonly Block[],
  isHeading: (block: Block) => boolean = () => false,
): Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  let heading: string | undefined;
  for (const block of blocks) {
    const { path, value, start, end } = block;
    const gap = text.slice(at, start);
    const above = beginOfLastComments(gap);
    entries.push(...comments(gap.slice(0, above)));
    const lines = gap.slice(above) + text.slice(start, end);
    if (isHeading(block)) {
      heading = lines;
    } else {
      entries.push({ path, value, text: lines, ...(heading !== undefined && { heading }) });
    }
    at = end;
  }
  return [...entries, ...comments(text.slice(at))];
}

/** Where those of a text's lines begin that are comments without an empty line behind them. */
function beginOfLastComments(text: string): number {
  let begin = text.length;
  for (;;) {
    const line = begin < 2 ? 0 : text.lastIndexOf("\n", begin - 2) + 1;
    if (begin === 0 || !/[#;]/.test(text.charAt(line))) {
      return begin;
    }
    begin = line;
  }
}

/** Comments that stand by themselves; other lines, as YAML's `---`, are the file's. */
function comments(text: string): Entry[] {
  const own = text.replace(/^(?![ \t]*([#;]|\r?$)).*\n?/gm, "");
  return own.trim() === "" ? [] : [{ path: [], text: own, value: null }];
}
