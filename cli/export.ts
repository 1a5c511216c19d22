import { join } from "node:path";
import type { Command } from "commander";
import type { Described } from "../config/client";
import { type Fleet, loadFleet } from "../config/load/load";
import { ExportError } from "../handoff/terraform/configuration";
import type { Synthesised } from "../handoff/terraform/entries";
import { adjustableOf, type ExportedFile, exportStack, type Surroundings } from "../handoff/terraform/export";
import { obstacles, StagedExport } from "../handoff/terraform/folder";
import type { Variable } from "../handoff/terraform/variables";
import { removeLeftOvers } from "../handoff/whole-files";
import type { ClientStack } from "../stacks/client-stack";
import { makeStacks } from "../stacks/stacks";
import { CommandError } from "./command-error";
import { compareFolders } from "./export-comparison";
import { aligned, count, indented } from "./layout";
import { synthesised } from "./synthesised";
import type { Terminal } from "./terminal";
import { written } from "./written";

const advice = "Name a folder that can with --out, or export again once it can.";

/** A stack's files, and the folder that they go into. */
export interface ExportedStack {
  readonly name: string;
  readonly folder: string;
  readonly files: readonly ExportedFile[];
  /** Those that take the place of what is deployed. */
  readonly variables: readonly Variable[];
}

export function addExport(program: Command, terminal: Terminal): void {
  program
    .command("export")
    .summary("write a client's stacks as HCL, for a team that takes it over in plain Terraform")
    .description(
      "Writes a root module in HCL for each stack of a client: same addresses, same state, a plan without changes. " +
        "The README in each folder says how to take over. Neither Terraform nor credentials are needed. A folder that " +
        "holds edited files, or configuration that it did not write, is left as it is, and the exit status is 1.",
    )
    .argument("<client>", "name of a file in clients/, of a client or a shared stack")
    .option("--out <dir>", "folder that gets a folder for each stack", "exported")
    .option(
      "--check",
      "write nothing; say in which fields and files the folders differ from the client file, and exit with status 1 if they do",
    )
    .action(async (name: string, options: { out: string; check?: boolean }) => {
      if (options.out === "") {
        throw new CommandError("--out is empty. Name a folder, or leave it out for `exported`.");
      }
      terminal.busy(`Writing ${name} as HCL`);
      const stacks = exportFleet(loadFleet(name), options.out);
      if (options.check) {
        await compareFolders(name, stacks, terminal);
        return;
      }
      writeAll(stacks, terminal);
      terminal.result(report(stacks));
    });
}

/**
 * Every stack's files, nothing written yet.
 * @throws CommandError with everything in every stack that cannot be written as HCL
 */
export function exportFleet(fleet: Fleet, out: string): ExportedStack[] {
  const made = synthesised<ClientStack, Synthesised>((app) => makeStacks(app, fleet));
  const together = made.map(({ stack, json }) => ({ name: stack.node.id, synthesised: json }));
  const failures: ExportError[] = [];
  const exported = made.map(({ stack, json }) => ({
    name: stack.node.id,
    folder: join(out, stack.node.id),
    ...exportedOf(stack, json, { together, owner: ownerOf(stack.node.id, fleet) }, failures),
  }));
  if (failures.length > 0) {
    throw new CommandError(failures.map(({ message }) => message).join("\n\n"), { cause: failures[0] });
  }
  return exported;
}

/** The client or shared stack that a stack is of. */
function ownerOf(stack: string, { clients, shared }: Fleet): Described | undefined {
  return [...clients, ...shared].find(({ stacks, ci }) =>
    [...Object.values(stacks), ...(ci === undefined ? [] : [ci.stack])].some(({ name }) => name === stack),
  );
}

/** A stack's files and variables; none, and one failure more, where it cannot be written as HCL. */
function exportedOf(
  stack: ClientStack,
  json: Synthesised,
  surroundings: Surroundings,
  failures: ExportError[],
): Pick<ExportedStack, "files" | "variables"> {
  try {
    return { files: exportStack(stack, json, surroundings), variables: adjustableOf(stack, json) };
  } catch (error) {
    if (error instanceof ExportError) {
      failures.push(error);
      return { files: [], variables: [] };
    }
    throw error;
  }
}

/** Writes all stacks, or none: all are on the disk before the first file gets to its place. */
function writeAll(stacks: readonly ExportedStack[], terminal: Terminal): void {
  const found = stacks.flatMap(({ folder, files }) => written(folder, advice, () => obstacles(folder, files)));
  if (found.length > 0) {
    throw new CommandError(
      [
        ...found.map((line) => `${line}.`),
        "",
        "Nothing was written. Move these files away, or name another folder with --out.",
      ].join("\n"),
    );
  }
  for (const place of stacks.flatMap(({ folder }) => removeLeftOvers(folder))) {
    terminal.progress(`${place} was left by an export that was killed, and is removed.`);
  }
  const staged: StagedExport[] = [];
  try {
    for (const { folder, files } of stacks) {
      staged.push(written(folder, advice, () => new StagedExport(folder, files)));
    }
    for (const each of staged) {
      written(each.folder, advice, () => each.finish());
    }
  } finally {
    for (const each of staged) {
      each.discard();
    }
  }
}

function report(stacks: readonly ExportedStack[]): string {
  return stacks
    .flatMap(({ name, folder, files }) => [
      `${name}: ${count(files.length, "file")} in ${folder}`,
      ...indented(aligned(files.map((file) => [file.name, count(file.content.split("\n").length - 1, "line")])), 2),
      "",
    ])
    .concat(
      "Next: read README.md in the folder. Its `terraform plan` is that of the client file's stack: `No changes` once that is deployed.",
    )
    .join("\n");
}
