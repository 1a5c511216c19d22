import { visible } from "../../config/visible";
import { type Phrase, textOf } from "../../resources/phrase";
import { aligned, count, indented } from "../layout";
import type { Item } from "./items";
import type { Summary } from "./summary";

/** A summary for a terminal. */
export function text(summary: Summary): string {
  const { title, counts, cautions, sections } = summary;
  return [
    `Plan of ${visible(title)}: ${counts}`,
    ...(cautions.length === 0
      ? []
      : ["", `${count(cautions.length, "alarm")}:`, ...indented(cautionLines(summary), 2)]),
    ...sections.flatMap(({ heading, items }) => [
      "",
      heading,
      ...indented(
        items.flatMap((item) => itemLines(item, "")),
        2,
      ),
    ]),
  ].join("\n");
}

/** What has to be known before a plan is applied, a line each. */
export function cautionLines({ cautions }: Summary): string[] {
  return aligned(cautions.map(({ label, said }) => [label, plain(said)]));
}

function itemLines({ said, items }: Item, indentation: string): string[] {
  return [`${indentation}${plain(said)}`, ...items.flatMap((inner) => itemLines(inner, `${indentation}  `))];
}

function plain(said: Phrase): string {
  return textOf(said, visible);
}
