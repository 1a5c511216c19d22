import { readFileSync } from "node:fs";
import { join } from "node:path";
import { textOf } from "../resources/phrase";
import { alarmsOfPlan } from "../resources/plan/alarms";
import { type Changes, changed } from "./client-files";
import { firstPlan } from "./first-plan";
import { once } from "./once";
import type { Template } from "./synth";

/** Resources of a stack's template by their addresses, with the arguments that they get by dotted paths; undefined takes one away. */
export type ChangedResources = Readonly<Record<string, Changes>>;

/** The template of a stack that comes with the project, with some arguments changed. */
export function changedTemplate(stack: string, changes: ChangedResources): Template {
  const template = JSON.parse(readFileSync(join(__dirname, "..", "__snapshots__", `${stack}.json`), "utf8"));
  const paths = Object.entries(changes).flatMap(([address, all]) =>
    Object.entries(all).map(([path, value]) => [`resource.${address}.${path}`, value]),
  );
  return changed(Object.fromEntries(paths), template) as unknown as Template;
}

/** Alarms that the first plan of a stack that comes with the project has when some arguments are changed, and has not as it is. */
export function changedAlarms(stack: string, changes: ChangedResources): string[] {
  const own = once(["alarms of the first plan", stack], () => saidOf(changedTemplate(stack, {})));
  return saidOf(changedTemplate(stack, changes)).filter((alarm) => !own.includes(alarm));
}

function saidOf(template: Template): string[] {
  return alarmsOfPlan(firstPlan(template)).map((alarm) => `${alarm.resource.address} ${textOf(alarm)}`);
}
