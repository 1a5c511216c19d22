import { visible } from "../../config/visible";
import { textOf } from "../../resources/phrase";
import { count } from "../layout";
import type { Item } from "./items";
import type { Section, Summary } from "./summary";

/** GitHub takes 65,536 characters in a comment. */
const most = 60_000;

/** So many lines are read where they stand; more of what is folded are opened by who looks for something. */
const mostOpenLines = 25;

/** A summary for a comment. */
export function markdown({ title, place, counts, cautions, sections }: Summary): string {
  const lines = [
    `### Plan of ${code(title)}${place}: ${counts}`,
    ...(cautions.length === 0
      ? []
      : ["", "> [!CAUTION]", ...cautions.map(({ label, said }) => `> - **${label}:** ${textOf(said, code)}`)]),
    ...sections.flatMap(sectionLines),
  ];
  return within(lines, most).join("\n");
}

function sectionLines({ heading, items, folded }: Section): string[] {
  const lines = items.flatMap((item) => itemLines(item, ""));
  return folded && lines.length > mostOpenLines
    ? ["", "<details>", `<summary><b>${heading}</b></summary>`, "", ...lines, "", "</details>"]
    : ["", `#### ${heading}`, "", ...lines];
}

function itemLines({ said, items }: Item, indentation: string): string[] {
  return [`${indentation}- ${textOf(said, code)}`, ...items.flatMap((inner) => itemLines(inner, `${indentation}  `))];
}

/** Text that anybody may have written as a code span, in which neither Markdown nor HTML nor a mention means anything. */
export function code(text: string): string {
  const shown = visible(text);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  // A blank at both ends is taken away again, and keeps backticks of the text from the fence.
  const padding = /^[` ]|[` ]$/.test(shown) || shown === "" ? " " : "";
  return `${fence}${padding}${shown}${padding}${fence}`;
}

/** As many lines as fit, and how many do not. */
function within(lines: readonly string[], characters: number): string[] {
  let used = 0;
  const fitting = lines.findIndex((line) => {
    used += line.length + 1;
    return used > characters;
  });
  if (fitting === -1) {
    return [...lines];
  }
  const kept = lines.slice(0, fitting);
  const isOpen = kept.lastIndexOf("<details>") > kept.lastIndexOf("</details>");
  return [
    ...kept,
    ...(isOpen ? ["", "</details>"] : []),
    "",
    `… and ${count(lines.length - fitting, "line")} more; the job's plan has them all.`,
  ];
}
