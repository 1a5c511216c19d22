import { type Change, merge } from "./merge";
import { absent, Expression, Missing, Secret } from "./value";

const missing = new Missing({ kind: "field", file: "clients/acme.ts", path: "lmsUrl" });

function change(path: string, before: unknown, after: unknown, secret = false): Change {
  return { path, before, after, secret } as Change;
}

describe("rendering over an existing file", () => {
  it("changes nothing where it says the same", () => {
    const { changes, kept } = merge({ A: "a", B: new Secret("b"), C: [1, "x"] }, { A: "a", B: "b", C: [1, "x"] });

    expect({ changes, kept }).toEqual({ changes: [], kept: [] });
  });

  it("prefers rendered values, and lists the changes", () => {
    const { values, changes } = merge({ A: "new", D: { HOST: "h" } }, { A: "old", D: { HOST: "g" } });

    expect(values).toEqual({ A: "new", D: { HOST: "h" } });
    expect(changes).toEqual([change("A", "old", "new"), change("D.HOST", "g", "h")]);
  });

  it("keeps keys that are not rendered, at every depth", () => {
    const { values, changes, kept } = merge({ D: { rendered: 1 } }, { D: { rendered: 1, added: 2 }, ADDED: "x" });

    expect(values).toEqual({ D: { rendered: 1, added: 2 }, ADDED: "x" });
    expect(changes).toEqual([]);
    expect(kept).toEqual(["D.added", "ADDED"]);
  });

  it("keeps keys that JavaScript's own objects have", () => {
    const existing = JSON.parse('{"__proto__": "a", "constructor": "b"}');
    const { values, kept } = merge({ toString: "x" }, existing);

    expect(Object.entries(values)).toEqual([
      ["toString", "x"],
      ["__proto__", "a"],
      ["constructor", "b"],
    ]);
    expect(kept).toEqual(["__proto__", "constructor"]);
  });

  it("keeps an existing value where the rendered one is missing", () => {
    const { values, changes, kept } = merge({ A: missing }, { A: "https://example.org" });

    expect(values).toEqual({ A: "https://example.org" });
    expect({ changes, kept }).toEqual({ changes: [], kept: ["A"] });
  });

  it("fills in what was missing", () => {
    expect(merge({ A: "there" }, { A: missing.placeholder }).changes).toEqual([
      change("A", missing.placeholder, "there"),
    ]);
    expect(merge({ A: missing }, { A: missing.placeholder }).changes).toEqual([]);
  });

  it("removes keys that are not used any more", () => {
    const { values, changes } = merge({ elasticsearch: absent, x: absent }, { elasticsearch: { host: "h" } });

    expect(values).toEqual({});
    expect(changes).toEqual([change("elasticsearch", { host: "h" }, undefined)]);
  });

  it("masks secrets, rendered ones and those of files that were edited by hand", () => {
    const { changes } = merge(
      { A: new Secret("new"), DB: { PASSWORD: new Expression("{{ A }}") }, L: [{ key: new Secret("k") }] },
      { A: "old", DB: { PASSWORD: "typed" }, L: [] },
    );

    expect(changes.map(({ secret }) => secret)).toEqual([true, true, true]);
    expect(merge({ BACKEND: absent }, { BACKEND: { AWS_SECRET_ACCESS_KEY: "x" } }).changes[0]?.secret).toBe(true);
  });

  it("tells an expression from the same text", () => {
    expect(merge({ A: new Expression("{{ B }}") }, { A: "{{ B }}" }).changes).toHaveLength(1);
  });
});
