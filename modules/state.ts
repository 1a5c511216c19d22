import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/**
 * Terraform's blocks that change the state alone; cdktf 0.21 has no construct for them. Each is in a list of its own, which
 * to Terraform is the same block: checkov, which looks for a label of it, otherwise reads nothing of the whole file.
 */
interface StateBlocks {
  readonly moved: [{ readonly from: string; readonly to: string }][];
  readonly removed: [{ readonly from: string; readonly lifecycle: { readonly destroy: false } }][];
  readonly import: [{ readonly to: string; readonly id: string }][];
}

/** What the constructs of each stack have asked for, as an override of a stack replaces the one before. */
const blocksOf = new WeakMap<TerraformStack, StateBlocks>();

/** A `moved` block: what the state has at one address is what the other one says. */
export function moveInState(scope: IConstruct, from: string, to: string): void {
  add(scope, "moved", [[{ from, to }]]);
}

/** A `removed` block for each address: Terraform no longer manages what it finds there, and leaves it as it is. */
export function removeFromState(scope: IConstruct, addresses: readonly string[]): void {
  add(
    scope,
    "removed",
    addresses.map((from) => [{ from, lifecycle: { destroy: false } }]),
  );
}

/**
 * An `import` block for each resource; one that the state has already does nothing.
 * @param imports the ids that Terraform imports by, by address
 */
export function importExisting(scope: IConstruct, imports: Readonly<Record<string, string>>): void {
  add(
    scope,
    "import",
    Object.entries(imports).map(([to, id]) => [{ to, id }]),
  );
}

function add<K extends keyof StateBlocks>(scope: IConstruct, kind: K, blocks: StateBlocks[K]): void {
  if (blocks.length === 0) {
    return;
  }
  const stack = TerraformStack.of(scope);
  const all = blocksOf.get(stack) ?? { moved: [], removed: [], import: [] };
  blocksOf.set(stack, all);
  const list: unknown[] = all[kind];
  list.push(...blocks);
  stack.addOverride(kind, list);
}
