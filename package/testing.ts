import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { loadFleet } from "../config/load/load";
import { projectFolder } from "../config/project-folder";
import { makeStacks } from "../stacks/stacks";
import { ReviewedStacks } from "./reviewed-stacks";

/**
 * Jest's tests of all client files: each stack is synthesised as its file in `__snapshots__/` has it, which was reviewed
 * and committed, and there is no file of another stack. `jest -u` writes and removes these files. Needs the preset
 * `edx-analytics-aws`.
 * @throws ClientFileError with every mistake in the client files
 */
export function testStacks(): void {
  // It writes nothing; cdktf makes its folder all the same, so it has an existing one.
  const stacks = makeStacks(new App({ stackTraces: false, outdir: tmpdir() }), loadFleet());
  const reviewed = new ReviewedStacks(join(projectFolder(), "__snapshots__"));

  describe("every client", () => {
    afterAll(() => reviewed.report());

    it.each(stacks)("$node.id is synthesised as reviewed", (stack) => {
      stack.prepareStack();
      stack.runAllValidations();
      reviewed.expect(stack.node.id, withoutMetadata(stack.toTerraform()));
    });

    it("has a snapshot for each of its stacks, and there is no other; `npx jest -u` removes those", () => {
      expect(reviewed.obsolete(stacks.map((stack) => stack.node.id))).toEqual([]);
    });
  });
}

/** What a reviewer reads: without the construct paths that cdktf notes beside each resource. */
function withoutMetadata(template: unknown): unknown {
  return JSON.parse(JSON.stringify(template, (key, value) => (key === "//" ? undefined : value)));
}
