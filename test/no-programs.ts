import childProcess, { type SpawnSyncOptions, type SpawnSyncReturns } from "node:child_process";

type Answer = (command: string, options: SpawnSyncOptions) => Partial<SpawnSyncReturns<string>>;

/**
 * Has no program on the PATH, such as git, until the mocks are restored.
 * @param answer what a program says all the same
 */
export function withoutPrograms(answer: Answer = () => ({})): void {
  const run = (command: string, _: unknown, options: SpawnSyncOptions) => ({
    status: null,
    stdout: "",
    stderr: "",
    error: Object.assign(new Error(`spawnSync ${command} ENOENT`), { code: "ENOENT" }),
    ...answer(command, options),
  });
  jest.spyOn(childProcess, "spawnSync").mockImplementation(run as never);
}
