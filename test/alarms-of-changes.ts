import { textOf } from "../resources/phrase";
import { alarmsOfPlan } from "../resources/plan/alarms";
import { readPlan } from "../resources/plan/plan";

/** What a plan of these changes, by address, takes away. */
export function taken(changes: Readonly<Record<string, object>>, more: object = {}) {
  const resource_changes = Object.entries(changes).map(([address, change]) => ({
    address,
    mode: "managed",
    type: address.split(".")[0],
    change: { before: null, after: null, ...change },
  }));
  const plan = readPlan(JSON.stringify({ format_version: "1.2", resource_changes, ...more }), "plan.json");
  return alarmsOfPlan(plan).map((alarm) => `${alarm.resource.address} ${textOf(alarm)}`);
}
