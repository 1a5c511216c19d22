import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { contentOf, fileProblem } from "../../handoff/config-files/pipeline-files/pipeline-files";
import { type PipelineObject, pipelineObjects } from "../../handoff/config-files/pipeline-objects";
import type { Sources } from "../../handoff/config-files/sources";
import type { Aws } from "../../resources/aws/aws";
import { addressOf } from "../../resources/aws/s3";
import { CommandError } from "../command-error";
import { aligned, indented } from "../layout";
import type { Verdict } from "./targets";

/** A local file that is to be an object of the pipeline's. */
export interface LocalFile {
  readonly object: PipelineObject;
  readonly path: string;
  /** What is uploaded. */
  readonly bytes: Uint8Array;
  readonly verdict: Verdict;
}

/**
 * The files of some folders that the pipeline expects in S3, checked and compared with the objects.
 * @param folders each object is taken from the first folder that has a file of its name
 * @throws CommandError with everything that is wrong
 */
export async function localFiles(
  name: string,
  sources: Sources,
  folders: readonly string[],
  aws: Aws,
): Promise<LocalFile[]> {
  const wanted = pipelineObjects(sources).filter(({ key }) => !key.endsWith("/"));
  const found = wanted.flatMap((object) => {
    const path = folders.map((folder) => join(folder, fileOf(object))).find((file) => existsSync(file));
    return path === undefined ? [] : [{ object, path, bytes: readFileSync(path) }];
  });
  const problems = [
    ...folders.flatMap((folder) =>
      statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? [] : [`${folder} is no folder. Correct \`--from\`.`],
    ),
    ...found.flatMap(({ object, path, bytes }) => {
      const problem = fileProblem(object, bytes, { emrRelease: sources.outputs.emr_release_label });
      return problem === undefined ? [] : [`${path} ${problem}.`];
    }),
  ];
  if (problems.length === 0 && found.length === 0) {
    problems.push(`${folders.join(", ")} has none of ${wanted.map(fileOf).join(", ")}. Put them there.`);
  }
  if (problems.length > 0) {
    throw new CommandError(`${problems.map((problem) => `${name}: ${problem}`).join("\n")}\nNothing was written.`);
  }
  const files: LocalFile[] = [];
  for (const { object, path, bytes: local } of found) {
    const bytes = contentOf(object, local);
    const existing = await aws.s3.readBytes(object);
    const verdict = existing === undefined ? "new" : Buffer.from(bytes).equals(existing) ? "unchanged" : "changes";
    files.push({ object, path, bytes, verdict });
  }
  return files;
}

function fileOf({ key, file = key }: PipelineObject): string {
  return file;
}

/** A line for each. */
export function localFileLines(files: readonly LocalFile[]): string[] {
  return indented(
    aligned(files.map(({ verdict, object, path }) => [verdict, ` ${addressOf(object)}`, `from ${path}`])),
    2,
  );
}

/** @throws CommandError where an object would change, which needs `--yes` */
export function refuseChanges(name: string, files: readonly LocalFile[], yes = false): void {
  const changed = files.filter(({ verdict }) => verdict === "changes").map(({ object }) => addressOf(object));
  if (changed.length > 0 && !yes) {
    throw new CommandError(
      `\n${name}: ${changed.join(" and ")} would change. Repeat the command with --yes if that is right. Nothing was written.`,
    );
  }
}

/** Writes those that are new or change. */
export async function uploadFiles(files: readonly LocalFile[], aws: Aws): Promise<void> {
  for (const { object, bytes, verdict } of files) {
    if (verdict !== "unchanged") {
      await aws.s3.writeBytes(object, bytes);
    }
  }
}
