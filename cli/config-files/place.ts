import { isUtf8 } from "node:buffer";
import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { projectFolder } from "../../config/project-folder";
import { configFilePaths } from "../../handoff/config-files/config-files";
import { textFilePaths } from "../../handoff/config-files/text-files";
import { StagedGeneratedFiles } from "../../handoff/generated-files";
import type { WholeFile } from "../../handoff/whole-files";
import { CommandError } from "../command-error";
import { ignoredAmong, realPath, repositoryOf } from "./git";

/** Lists what this command wrote into a folder, so that the next run knows which files were edited since. */
export const manifest = ".config-files.json";

/** All that this command writes as its own. */
const ownPaths: readonly string[] = [...configFilePaths, ...textFilePaths];

/** Folders of the repository that .gitignore names, where secrets may be. */
const ignored = ["secrets", "cdktf.out"];

/**
 * Keeps secrets out of this project's own git repository, all worktrees of it included.
 * @param paths files; whether there are any yet does not matter
 * @throws CommandError where git sees one, or would
 */
export function refuseWhatGitSees(name: string, paths: readonly string[], project = projectFolder()): void {
  const home = realPath(project);
  const own = repositoryOf(home);
  const files = paths.map((path) => ({ path, real: realPath(path) }));
  // Git is asked once for each folder: config-files has many files in two.
  for (const folder of new Set(files.map(({ real }) => dirname(real)))) {
    const inside = files.filter(({ real }) => dirname(real) === folder);
    const repository = repositoryOf(folder);
    const isOwn = repository !== undefined && repository === own;
    const ignoredThere = isOwn
      ? ignoredAmong(
          folder,
          inside.map(({ real }) => real),
        )
      : undefined;
    const seen = inside.find(({ real }) => (ignoredThere ? !ignoredThere.has(real) : isOpen(home, real)));
    if (seen !== undefined) {
      const place = seen.real === seen.path ? seen.path : `${seen.path}, which is ${seen.real},`;
      throw new CommandError(
        `${name}: ${place} is in this project, where git would see the secrets in it. Take a place under secrets/, which git ignores, or outside of the project. Nothing was written.`,
      );
    }
  }
}

/** Whether a path is in the project, but not in a folder for secrets: what to go by where git says nothing. */
function isOpen(project: string, path: string): boolean {
  const way = relative(project, path);
  const [first = ""] = way.split(sep);
  return first !== ".." && !isAbsolute(way) && !ignored.includes(first);
}

/**
 * Keeps secrets in the folder that was named.
 * @param folder its real path
 * @throws CommandError where a symbolic link on the way to a file leads out of it
 */
export function refuseLinks(name: string, folder: string, path: string): void {
  const parent = dirname(join(folder, path));
  const real = realPath(parent);
  if (real !== parent) {
    throw new CommandError(
      `${name}: ${parent} is a symbolic link to ${real}, where secrets would be written. Put a folder in its place, or name another one with --folder. Nothing was written.`,
    );
  }
}

/** The text of a file of a folder; undefined where there is none. */
export function readIfThere(folder: string, path: string): string | undefined {
  const file = join(folder, path);
  const mend = "Correct that, or move it away. Nothing was written.";
  try {
    const content = existsSync(file) ? readFileSync(file) : undefined;
    if (content !== undefined && !isUtf8(content)) {
      throw new CommandError(`${file} is no text in UTF-8. ${mend}`);
    }
    return content?.toString("utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === undefined ? error : new CommandError(`${file} cannot be read (${code}). ${mend}`, { cause: error });
  }
}

/**
 * Writes files, all or none, each for its owner alone, as are folders that this makes; one that exists keeps its mode.
 * @param files whole files of this command
 * @param others files of the operator's, which are written before them
 */
export function writeFiles(folder: string, files: readonly WholeFile[], others: readonly WholeFile[] = []): void {
  try {
    new StagedGeneratedFiles(folder, manifest, {
      files,
      others,
      canBeOwn: (path) => ownPaths.includes(path),
      modes: { files: 0o600, folders: 0o700 },
    }).finish();
  } catch (error) {
    const { code, path = folder } = error as NodeJS.ErrnoException;
    if (code === undefined) {
      throw error;
    }
    throw new CommandError(
      `${path} cannot be written (${code}). Correct that, or name another place with --folder. No file was written.`,
      { cause: error },
    );
  }
}
