import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Raised where a command runs outside of a repository of client files. */
export class ProjectFolderError extends Error {}

/**
 * The operator's repository: the folder of `cdktf.json`, from the working directory upwards. Client files and what
 * commands write stand in it; what comes with the package is beside the code.
 * @throws ProjectFolderError where no folder has one
 */
export function projectFolder(): string {
  const start = process.cwd();
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "cdktf.json"))) {
      return folder;
    }
    if (folder === dirname(folder)) {
      throw new ProjectFolderError(
        `There is no cdktf.json in ${start}, nor in a folder above. Go to the repository of your client files, or make one: \`npx edx-analytics init\`.`,
      );
    }
  }
}
