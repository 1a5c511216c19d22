import { exec, execFile, execFileSync, execSync, fork, spawn, spawnSync } from "node:child_process";
import { withoutPrograms } from "./no-programs";

describe("a unit test", () => {
  afterEach(() => jest.restoreAllMocks());

  it.each<(command: string) => unknown>([exec, execFile, execFileSync, execSync, fork, spawn, spawnSync])(
    "starts no program, by no function of Node.js's: %p",
    (start) => {
      expect(() => start("true")).toThrow(/^Unit tests run no programs \(\w+\)\. .*\*\.integration\.test\.ts/);
    },
  );

  it("may have none on its PATH, or the answer of one", () => {
    withoutPrograms();
    expect(spawnSync("git", [], {})).toMatchObject({ status: null, error: { code: "ENOENT" } });
    withoutPrograms((_, { cwd }) => ({ status: 0, stdout: `${cwd}` }));
    expect(spawnSync("git", [], { cwd: "/x" })).toMatchObject({ status: 0, stdout: "/x" });
  });
});
