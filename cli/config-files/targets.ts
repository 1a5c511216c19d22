import { join } from "node:path";
import type { Rendered } from "../../handoff/config-files/config-file";
import { type ConfigFilePath, extraFiles, renderConfigFile } from "../../handoff/config-files/config-files";
import { isFormer, type Review, reviewForeign, reviewOwn, withAdded } from "../../handoff/config-files/existing";
import { FormatError } from "../../handoff/config-files/formats/format";
import { jsonFormat } from "../../handoff/config-files/formats/json";
import type { Sources } from "../../handoff/config-files/sources";
import type { TextFile } from "../../handoff/config-files/text-file";
import { isAsWritten, type Manifest, readManifest } from "../../handoff/generated-files";
import type { ObjectPlace } from "../../resources/aws/s3";
import { CommandError } from "../command-error";
import { manifest, readIfThere } from "./place";

/** Where a file is, and what is in it. */
export interface Place {
  readonly path: ConfigFilePath;
  /** The place, as people write it. */
  readonly shown: string;
  /** @default - there is no file yet */
  readonly text?: string;
  /** @default - it is in the folder */
  readonly object?: ObjectPlace;
}

/** What is to become of a file at its place; `edited` and `foreign` are not as this command wrote them. */
export type Verdict = "new" | "unchanged" | "changes" | "edited" | "foreign";

/** A file at a place: in the folder, or in the bucket. */
export interface Target extends Omit<Place, "path">, Review {
  readonly path: string;
  readonly verdict: Verdict;
  readonly rendered: Pick<Rendered, "text" | "missing" | "overridden">;
  /**
   * The operator's file beside it, with what is moved there.
   * @default - nothing is
   */
  readonly extra?: string;
}

/** One of the six. */
type ConfigTarget = Target & Pick<Place, "path"> & { readonly rendered: Rendered };

/**
 * Renders the six files, and looks at what is in their places.
 * @param folder where they are written, and where the operator's files are
 * @param importExtra whether what is the operator's is moved to their files
 * @throws CommandError with everything that exists and cannot be read
 */
export function targetsOf(
  name: string,
  sources: Sources,
  folder: string,
  places: readonly Place[],
  importExtra = false,
): Target[] {
  const written = readManifest(folder, manifest);
  const problems: string[] = [];
  const targets = places.flatMap((place): Target[] => {
    const extraFile = extraFiles[place.path];
    const extra = extraFile && readIfThere(folder, extraFile.path);
    try {
      const target = targetAt(place, sources, written, extra);
      return [importExtra && target.added.length > 0 ? withImport(target, sources, extra) : target];
    } catch (error) {
      // Readers and comparisons go as deep as values are nested.
      const isTooDeep = error instanceof RangeError;
      if (!(error instanceof FormatError) && !isTooDeep) {
        throw error;
      }
      problems.push(`${name}: ${place.shown}: ${isTooDeep ? "it is nested too deeply" : error.message}.`);
      return [];
    }
  });
  if (problems.length > 0) {
    throw new CommandError(`${problems.join("\n")}\nCorrect that, or move the file away. Nothing was written.`);
  }
  return targets;
}

function targetAt(
  place: Place,
  sources: Sources,
  written: Manifest | undefined,
  extra: string | undefined,
): ConfigTarget {
  const { path, text, object } = place;
  const rendered = renderConfigFile(path, sources, extra);
  if (text === undefined || text === rendered.text) {
    return { ...place, rendered, verdict: text === undefined ? "new" : "unchanged", changes: [], added: [] };
  }
  const isOwn = object !== undefined || isAsWritten(written, path, text);
  const review = isOwn || !extraFiles[path] ? reviewOwn(text, rendered) : reviewForeign(text, rendered);
  const saysTheSame = review.changes.length + review.added.length === 0;
  // Neither has comments of the operator's.
  const losesNothing = saysTheSame && (rendered.format === jsonFormat || isFormer(text));
  const other = written !== undefined && Object.hasOwn(written, path) ? "edited" : "foreign";
  return { ...place, ...review, rendered, verdict: isOwn || losesNothing ? "changes" : other };
}

/** The same, with what is the operator's moved to their file. */
function withImport(target: ConfigTarget, sources: Sources, existing: string | undefined): ConfigTarget {
  const extra = withAdded(target.rendered.format, target.added, existing);
  return { ...target, extra, rendered: renderConfigFile(target.path, sources, extra) };
}

/**
 * The files without keys: their changes need no `--yes`, and an edited one is not taken apart.
 * @param show a place, as people write it
 */
export function textTargets(folder: string, files: readonly TextFile[], show: (file: string) => string): Target[] {
  const written = readManifest(folder, manifest);
  return files.map(({ path, text: rendered, missing }) => {
    const text = readIfThere(folder, path);
    const verdict =
      text === undefined
        ? "new"
        : text === rendered
          ? "unchanged"
          : isAsWritten(written, path, text)
            ? "changes"
            : "edited";
    return {
      path,
      shown: show(join(folder, path)),
      text,
      verdict,
      rendered: { text: rendered, missing, overridden: [] },
      changes: [],
      added: [],
    };
  });
}
