import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ExportedFile } from "./export";

/** Lists what an export wrote, so that the next one knows which files were edited since. */
export const manifest = ".export.json";

/** Hashes of the files that an export wrote, by name. */
type Manifest = Readonly<Record<string, string>>;

/**
 * Why a folder cannot be written to without losing manual changes: files that an export would write or remove and that
 * are not as one left them, and configuration that none has written, which Terraform would read as well.
 * @returns a line for each; none where nothing would be lost
 */
export function obstacles(folder: string, files: readonly ExportedFile[]): string[] {
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    return [`${folder} is no folder`];
  }
  const former = manifestOf(folder) ?? {};
  const wanted = new Map(files.map(({ name, content }) => [name, content]));
  return entriesOf(folder).flatMap((name) => {
    if (name === manifest) {
      return manifestOf(folder) === undefined ? [`${join(folder, name)} is not as an export left it`] : [];
    }
    const ofExport = wanted.has(name) || name in former;
    if (!ofExport) {
      return /\.tf(\.json)?$/.test(name) ? [`${join(folder, name)} was written by no export`] : [];
    }
    const isFile = statSync(join(folder, name)).isFile();
    const content = isFile ? readFileSync(join(folder, name), "utf8") : "";
    const unchanged = isFile && (content === wanted.get(name) || hash(content) === former[name]);
    return unchanged ? [] : [`${join(folder, name)} is not as an export left it`];
  });
}

/** Writes the files, and removes those that a former export wrote and this one does not. */
export function writeFolder(folder: string, files: readonly ExportedFile[]): void {
  mkdirSync(folder, { recursive: true });
  const names = files.map(({ name }) => name);
  const written: Manifest = Object.fromEntries(files.map(({ name, content }) => [name, hash(content)]));
  const former = manifestOf(folder) ?? {};
  for (const name of Object.keys(former).filter((candidate) => !names.includes(candidate))) {
    rmSync(join(folder, name), { force: true });
  }
  for (const { name, content } of files) {
    writeFileSync(join(folder, name), content);
  }
  writeFileSync(join(folder, manifest), `${JSON.stringify(written, null, 2)}\n`);
}

/** What a former export wrote, nothing where there was none; undefined where the list cannot be read. */
function manifestOf(folder: string): Manifest | undefined {
  const file = join(folder, manifest);
  if (!existsSync(file)) {
    return {};
  }
  try {
    const found: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof found === "object" && found !== null ? (found as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function hash(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}
