import { count } from "../layout";

/** Control, format and unassigned characters, and line and paragraph separators: what a reader cannot see, or sees turned round. */
const invisible = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * Text that anybody may have written as a code span, in which neither Markdown nor HTML nor a mention means anything; what cannot be seen is
 * written as its code point.
 */
export function code(text: string): string {
  const visible = text.replaceAll(invisible, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  const longest = Math.max(0, ...[...visible.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  // A blank at both ends is taken away again, and keeps backticks of the text from the fence.
  const padding = /^[` ]|[` ]$/.test(visible) || visible === "" ? " " : "";
  return `${fence}${padding}${visible}${padding}${fence}`;
}

/** As many lines as fit, and how many do not. */
export function within(lines: readonly string[], characters: number): string[] {
  let used = 0;
  const fitting = lines.findIndex((line) => {
    used += line.length + 1;
    return used > characters;
  });
  return fitting === -1
    ? [...lines]
    : [
        ...lines.slice(0, fitting),
        "",
        `… and ${count(lines.length - fitting, "line")} more; the job's plan has them all.`,
      ];
}
