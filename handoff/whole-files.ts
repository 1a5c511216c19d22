import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** A file that is to be written, by its path in a folder. */
export interface WholeFile {
  readonly path: string;
  readonly content: string;
}

/** A file of any content, as a tarball. */
export interface StagedFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Permissions of files and folders that are made. */
export interface Modes {
  /** @default - the process's umask decides */
  readonly files?: number;
  /** @default - the process's umask decides */
  readonly folders?: number;
}

const partial = ".edx-analytics-partial";
const stagedFolder = "staged";
const formerFolder = "former";

/** Where files of a folder are staged: in it, as a folder beside it may not be allowed, or beside one that does not exist yet. */
function stagingPlaces(folder: string): { readonly inside: string; readonly beside: string } {
  return { inside: join(folder, partial), beside: `${folder}${partial}` };
}

/** What a run that was killed has left of files that it staged for a folder. */
export function leftOvers(folder: string): string[] {
  return Object.values(stagingPlaces(folder)).filter((place) => existsSync(place) && isStaging(place));
}

/** Whether a folder holds what `StagedFiles` writes, and nothing besides. */
function isStaging(place: string): boolean {
  return (
    lstatSync(place).isDirectory() && readdirSync(place).every((name) => name === stagedFolder || name === formerFolder)
  );
}

/** @returns the places of what was removed */
export function removeLeftOvers(folder: string): string[] {
  const places = leftOvers(folder);
  for (const place of places) {
    rmSync(place, { recursive: true, force: true });
  }
  return places;
}

/**
 * Files of a folder that are complete on its disk, but not at their places yet: whatever fails or is killed before
 * `moveIntoPlace` leaves the folder as it was, and that only renames.
 */
export class StagedFiles {
  /** Folder of this run, which is removed after it. */
  private readonly staging: string;
  /** Where the files are in it, under their paths. */
  private readonly staged: string;
  /** Where the files that they replace are in it, for an error. */
  private readonly former: string;
  private readonly isNew: boolean;

  /**
   * @param files in the order in which they are moved
   * @param modes permissions of the files and of folders that are made; a folder that exists keeps its own
   */
  constructor(
    private readonly folder: string,
    private readonly files: readonly StagedFile[],
    private readonly modes: Modes = {},
  ) {
    removeLeftOvers(folder);
    const { inside, beside } = stagingPlaces(folder);
    this.isNew = !existsSync(folder);
    this.staging = this.isNew ? beside : inside;
    this.staged = join(this.staging, stagedFolder);
    this.former = join(this.staging, formerFolder);
    if (existsSync(this.staging)) {
      const message = `${this.staging} is no folder of this program, which needs that name`;
      throw Object.assign(new Error(message), { code: "EEXIST", path: this.staging });
    }
    try {
      mkdirSync(this.staged, { recursive: true, mode: modes.folders });
      for (const { path, content } of files) {
        const file = join(this.staged, path);
        mkdirSync(dirname(file), { recursive: true, mode: modes.folders });
        writeFileSync(file, content, { mode: modes.files, flag: "wx", flush: true });
      }
      if (!this.isNew) {
        this.preparePlaces();
      }
    } catch (error) {
      this.discard();
      throw error;
    }
  }

  /**
   * Each file changes in one step: a kill leaves it as it was or as it is to be, and an error has all as they were.
   * @param removed paths of files in the folder that go
   */
  moveIntoPlace(removed: readonly string[] = []): void {
    const changed: string[] = [];
    try {
      if (this.isNew) {
        renameSync(this.staged, this.folder);
      } else {
        this.keepFormer(removed);
        for (const { path } of this.files) {
          renameSync(join(this.staged, path), join(this.folder, path));
          changed.push(path);
        }
        for (const path of removed) {
          rmSync(join(this.folder, path), { force: true });
          changed.push(path);
        }
      }
    } catch (error) {
      for (const path of changed) {
        this.restore(path);
      }
      this.discard();
      throw error;
    }
    this.discard();
  }

  private keepFormer(removed: readonly string[]): void {
    for (const path of [...this.files.map((file) => file.path), ...removed]) {
      const place = join(this.folder, path);
      if (lstatSync(place, { throwIfNoEntry: false })) {
        mkdirSync(dirname(join(this.former, path)), { recursive: true, mode: 0o700 });
        try {
          linkSync(place, join(this.former, path));
        } catch {
          // Not every disk has hard links.
          copyFileSync(place, join(this.former, path));
        }
      }
    }
  }

  private restore(path: string): void {
    if (lstatSync(join(this.former, path), { throwIfNoEntry: false })) {
      renameSync(join(this.former, path), join(this.folder, path));
    } else {
      rmSync(join(this.folder, path), { force: true });
    }
  }

  discard(): void {
    rmSync(this.staging, { recursive: true, force: true });
  }

  /** What would make one of several renames fail fails here, before the first. */
  private preparePlaces(): void {
    const disk = statSync(this.staging).dev;
    for (const { path } of this.files) {
      const place = join(this.folder, path);
      mkdirSync(dirname(place), { recursive: true, mode: this.modes.folders });
      accessSync(dirname(place), constants.W_OK | constants.X_OK);
      if (statSync(dirname(place)).dev !== disk) {
        throw Object.assign(new Error(`${dirname(place)} is on another disk`), { code: "EXDEV", path: dirname(place) });
      }
      if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory()) {
        throw Object.assign(new Error(`${place} is a folder`), { code: "EISDIR", path: place });
      }
    }
  }
}
