import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DiskEnd, stopDiskAfter } from "../test/stopped-disk";
import { removeLeftOvers, StagedFiles } from "./whole-files";

const { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } = fs;

const paths = ["vars.yml", "tasks/env", "tasks/new"];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "whole-files-"));
  mkdirSync(join(folder, "tasks"));
  for (const path of ["vars.yml", "tasks/env", "gone"]) {
    writeFileSync(join(folder, path), "former");
  }
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const texts = () =>
  [...paths, "gone"].map((path) =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : undefined,
  );

const former = ["former", "former", undefined, "former"];

function stopped(changes: number, end: DiskEnd): boolean {
  const staged = new StagedFiles(
    folder,
    paths.map((path) => ({ path, content: "new" })),
  );
  stopDiskAfter(changes, end);
  try {
    staged.moveIntoPlace(["gone"]);
    return false;
  } catch {
    return true;
  } finally {
    jest.restoreAllMocks();
  }
}

// Three folders and links, three renames, a removal.
const steps = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

describe("files that are moved into place", () => {
  it.each(steps)(
    "are each whole, the former or the new one, after a kill at step %i, and after the next run",
    (step) => {
      expect(stopped(step, "is killed")).toBe(true);

      const left = texts();
      expect(left[0]).toMatch(/^(former|new)$/);
      expect(left[1]).toMatch(/^(former|new)$/);
      expect([undefined, "new"]).toContain(left[2]);
      removeLeftOvers(folder);
      expect(texts()).toEqual(left);
      expect(stopped(Number.POSITIVE_INFINITY, "fails")).toBe(false);
      expect(texts()).toEqual(["new", "new", "new", undefined]);
    },
  );

  it.each([6, 7, 8, 9])("are all as they were where step %i fails", (step) => {
    expect(stopped(step, "fails")).toBe(true);

    expect(texts()).toEqual(former);
    expect(existsSync(join(folder, ".edx-analytics-partial"))).toBe(false);
  });

  it("are not begun with where an operator's own file or folder has the name that they are staged under", () => {
    const own = join(folder, ".edx-analytics-partial");
    mkdirSync(own);
    writeFileSync(join(own, "notes.txt"), "mine");

    expect(() => new StagedFiles(folder, [])).toThrow(`${own} is no folder of this program`);

    expect(readFileSync(join(own, "notes.txt"), "utf8")).toBe("mine");
  });

  it("are not begun with where a folder cannot be written to", () => {
    // Root may write to each, whatever its mode.
    jest.spyOn(fs, "accessSync").mockImplementation((path) => {
      if (path === join(folder, "tasks")) {
        throw Object.assign(new Error("EACCES"), { code: "EACCES", path });
      }
    });

    expect(() => new StagedFiles(folder, [{ path: "tasks/env", content: "new" }])).toThrow("EACCES");
    expect(texts()).toEqual(former);
    expect(existsSync(join(folder, ".edx-analytics-partial"))).toBe(false);
  });
});
