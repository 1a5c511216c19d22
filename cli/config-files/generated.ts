import { join } from "node:path";
import { generatedMark } from "../../handoff/config-files/generated-file";
import { generatedFiles } from "../../handoff/config-files/generated-files";
import type { Sources } from "../../handoff/config-files/sources";
import { CommandError } from "../command-error";
import { readIfThere } from "./place";
import type { Target } from "./report";

/**
 * The files that are written whole, each with what becomes of it.
 * @throws CommandError where one of the same name is somebody else's
 */
export function generatedTargets(
  client: string,
  folder: string,
  sources: Sources,
): (Target & { readonly path: string })[] {
  return generatedFiles(sources).map((file) => {
    const place = join(folder, file.path);
    const existing = readIfThere(folder, file.path);
    if (existing !== undefined && !existing.includes(generatedMark)) {
      throw new CommandError(
        `${client}: ${place} was not made by this command, which writes a file of that name. Move it away. Nothing was written.`,
      );
    }
    const verdict = existing === undefined ? "new" : existing === file.text ? "unchanged" : "changes";
    return { path: file.path, place, verdict, rendered: { ...file, values: {}, changes: [], kept: [] } };
  });
}
