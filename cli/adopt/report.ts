import { show } from "../../config/load/problem";
import { resourceTypeOf } from "../../resources/types";
import { aligned, indented } from "../layout";
import type { Adoption } from "./adoption";
import { snippet } from "./snippet";

/** What was found, what was not and what differs, to be read from top to bottom. */
export function report({ draft, outcomes, conflicts, unmanaged }: Adoption, file: string): string[] {
  const of = (kind: string) => [...outcomes].filter(([, outcome]) => outcome.kind === kind);
  return [
    ...section(
      "To import",
      aligned(of("found").map(([address, outcome]) => [address, "id" in outcome ? outcome.id : ""])),
    ),
    ...additions(of("not-found").map(([address]) => address)),
    ...section("Created regardless", withReasons(of("regardless"))),
    ...section("Could not be looked for", withReasons(of("unknown"))),
    ...section("Left unmanaged", unmanaged),
    ...section(
      `Different in ${file}: the first deploy changes it`,
      draft.differences.map(({ path, inFile, inAws }) => `\`${path}\` is ${show(inFile)}, in AWS ${show(inAws)}`),
    ),
    ...section(
      "Conflicts",
      conflicts.map(({ address, why }) => `${address}: ${why}.`),
    ),
    ...(draft.suggestions.length === 0
      ? []
      : [`To be written into ${file}, beside what it has`, "", ...indented(snippet(draft.suggestions), 2), ""]),
  ];
}

/** Resources under the reason why they are created. */
function additions(addresses: readonly string[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const address of addresses) {
    const create = resourceTypeOf(address.split(".")[0] as string)?.adoption.create;
    const reason = typeof create === "string" ? create : (create?.never ?? "");
    byReason.set(reason, [...(byReason.get(reason) ?? []), address]);
  }
  const lines = [...byReason].flatMap(([reason, created]) => [`${reason}:`, ...indented(created, 2)]);
  return addresses.length === 0
    ? []
    : [`Not found, created by the first deploy (${addresses.length})`, ...indented(lines, 2), ""];
}

function withReasons(outcomes: readonly (readonly [string, object])[]): string[] {
  return outcomes.map(([address, outcome]) => `${address}: ${"why" in outcome ? outcome.why : ""}.`);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title} (${lines.length})`, ...indented(lines, 2), ""];
}
