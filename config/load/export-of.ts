import { dirname } from "node:path";
import { messageOf } from "./plain-data";

/** Folders that files were run from. */
const folders = new Set<string>();

/** What a file exports by default, or the error that running it raised: it ends this process in no way of its own. */
export function exportOf(path: string): unknown {
  const { exit } = process;
  if (folders.size === 0) {
    process.on("unhandledRejection", reportLate);
    process.on("uncaughtException", reportLate);
  }
  folders.add(dirname(path));
  try {
    process.exit = () => {
      throw new Error("it calls process.exit");
    };
    return (require(path) as { default?: unknown }).default;
  } catch (error) {
    return new Error(messageOf(error));
  } finally {
    process.exit = exit;
  }
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
