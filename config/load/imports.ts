import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectFolder } from "../project-folder";
import { ClientFileError, type FileProblems, type Problem, problem } from "./problem";

/** What exists in AWS and is imported: the id that Terraform's import takes, by the address that it is imported to. */
export type Imports = Readonly<Record<string, string>>;

const imports = z.record(z.string(), z.string().min(1));

/** Folder of the files of imports, in the repository. */
export const importsFolder = "clients/imports";

/** The file that holds a stack's imports, which `npx edx-analytics adopt` writes. */
export function importsFile(stack: string): string {
  return `${importsFolder}/${stack}.json`;
}

/**
 * A stack's imports; none without a file.
 * @throws ClientFileError where the file cannot be read
 */
export function loadImports(stack: string): Imports {
  const { imports, ...file } = readImports(stack);
  if (file.problems.length > 0) {
    throw new ClientFileError([file]);
  }
  return imports;
}

/** Reads a stack's imports, with what is wrong in their file. */
export function readImports(stack: string): FileProblems & { readonly imports: Imports } {
  const file = importsFile(stack);
  const path = join(projectFolder(), file);
  if (!existsSync(path)) {
    return { file, problems: [], imports: {} };
  }
  const found = imports.safeParse(json(readFileSync(path, "utf8")));
  return found.success
    ? { file, problems: expressionsIn(found.data), imports: found.data }
    : { file, problems: [unreadable(found.error.issues[0]?.path.join("."))], imports: {} };
}

/** Imports that a stack has no resource for. */
export function strayImports(imports: Imports, stack: string, addresses: readonly string[]): Problem[] {
  return Object.keys(imports)
    .filter((address) => !addresses.includes(address))
    .map((address) => ({
      path: address,
      message: `is no resource of the stack ${stack}. Remove the line; once everything is imported, remove the file.`,
    }));
}

function expressionsIn(imports: Imports): Problem[] {
  return Object.entries(imports)
    .filter(([, id]) => /[$%]\{/.test(id))
    .map(([address, id]) => problem(address, id, "an id of AWS's is required, without ${ and %{", "Correct it"));
}

function unreadable(path: string | undefined): Problem {
  const wanted = "one object is required, of ids by Terraform address, all of them text";
  return {
    path: path ?? "",
    message: `cannot be read; ${wanted}. Correct it; without the file, \`npx edx-analytics adopt\` writes it anew.`,
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
