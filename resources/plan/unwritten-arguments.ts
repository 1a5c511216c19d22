import { type Attributes, attributesOf, blocks, isAttributes } from "../attributes";
import { writtenArguments } from "../types/written-arguments";
import { writtenInBlocks } from "../types/written-in-blocks";
import { writtenValues } from "../types/written-values";
import { Configuration, isExpression } from "./configuration";
import { differencesOf } from "./differences";
import { changesAt } from "./paths";
import type { Plan, ResourceChange } from "./schema";

/** Arguments that no stack writes for a type, with their paths where they are in blocks, as far as the change is one of them. */
export function unwrittenArguments({ address, type, change }: ResourceChange, plan: Plan): string[] {
  const changed = new Set(differencesOf(change).map(({ attribute }) => attribute));
  const written = [writtenArguments, writtenInBlocks].flatMap((table) => table[type] ?? []);
  const all = unwrittenIn(Configuration.of(plan).argumentsOf(address), written, []);
  const found = all.filter((path) =>
    path.length === 1 ? changed.has(path[0] as string) : changesAt(change, path) && !hasRule(type, path),
  );
  return [...new Set(found.map((path) => path.join(".")))];
}

function unwrittenIn(given: unknown, written: readonly string[], path: readonly string[]): string[][] {
  return Object.entries(attributesOf(given)).flatMap(([name, inner]) => {
    const at = [...path, name];
    return written.includes(at.join(".")) ? blocksIn(inner).flatMap((one) => unwrittenIn(one, written, at)) : [at];
  });
}

/** Blocks of an argument, as a plan's configuration has them: in a list, or where there is one at most, by itself. */
function blocksIn(written: unknown): readonly Attributes[] {
  return Array.isArray(written) ? blocks(written) : isAttributes(written) && !isExpression(written) ? [written] : [];
}

/** Whether the values there have alarms of their own. */
function hasRule(type: string, path: readonly string[]): boolean {
  const name = path.join(".");
  return Object.keys(writtenValues[type] ?? {}).some((other) => other === name || other.startsWith(`${name}.`));
}
