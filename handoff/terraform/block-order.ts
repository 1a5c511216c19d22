import type { AcceptedFinding } from "../../resources/types/accepted-findings";
import type { Declaration } from "./declarations";
import type { Entry } from "./entries";
import { fileOf } from "./module-files";

/** A block of the JSON form, and what the construct says that it comes from. */
export interface Element {
  readonly entry: Entry;
  /** What scanners find in it as it is deployed, and people accept. */
  readonly findings: readonly AcceptedFinding[];
  /** @default - there is no such construct */
  readonly declaration?: Declaration;
}

/**
 * Puts blocks behind what they refer to in their file, where the construct tree cannot say their place: JavaScript puts
 * ids that are numbers, of iterations, before all others, and an `ephemeral` block has no element of its own.
 */
export function behindWhatTheyNeed(elements: readonly Element[]): Element[] {
  const units = [...new Set(elements.map(unitOf))].filter((unit) => unit !== undefined);
  // The last unit first, so that those with the same needs keep their order.
  return units.reverse().reduce((order: readonly Element[], unit) => {
    const own = order.filter((element) => unitOf(element) === unit);
    const others = order.filter((element) => unitOf(element) !== unit);
    const needed = others.findLastIndex((other) =>
      own.some((element) => isBeside(element, other) && needs(element, other)),
    );
    const place = Math.max(order.indexOf(own[0] as Element), needed + 1);
    return [...others.slice(0, place), ...own, ...others.slice(place)];
  }, elements) as Element[];
}

/** What is moved as one: the blocks of an iteration, or an ephemeral block; undefined where the tree says the place. */
function unitOf({ entry, declaration }: Element): string | undefined {
  const iteration = declaration?.path.findIndex((id) => /^\d+$/.test(id)) ?? -1;
  if (iteration >= 0) {
    return declaration?.path.slice(0, iteration + 1).join("/");
  }
  return entry.section === "ephemeral" ? entry.address : undefined;
}

function isBeside(one: Element, other: Element): boolean {
  const [file, otherFile] = [one, other].map(({ declaration }) => declaration?.path[0]).map((id) => id && fileOf(id));
  return file !== undefined && file === otherFile;
}

function needs({ entry }: Element, { entry: { address } }: Element): boolean {
  return refersTo(JSON.stringify(entry.arguments), address);
}

/** Whether a text names an address, and not merely one that begins or ends like it. */
export function refersTo(text: string, address: string): boolean {
  return new RegExp(`(?<![\\w.-])${address.replaceAll(".", "\\.")}(?![\\w-])`).test(text);
}
