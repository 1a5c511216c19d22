import { attributesOf } from "../attributes";
import { resourceTypeOf } from "../types";
import { type Alarm, categories, data, exposure } from "../types/alarm";
import type { AlarmRule, Compared } from "../types/resource-type";
import { changesSecret, sensitive } from "./differences";
import { endings, type Kind, kindOf } from "./kinds";
import type { Plan, ResourceChange } from "./plan";

/** An alarm, and the change that has it. */
export interface AlarmOfChange extends Alarm {
  readonly resource: ResourceChange;
}

/** All alarms of a plan, in the order of reading. */
export function alarmsOfPlan(plan: Plan): AlarmOfChange[] {
  const all = plan.resource_changes.flatMap((resource) =>
    alarmsOf(resource, plan).map((alarm) => ({ ...alarm, resource })),
  );
  return categories.flatMap((category) => all.filter((alarm) => alarm.category === category));
}

/** The one verdict on a change, by its values before and after: `plan-summary` prints it, `adopt --plan` refuses on it. */
export function alarmsOf(resource: ResourceChange, plan: Plan): Alarm[] {
  const kind = resource.mode === "data" ? undefined : kindOf(resource);
  const type = resourceTypeOf(resource.type);
  const change = compared(resource);
  const by = (rule: AlarmRule | undefined) => (rule?.(change, plan) ?? []).filter((alarm) => alarm !== false);
  const found: Readonly<Partial<Record<Kind, () => Alarm[]>>> = {
    destroy: () => [...lossOf(resource, endings.destroy), ...by(type?.alarms?.destroy)],
    // What holds nothing is settings of something else, which lasts: a replacement changes them as an update does.
    replace: () => [
      ...lossOf(resource, endings.replace),
      ...(holdsOf(resource.type) === undefined ? by(type?.alarms?.update) : []),
      ...openingsOf(resource, change),
    ],
    update: () => [...by(type?.alarms?.update), ...openingsOf(resource, change)],
    create: () => [...by(type?.alarms?.create), ...openingsOf(resource, change)],
  };
  const alarms = (kind && found[kind]?.()) ?? [];
  return alarms.length > 0 && changesSecret(resource.change) ? alarms.map(withoutValues) : alarms;
}

/** Where a secret changes, any of the values may be made of it. */
function withoutValues(alarm: Alarm): Alarm {
  return { ...alarm, values: alarm.values.map(() => sensitive) };
}

/** Attributes of which the plan does not tell whether they open something, and why. */
export function undecided(resource: ResourceChange): { attribute: string; why: string }[] {
  const { before, after } = compared(resource);
  const unknown = attributesOf(resource.change.after_unknown);
  const list = after.prefix_list_id;
  return [
    ...(resourceTypeOf(resource.type)?.alarms?.openedBy ?? [])
      .filter((attribute) => unknown[attribute] === true)
      .map((attribute) => ({ attribute, why: "is known after the apply alone" })),
    ...(typeof list === "string" && list !== "" && list !== before.prefix_list_id
      ? [{ attribute: "prefix_list_id", why: "names ranges that are not in the plan" }]
      : []),
  ];
}

/** What is lost with a resource of a type, if anything. One of a type that no stack has counts as one that holds data. */
export function holdsOf(typeName: string): string | undefined {
  const type = resourceTypeOf(typeName);
  return type === undefined ? "whatever it holds" : type.holds;
}

function lossOf({ type }: ResourceChange, ending: string): Alarm[] {
  const holds = holdsOf(type);
  return holds === undefined ? [] : [data([`${ending}, and with it ${holds}`])];
}

/** What is open to the world after a change, and was not before. */
function openingsOf({ type }: ResourceChange, { before, after }: Compared): Alarm[] {
  const opens = resourceTypeOf(type)?.alarms?.opens ?? (() => []);
  const open = opens(before);
  return opens(after)
    .filter((opening) => !open.includes(opening))
    .map((opening) => exposure`opens to the world: ${opening}`);
}

function compared({ change }: ResourceChange): Compared {
  return { before: attributesOf(change.before), after: attributesOf(change.after) };
}
