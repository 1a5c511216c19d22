import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { loadFleet } from "../config/load/load";
import { app, template } from "../test/synth";
import { type LockKind, lockedProviders, lockFileName, lockFolder, providers, writeLocks } from "./provider-locks";
import { makeStacks } from "./stacks";

const stacks = makeStacks(app(), loadFleet());
const committed = (kind: LockKind) => readFileSync(join(lockFolder(), lockFileName(kind)), "utf8");

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

  it("are written beside each stack, byte for byte", () => {
    const outdir = mkdtempSync(join(tmpdir(), "provider-locks-"));
    try {
      const synthesised = new App({ outdir, stackTraces: false });
      const made = makeStacks(synthesised, loadFleet("example"));
      synthesised.synth();
      writeLocks(outdir, made);

      for (const { node, lock } of made) {
        expect(readFileSync(join(outdir, "stacks", node.id, ".terraform.lock.hcl"), "utf8")).toBe(committed(lock));
      }
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  });
});
