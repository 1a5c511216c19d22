import type { Change, Plan, ResourceChange } from "./plan";

/** What happens to a resource, those that lose something first: the order of the summary. */
export const kinds = ["destroyed", "replaced", "forgotten", "changed", "imported", "moved", "added"] as const;
export type Kind = (typeof kinds)[number];

/** What happens to a resource; undefined for nothing. */
export function kindOf({ change, previous_address: previous }: ResourceChange): Kind | undefined {
  const has = (action: Change["actions"][number]) => change.actions.includes(action);
  if (has("create") && (has("delete") || has("forget"))) {
    return "replaced";
  }
  if (has("delete")) {
    return "destroyed";
  }
  if (has("forget")) {
    return "forgotten";
  }
  if (has("update")) {
    return "changed";
  }
  if (has("create")) {
    return "added";
  }
  if (change.importing !== undefined && change.importing !== null) {
    return "imported";
  }
  return previous === undefined ? undefined : "moved";
}

/** The changes of resources by what happens to them; reads of data sources are none. */
export function byKind({ resource_changes: changes }: Plan): ReadonlyMap<Kind, readonly ResourceChange[]> {
  const managed = changes.filter(({ mode }) => mode !== "data");
  return new Map(kinds.map((kind) => [kind, managed.filter((change) => kindOf(change) === kind)]));
}
