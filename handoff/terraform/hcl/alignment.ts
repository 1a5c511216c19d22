/** A name, and what is assigned to it, its first line to stand behind the equals sign. */
export interface Item {
  readonly name: string;
  readonly text: string;
}

/** Items below each other, their equals signs in one column as `terraform fmt` puts them. */
export function aligned(items: readonly Item[]): string[] {
  const lines: string[] = [];
  let chain: Item[] = [];
  const closeChain = () => {
    const widths = chain.map(({ name }) => columns(name));
    const width = Math.max(...widths);
    lines.push(
      ...chain.map(({ name, text }, index) => `${name}${" ".repeat(width - (widths[index] as number))} = ${text}`),
    );
    chain = [];
  };
  for (const item of items) {
    // A value that opens a bracket and closes it on a later line has no place in the column; a heredoc has.
    if (!item.text.includes("\n") || item.text.startsWith("<<")) {
      chain.push(item);
      continue;
    }
    closeChain();
    lines.push(`${item.name} = ${item.text}`);
  }
  closeChain();
  return lines;
}

const segmenter = new Intl.Segmenter();

/** How many columns Terraform counts: characters as people see them. */
function columns(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : [...segmenter.segment(text)].length;
}
