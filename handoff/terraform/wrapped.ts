/** Longest line of prose. */
const proseWidth = 120;

/** Words on lines of prose. @param margin what later lines begin with */
export function wrapped(text: string, margin = ""): string {
  const [first = "", ...words] = text.split(" ");
  const lines = [first];
  for (const word of words) {
    const line = `${lines.at(-1)} ${word}`;
    if (line.length <= proseWidth) {
      lines[lines.length - 1] = line;
    } else {
      lines.push(`${margin}${word}`);
    }
  }
  return lines.join("\n");
}
