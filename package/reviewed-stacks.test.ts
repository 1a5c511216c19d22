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

  it("that differ end in what to do where the change is intended", () => {
    expect(() => new ReviewedStacks(folder, "new").expect("acme", { a: 2 })).toThrow(
      /\n\n__snapshots__\/acme\.json has what was reviewed\. Is the change intended\? Then write it with `npx jest -u`, review and commit it\.$/,
    );
  });

  it("are compared with their certificates, each bundle of which is a line of the difference", () => {
    const pem = (text: string) => `-----BEGIN CERTIFICATE-----\n${text.repeat(900)}\n-----END CERTIFICATE-----\n`;
    const reviewed = { ca: pem("A") + pem("B"), region: "eu-west-1" };
    new ReviewedStacks(folder, "all").expect("birch", reviewed);
    const difference = (stack: object) => {
      try {
        new ReviewedStacks(folder, "new").expect("birch", stack);
      } catch (error) {
        return String(error);
      }
      return "";
    };

    expect(difference(reviewed)).toBe("");
    expect(difference({ ...reviewed, region: "eu-west-2" })).not.toMatch(/PEM certificates.*\n.*PEM certificates/);
    expect(difference({ ...reviewed, ca: pem("A") + pem("C") })).toMatch(
      /"ca": "<2 PEM certificates, SHA-256 \w{64}>"[^"]*"ca": "<2 PEM certificates, SHA-256 \w{64}>"/,
    );
    expect(difference({ ...reviewed, ca: pem("A") + pem("C") })).not.toContain("AAAA");
    expect(readFileSync(join(folder, "birch.json"), "utf8")).toContain("CERTIFICATE-----\\nAAAA");
  });

  it.each([
    ["new", { birch: {} }, "written: __snapshots__/birch.json; review and commit it"],
    [
      "all",
      { acme: { a: 2 }, birch: {} },
      "written: __snapshots__/acme.json, __snapshots__/birch.json; review and commit them",
    ],
    ["all", { acme: { a: 1 } }, undefined],
    ["none", { acme: { a: 1 } }, undefined],
  ] as const)("that were written are said, as nobody has reviewed them (%s)", (update, stacks, said) => {
    writeFileSync(join(folder, "acme.json"), '{\n  "a": 1\n}\n');
    const log = jest.spyOn(console, "log").mockReturnValue();
    const reviewed = new ReviewedStacks(folder, update);
    for (const [name, stack] of Object.entries(stacks)) {
      reviewed.expect(name, stack);
    }
    reviewed.report();
    const lines = log.mock.calls.flat();
    log.mockRestore();

    expect(lines).toEqual(said === undefined ? [] : [said]);
  });

  it("are written with -u, in an order that does not change", () => {
    new ReviewedStacks(folder, "all").expect("acme", { b: { d: [2, 1], c: null }, a: 2 });

    expect(readFileSync(join(folder, "acme.json"), "utf8")).toBe(
      `${JSON.stringify({ a: 2, b: { c: null, d: [2, 1] } }, null, 2)}\n`,
    );
  });

  it("are written where they are new, but not in CI", () => {
    expect(() => new ReviewedStacks(folder, "none").expect("birch", {})).toThrow(
      "__snapshots__/birch.json does not exist; every stack has one. Write it with `npx jest -u`",
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
