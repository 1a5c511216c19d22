/** Control, format and unassigned characters, and line and paragraph separators: what a reader cannot see, or sees turned round. */
const invisible = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * Text that anybody may have written, for a terminal or a page: what cannot be seen is written as its code point.
 * @param lines whether line ends stay, as in text of the project's own that has several lines
 */
export function visible(text: string, { lines = false } = {}): string {
  return text.replaceAll(invisible, (character) =>
    lines && character === "\n" ? character : `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
