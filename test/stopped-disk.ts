import fs from "node:fs";

/** The next change of files fails, or, as after a kill, all that follow do. */
export type DiskEnd = "fails" | "is killed";

/** Lets so many changes of files happen; `jest.restoreAllMocks` ends it. */
export function stopDiskAfter(changes: number, end: DiskEnd): void {
  let left = changes;
  for (const name of ["renameSync", "rmSync", "linkSync", "copyFileSync", "mkdirSync"] as const) {
    const real = fs[name] as (...given: unknown[]) => unknown;
    jest.spyOn(fs, name).mockImplementation((...given: unknown[]) => {
      left -= 1;
      if (left === -1 || (left < 0 && end === "is killed")) {
        throw Object.assign(new Error("the disk has stopped"), { code: "EIO" });
      }
      return real(...given) as never;
    });
  }
}
