import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { StagedFiles } from "../whole-files";
import type { ExportedFile } from "./export";

/** Lists what an export wrote, so that the next one knows which files were edited since. */
export const manifest = ".export.json";

/** Folders in an exported one that an export writes to. */
const subfolders = ["ci", "tests"];

/**
 * Hashes of the files that an export wrote, by name: of two exports where the last one broke off. A name is of the folder
 * itself or of one of its subfolders, whoever edited the list.
 */
const manifestSchema = z.record(
  z.string().refine((name) => {
    const file = subfolders.includes(dirname(name)) ? basename(name) : name;
    return file === basename(file) && !["", ".", "..", manifest].includes(file) && !file.includes("\\");
  }),
  z.union([z.string().transform((one) => [one]), z.array(z.string())]),
);

type Manifest = z.output<typeof manifestSchema>;

/**
 * Why a folder cannot be written to without losing manual changes: files that an export would write or remove and that
 * are not as one left them, and configuration that none has written, which Terraform would read as well.
 * @returns a line for each; none where nothing would be lost
 */
export function obstacles(folder: string, files: readonly ExportedFile[]): string[] {
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    return [`${folder} is no folder`];
  }
  const list = manifestOf(folder);
  const former = new Map(Object.entries(list ?? {}));
  const wanted = new Map(files.map(({ name, content }) => [name, content]));
  return entriesOf(folder).flatMap((name) => {
    if (name === manifest) {
      return list === undefined ? [`${join(folder, name)} is not as an export left it`] : [];
    }
    if (subfolders.includes(name)) {
      return [`${join(folder, name)} is no folder`];
    }
    if (!wanted.has(name) && !former.has(name)) {
      return /\.tf(\.json)?$/.test(name) ? [`${join(folder, name)} was written by no export`] : [];
    }
    // A link was written by no export, whatever it leads to.
    const isFile = lstatSync(join(folder, name)).isFile();
    const content = isFile ? readFileSync(join(folder, name), "utf8") : "";
    const unchanged = isFile && (content === wanted.get(name) || former.get(name)?.includes(hash(content)));
    return unchanged ? [] : [`${join(folder, name)} is not as an export left it`];
  });
}

/** An export of one folder, all of it on the disk and nothing at its place. */
export class StagedExport {
  readonly folder: string;
  private readonly files: StagedFiles;
  private readonly former: Manifest;
  private readonly written: Manifest;

  constructor(folder: string, files: readonly ExportedFile[]) {
    this.folder = existsSync(folder) ? realpathSync(folder) : folder;
    this.former = manifestOf(folder) ?? {};
    this.written = Object.fromEntries(files.map(({ name, content }) => [name, [hash(content)]]));
    // First of all the list of both exports, so that files of either are known as an export's if this one breaks off.
    this.files = new StagedFiles(this.folder, [
      manifestFile(both(this.former, this.written)),
      ...files.map(({ name, content }) => ({ path: name, content })),
    ]);
  }

  /** Moves the files to their places, and removes those that the former export wrote and this one does not. */
  finish(): void {
    this.files.moveIntoPlace(Object.keys(this.former).filter((name) => !Object.hasOwn(this.written, name)));
    if (Object.keys(this.former).length > 0) {
      new StagedFiles(this.folder, [manifestFile(this.written)]).moveIntoPlace();
    }
  }

  discard(): void {
    this.files.discard();
  }
}

/** Writes the files of one folder, whole or not at all. */
export function writeFolder(folder: string, files: readonly ExportedFile[]): void {
  new StagedExport(folder, files).finish();
}

function manifestFile(list: Manifest) {
  const lines = Object.fromEntries(
    Object.entries(list).map(([name, hashes]) => [name, hashes.length === 1 ? hashes[0] : hashes]),
  );
  return { path: manifest, content: `${JSON.stringify(lines, null, 2)}\n` };
}

function both(former: Manifest, written: Manifest): Manifest {
  const names = new Set([...Object.keys(written), ...Object.keys(former)]);
  const hashesOf = (list: Manifest, name: string) => (Object.hasOwn(list, name) ? (list[name] ?? []) : []);
  return Object.fromEntries(
    [...names].map((name) => [name, [...new Set([...hashesOf(written, name), ...hashesOf(former, name)])]]),
  );
}

/** What former exports wrote, nothing where there was none; undefined where the list cannot be read. */
function manifestOf(folder: string): Manifest | undefined {
  if (!entriesOf(folder).includes(manifest)) {
    return {};
  }
  try {
    return manifestSchema.safeParse(JSON.parse(readFileSync(join(folder, manifest), "utf8"))).data;
  } catch {
    return undefined;
  }
}

/** Names of what is in a folder and in its subfolders; of a subfolder that is none, or a link, its own. */
function entriesOf(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.flatMap((name) =>
    subfolders.includes(name) && lstatSync(join(folder, name)).isDirectory()
      ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`)
      : [name],
  );
}

function hash(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}
