import { randomUUID } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { CommandError } from "../command-error";

export const projectFolder = join(__dirname, "..", "..");

/** Folders of the project that .gitignore names, where secrets may be. */
const ignored = ["secrets", "cdktf.out"];

/**
 * Keeps secrets out of this project's own git repository.
 * @throws CommandError where a path is in the project, but not in a folder that git ignores
 */
export function refuseWhatGitSees(name: string, path: string): void {
  const way = relative(projectFolder, resolve(path));
  const [first = ""] = way.split(sep);
  if (first !== ".." && !isAbsolute(way) && !ignored.includes(first)) {
    throw new CommandError(
      `${name}: ${path} is in this project, where git would see the secrets in it. Take a place under secrets/, which git ignores, or outside of the project. Nothing was written.`,
    );
  }
}

/** The text of a file of a folder; undefined where there is none. */
export function readIfThere(folder: string, path: string): string | undefined {
  const file = join(folder, path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/**
 * Writes files, each for its owner alone: first all of them beside their places, then all into their places, so that
 * nothing is half written.
 * @param texts the files' texts by their path in the folder
 */
export function writeFiles(folder: string, texts: Readonly<Record<string, string>>): void {
  const pending: { readonly beside: string; readonly file: string }[] = [];
  try {
    for (const [path, text] of Object.entries(texts)) {
      const file = join(folder, path);
      makeFolder(dirname(file), folder);
      const beside = `${file}.${randomUUID()}`;
      pending.push({ beside, file });
      writeFileSync(beside, text, { mode: 0o600, flag: "wx" });
    }
    for (const { beside, file } of pending) {
      renameSync(beside, file);
    }
  } finally {
    for (const { beside } of pending) {
      rmSync(beside, { force: true });
    }
  }
}

/** Folders that this command makes are their owner's alone; those above them stay as they are. */
function makeFolder(folder: string, top: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const each of folder === top ? [top] : [top, folder]) {
    if ((statSync(each).mode & 0o077) !== 0) {
      chmodSync(each, 0o700);
    }
  }
}
