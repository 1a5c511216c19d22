/** Longest line of prose. */
const proseWidth = 120;

/** Markdown with its paragraphs and items of lists wrapped; code, tables and headings stay as they are. */
export function wrappedProse(markdown: string): string {
  return markdown
    .split(/^([ ]*```\w*\n.*?^[ ]*```$)/ms)
    .map((part, index) => (index % 2 === 1 ? part : wrappedParagraphs(part)))
    .join("");
}

function wrappedParagraphs(markdown: string): string {
  return markdown.replaceAll(/^(?![#|<\n]).+(?:\n(?!\n|[ ]*(?:\*|\d+\.) |[#|<]).+)*/gm, (block) => {
    const [, indentation = "", item = ""] = /^( *)((?:\*|\d+\.) )?/.exec(block) ?? [];
    return wrapped(block.replaceAll(/\s+/g, " "), indentation, " ".repeat(indentation.length + item.length));
  });
}

/** @param first what the first line begins with @param margin what later ones begin with */
function wrapped(text: string, first: string, margin: string): string {
  const lines: string[] = [];
  let line = first;
  // Code in the line stays whole, to be copied.
  for (const word of text.match(/(?:`[^`]*`|[^\s`])+/g) ?? []) {
    const longer = line.trim() === "" ? `${line}${word}` : `${line} ${word}`;
    if (longer.length > proseWidth && line.trim() !== "") {
      lines.push(line);
      line = `${margin}${word}`;
    } else {
      line = longer;
    }
  }
  return [...lines, line].join("\n");
}

/** Words as a list in a sentence. */
export function listed(words: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(words);
}
