import { show } from "../../clients/config/problem";
import { aligned, indented } from "../layout";
import type { Adoption } from "./adoption";
import { reasonOfAddition } from "./reasons";
import { snippet } from "./snippet";

/** What was found, what was not and what differs, to be read from top to bottom. */
export function report({ draft, outcomes, conflicts, leftAlone }: Adoption, file: string): string[] {
  const of = (kind: string) => [...outcomes].filter(([, outcome]) => outcome.kind === kind);
  return [
    ...section(
      "Found, and taken up",
      aligned(of("found").map(([address, outcome]) => [address, "id" in outcome ? outcome.id : ""])),
    ),
    ...additions(of("missing").map(([address]) => address)),
    ...section("Made, whether it is there or not", withReasons(of("made"))),
    ...section("Could not be looked for", withReasons(of("unknown"))),
    ...section("There beside it, and left alone", leftAlone),
    ...section(
      `Different in ${file}: the first deploy changes it`,
      draft.differences.map(({ path, inFile, inAws }) => `\`${path}\` is ${show(inFile)}, in AWS ${show(inAws)}`),
    ),
    ...section(
      "In the way",
      conflicts.map(({ address, why }) => `${address}: ${why}.`),
    ),
    ...(draft.suggestions.length === 0
      ? []
      : [`To be written into ${file}, beside what it has`, "", ...indented(snippet(draft.suggestions), 2), ""]),
  ];
}

/** Resources under the reason why they are made. */
function additions(addresses: readonly string[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const address of addresses) {
    const reason = reasonOfAddition(address.split(".")[0] as string) ?? "";
    byReason.set(reason, [...(byReason.get(reason) ?? []), address]);
  }
  const lines = [...byReason].flatMap(([reason, made]) => [`${reason}:`, ...indented(made, 2)]);
  return addresses.length === 0
    ? []
    : [`Not there, and made by the first deploy (${addresses.length})`, ...indented(lines, 2), ""];
}

function withReasons(outcomes: readonly (readonly [string, object])[]): string[] {
  return outcomes.map(([address, outcome]) => `${address}: ${"why" in outcome ? outcome.why : ""}.`);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title} (${lines.length})`, ...indented(lines, 2), ""];
}
