import { dirname } from "node:path";
import { changesOfBuiltIns } from "./built-ins";
import { messageOf } from "./message-of";

/** Folders that files were run from. */
const folders = new Set<string>();

/** What a file exports by default, or the error that running it raised: it ends this process in no way of its own. */
export function exportOf(path: string): unknown {
  const { exitCode } = process;
  const folder = process.cwd();
  if (folders.size === 0) {
    process.on("unhandledRejection", reportLate);
    process.on("uncaughtException", reportLate);
    for (const name of ["exit", "reallyExit", "abort"] as const) {
      ends[name] = unlessFiles(name, ends[name]);
    }
  }
  folders.add(dirname(path));
  let result = (): unknown => undefined;
  const changed = changesOfBuiltIns(() => {
    try {
      const { default: exported } = require(path) as { default?: unknown };
      result = () => exported;
    } catch (error) {
      result = () => new Error(messageOf(error));
    }
  });
  process.exitCode = exitCode;
  // Paths of the command line are of the folder that it was called in.
  process.chdir(folder);
  return changed.length === 0
    ? result()
    : new Error(`it changes ${changed.join(", ")}, which everything else uses as JavaScript has it`);
}

/** What ends the process; `reallyExit`, which Node.js does not document, is what `exit` calls. */
const ends = process as unknown as Record<"exit" | "reallyExit" | "abort", (code?: unknown) => never>;

/** Ends the process but for a file, now or by a timer, which would have a command look complete. */
function unlessFiles(name: string, end: (code?: unknown) => never): (code?: unknown) => never {
  return (code) => {
    const { stack = "" } = new Error();
    if ([...folders].some((folder) => stack.includes(folder))) {
      throw new Error(`it calls process.${name}`);
    }
    return end.call(process, code);
  };
}

/** What a file left to itself, a promise or a timer, would end the process with a stack. */
function reportLate(reason: unknown): void {
  // The project itself throws errors alone, and they say where.
  const stack = reason instanceof Error ? (reason.stack ?? "") : undefined;
  const from = [...folders].filter((folder) => stack === undefined || stack.includes(folder));
  if (from.length === 0) {
    throw reason;
  }
  console.error(
    `${from.join(", ")}: what a file left running has failed: ${messageOf(reason)}. Take promises and timers out of the file.`,
  );
  process.exitCode = 1;
}
