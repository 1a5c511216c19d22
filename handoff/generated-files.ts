import { createHash } from "node:crypto";
import { existsSync, lstatSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { type Modes, StagedFiles, type WholeFile } from "./whole-files";

/**
 * Checksums of the files that a command wrote into a folder, by path: of two runs where the last one broke off. A path is
 * of the folder itself, also where the list was edited.
 */
const manifestSchema = z.record(
  z.string().refine((path) => !path.includes("\\") && path.split("/").every((part) => !["", ".", ".."].includes(part))),
  z.union([z.string().transform((one) => [one]), z.array(z.string())]),
);

/** What a command wrote into a folder, so that the next run knows which files were edited since. */
export type Manifest = z.output<typeof manifestSchema>;

/** What former runs wrote, nothing where there was none; undefined where the list cannot be read. */
export function readManifest(folder: string, name: string): Manifest | undefined {
  const file = join(folder, name);
  if (!lstatSync(file, { throwIfNoEntry: false })) {
    return {};
  }
  try {
    const { data } = manifestSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return data !== undefined && Object.hasOwn(data, name) ? undefined : data;
  } catch {
    return undefined;
  }
}

/** Whether a file of the folder has a content that a former run gave it. */
export function isAsWritten(manifest: Manifest | undefined, path: string, content: string): boolean {
  return manifest !== undefined && Object.hasOwn(manifest, path) && manifest[path]?.includes(hash(content)) === true;
}

interface Generated {
  /** Whole files of the command's own, which enter its list. */
  readonly files: readonly WholeFile[];
  /** Whether a former run can have written a path: of what was added to the list by hand, nothing else is removed. */
  readonly canBeOwn: (path: string) => boolean;
  /**
   * Files that are written with them and belong to the operator from then on.
   * @default []
   */
  readonly others?: readonly WholeFile[];
  /**
   * Stands in a folder while its files are replaced, for who finds it where a run was killed between two of them.
   * @default - nothing does
   */
  readonly meanwhile?: WholeFile;
  /** @default - the process's umask decides */
  readonly modes?: Modes;
}

/** Files that a command generates in a folder, all of them on the disk and none at its place. */
export class StagedGeneratedFiles {
  private readonly files: StagedFiles;
  private readonly former: Manifest;
  private readonly written: Manifest;

  /**
   * @param folder its real path
   * @param name of the list, a file in the folder
   */
  constructor(
    readonly folder: string,
    private readonly name: string,
    private readonly generated: Generated,
  ) {
    const { files, others = [], meanwhile, modes } = generated;
    const mark = meanwhile === undefined || !existsSync(folder) ? [] : [meanwhile];
    this.former = readManifest(folder, name) ?? {};
    this.written = hashesOf(files);
    // First of all the list of both runs, so that files of either are known if this one breaks off. Files of the operator come
    // before what replaces them in the command's own.
    const list = both(this.former, { ...this.written, ...hashesOf(mark) });
    const all = [this.manifestFile(list), ...mark, ...others, ...files];
    this.files = new StagedFiles(
      folder,
      all.filter(({ path, content }) => contentOf(join(folder, path)) !== content),
      modes,
    );
  }

  /** Moves the files to their places, and removes those that a former run wrote and this one does not, unless edited. */
  finish(): void {
    const { meanwhile, canBeOwn } = this.generated;
    const removed = Object.keys(this.former).filter((path) => {
      const content = contentOf(join(this.folder, path));
      return (
        path !== meanwhile?.path &&
        canBeOwn(path) &&
        !isHidden(path) &&
        !Object.hasOwn(this.written, path) &&
        isInside(this.folder, path) &&
        content !== undefined &&
        isAsWritten(this.former, path, content)
      );
    });
    this.files.moveIntoPlace(meanwhile === undefined ? removed : [...removed, meanwhile.path]);
    const list = this.manifestFile(this.written);
    if (contentOf(join(this.folder, this.name)) !== list.content) {
      new StagedFiles(this.folder, [list], this.generated.modes).moveIntoPlace();
    }
  }

  discard(): void {
    this.files.discard();
  }

  private manifestFile(list: Manifest): WholeFile {
    const lines = Object.fromEntries(
      Object.entries(list).map(([path, hashes]) => [path, hashes.length === 1 ? hashes[0] : hashes]),
    );
    return { path: this.name, content: `${JSON.stringify(lines, null, 2)}\n` };
  }
}

function hashesOf(files: readonly WholeFile[]): Manifest {
  return Object.fromEntries(files.map(({ path, content }) => [path, [hash(content)]]));
}

function both(former: Manifest, written: Manifest): Manifest {
  const paths = new Set([...Object.keys(written), ...Object.keys(former)]);
  const known = (list: Manifest, path: string) => (Object.hasOwn(list, path) ? (list[path] ?? []) : []);
  return Object.fromEntries(
    [...paths].map((path) => [path, [...new Set([...known(written, path), ...known(former, path)])]]),
  );
}

/** Whether a path is of git's, an editor's or another tool's own, or in a folder of one's. */
function isHidden(path: string): boolean {
  return path.split("/").some((part) => part.startsWith("."));
}

/** Whether no link on the way to a file leads elsewhere, as the list may have been edited. */
function isInside(folder: string, path: string): boolean {
  const parent = dirname(join(folder, path));
  return existsSync(parent) && realpathSync(parent) === parent;
}

/** The text of a file; undefined of a link, a folder and where there is nothing. */
function contentOf(file: string): string | undefined {
  return existsSync(file) && lstatSync(file).isFile() ? readFileSync(file, "utf8") : undefined;
}

function hash(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}
