/** Control, format and unassigned characters, and line and paragraph separators: what a reader cannot see, or sees turned round. */
const invisible = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Text that anybody may have written; what cannot be seen is written as its code point. */
export function visible(text: string): string {
  return text.replaceAll(invisible, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
