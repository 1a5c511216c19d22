import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { StagedFile } from "../../handoff/whole-files";

/** Where a new repository has this package from. */
export interface PackageSource {
  /** What its package.json says: a version, a URL, or the path of a tarball in the repository. */
  readonly dependency: string;
  /** What the repository needs for it: the tarball, as CI has nothing but the repository, or npm's configuration. */
  readonly files: readonly StagedFile[];
}

const exactVersion = /^\d+\.\d+\.\d+(-[\w.-]+)?$/;
/** As `npm publish` has it once dist/package.json has a name with a scope. */
const scopedVersion = /^(?<scope>@[a-z0-9][a-z0-9._-]*)\/[a-z0-9][a-z0-9._-]*@\d+\.\d+\.\d+(-[\w.-]+)?$/;
const url = /^(https?|git\+(ssh|https)):\/\//;

const password = "has a password or token, which would be in git. Leave it out; npm reads it from ~/.npmrc.";

/** What may be installed. There is no default: whoever registers the package's name in npm's public registry would run code. */
export const allowedPackage =
  "the path of a tarball that exists (`npm pack ./dist` writes it), a URL, or an exact version with its registry, as 1.2.3 or @acme/edx-analytics-aws@1.2.3, is allowed. npm's public registry does not have this project.";

/** What is wrong with a package to install, to be read after what names it; undefined where it can be installed. */
export function packageFault(source: string): string | undefined {
  if (hasPassword(source)) {
    return password;
  }
  return needsRegistry(source) || url.test(source) || isTarball(pathOf(source))
    ? undefined
    : `is ${JSON.stringify(source)}; ${allowedPackage}`;
}

/** What is wrong with a registry, to be read after what names it; undefined where npm can ask it. */
export function registryFault(registry: string): string | undefined {
  if (hasPassword(registry)) {
    return password;
  }
  // A URL's reader drops line ends.
  return !/[\s\p{C}]/u.test(registry) && URL.canParse(registry) && /^https?:$/.test(new URL(registry).protocol)
    ? undefined
    : `is ${JSON.stringify(registry)}; a URL is allowed, as in https://npm.example.com/. Write it in full.`;
}

/** Whether a package is a version, which a registry has. */
export function needsRegistry(source: string): boolean {
  return exactVersion.test(source) || scopedVersion.test(source);
}

/**
 * What the repository says of the package, and has of it.
 * @param source a version, a URL, or a tarball's path from the current folder, without a fault
 * @param registry the URL of the registry that has the version
 */
export function packageSource(source: string, registry: string | undefined): PackageSource {
  if (registry !== undefined) {
    const scope = scopedVersion.exec(source)?.groups?.scope;
    return {
      // Client files import it by the name without a scope.
      dependency: scope === undefined ? source : `npm:${source}`,
      files: [{ path: ".npmrc", content: npmrc(new URL(registry).href.replace(/\/?$/, "/"), scope) }],
    };
  }
  if (url.test(source)) {
    return { dependency: source, files: [] };
  }
  const path = pathOf(source);
  const inRepository = `vendor/${basename(path)}`;
  return { dependency: `file:${inRepository}`, files: [{ path: inRepository, content: readFileSync(path) }] };
}

/** npm has a registry for each scope, and one for all names that have none. */
function npmrc(registry: string, scope: string | undefined): string {
  return scope === undefined
    ? `; npm asks this registry for every package: it has to pass on those of npm's public registry.\nregistry=${registry}\n`
    : `${scope}:registry=${registry}\n`;
}

function pathOf(source: string): string {
  return source.replace(/^file:/, "");
}

function isTarball(path: string): boolean {
  return /\.(tgz|tar\.gz)$/.test(path) && existsSync(path);
}

/** Whether a URL has a password or a token in it. */
export function hasPassword(value: string): boolean {
  if (!URL.canParse(value)) {
    return false;
  }
  // `git@` of git+ssh is no secret; a user of HTTPS may be a token.
  const { protocol, username, password } = new URL(value);
  return password !== "" || (username !== "" && protocol.includes("http"));
}
