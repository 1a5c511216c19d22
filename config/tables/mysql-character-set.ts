import { atLeast } from "../compare-versions";

/** The runbook's utf8 by the name that a server of that version reports; another name would be a change at every plan. */
export function characterSet(engineVersion: string): { readonly characterSet: string; readonly collation: string } {
  const name = atLeast(engineVersion, "8.0") ? "utf8mb3" : "utf8";
  return { characterSet: name, collation: `${name}_general_ci` };
}
