import { type Attribute, type Block, plainBlock } from "../hcl/body";
import { Raw, type Value } from "../hcl/value";

/**
 * A run that plans.
 * @param failures addresses of what fails in it
 */
export function run(name: string, blocks: readonly Block[], failures: readonly string[]): Block {
  const block = plainBlock("run", [name], attributes({ command: new Raw("plan") }), blocks);
  const expected = attributes({ expect_failures: failures.map((address) => new Raw(address)) });
  return { ...block, body: { ...block.body, trailing: failures.length === 0 ? [] : expected } };
}

/** Arguments without comments. */
export function attributes(values: { readonly [name: string]: Value }): Attribute[] {
  return Object.entries(values).map(([name, value]) => ({ name, value, comments: [] }));
}
