import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { packSources } from "./sources";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "edx-analytics-sources-"));
});

afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, text: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const read = (path: string) => readFileSync(join(root, path), "utf8");

describe("the package's source maps", () => {
  it("name sources that the package has, in a folder of their own", () => {
    put("config/load/load.ts", "export const a = 1;\n");
    // As tsc writes it: the path leads to the repository, and out of the installed package.
    const map = { version: 3, file: "load.js", sources: ["../../../config/load/load.ts"], mappings: "AAAA" };
    put("dist/config/load/load.js.map", JSON.stringify(map));

    packSources(root, join(root, "dist"));

    expect(JSON.parse(read("dist/config/load/load.js.map"))).toEqual({
      ...map,
      sources: ["../../src/config/load/load.ts"],
    });
    expect(read("dist/src/config/load/load.ts")).toBe("export const a = 1;\n");
  });
});
