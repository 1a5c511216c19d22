import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopDiskAfter } from "../test/stopped-disk";
import { isAsWritten, readManifest, StagedGeneratedFiles } from "./generated-files";

const list = ".list.json";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "generated-files-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const write = (files: Record<string, string>, others: Record<string, string> = {}) =>
  new StagedGeneratedFiles(folder, list, { files: filesOf(files), others: filesOf(others), canBeOwn }).finish();

const canBeOwn = (path: string) => !path.includes("mine");

const filesOf = (texts: Record<string, string>) => Object.entries(texts).map(([path, content]) => ({ path, content }));

describe("files that a command generates", () => {
  it("are known by their content, in folders too, as long as they are unedited", () => {
    write({ "tasks/env": "one" });
    const manifest = readManifest(folder, list);

    expect(isAsWritten(manifest, "tasks/env", "one")).toBe(true);
    expect(isAsWritten(manifest, "tasks/env", "two")).toBe(false);
    expect(isAsWritten(manifest, "constructor", "one")).toBe(false);
  });

  it("are removed once they are generated no more, unless they were edited", () => {
    write({ "tasks/env": "one", vars: "one", kept: "one" });
    writeFileSync(join(folder, "vars"), "edited");
    write({ kept: "one" });

    expect(readdirSync(join(folder, "tasks"))).toEqual([]);
    expect(readFileSync(join(folder, "vars"), "utf8")).toBe("edited");
  });

  it("are removed where the command can have written them, whatever somebody has added to the list", () => {
    const foreign = [".git/config", "tasks/.hidden", ".env", "mine.pem", "tasks/mine"];
    mkdirSync(join(folder, ".git"));
    write({ former: "one", "tasks/env": "one" });
    const manifest = JSON.parse(readFileSync(join(folder, list), "utf8"));
    for (const path of foreign) {
      writeFileSync(join(folder, path), "one");
      manifest[path] = manifest.former;
    }
    writeFileSync(join(folder, list), JSON.stringify(manifest));
    write({ kept: "one" });

    expect(foreign.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
    expect(existsSync(join(folder, "former"))).toBe(false);
    expect(existsSync(join(folder, "tasks/env"))).toBe(false);
  });

  it("are not written again where they are the same", () => {
    write({ vars: "one" });
    const before = [list, "vars"].map((path) => statSync(join(folder, path)).mtimeMs);
    write({ vars: "one" });

    expect([list, "vars"].map((path) => statSync(join(folder, path)).mtimeMs)).toEqual(before);
  });

  it("have others written with them, which belong to somebody else", () => {
    write({ vars: "one" }, { "vars.extra": "mine" });
    write({ vars: "two" });

    expect(readFileSync(join(folder, "vars.extra"), "utf8")).toBe("mine");
    expect(Object.keys(readManifest(folder, list) ?? {})).toEqual(["vars"]);
  });

  // Links of two former files, then three renames.
  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])("are not there before the others, if a run is killed at step %i", (step) => {
    write({ vars: "one" });
    const staged = new StagedGeneratedFiles(folder, list, {
      files: filesOf({ vars: "two" }),
      others: filesOf({ "vars.extra": "mine" }),
      canBeOwn,
    });
    stopDiskAfter(step, "is killed");
    expect(() => staged.finish()).toThrow("the disk has stopped");
    jest.restoreAllMocks();

    const vars = readFileSync(join(folder, "vars"), "utf8");
    expect(isAsWritten(readManifest(folder, list), "vars", vars)).toBe(true);
    expect(vars === "one" || existsSync(join(folder, "vars.extra"))).toBe(true);
  });

  it.each(["../victim", "/victim", "a/../../victim", "a//b", "..\\victim", list, "{"])(
    "have no list that can be read where it names %j",
    (path) => {
      writeFileSync(join(folder, list), path === "{" ? path : JSON.stringify({ [path]: "a".repeat(64) }));

      expect(readManifest(folder, list)).toBeUndefined();
    },
  );

  it("have no list before the first run", () => {
    expect(readManifest(join(folder, "none"), list)).toEqual({});
    expect(existsSync(join(folder, "none"))).toBe(false);
  });
});
