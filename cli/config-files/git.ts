import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { CommandError } from "../command-error";

/**
 * Where a path leads once all symbolic links in it are resolved, whether or not the path exists yet.
 * @throws CommandError where a link leads nowhere
 */
export function realPath(path: string): string {
  const absolute = resolve(path);
  if (!isThere(absolute)) {
    const above = dirname(absolute);
    return above === absolute ? absolute : join(realPath(above), relative(above, absolute));
  }
  try {
    return realpathSync.native(absolute);
  } catch (error) {
    throw new CommandError(
      `${absolute} is a symbolic link that leads nowhere (${(error as NodeJS.ErrnoException).code}). Remove it, or name another place.`,
      { cause: error },
    );
  }
}

/** @throws CommandError where a file stands in the place of a folder above */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(`${path} cannot be reached (${code}). Name a place below folders alone.`, { cause: error });
  }
}

/**
 * The git repository that a real path is in, by the folder that all its worktrees have in common.
 * @returns undefined where there is none, or no git
 */
export function repositoryOf(path: string): string | undefined {
  const { status, stdout, stderr } = git(path, ["rev-parse", "--git-common-dir"]);
  if (status === 0) {
    return realpathSync.native(resolve(folderAt(path), stdout.trim()));
  }
  // Git refuses a repository of another user, and may still show the files to its owner.
  return status === null || stderr.includes("not a git repository") ? undefined : `${path}: ${stderr.trim()}`;
}

/** Those of some real paths below a folder that git leaves alone, tracked or not. */
export function ignoredAmong(folder: string, paths: readonly string[]): ReadonlySet<string> {
  const { stdout } = git(folder, ["check-ignore", "-z", "--stdin"], paths.join("\0"));
  return new Set((stdout ?? "").split("\0"));
}

function git(path: string, args: readonly string[], input = "") {
  // A repository that the caller's environment names is not the one that the path is in.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));
  return spawnSync("git", args, { cwd: folderAt(path), encoding: "utf8", env: { ...env, LC_ALL: "C" }, input });
}

/** The innermost folder of a path that exists. */
function folderAt(path: string): string {
  return existsSync(path) && lstatSync(path).isDirectory() ? path : folderAt(dirname(path));
}
