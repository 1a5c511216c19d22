import { existsSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import { CommandError } from "../command-error";

const exactVersion = /^\d+\.\d+\.\d+(-[\w.-]+)?$/;
const url = /^(https?|git\+(ssh|https)):\/\//;

/**
 * What package.json of a new repository says of this package. There is no default: its name is not registered in npm's
 * public registry, and whoever does would run code in the repository.
 * @param source a version, or a tarball's path, from the current folder, or URL
 * @param folder of the repository, which npm takes a relative path from
 * @throws CommandError where it is none of these
 */
export function packageSource(source: string | undefined, folder: string): string {
  if (source !== undefined && (exactVersion.test(source) || url.test(source))) {
    return source;
  }
  const path = source?.replace(/^file:/, "");
  if (path !== undefined && /\.(tgz|tar\.gz)$/.test(path) && existsSync(path)) {
    return `file:${isAbsolute(path) ? path : relative(folder, resolve(path))}`;
  }
  const found = source === undefined ? "--package is missing" : `--package is ${JSON.stringify(source)}`;
  throw new CommandError(
    `${found}; the path of a tarball that exists (\`npm pack ./dist\` makes it), a URL, or an exact version in a registry of your own is allowed. npm's public registry does not have this project. Nothing was written.`,
  );
}
