import { compareSynth } from "./synth";

describe("npm run bench -- synth", () => {
  it("makes the shipped clients' resources again with cdktf's bindings alone, to the same JSON", () => {
    const { project, bare } = compareSynth(1);

    expect(project).toBeGreaterThan(0);
    expect(bare).toBeGreaterThan(0);
  });
});
