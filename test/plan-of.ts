import { readPlan } from "../resources/plan/plan";

type Action = "no-op" | "create" | "read" | "update" | "delete" | "forget";

/** A plan of one change. */
export function planOf(type: string, actions: Action[], before: unknown, after: unknown, more: object = {}) {
  const change = { actions, before, after, ...more };
  const plan = { format_version: "1.2", resource_changes: [{ address: `${type}.one`, mode: "managed", type, change }] };
  return readPlan(JSON.stringify(plan), "plan.json");
}
