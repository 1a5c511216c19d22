import type { Source } from "./value";

/** A file that is written whole, as it has no place for an operator's own keys. */
export interface GeneratedFile {
  /** Its place in the client's secure repository. */
  readonly path: string;
  readonly text: string;
  /** What is missing in it, by what it is needed for, and where it comes from. */
  readonly missing: readonly (readonly [use: string, source: Source])[];
}

/** What tells such a file from one of somebody else's. */
export const generatedMark = "# Made by `npx edx-analytics config-files ";

/** The lines of comment that it begins with. */
export function generatedHeader(client: string, field: string): string[] {
  return [
    `Made by \`npx edx-analytics config-files ${client}\`. What is changed here is lost:`,
    `change \`${field}\` in clients/${client}.ts.`,
  ];
}
