import { attributesOf, valuesIn } from "../attributes";
import { words } from "../phrase";
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
        exposure`has ${value} as ${argument}, where stacks have ${allowed.join(", ") || "nothing"}${words(allowed.some(isReference) ? " of the plan" : "")}`,
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
      isReference(one) ? !valuesOfPlan(one, plan).includes(String(value)) : !isOfForm(String(value), one, plan),
    ),
  );
}

/** Whether a value is as it is written, with the plan's client, or an attribute of something of the plan, for what stands in braces. */
function isOfForm(value: string, allowed: string, plan: Plan): boolean {
  const [, start = "", inBraces, end = "", open] =
    /^(.*)\{(client|(?:data\.)?aws_\w+\.\w+)\}([^*]*)(\*?)$/.exec(allowed) ?? [];
  if (inBraces === undefined) {
    return value === allowed;
  }
  const { client } = Configuration.of(plan);
  // Another project's app, of no client, has other names.
  return inBraces === "client" && client === undefined
    ? true
    : (inBraces === "client" ? [client] : valuesOfPlan(inBraces, plan))
        .map((one) => `${start}${one}${end}`)
        .some((text) => (open === "*" ? value.startsWith(text) : value === text));
}

function isReference(allowed: string): boolean {
  return /^(data\.)?aws_\w+\.\w+$/.test(allowed);
}

/** The values of an attribute of all that the plan has, makes or, of `data.`, reads. */
function valuesOfPlan(allowed: string, plan: Plan): string[] {
  const isRead = allowed.startsWith("data.");
  const [type, attribute = ""] = allowed.replace(/^data\./, "").split(".");
  const all = isRead
    ? readResources(plan)
        .filter((one) => one.type === type && one.mode === "data")
        .map(({ values }) => values)
    : plan.resource_changes
        .filter((one) => one.type === type && one.mode !== "data")
        .flatMap(({ change }) => [change.before, knownAfter(change)]);
  return all.flatMap((values) => valuesIn(attributesOf(values)[attribute]));
}
