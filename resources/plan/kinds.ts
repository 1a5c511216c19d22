import type { Change, Plan, ResourceChange } from "./plan";

/** What a plan does with a resource, what loses something first: the order of the summary. */
export const kinds = ["destroy", "replace", "remove", "update", "import", "move", "create"] as const;
export type Kind = (typeof kinds)[number];

/** What a plan does with a resource; undefined for nothing. */
export function kindOf({ change, previous_address: previous }: ResourceChange): Kind | undefined {
  const has = (action: Change["actions"][number]) => change.actions.includes(action);
  if (has("create") && (has("delete") || has("forget"))) {
    return "replace";
  }
  if (has("delete")) {
    return "destroy";
  }
  if (has("forget")) {
    return "remove";
  }
  if (has("update")) {
    return "update";
  }
  if (has("create")) {
    return "create";
  }
  if (change.importing !== undefined && change.importing !== null) {
    return "import";
  }
  return previous === undefined ? undefined : "move";
}

/** The changes of resources by what happens to them; reads of data sources are none. */
export function byKind({ resource_changes: changes }: Plan): ReadonlyMap<Kind, readonly ResourceChange[]> {
  const managed = changes.filter(({ mode }) => mode !== "data");
  return new Map(kinds.map((kind) => [kind, managed.filter((change) => kindOf(change) === kind)]));
}

/** The kinds that end a resource, as the rest of a sentence about it. */
export const endings = {
  destroy: "is destroyed",
  replace: "is replaced",
  remove: "is removed from the state",
} as const;
