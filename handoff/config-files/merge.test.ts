import { type Change, merge } from "./merge";
import { absent, Expression, Missing, Secret } from "./value";

const missing = new Missing({ kind: "field", file: "clients/acme.ts", path: "lmsUrl" });

function change(path: string, before: unknown, after: unknown, secret = false): Change {
  return { path, before, after, secret } as Change;
}

describe("rendering over a file that is there", () => {
  it("changes nothing where it says the same", () => {
    const { changes, kept } = merge({ A: "a", B: new Secret("b"), C: [1, "x"] }, { A: "a", B: "b", C: [1, "x"] });

    expect({ changes, kept }).toEqual({ changes: [], kept: [] });
  });

  it("has our values win, and says which", () => {
    const { values, changes } = merge({ A: "new", D: { HOST: "h" } }, { A: "old", D: { HOST: "g" } });

    expect(values).toEqual({ A: "new", D: { HOST: "h" } });
    expect(changes).toEqual([change("A", "old", "new"), change("D.HOST", "g", "h")]);
  });

  it("keeps what is not ours, at every depth", () => {
    const { values, changes, kept } = merge({ D: { ours: 1 } }, { D: { ours: 1, theirs: 2 }, THEIRS: "x" });

    expect(values).toEqual({ D: { ours: 1, theirs: 2 }, THEIRS: "x" });
    expect(changes).toEqual([]);
    expect(kept).toEqual(["D.theirs", "THEIRS"]);
  });

  it("keeps a value that somebody put where we have none", () => {
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

  it("takes away what has no use any more", () => {
    const { values, changes } = merge({ elasticsearch: absent, x: absent }, { elasticsearch: { host: "h" } });

    expect(values).toEqual({});
    expect(changes).toEqual([change("elasticsearch", { host: "h" }, undefined)]);
  });

  it("masks secrets, ours and those of files that somebody edited", () => {
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
