/** A word that has letters of Latin and letters that look like them; looked at once, from its beginning. */
const mixed = /(?<!\p{L})(?=\p{L}*\p{sc=Latin})(?=\p{L}*[\p{sc=Cyrillic}\p{sc=Greek}])/u;

/** Whether a word of a text has Cyrillic or Greek letters between Latin ones, so that it is not the word that a reader sees. */
export function mixesAlphabets(text: string): boolean {
  return mixed.test(text);
}

/** What is allowed instead, to be read before what to do. */
export const oneAlphabet = "a word has letters of one alphabet, and this one has some that only look like others";
