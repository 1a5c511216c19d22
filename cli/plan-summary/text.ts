import { visible } from "../../config/visible";
import { type Phrase, textOf } from "../../resources/phrase";
import { aligned, count, wrapped } from "../layout";
import type { Terminal } from "../terminal";
import type { Item } from "./items";
import type { Summary } from "./summary";

type Shown = Pick<Terminal, "styled" | "columns">;

/** A summary in the colours and the width of a terminal, if it is one. */
export function text(summary: Summary, terminal: Shown): string {
  const { title, place, counts, cautions, sections } = summary;
  const heading = (said: string) => terminal.styled("heading", said);
  const width = Math.max(...cautions.map(({ label }) => label.length));
  return [
    `${heading(`Plan of ${visible(title)}${place}:`)} ${counts}`,
    ...(cautions.length === 0 ? [] : ["", terminal.styled("bad", `${count(cautions.length, "alarm")}:`)]),
    ...cautions.map(({ label, said }) => {
      const lines = hanging(plain(said), width + 4, terminal).trimStart();
      return `  ${terminal.styled("bad", label.padEnd(width))}  ${lines}`;
    }),
    ...sections.flatMap((section) => [
      "",
      heading(section.heading),
      ...section.items.flatMap((item) => itemLines(item, 2, terminal)),
    ]),
  ].join("\n");
}

/** What has to be known before a plan is applied, a line each. */
export function cautionLines({ cautions }: Summary): string[] {
  return aligned(cautions.map(({ label, said }) => [label, plain(said)]));
}

function itemLines({ said, items }: Item, indentation: number, terminal: Shown): string[] {
  // A line goes on where items below it would begin, and behind those that there are.
  const behind = items.length === 0 ? 2 : 4;
  return [
    hanging(plain(said), indentation + behind, terminal).slice(behind),
    ...items.flatMap((inner) => itemLines(inner, indentation + 2, terminal)),
  ];
}

/** Each of its lines that far to the right. */
function hanging(said: string, indentation: number, { columns }: Shown): string {
  const lines = wrapped(said, columns && Math.max(columns - indentation, 40));
  return lines.map((line) => `${" ".repeat(indentation)}${line}`).join("\n");
}

function plain(said: Phrase): string {
  return textOf(said, visible);
}
