import { notesOn } from "../../resources/types";
import type { Value } from "./hcl/value";

/** What is to be said above an argument. */
export function noteOn(
  { type, path }: { readonly type: string; readonly path: readonly string[] },
  value: Value,
): readonly string[] {
  const note = notesOn(type).find(
    (one) => one.on === path.join(".") && (one.value === undefined || one.value === value),
  );
  return note?.lines ?? [];
}
