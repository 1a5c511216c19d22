import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { StagedFile } from "../../handoff/whole-files";
import { CommandError } from "../command-error";

/** Where a new repository has this package from. */
export interface PackageSource {
  /** What its package.json says: a version, a URL, or the path of a tarball in the repository. */
  readonly dependency: string;
  /** What the repository needs for it: the tarball, as CI has nothing but the repository, or npm's configuration. */
  readonly files: readonly StagedFile[];
}

const exactVersion = /^\d+\.\d+\.\d+(-[\w.-]+)?$/;
const url = /^(https?|git\+(ssh|https)):\/\//;

/**
 * Reads `--package` and `--registry`. There is no default: the package's name is not registered in npm's public registry, and
 * whoever registers it would run code in the repository. For the same reason a version needs a registry.
 * @param source a version, a URL, or a tarball's path from the current folder
 * @param registry the URL of the registry that has the version
 * @throws CommandError where they are none of these, or hold a password, which would be in git
 */
export function packageSource(source: string | undefined, registry: string | undefined): PackageSource {
  const isVersion = source !== undefined && exactVersion.test(source);
  if (registry !== undefined && !isVersion) {
    throw refusal("--registry is for an exact version, as in `--package 1.2.3`. Leave one of the two options out.");
  }
  for (const [flag, value] of Object.entries({ "--package": source, "--registry": registry })) {
    if (value !== undefined && hasPassword(value)) {
      throw refusal(
        `${flag} has a password or token, which would be in git. Leave it out; npm reads it from ~/.npmrc.`,
      );
    }
  }
  if (isVersion) {
    return { dependency: source, files: [{ path: ".npmrc", content: npmrc(checkedRegistry(source, registry)) }] };
  }
  if (source !== undefined && url.test(source)) {
    return { dependency: source, files: [] };
  }
  const path = source?.replace(/^file:/, "");
  if (path !== undefined && /\.(tgz|tar\.gz)$/.test(path) && existsSync(path)) {
    const inRepository = `vendor/${basename(path)}`;
    return { dependency: `file:${inRepository}`, files: [{ path: inRepository, content: readFileSync(path) }] };
  }
  const found = source === undefined ? "--package is missing" : `--package is ${JSON.stringify(source)}`;
  throw refusal(
    `${found}; the path of a tarball that exists (\`npm pack ./dist\` writes it), a URL, or an exact version with its --registry is allowed. npm's public registry does not have this project.`,
  );
}

function checkedRegistry(version: string, registry: string | undefined): string {
  if (registry === undefined) {
    throw refusal(
      `--package is ${JSON.stringify(version)}, and --registry is missing; npm's public registry does not have this project. Add the URL of the registry that has it.`,
    );
  }
  if (!URL.canParse(registry) || !/^https?:$/.test(new URL(registry).protocol)) {
    throw refusal(
      `--registry is ${JSON.stringify(registry)}; a URL is allowed, as in https://npm.example.com/. Write it in full.`,
    );
  }
  return new URL(registry).href.replace(/\/?$/, "/");
}

/** The package's name has no scope, and npm has one registry for all such names. */
function npmrc(registry: string): string {
  return `; npm asks this registry for every package: it has to pass on those of npm's public registry.\nregistry=${registry}\n`;
}

function hasPassword(value: string): boolean {
  if (!URL.canParse(value)) {
    return false;
  }
  // `git@` of git+ssh is no secret; a user of HTTPS may be a token.
  const { protocol, username, password } = new URL(value);
  return password !== "" || (username !== "" && protocol.includes("http"));
}

function refusal(message: string): CommandError {
  return new CommandError(`${message} Nothing was written.`);
}
