import { type Attributes, attributesOf, blocks, isAttributes } from "../attributes";
import { kindOf } from "../plan/kinds";
import { knownAfter } from "../plan/marks";
import type { Plan } from "../plan/plan";
import { type Alarm, data, permission } from "./alarm";
import type { Compared, Reason } from "./resource-type";

/** Whether an attribute becomes true; one that was not known before counts as false. */
export function turnsOn({ before, after }: Compared, attribute: string): boolean {
  return before[attribute] !== true && after[attribute] === true;
}

/** Whether an attribute is true no longer. */
export function turnsOff({ before, after }: Compared, attribute: string): boolean {
  return before[attribute] === true && after[attribute] !== true;
}

/** An alarm about the value of before, where there was one and it is another now. */
export function loses({ before, after }: Compared, attribute: string, alarm: (value: unknown) => Alarm): Alarm | false {
  const value = before[attribute];
  return Boolean(value) && value !== after[attribute] && alarm(value);
}

/** A reason for one value alone; an empty list is `null`. */
export function onlyTo(value: unknown, reason: string): Reason {
  return (after) =>
    (Array.isArray(after) && after.length === 0 ? null : (after ?? null)) === value ? reason : undefined;
}

/** What a plan has of the resources of some types that exist before it. */
export function existing(plan: Plan, ...types: readonly string[]) {
  return allExisting(plan).filter(({ type }) => types.includes(type));
}

const known = new WeakMap<Plan, ReturnType<typeof listExisting>>();

/** Listed once: each rule about a change asks for it. */
function allExisting(plan: Plan) {
  const all = known.get(plan) ?? listExisting(plan);
  known.set(plan, all);
  return all;
}

function listExisting({ resource_changes: changes }: Plan) {
  return changes
    .filter((resource) => resource.mode !== "data" && kindOf(resource) !== "create")
    .map(({ address, type, change }) => ({
      address,
      type,
      before: attributesOf(change.before),
      isImported: change.importing != null,
    }));
}

/** Whether a plan leaves a resource of a type that has some attributes. */
export function isLeft(
  { resource_changes: changes }: Plan,
  type: string,
  test: (left: Attributes) => boolean,
): boolean {
  return changes.some((resource) => {
    const isOne = resource.type === type && resource.mode !== "data" && isAttributes(resource.change.after);
    return isOne && test(attributesOf(knownAfter(resource.change)));
  });
}

/** Whether two resources have the same values of some attributes. */
export function isSame(one: Attributes, other: Attributes, ...attributes: readonly string[]): boolean {
  return attributes.every((attribute) => one[attribute] === other[attribute]);
}

/** What a plan has read or held before it: resources and data sources with their values. */
export function readResources(
  plan: Plan,
): readonly { readonly mode: unknown; readonly type: unknown; readonly values: Attributes; readonly marks: unknown }[] {
  const inModule = (module: Attributes): Attributes[] => [
    ...blocks(module.resources),
    ...blocks(module.child_modules).flatMap(inModule),
  ];
  const { root_module: root } = attributesOf(attributesOf(plan.prior_state).values);
  return inModule(attributesOf(root)).map(({ mode, type, values, sensitive_values: marks }) => ({
    mode,
    type,
    values: attributesOf(values),
    marks,
  }));
}

export const unprotected = data`loses its protection: the next plan may destroy it`;

export const neverProtected = data`has no protection: the next plan may destroy it`;

/** A permissions boundary that another one takes the place of, or none: the caller may do what it kept it from. */
export function boundaryLost({ before, after }: Compared): Alarm | false {
  const [had, gets] = [before.permissions_boundary || undefined, after.permissions_boundary || undefined];
  return (
    had !== undefined &&
    had !== gets &&
    (gets === undefined
      ? permission`loses its permissions boundary ${had}`
      : permission`gets another permissions boundary: ${gets} in the place of ${had}`)
  );
}
