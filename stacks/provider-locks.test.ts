import { loadFleet } from "../config/load/load";
import { app, template } from "../test/synth";
import { lockedProviders, providers } from "./provider-locks";
import { makeStacks } from "./stacks";

const stacks = makeStacks(app(), loadFleet());

describe("the dependency lock files", () => {
  it.each(stacks.map((stack) => [stack.node.id, stack] as const))("have the providers of %s", (_, stack) => {
    const { required_providers: required } = template(stack).terraform;

    expect(Object.keys(required).sort()).toEqual([...lockedProviders[stack.lock]]);
    for (const name of lockedProviders[stack.lock]) {
      const { source, version } = required[name];
      expect([source, `hashicorp/${source}`]).toContain(providers[name].source);
      expect(version).toBe(providers[name].version);
    }
  });

  // .ci/plan takes the file by the stack's name.
  it.each(stacks.map((stack) => [stack.node.id, stack.lock]))("are told by the name of %s", (name, kind) => {
    expect(kind).toBe(/-databases$/.test(name) ? "databases" : "aws");
  });
});
