import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The library whose absence an error reports, of those that the operator's repository installs beside this package.
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
  return Object.keys(peerDependencies).find((name) => missing === name || missing.startsWith(`${name}/`));
}
