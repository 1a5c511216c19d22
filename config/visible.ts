/**
 * Control, format and unassigned characters, line and paragraph separators, fillers and the blank of Braille, and marks of no script
 * that are written over another character: what a reader cannot see, or sees turned round or crossed out.
 */
const invisible = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Script=Inherited}\u2800]/gu;

/** A letter and marks that macOS has apart in paths, and that make one letter with it; not `=` crossed out, and no other letter that looks alike. */
const decomposed = /\p{L}\p{Script=Inherited}+/gu;

/**
 * Text that anybody may have written, for a terminal or a page: what cannot be seen is written as its code point. A letter
 * and its mark are composed where Unicode has one letter for them.
 * @param lines whether line ends stay, as in text of the project's own that has several lines
 */
export function visible(text: string, { lines = false } = {}): string {
  return text
    .replaceAll(decomposed, (letter) => letter.normalize("NFC"))
    .replaceAll(invisible, (character) =>
      lines && character === "\n" ? character : `\\u{${character.codePointAt(0)?.toString(16)}}`,
    );
}
