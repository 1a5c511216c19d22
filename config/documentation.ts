import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { ProjectFolderError, projectFolder } from "./project-folder";

/** The package's own root, of which a clone of this project is one too. */
const packageFolder = join(__dirname, "..");

/** A page as messages name it, as in docs/ci.md. */
const page = /(?<![\w/.-])docs\/[\w/-]+\.md/g;

/**
 * A message whose pages of the documentation are named by their paths from the operator's repository, in whose
 * `node_modules` they are; in a clone of this project the text is as it was.
 * @param root the package's
 */
export function withPages(text: string, root = packageFolder): string {
  return text.replaceAll(page, (path) => (existsSync(join(root, path)) ? pathOf(join(root, path), path) : path));
}

function pathOf(place: string, path: string): string {
  try {
    return relative(projectFolder(), place);
  } catch (error) {
    if (error instanceof ProjectFolderError) {
      return path;
    }
    throw error;
  }
}
