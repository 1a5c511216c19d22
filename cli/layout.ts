/** Rows as lines, each column as wide as its longest cell; the last one is left as it is. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widthOf = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = (rows[0] ?? []).map((_, column) => widthOf(column));
  return rows.map((row) => {
    const cells = row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)));
    return cells.join("  ").trimEnd();
  });
}

/** A verdict, what it is on, and what was found. */
export function row(verdict: string, subject: string, text: string): string {
  return `  ${verdict.padEnd(8)} ${subject.padEnd(36)} ${text}`.trimEnd();
}

export function indented(lines: readonly string[], by: number): string[] {
  return lines.map((line) => `${" ".repeat(by)}${line}`);
}

/** A number with its noun, as in `1 warning` and `2 warnings`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
