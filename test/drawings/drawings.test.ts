import { readFileSync } from "node:fs";
import { join } from "node:path";
import { svg } from "../../handoff/diagram/svg";
import { commentPicture } from "./comment";
import { drawings } from "./drawings";
import { pictures } from "./pictures";
import { columns, terminalPicture } from "./terminal";

const docs = join(__dirname, "..", "..", "docs");

it.each(Object.entries(drawings))("docs/%s.svg is as `npm run drawings` writes it", async (name, diagram) => {
  expect(readFileSync(join(docs, `${name}.svg`), "utf8")).toBe(await svg(diagram()));
});

it.each(Object.entries(pictures))("docs/pictures/%s.svg shows what the file beside it says", (name, draw) => {
  expect(readFileSync(join(docs, "pictures", `${name}.svg`), "utf8")).toBe(draw());
});

describe("a picture of a terminal", () => {
  const shown = (text: string, lines?: Parameters<typeof terminalPicture>[1]) =>
    [...terminalPicture(text, lines).matchAll(/<text class="(\w+)" x="([\d.]+)" y="(\d+)"[^>]*>(.*)<\/text>/g)]
      .slice(1)
      .map(([, look, x, y, said]) => ({ look, column: Math.round((Number(x) - 18) / 7.83), y, said }));

  it("has the colours of the command, and each word in its column", () => {
    expect(shown("$ a\n\u001b[31mno\u001b[39m   <b>")).toEqual([
      { look: "plain", column: 0, y: "58", said: "$ a" },
      { look: "red", column: 0, y: "77", said: "no" },
      { look: "plain", column: 5, y: "77", said: "&lt;b&gt;" },
    ]);
  });

  it("breaks a line at its last column", () => {
    expect(shown("x".repeat(columns + 1)).map(({ said, y }) => [said?.length, y])).toEqual([
      [columns, "58"],
      [1, "77"],
    ]);
  });

  it("says how many lines of a long text it leaves out", () => {
    const lines = ["one", "two", "three", "four", "five"].join("\n");

    expect(shown(lines, { first: 1, last: 1 }).map(({ said }) => said)).toEqual(["one", "… 3 more lines", "five"]);
  });
});

describe("a picture of a comment", () => {
  const spans = (markdown: string) =>
    [...commentPicture(markdown).matchAll(/<text class="([\w ]+)"[^>]*>(.*)<\/text>/g)]
      .slice(2)
      .map(([, look, said]) => [look, said?.trim()]);

  it("shows code and bold text as such, and breaks what is too long", () => {
    expect(spans("- **Data:** `a.b` is lost")).toEqual([
      ["bold", "Data:"],
      ["code", "a.b"],
      ["plain", "is lost"],
    ]);
    expect(spans(`- ${"word ".repeat(60)}`).length).toBeGreaterThan(1);
  });

  it("shows what is folded by its heading alone", () => {
    const folded = "<details>\n<summary><b>To create (9)</b></summary>\n\n- `a`\n\n</details>\n\n#### Outputs (1)";

    expect(spans(folded).map(([, said]) => said)).toEqual(["To create (9)", "Outputs (1)"]);
  });

  it("refuses Markdown that it cannot draw", () => {
    expect(() => commentPicture("1. one")).toThrow("knows no such Markdown: 1. one");
  });
});
