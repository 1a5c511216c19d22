import type { Run } from "./svg-text";

/** Text of one kind in a paragraph. */
interface Span {
  readonly text: string;
  readonly look: "plain" | "bold" | "code";
}

/** Widths of Helvetica's letters, thousandths of the font's size, by width; the others are 556. */
const letters: readonly (readonly [number, string])[] = [
  [222, "ijl'"],
  [278, " !,./:;I[]\\ft|"],
  [333, "()-`r"],
  [500, "Jckszvxy"],
  [611, "FTZ"],
  [667, "ABEKPSVXY&"],
  [722, "CDHNRUw"],
  [778, "GOQ"],
  [833, "Mm"],
  [944, "W"],
  [1000, "→…"],
];
const widths = new Map(letters.flatMap(([width, all]) => [...all].map((letter) => [letter, width] as const)));

/** How wide a monospaced letter is, and what a code span has beside it, in the size of the text. */
const code = { letter: 0.516, padding: 0.36 };

function widthOf({ text, look }: Span, size: number): number {
  if (look === "code") {
    return text.length * code.letter * size;
  }
  const thousandths = [...text].reduce((sum, letter) => sum + (widths.get(letter) ?? 556), 0);
  return (thousandths / 1000) * size * (look === "bold" ? 1.07 : 1);
}

/** Markdown's code spans and bold text. */
function spansOf(markdown: string): Span[] {
  return [...markdown.matchAll(/(`+)(.+?)\1(?!`)|\*\*(.+?)\*\*|((?:(?!`|\*\*).)+)/g)].map(
    ([, fence, inCode = "", bold, plain = ""]) =>
      fence !== undefined
        ? { text: inCode.replace(/^ (.*) $/, "$1"), look: "code" }
        : { text: bold ?? plain, look: bold === undefined ? "plain" : "bold" },
  );
}

/** Lines of a paragraph, each of runs from its left edge; `y` is 0. */
export function paragraph(markdown: string, width: number, size: number, isBold = false): Run[][] {
  const lines: Run[][] = [[]];
  let x = 0;
  for (const span of spansOf(markdown)) {
    const look = isBold && span.look === "plain" ? "bold" : span.look;
    const padding = look === "code" ? code.padding * size : 0;
    let isOpen = false;
    for (const text of span.text.match(/\s*\S+(?:\s+$)?|\s+/g) ?? []) {
      const before = isOpen ? 0 : padding;
      if (x > 0 && x + before + widthOf({ text: text.trimEnd(), look }, size) + padding > width) {
        lines.push([]);
        [x, isOpen] = [0, false];
      }
      const line = lines.at(-1) as Run[];
      const shown = x === 0 && !isOpen ? text.trimStart() : text;
      const wide = widthOf({ text: shown, look }, size);
      const former = isOpen ? line.pop() : undefined;
      const start = former?.x ?? x + padding;
      line.push({ x: start, y: 0, text: (former?.text ?? "") + shown, width: (former?.width ?? 0) + wide, look });
      x = start + (former?.width ?? 0) + wide;
      isOpen = true;
    }
    x += padding;
  }
  return lines.map((runs) => runs.filter(({ text }) => text.trim() !== ""));
}
