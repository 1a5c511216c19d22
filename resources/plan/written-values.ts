import { attributesOf } from "../attributes";
import { areCovered } from "../policy-statements";
import { type Alarm, exposure } from "../types/alarm";
import { readResources } from "../types/rules";
import { writtenValues } from "../types/written-values";
import { Configuration } from "./configuration";
import { knownAfter } from "./marks";
import { valuesAt } from "./paths";
import type { Plan, ResourceChange } from "./schema";

/** Alarms of arguments that come to lead elsewhere, or to what acts otherwise, than stacks have them do. */
export function writtenValueAlarms(resource: ResourceChange, plan: Plan): Alarm[] {
  return Object.entries(writtenValues[resource.type] ?? {}).flatMap(([argument, allowed]) =>
    otherValues(resource, argument, allowed, plan).map(
      (value) =>
        exposure`has ${value} as ${argument}, where stacks have ${allowed.join(", ") || "nothing"}${allowed.some(isReference) ? " of the plan" : ""}`,
    ),
  );
}

/** What is known after a change, was not there before, and is nothing of the plan's. */
function otherValues({ change }: ResourceChange, argument: string, allowed: readonly string[], plan: Plan): unknown[] {
  const path = argument.split(".");
  const had = valuesAt(change.before, path).map(String);
  const gets = valuesAt(change.after, path).filter((value) => !had.includes(String(value)));
  return gets.filter((value) =>
    allowed.every((one) =>
      isReference(one) ? !isOfPlan(String(value), one, plan) : !isOfForm(String(value), one, plan),
    ),
  );
}

/** Whether a value is as it is written, or, of `{client}` and `*`, begins so; where a plan names no client, with any. */
function isOfForm(value: string, allowed: string, plan: Plan): boolean {
  const { client = "*" } = Configuration.of(plan);
  return allowed.includes("{client}") ? areCovered(value, allowed.replace("{client}", client)) : value === allowed;
}

function isReference(allowed: string): boolean {
  return /^(data\.)?aws_\w+\.\w+$/.test(allowed);
}

/** Whether the plan has, makes or, of `data.`, reads something with an attribute of that value. */
function isOfPlan(value: string, allowed: string, plan: Plan): boolean {
  const isRead = allowed.startsWith("data.");
  const [type, attribute = ""] = allowed.replace(/^data\./, "").split(".");
  const all = isRead
    ? readResources(plan)
        .filter((one) => one.type === type && one.mode === "data")
        .map(({ values }) => values)
    : plan.resource_changes
        .filter((one) => one.type === type && one.mode !== "data")
        .flatMap(({ change }) => [change.before, knownAfter(change)]);
  return all.some((values) => textsIn(attributesOf(values)[attribute]).includes(value));
}

function textsIn(value: unknown): string[] {
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap(textsIn)
    : value === undefined
      ? []
      : [String(value)];
}
