import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { isAsWritten, readManifest, StagedGeneratedFiles } from "../generated-files";
import type { WholeFile } from "../whole-files";
import type { ExportedFile } from "./export";

/** Lists what an export wrote, so that the next one knows which files were edited since. */
export const manifest = ".export.json";

/** What an export writes; what begins with a dot every one does. */
const exported =
  /^((README|OPERATIONS)\.md|terraform\.tfvars\.example|[\w-]+\.tf|ci\/(github|gitlab)\.yml|tests\/[\w-]+\.tftest\.hcl)$/;

/** Folders in an exported one that an export writes to. */
const subfolders = ["ci", "tests"];

/**
 * Stands in a folder while its files are replaced: Terraform refuses it, and shows the line, where an export was killed between
 * two of them. The next export removes it.
 */
export const incomplete: ExportedFile = {
  name: "incomplete-export.tf",
  content: [
    "# Some files of this folder are of an older export than others. Do not apply them, and do not delete this file by hand.",
    "terraform {",
    '  required_version = "< 0.1" # The last export was killed: export once more, which replaces all files.',
    "}",
    "",
  ].join("\n"),
};

/**
 * Why a folder cannot be written to without losing manual changes: files that an export would write or remove and that
 * are not as one left them, and configuration that none has written, which Terraform would read as well.
 * @returns a line for each; none where nothing would be lost
 */
export function obstacles(folder: string, files: readonly ExportedFile[]): string[] {
  // Exports are committed: a link of somebody's would lead what is written elsewhere.
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
    return [`${folder} is a symbolic link`];
  }
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    return [`${folder} is no folder`];
  }
  const list = readManifest(folder, manifest);
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
    const unchanged = isFile && (content === wanted.get(name) || isAsWritten(list, name, content));
    return unchanged ? [] : [`${join(folder, name)} is not as an export left it`];
  });
}

/** An export of one folder, all of it on the disk and nothing at its place. */
export class StagedExport extends StagedGeneratedFiles {
  constructor(folder: string, files: readonly ExportedFile[]) {
    super(existsSync(folder) ? realpathSync(folder) : folder, manifest, {
      files: files.map(wholeFile),
      canBeOwn: (path) => exported.test(path),
      meanwhile: wholeFile(incomplete),
    });
  }
}

/** Writes the files of one folder, whole or not at all. */
export function writeFolder(folder: string, files: readonly ExportedFile[]): void {
  new StagedExport(folder, files).finish();
}

function wholeFile({ name, content }: ExportedFile): WholeFile {
  return { path: name, content };
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
