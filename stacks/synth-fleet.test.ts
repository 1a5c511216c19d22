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

describe("what synth reports", () => {
  const end = "MySQL 5.7: standard support ended on 2024-02-29; RDS charges, until 2027-02-28 (checked on 2026-11-24).";
  const open = "director.sshFrom has 0.0.0.0/0: anybody may log in. Name the ranges of those who do.";
  const clientsOf = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `client${index + 1}`, warnings: [end, open] }));

  it("is the whole of one client's warnings", () => {
    expect(synthReport({ clients: clientsOf(1) } as never, ["client1"])).toBe(
      [`Warning: ${end}`, `Warning: ${open}`, "Synthesised into cdktf.out/stacks:", "  client1"].join("\n"),
    );
  });

  it("is of several each warning once, in short, with where the rest is", () => {
    const report = synthReport({ clients: clientsOf(30) } as never, ["client1"]);
    const names = "  client1, client2, client3, client4, client5, client6, client7, client8 and 22 more";

    expect(report.split("\n").slice(0, -2)).toEqual([
      "Warning: MySQL 5.7: standard support ended on 2024-02-29; RDS charges, until 2027-02-28.",
      names,
      "Warning: director.sshFrom has 0.0.0.0/0: anybody may log in.",
      names,
      "Warnings in full, with what to do: `npx edx-analytics list`, or `npm run synth -- <client>`.",
    ]);
  });

  it("names no other place where nothing is warned of", () => {
    const clients = ["acme", "birch"].map((name) => ({ name, warnings: [] }));

    expect(synthReport({ clients } as never, ["acme"])).toBe("Synthesised into cdktf.out/stacks:\n  acme");
  });
});
