import { isDeepStrictEqual } from "node:util";
import type { ExportedFile } from "../export";
import type { Json, Value } from "../hcl/value";
import { isObject } from "../hcl/value";
import type { Variable } from "../variables";
import { type Edit, editsIn } from "./edits";
import { valuesIn } from "./values";

/** A variable that a folder gives another value than the client file. */
export interface OtherValue {
  readonly variable: Variable;
  readonly value: Json;
  /** The file that sets it. */
  readonly file: string;
}

/** In what an exported folder differs from what would be exported now. */
export interface Comparison {
  readonly values: readonly OtherValue[];
  readonly edits: readonly Edit[];
}

/**
 * Compares a folder that its team has worked on with the export of the client file as it is.
 * @throws UnreadableFile where Terraform could not read the folder either
 */
export async function compare(
  folder: string,
  exported: { readonly files: readonly ExportedFile[]; readonly variables: readonly Variable[] },
): Promise<Comparison> {
  const given = await valuesIn(folder);
  const values = exported.variables.flatMap((variable) => {
    const { value, file } = given.get(variable.name) ?? { value: undefined, file: "" };
    return value === undefined || isSame(value, variable.default) ? [] : [{ variable, value, file }];
  });
  return { values, edits: await editsIn(folder, exported.files) };
}

/** Terraform takes `"20"` for a number, and the number for text. */
function isSame(one: Value, other: Value): boolean {
  const comparable = (value: Value): unknown =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, comparable(inner)]))
      : String(value);
  return isDeepStrictEqual(comparable(one), comparable(other));
}
