/** What was found, without what to do, which stands behind it. */
export function firstSentence(text: string): string {
  return /^.*?\.(?=$|\s+[A-Z`])/s.exec(text)?.[0] ?? text;
}
