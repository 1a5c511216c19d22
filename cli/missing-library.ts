import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What an error reports to be missing, of the libraries that the operator's repository installs beside this package, and what to do: a
 * sentence that goes on after the command's name.
 * @returns undefined of any other error
 */
export function missingLibrary(error: unknown): string | undefined {
  if (!(error instanceof Error) || (error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") {
    return undefined;
  }
  const [, missing = ""] = /^Cannot find module '([^']+)'/.exec(error.message) ?? [];
  const { peerDependencies } = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8")) as {
    readonly peerDependencies: Readonly<Record<string, string>>;
  };
  const library = Object.keys(peerDependencies).find((name) => missing === name || missing.startsWith(`${name}/`));
  if (library === undefined) {
    return undefined;
  }
  const installed = installedVersion(library);
  return installed === undefined
    ? `needs ${library}, a library of the repository of your client files. Run \`npm install\` there, then the command.`
    : `needs ${missing.slice(library.length + 1) || "all files"} of ${library}, which the installed version ${installed} does not have. ${peerDependencies[library]} is required: write such a version into \`package.json\` of the repository of your client files and run \`npm install\` there, or \`npm ci\` if it is one, then the command.`;
}

/** The version of a library that is installed; undefined where it is not. */
function installedVersion(library: string): string | undefined {
  try {
    return (require(`${library}/package.json`) as { readonly version: string }).version;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") {
      return undefined;
    }
    throw error;
  }
}
