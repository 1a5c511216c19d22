import { existsSync } from "node:fs";
import { compare, type OtherValue } from "../handoff/terraform/comparison/compare";
import type { Edit } from "../handoff/terraform/comparison/edits";
import { UnreadableFile } from "../handoff/terraform/comparison/parsed";
import { fieldOf } from "./client-fields";
import { CommandError } from "./command-error";
import type { ExportedStack } from "./export";
import { aligned, count, indented } from "./layout";
import type { Terminal } from "./terminal";

/** Lines of a file that are shown. */
const shown = 5;

/**
 * Says in which fields and files the folders of a client differ from its file.
 * @param name of the client file
 * @throws CommandError where something differs, there is nothing to compare, or a folder cannot be read
 */
export async function compareFolders(
  name: string,
  stacks: readonly ExportedStack[],
  terminal: Terminal,
): Promise<void> {
  const present = stacks.filter(({ folder }) => existsSync(folder));
  if (present.length === 0) {
    const folders = stacks.map(({ folder }) => folder);
    throw new CommandError(`There is no ${folders.join(", ")}. Name the folder that holds them with --out.`);
  }
  const lines: string[] = [];
  let differences = 0;
  for (const stack of stacks) {
    if (!present.includes(stack)) {
      lines.push(`${stack.name}: not compared, there is no ${stack.folder}`, "");
      continue;
    }
    const { values, edits } = await compared(stack);
    differences += values.length + edits.length;
    lines.push(
      `${stack.name}: ${count(values.length, "other value")}, ${count(edits.length, "edited file")} in ${stack.folder}`,
      ...indented([...valueLines(name, values), ...edits.flatMap(editLines)], 2),
      "",
    );
  }
  terminal.result(lines.join("\n"));
  if (differences > 0) {
    throw new CommandError(
      `${count(differences, "difference")}. Write the values into clients/${name}.ts, find the fields for edited lines, and check again: docs/export-as-hcl.md.`,
    );
  }
  terminal.result(`clients/${name}.ts says what the folders say.`);
}

async function compared(stack: ExportedStack) {
  try {
    return await compare(stack.folder, stack);
  } catch (error) {
    if (error instanceof UnreadableFile) {
      throw new CommandError(error.message, { cause: error });
    }
    throw error;
  }
}

function valueLines(name: string, values: readonly OtherValue[]): string[] {
  if (values.length === 0) {
    return [];
  }
  return aligned([
    ["field", `clients/${name}.ts`, "folder", "set in"],
    ...values.map(({ variable, value, file }) => [
      fieldOfVariable(variable),
      JSON.stringify(variable.default),
      JSON.stringify(value),
      `${file}, ${variable.name}`,
    ]),
  ]);
}

/** The client file's field, as it is written there. */
export function fieldOfVariable({ field, of }: OtherValue["variable"]): string {
  if (field === undefined) {
    return "(no field)";
  }
  return field.startsWith(".") ? `${fieldOf(of)}${field}` : field;
}

function editLines({ file, added, missing }: Edit): string[] {
  const of = (sign: string, lines: readonly string[]) => lines.map((line) => `  ${sign} ${line.trim()}`);
  const all = [...of("+", added), ...of("-", missing)];
  return [
    `${file}: ${count(added.length, "line")} of the folder's own, ${count(missing.length, "line")} missing`,
    ...all.slice(0, shown),
    ...(all.length > shown ? [`  and ${all.length - shown} more`] : []),
  ];
}
