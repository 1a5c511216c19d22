import { readFileSync } from "node:fs";
import { join } from "node:path";
import { synthFleet, synthReport } from "./synth-fleet";

const root = join(__dirname, "..");

describe("the names on the command line", () => {
  const said = jest.spyOn(console, "error").mockImplementation();

  afterEach(() => {
    said.mockClear();
    process.exitCode = undefined;
  });
  afterAll(() => said.mockRestore());

  it("reach it in this repository and in one that init makes", () => {
    const main = readFileSync(join(root, "main.ts"), "utf8");

    expect(main).toContain("synthFleet(...process.argv.slice(2));");
    expect(readFileSync(join(root, "package/template/main.ts"), "utf8")).toBe(main);
  });

  it("are one of a client: another is not left out silently", () => {
    synthFleet("example", "birch");

    expect(said.mock.calls).toEqual([
      ["example, birch: one client is synthesised, or all. Name one, or none. Nothing was written."],
    ]);
    expect(process.exitCode).toBe(1);
  });

  it("are refused where no file has one", () => {
    synthFleet("nosuch");

    expect(said.mock.calls[0]?.[0]).toMatch(/^clients\/nosuch\.ts: does not exist\./);
    expect(process.exitCode).toBe(1);
  });
});

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
