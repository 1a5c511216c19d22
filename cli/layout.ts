import { Help } from "commander";
import { withPages } from "../config/documentation";
import type { Style, Terminal } from "./terminal";

/** Rows as lines, each column as wide as its longest cell; the last one is left as it is. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widthOf = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = (rows[0] ?? []).map((_, column) => widthOf(column));
  return rows.map((row) => {
    const cells = row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)));
    return cells.join("  ").trimEnd();
  });
}

const [verdictWidth, subjectWidth] = [8, 36];

/** Columns before what was found, and the fewest that it takes to be read beside the subject. */
const [indentOfText, leastText] = [verdictWidth + subjectWidth + 4, 50];

/**
 * A verdict, what it is on, and what was found: side by side, or, on a terminal too narrow for that, as a paragraph behind the
 * verdict. Where no column of a terminal divides the two, a colon
 * does.
 */
export function row(terminal: Terminal, style: Style, verdict: string, subject: string, text: string): string {
  const { columns } = terminal;
  const divided = text === "" ? subject : `${subject}:`;
  const start = `  ${terminal.styled(style, verdict.padEnd(verdictWidth))} `;
  if (columns === undefined || columns >= indentOfText + leastText) {
    const [first = "", ...rest] = wrapped(text, columns && columns - indentOfText);
    const next = rest.map((line) => `\n${" ".repeat(indentOfText)}${line}`);
    const column = (columns !== undefined && subject.length > subjectWidth ? divided : subject).padEnd(subjectWidth);
    return `${start}${column} ${first}${next.join("")}`.trimEnd();
  }
  const indent = verdictWidth + 3;
  return start + wrapped(`${divided} ${text}`.trimEnd(), columns - indent).join(`\n${" ".repeat(indent)}`);
}

/** A text in lines of as many columns at most; in one where nothing says how many. A longer word or command stays whole. */
export function wrapped(text: string, columns: number | undefined): string[] {
  return columns === undefined ? [text] : wrappedText(withPages(text), columns).split("\n");
}

/**
 * A text with line ends for as many columns, and none inside of a command, which is copied from a terminal as a whole. One that has a line
 * for itself stands there without its back quotes.
 */
export function wrappedText(text: string, columns: number): string {
  const joined = text.replaceAll(command, (found) => found.replaceAll(" ", joint));
  return Object.assign(new Help(), { minWidthToWrap: leastColumns })
    .boxWrap(joined, columns)
    .replaceAll(new RegExp(`^( *)\`([^\`]*${joint}[^\`]*)\`[.,;:]?$`, "gm"), "$1$2")
    .replaceAll(joint, " ");
}

/** Fewer columns than these hold no text: a terminal breaks its lines itself. */
const leastColumns = 20;

/** A command of a shell in a text, or several in brackets. */
const command = /`(?:\(|(?:aws|npm|npx|terraform) )[^`\n]+`/g;

/** Of no text, and no blank: what a command's words are joined with while lines are broken. */
const joint = "\uE000";

export function indented(lines: readonly string[], by: number): string[] {
  return lines.map((line) => `${" ".repeat(by)}${line}`);
}

/** A number with its noun, as in `1 warning` and `2 warnings`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
