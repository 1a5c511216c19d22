import { basename, dirname, join } from "node:path";
import { App } from "cdktf";
import { groupedWarnings } from "../config/checks/grouped-warnings";
import { firstSentence } from "../config/first-sentence";
import { type Fleet, loadFleet } from "../config/load/load";
import { ClientFileError } from "../config/load/problem";
import { ProjectFolderError, projectFolder } from "../config/project-folder";
import { writeBeside } from "./beside";
import { closeStackFolders, writeCdktfFolder } from "./cdktf-folder";
import { makeStacks } from "./stacks";

/**
 * Synthesises the stacks of all files under `clients/` into `cdktf.out/`, or `CDKTF_OUTDIR`: what `main.ts` is for. Mistakes in
 * client files go to standard error, all of them, and the process ends with status 1. It says what was synthesised, and each warning
 * once, unless cdktf's command line runs it, which does so itself.
 * @param only the one client or shared stack, so that a mistake in another's file does not block its deploy
 * @default `CLIENT` of the environment; without it all files
 * @param others more names, which are refused
 */
export function synthFleet(only: string | undefined = process.env.CLIENT, ...others: readonly string[]): void {
  if (others.length > 0) {
    console.error(
      `${[only, ...others].join(", ")}: one client is synthesised, or all. Name one, or none. Nothing was written.`,
    );
    process.exitCode = 1;
    return;
  }
  try {
    const fleet = loadFleet(only);
    const { outdir, cdktfFolder } = folders(process.env.CDKTF_OUTDIR);
    const app = new App({ outdir, stackTraces: false });
    const stacks = makeStacks(app, fleet);
    app.synth();
    writeBeside(app.outdir, stacks);
    closeStackFolders(app);
    if (cdktfFolder !== undefined) {
      writeCdktfFolder(app, cdktfFolder);
    }
    if (process.env.CDKTF_OUTDIR === undefined) {
      console.log(
        synthReport(
          fleet,
          stacks.map((stack) => stack.node.id),
        ),
      );
    }
  } catch (error) {
    if (!(error instanceof ClientFileError || error instanceof ProjectFolderError)) {
      throw error;
    }
    console.error(`${error.message} Nothing was written.`);
    process.exitCode = 1;
  }
}

/** What was synthesised, and what an operator should know: the whole warnings of one client, or of several in short whom they concern. */
export function synthReport({ clients }: Pick<Fleet, "clients">, stacks: readonly string[]): string {
  const grouped = groupedWarnings(clients);
  const warnings =
    clients.length === 1
      ? grouped.map(({ text }) => `Warning: ${text}`)
      : grouped.flatMap(({ text, clients: names }) => [`Warning: ${inShort(text)}`, `  ${some(names)}`]);
  return [
    ...warnings,
    ...(clients.length > 1 && warnings.length > 0
      ? ["Warnings in full, with what to do: `npx edx-analytics list`, or `npm run synth -- <client>`."]
      : []),
    "Synthesised into cdktf.out/stacks:",
    ...stacks.map((stack) => `  ${stack}`),
  ].join("\n");
}

/** The first sentence, without where and when it was looked up. */
function inShort(text: string): string {
  return firstSentence(text.replace(/ \([^()]*(?:checked|looked up) on [\d-]+\)/, ""));
}

/** Names, of many the first ones. */
function some(names: readonly string[]): string {
  const shown = 8;
  return names.length <= shown + 1
    ? names.join(", ")
    : `${names.slice(0, shown).join(", ")} and ${names.length - shown} more`;
}

/**
 * Where stacks are written, and where cdktf's command line reads which they are: it deletes what lies beside its own folder's
 * stacks, so its `output` in cdktf.json is a folder `cdktf` in theirs.
 * @param output what it says of that; another folder gets the stacks themselves
 */
function folders(output: string | undefined): { readonly outdir: string; readonly cdktfFolder?: string } {
  if (output === undefined) {
    return { outdir: join(projectFolder(), "cdktf.out") };
  }
  return basename(output) === "cdktf" ? { outdir: dirname(output), cdktfFolder: output } : { outdir: output };
}
