import { drawn, picture } from "./svg-text";

/** Columns of the terminal: what README's width shows at the size of its own code. */
export const columns = 100;

const [left, top, lineHeight, characterWidth] = [18, 58, 19, 7.83];
const width = Math.round(2 * left + columns * characterWidth);

const style = [
  "text{font-size:13px;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#d5d9e0}",
  ".title{font-family:-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;fill:#9aa3b0}",
  ".bold{font-weight:700;fill:#fff}",
  ".dim{fill:#9aa3b0}",
  ".red{fill:#ff8b85}",
  ".green{fill:#86d08b}",
  ".yellow{fill:#ecc66d}",
].join("");

/** Codes of ANSI's colours that the commands use: `Style` in cli/terminal.ts. */
const looks: ReadonlyMap<string, string> = new Map([
  ["1", "bold"],
  ["2", "dim"],
  ["31", "red"],
  ["32", "green"],
  ["33", "yellow"],
]);

/** How many lines of a longer text are shown. */
interface Shown {
  /** From its beginning. */
  readonly first: number;
  /** Up to its end. */
  readonly last: number;
}

/**
 * What a terminal of `columns` shows.
 * @param text with ANSI's colours; its first line is the prompt
 * @param shown all of it, where there is none
 */
export function terminalPicture(text: string, shown?: Shown): string {
  const all = text.trimEnd().split("\n");
  const lines = (shown === undefined ? all : shortened(all, shown)).flatMap(rows);
  const height = top + lines.length * lineHeight;
  const title = text.split("\n", 1)[0]?.replace(/^\$ /, "") ?? "";
  return picture(title, width, height, style, [
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="#1d2129" stroke="#3d444d"/>`,
    ...["#ed6a5e", "#f4bf4f", "#61c554"].map(
      (fill, index) => `<circle cx="${20 + index * 20}" cy="19" r="6" fill="${fill}"/>`,
    ),
    `<text class="title" x="${width / 2}" y="23" text-anchor="middle">acme</text>`,
    ...lines.flatMap((line, row) =>
      line.map(({ column, text: said, look }) =>
        drawn({
          x: left + column * characterWidth,
          y: top + row * lineHeight,
          text: said,
          width: said.length * characterWidth,
          look,
        }),
      ),
    ),
  ]);
}

function shortened(lines: readonly string[], { first, last }: Shown): string[] {
  const left = lines.length - first - last;
  return [...lines.slice(0, first), "", `\x1b[2m  … ${left} more lines\x1b[22m`, "", ...lines.slice(-last)];
}

interface Cell {
  readonly column: number;
  readonly text: string;
  readonly look: string;
}

/** A line as the terminal breaks it, whose pieces have one look each. */
function rows(line: string): Cell[][] {
  const broken: Cell[][] = [[]];
  let [look, column] = ["plain", 0];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ANSI's escape sequences begin with one.
  for (const piece of line.split(/(\x1b\[\d*m)/)) {
    const code = /\[(\d*)m$/.exec(piece)?.[1];
    if (code !== undefined && piece.startsWith("\x1b")) {
      look = looks.get(code) ?? "plain";
      continue;
    }
    for (let rest = piece; rest !== ""; ) {
      if (column === columns) {
        broken.push([]);
        column = 0;
      }
      const text = rest.slice(0, columns - column);
      // Words that the command has aligned stay so, whichever font the reader has.
      for (const { 0: words, index } of text.matchAll(/\S+(?: \S+)*/g)) {
        broken.at(-1)?.push({ column: column + index, text: words, look });
      }
      column += text.length;
      rest = rest.slice(text.length);
    }
  }
  return broken;
}
