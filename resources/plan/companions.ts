import { attributesOf } from "../attributes";
import type { Alarm } from "../types/alarm";
import { type Companion, companions } from "../types/companions";
import { Configuration } from "./configuration";
import { knownAfter } from "./marks";
import { isPendingAt, valuesAt } from "./paths";
import { withoutKeys } from "./references";
import type { Plan, ResourceChange } from "./schema";

/** Alarms of a new resource without what stacks always make beside one; it may be there from an earlier apply. */
export function companionAlarms(resource: ResourceChange, plan: Plan): Alarm[] {
  return (companions[resource.type] ?? [])
    .filter((companion) => {
      const all = leftOf(companion, plan);
      return (
        !(companion.isOptional && all.length === 0) && !all.some((one) => isBeside(one, companion, resource, plan))
      );
    })
    .map(({ missing }) => missing);
}

/** What a plan leaves of a kind of companion. */
function leftOf({ type, by }: Companion, plan: Plan): ResourceChange[] {
  const path = by.split(".");
  return plan.resource_changes.filter(
    (other) =>
      other.type === type &&
      other.mode !== "data" &&
      other.change.after != null &&
      (valuesAt(knownAfter(other.change), path).length > 0 || isPendingAt(other.change.after_unknown, path)),
  );
}

function isBeside(other: ResourceChange, { by, of }: Companion, resource: ResourceChange, plan: Plan): boolean {
  const path = by.split(".");
  if (!isPendingAt(other.change.after_unknown, path)) {
    return valuesAt(other.change.after, path).includes(attributesOf(resource.change.after)[of]);
  }
  return Configuration.of(plan)
    .referencesAt(other.address, path)
    .some((reference) => withoutKeys(reference).startsWith(`${withoutKeys(resource.address)}.`) || isByName(reference));
}

/** Whether a reference is to what a module is told or computes, which the plan does not trace. */
function isByName(reference: string): boolean {
  return /^(module\.[^.]+\.)*(var|local|each|count)\.|^(module\.[^.]+\.)*module\.[^.]+\.\w+$/.test(reference);
}

/** Whether a replacement puts a companion beside something else: what it was beside is left without it. */
export function movesAway({ type, change }: ResourceChange): boolean {
  return Object.values(companions)
    .flat()
    .filter((companion) => companion.type === type && companion.isOptional !== true)
    .some(({ by }) => {
      const [had, gets] = [change.before, knownAfter(change)].map((values) => attributesOf(values)[by]);
      return typeof had === "string" && typeof gets === "string" && had !== gets;
    });
}
