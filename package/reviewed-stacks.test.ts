import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ReviewedStacks } from "./reviewed-stacks";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "edx-analytics-reviewed-"));
  writeFileSync(join(folder, "acme.json"), '{"a":1}');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe("reviewed stacks", () => {
  it.each(["new", "none"] as const)("are compared with their files (%s)", (update) => {
    const reviewed = new ReviewedStacks(folder, update);

    reviewed.expect("acme", { a: 1 });
    expect(() => reviewed.expect("acme", { a: 2 })).toThrow("toEqual");
    expect(readFileSync(join(folder, "acme.json"), "utf8")).toBe('{"a":1}');
  });

  it("are written with -u, in an order that does not change", () => {
    new ReviewedStacks(folder, "all").expect("acme", { b: { d: [2, 1], c: null }, a: 2 });

    expect(readFileSync(join(folder, "acme.json"), "utf8")).toBe(
      `${JSON.stringify({ a: 2, b: { c: null, d: [2, 1] } }, null, 2)}\n`,
    );
  });

  it("are written where they are new, but not in CI", () => {
    expect(() => new ReviewedStacks(folder, "none").expect("birch", {})).toThrow(
      "__snapshots__/birch.json does not exist; every stack has one. Write it with `npx jest --runTestsByPath main.test.ts -u`",
    );
    new ReviewedStacks(folder, "new").expect("birch", {});

    expect(readdirSync(folder)).toEqual(["acme.json", "birch.json"]);
  });

  it.each([
    ["new", ["acme.json"]],
    ["none", ["acme.json"]],
    ["all", []],
  ] as const)("of stacks that no longer exist are found, and removed with -u (%s)", (update, left) => {
    writeFileSync(join(folder, "birch.json"), "{}");

    expect(new ReviewedStacks(folder, update).obsolete(["birch"])).toEqual(left);
    expect(readdirSync(folder)).toEqual([...left, "birch.json"]);
  });
});
