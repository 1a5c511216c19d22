import { dirname } from "node:path";
import { messageOf } from "./plain-data";

/** Folders that files were run from. */
const folders = new Set<string>();

/** What a file exports by default, or the error that running it raised: it ends this process in no way of its own. */
export function exportOf(path: string): unknown {
  const { exit } = process;
  if (folders.size === 0) {
    process.on("unhandledRejection", reportRejection);
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

/** A promise that a file left to itself would end the process with a stack. */
function reportRejection(reason: unknown): void {
  const stack = (reason instanceof Error && reason.stack) || "";
  const from = [...folders].find((folder) => stack.includes(folder));
  if (from === undefined) {
    throw reason;
  }
  console.error(`${from}: a promise that a file made was rejected: ${messageOf(reason)}. Take it out of the file.`);
  process.exitCode = 1;
}
