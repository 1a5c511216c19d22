import { asObject } from "../entries";
import type { Json } from "../hcl/value";

/** Raised where a file is not HCL, or not the JSON that stands for it. */
export class UnreadableFile extends Error {}

/** What one file declares or sets, by name. */
export type Named = { readonly [name: string]: Json };

/**
 * The content of a file, a block in a list of its own.
 * @param path as errors call it, with the ending that tells JSON from HCL
 * @throws UnreadableFile
 */
export async function parsed(path: string, content: string): Promise<Named> {
  try {
    // HashiCorp's own parser takes a second to start, which other commands need not wait for.
    return path.endsWith(".json") ? JSON.parse(content) : await (await import("@cdktf/hcl2json")).parse(path, content);
  } catch (error) {
    throw new UnreadableFile(`${path} cannot be read: ${(error as Error).message.trim()}`, { cause: error });
  }
}

/**
 * The variables that a file declares.
 * @throws UnreadableFile
 */
export async function variablesOf(path: string, content: string): Promise<{ readonly [name: string]: Named }> {
  const { variable } = await parsed(path, content);
  return Object.fromEntries(
    Object.entries(asObject(variable)).map(([name, body]) => [name, asObject([body].flat()[0]) as Named]),
  );
}
