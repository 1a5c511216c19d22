import { paragraph } from "./paragraph";
import { drawn, picture, round } from "./svg-text";

const [width, margin, size, lineHeight] = [830, 17, 14, 21];

const style = [
  "text{font-size:14px;font-family:-apple-system,BlinkMacSystemFont,'Segoe UI','Noto Sans','DejaVu Sans',Helvetica,Arial,sans-serif;fill:#1f2328}",
  ".code{font-size:12px;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace}",
  ".bold,.large,.caution{font-weight:600}.large{font-size:17.5px}.large.code{font-size:15px}.quiet{fill:#59636e}",
  ".frame{fill:#fff;stroke:#d1d9e0}.band{fill:#f6f8fa;stroke:#d1d9e0}.span{fill:#818b98;fill-opacity:.14}",
  ".bar{fill:#cf222e}.caution{fill:#d1242f}.dot{fill:#1f2328}",
  "@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.quiet{fill:#9198a1}.frame{fill:#0d1117;stroke:#3d444d}",
  ".band{fill:#151b23;stroke:#3d444d}.span{fill:#656c76;fill-opacity:.3}.bar{fill:#da3633}.caution{fill:#f85149}.dot{fill:#f0f6fc}}",
].join("");

/** What GitHub shows of a plan's summary in a comment; what is folded stays so. */
export function commentPicture(markdown: string): string {
  const page = new Page();
  let isFolded = false;
  for (const line of markdown.split("\n")) {
    const [, hashes, heading = ""] = /^(#+) (.*)$/.exec(line) ?? [];
    const [, indentation = "", item] = /^( *)- (.*)$/.exec(line) ?? [];
    const summary = /^<summary><b>(.*)<\/b><\/summary>$/.exec(line)?.[1];
    if (line === "</details>") {
      isFolded = false;
    } else if (summary !== undefined) {
      page.summary(summary);
      isFolded = true;
    } else if (isFolded || line === "" || line === "<details>") {
      // GitHub shows nothing of it.
    } else if (hashes !== undefined) {
      page.heading(heading, hashes.length === 3);
    } else if (line === "> [!CAUTION]") {
      page.beginCaution();
    } else if (line.startsWith("> - ")) {
      page.item(line.slice(4), 0, true);
    } else if (item !== undefined) {
      page.item(item, indentation.length / 2);
    } else {
      throw new Error(`The drawing knows no such Markdown: ${line}`);
    }
  }
  return page.drawn();
}

/** Grows downwards. */
class Page {
  private readonly shapes: string[] = [];
  private y = 44;
  private caution?: number;

  heading(markdown: string, isLarge: boolean): void {
    this.endCaution();
    this.y += isLarge ? 14 : 13;
    this.paragraph(markdown, margin, isLarge ? 17.5 : size, isLarge ? "large" : "bold");
    this.y += 7;
  }

  summary(text: string): void {
    this.endCaution();
    this.y += 14;
    this.shapes.push(`<path class="dot" d="M${margin + 1} ${this.y + 6}l7 4.5l-7 4.5z"/>`);
    this.paragraph(`**${text}**`, margin + 15, size);
  }

  beginCaution(): void {
    this.caution = this.y + 12;
    this.y += 20;
    this.paragraph("Caution", margin + 20, size, "caution");
    this.y += 8;
  }

  item(markdown: string, depth: number, inCaution = false): void {
    const x = margin + 28 * (depth + 1) + (inCaution ? 18 : 0);
    const opacity = depth === 0 ? "" : ' fill-opacity="0.45"';
    this.shapes.push(`<circle class="dot" cx="${x - 12}" cy="${round(this.y + 11)}" r="2.6"${opacity}/>`);
    this.paragraph(markdown, x, size);
    this.y += 3;
  }

  drawn(): string {
    this.endCaution();
    const height = this.y + 16;
    return picture("The comment on a pull request: the plan of acme, its alarms first", width, height, style, [
      `<rect class="frame" x="0.5" y="0.5" width="${width - 1}" height="${round(height - 1)}" rx="6"/>`,
      `<path class="band" d="M0.5 38.5V6.5a6 6 0 0 1 6 -6H${width - 6.5}a6 6 0 0 1 6 6V38.5z"/>`,
      drawn({ x: margin, y: 24, text: "github-actions", width: 102, look: "bold" }),
      drawn({ x: margin + 108, y: 24, text: "bot commented", width: 96, look: "quiet" }),
      ...this.shapes,
    ]);
  }

  private paragraph(markdown: string, x: number, fontSize: number, heading?: "large" | "bold" | "caution"): void {
    const tall = fontSize === size ? lineHeight : 26;
    for (const runs of paragraph(markdown, width - margin - x, fontSize, heading !== undefined)) {
      const baseline = this.y + tall - 6;
      for (const run of runs) {
        if (run.look === "code") {
          this.shapes.push(
            `<rect class="span" x="${round(x + run.x - 4.5)}" y="${round(baseline - fontSize)}" width="${round(run.width + 9)}" height="${round(fontSize + 5)}" rx="5"/>`,
          );
        }
        const look = heading === undefined ? run.look : run.look === "code" ? `${heading} code` : heading;
        this.shapes.push(drawn({ ...run, x: x + run.x, y: baseline, look }));
      }
      this.y += tall;
    }
  }

  private endCaution(): void {
    if (this.caution !== undefined) {
      this.shapes.push(
        `<rect class="bar" x="${margin}" y="${this.caution}" width="4" height="${round(this.y + 6 - this.caution)}"/>`,
      );
      this.caution = undefined;
      this.y += 8;
    }
  }
}
