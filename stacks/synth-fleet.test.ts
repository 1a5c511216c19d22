import { synthReport } from "./synth-fleet";

it("says each warning once, and what was synthesised", () => {
  const clients = ["acme", "birch"].map((name) => ({ name, warnings: ["MySQL 5.7: standard support ended."] }));

  expect(synthReport({ clients } as never, ["acme", "birch"])).toBe(
    [
      "Warning: MySQL 5.7: standard support ended.",
      "  acme, birch",
      "Synthesised into cdktf.out/stacks:",
      "  acme",
      "  birch",
    ].join("\n"),
  );
});
