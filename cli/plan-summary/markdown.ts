import { visible } from "../../config/visible";
import { type Phrase, textOf } from "../../resources/phrase";
import { count } from "../layout";
import type { Item } from "./items";
import { Room } from "./room";
import type { Caution, Section, Summary } from "./summary";

/** GitHub takes 65,536 characters in a comment. */
const most = 60_000;

/** What a value may take, in characters, where whole values do not leave room for all that there is to say. */
const mostOfValues = [Number.POSITIVE_INFINITY, 1000, 300] as const;

const mostOfTitle = 300;

/** So many lines are read where they stand; more of what is folded are opened by who looks for something. */
const mostOpenLines = 25;

/** A summary for a comment: what does not fit is left out, sections before alarms, and counted. */
export function markdown(summary: Summary): string {
  const all = mostOfValues.map((mostOfValue) => written(summary, mostOfValue));
  return (all.find(({ omitted }) => omitted === 0) ?? (all.at(-1) as Written)).lines.join("\n");
}

/** Lines that fit, and the number of those that do not. */
interface Written {
  readonly lines: readonly string[];
  readonly omitted: number;
}

function written({ title, place, counts, cautions, sections }: Summary, mostOfValue: number): Written {
  const said = (one: Phrase) => textOf(one, (value) => code(shortened(value, mostOfValue)));
  const room = new Room(most);
  const heading = `### Plan of ${code(shortened(title, mostOfTitle))}${place}: ${counts}`;
  room.takes(heading);
  const alarms = alarmLines(cautions, said, room);
  const others = sections.map((section) => sectionLines(section, said, room));
  const omitted = others.reduce((sum, section) => sum + section.omitted, 0);
  return {
    lines: [
      heading,
      ...alarms.lines,
      ...others.flatMap(({ lines }) => lines),
      ...(omitted === 0 ? [] : ["", `… and ${count(omitted, "line")} more; the job's plan has them all.`]),
    ],
    omitted: omitted + alarms.omitted,
  };
}

/** Of each kind in turn the next alarm, so that many of one kind leave room for the others; then how many of each there are besides. */
function alarmLines(cautions: readonly Caution[], said: (one: Phrase) => string, room: Room): Written {
  if (cautions.length === 0) {
    return { lines: [], omitted: 0 };
  }
  const labels = [...new Set(cautions.map(({ label }) => label))];
  const kinds = labels.map((label) =>
    cautions.filter((caution) => caution.label === label).map((caution) => `> - **${label}:** ${said(caution.said)}`),
  );
  const shown = kinds.map((): string[] => []);
  for (let index = 0; index < cautions.length; index += 1) {
    for (const [kind, lines] of kinds.entries()) {
      const line = lines[index];
      if (line !== undefined && room.takes(line)) {
        shown[kind]?.push(line);
      }
    }
  }
  const lines = kinds.flatMap((all, kind) => {
    const some = shown[kind] ?? [];
    const rest = all.length - some.length;
    return rest === 0 ? some : [...some, `> - **${labels[kind]}:** … and ${count(rest, "alarm")} more`];
  });
  const omitted = cautions.length - shown.flat().length;
  const first =
    omitted === 0
      ? []
      : [`> ${count(cautions.length, "alarm")}, of which the job's log has all, and ${omitted} are not shown here:`];
  return { lines: ["", "> [!CAUTION]", ...first, ...lines], omitted };
}

function sectionLines({ heading, items, folded }: Section, said: (one: Phrase) => string, room: Room): Written {
  const [lines, omitted] = itemLines(items, "", said, room);
  if (lines.length === 0) {
    return { lines, omitted };
  }
  return folded && lines.length + omitted > mostOpenLines
    ? { lines: ["", "<details>", `<summary><b>${heading}</b></summary>`, "", ...lines, "", "</details>"], omitted }
    : { lines: ["", `#### ${heading}`, "", ...lines], omitted };
}

/** The lines that fit, and the number of those that do not; what is below one of these does not fit either, as it would seem another's. */
function itemLines(
  items: readonly Item[],
  indentation: string,
  said: (one: Phrase) => string,
  room: Room,
): [lines: string[], omitted: number] {
  return items.reduce<[string[], number]>(
    ([lines, omitted], item) => {
      const line = `${indentation}- ${said(item.said)}`;
      if (!room.takes(line)) {
        return [lines, omitted + linesOf(item)];
      }
      const [inner, lost] = itemLines(item.items, `${indentation}  `, said, room);
      lines.push(line, ...inner);
      return [lines, omitted + lost];
    },
    [[], 0],
  );
}

function linesOf({ items }: Item): number {
  return items.reduce((sum, inner) => sum + linesOf(inner), 1);
}

/** The beginning and the end of a long value, and how much is between them. */
function shortened(value: string, mostCharacters: number): string {
  const characters = value.length > mostCharacters ? [...value] : [];
  if (characters.length <= mostCharacters) {
    return value;
  }
  const end = Math.floor(mostCharacters / 3);
  const left = characters.length - mostCharacters;
  return `${characters.slice(0, mostCharacters - end).join("")} … ${count(left, "character")} … ${characters.slice(-end).join("")}`;
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
