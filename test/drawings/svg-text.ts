/** A run of text in a picture: its baseline, how wide it has to be, and how it looks. */
export interface Run {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly width: number;
  /** CSS classes. */
  readonly look: string;
}

/** As wide as it was measured, whichever font the reader has. */
export function drawn({ x, y, text, width, look }: Run): string {
  const length = text.length > 1 ? ` textLength="${round(width)}" lengthAdjust="spacingAndGlyphs"` : "";
  return `<text class="${look}" x="${round(x)}" y="${round(y)}"${length} xml:space="preserve">${escaped(text)}</text>`;
}

export function round(number: number): number {
  return Math.round(number * 10) / 10;
}

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A picture that says, to who cannot see it, what it shows. */
export function picture(title: string, width: number, height: number, style: string, shapes: readonly string[]) {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${round(height)}" viewBox="0 0 ${width} ${round(height)}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    ...shapes,
    "</svg>",
    "",
  ].join("\n");
}
