import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { ExportedFile } from "../export";
import { variablesOf } from "./parsed";

/** A file that is not as an export writes it. */
export interface Edit {
  readonly file: string;
  /** Lines that the folder alone has. */
  readonly added: readonly string[];
  /** Lines that the export alone has. */
  readonly missing: readonly string[];
}

/**
 * The files of configuration in a folder that an export writes otherwise, or not at all.
 * @throws UnreadableFile where `variables.tf` is none
 */
export async function editsIn(folder: string, files: readonly ExportedFile[]): Promise<Edit[]> {
  const wanted = new Map(files.map(({ name, content }) => [name, content]));
  const names = [...new Set([...wanted.keys(), ...readdirSync(folder)])].filter(isConfiguration).sort();
  const edits: Edit[] = [];
  for (const file of names) {
    const path = join(folder, file);
    const found = existsSync(path) ? readFileSync(path, "utf8") : "";
    const written = wanted.get(file) ?? "";
    if (found !== written && (file !== "variables.tf" || (await declaresOthers(path, found, written)))) {
      edits.push({ file, added: linesWithout(found, written), missing: linesWithout(written, found) });
    }
  }
  return edits;
}

function isConfiguration(name: string): boolean {
  return /\.tf(\.json)?$/.test(name) || name === ".terraform.lock.hcl";
}

/** Whether variables differ in more than their defaults, on which descriptions and validations depend. */
async function declaresOthers(path: string, found: string, written: string): Promise<boolean> {
  const [one, other] = [await variablesOf(path, found), await variablesOf(path, written)];
  return [...Object.keys(one), ...Object.keys(other)].some((name) => {
    const [declared, exported] = [one[name], other[name]];
    const isOfOneDefault = isDeepStrictEqual(declared?.default, exported?.default);
    return (
      declared === undefined || exported === undefined || (isOfOneDefault && !isDeepStrictEqual(declared, exported))
    );
  });
}

/** The lines of a text that are not in another, each as often as it has more of it. */
function linesWithout(text: string, other: string): string[] {
  const left = new Map<string, number>();
  for (const line of other.split("\n")) {
    left.set(line, (left.get(line) ?? 0) + 1);
  }
  return text.split("\n").filter((line) => {
    const times = left.get(line) ?? 0;
    left.set(line, times - 1);
    return times <= 0 && line.trim() !== "";
  });
}
