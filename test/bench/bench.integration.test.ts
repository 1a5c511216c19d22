import { Fleet } from "./fleet";
import { compareSynth } from "./synth";

describe("npm run bench", () => {
  it("makes the shipped clients' resources again with cdktf's bindings alone, to the same JSON", () => {
    const { project, bare } = compareSynth(1);

    expect(project).toBeGreaterThan(0);
    expect(bare).toBeGreaterThan(0);
  });

  it("synthesises copies of the example in a folder of its own, all of them or one", () => {
    const fleet = new Fleet(2);
    try {
      expect(fleet.synth("all", 1).cpu).toBeGreaterThan(0);
      expect(fleet.synth("one", 1).cpu).toBeGreaterThan(0);
    } finally {
      fleet.remove();
    }
  });
});
