import { join } from "node:path";
import { runFile, runFileMark } from "../../handoff/config-files/run/run-file";
import type { Sources } from "../../handoff/config-files/sources";
import { CommandError } from "../command-error";
import { readIfThere } from "./place";

/** RUN.md in a folder, and what becomes of it; nobody has to agree to that, as no program reads it. */
export interface PlacedRunFile {
  readonly path: string;
  readonly text: string;
  readonly verdict: "new" | "unchanged" | "changes";
}

/** @throws CommandError where the folder has a RUN.md that this command did not write */
export function placeRunFile(folder: string, sources: Sources): PlacedRunFile {
  const { path, text } = runFile(sources);
  const existing = readIfThere(folder, path);
  if (existing !== undefined && !existing.startsWith(runFileMark)) {
    throw new CommandError(
      `${sources.client.name}: ${join(folder, path)} was not written by this command. Move it away, then repeat the command. Nothing was written.`,
    );
  }
  return { path, text, verdict: existing === undefined ? "new" : existing === text ? "unchanged" : "changes" };
}
