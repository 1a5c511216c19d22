import { join } from "node:path";
import { type Result, run, tail } from "./processes";
import type { World } from "./world";

const bin = join(__dirname, "..", "..", "cli", "edx-analytics.js");

/** The project's own commands, as an operator runs them, against an emulated account. */
export function commands(world: World) {
  const anyhow = (args: readonly string[]): Promise<Result> =>
    run(process.execPath, [bin, ...args], { env: world.environment() });
  return {
    /** Runs a command, whatever its exit status. */
    run: anyhow,
    /** Runs a command, which has to succeed. */
    succeed: async (args: readonly string[]): Promise<Result> => {
      const result = await anyhow(args);
      if (result.code !== 0) {
        throw new Error(`edx-analytics ${args.join(" ")} ended with ${result.code}:\n${tail(result.output)}`);
      }
      return result;
    },
  };
}
