import { attributesOf, blocks } from "../attributes";
import type { Alarm } from "../types/alarm";
import { givenArguments } from "../types/given-arguments";
import { Configuration, expressionIn } from "./configuration";
import { isPendingAt, valuesAt } from "./paths";
import type { Plan, ResourceChange } from "./schema";

/** Alarms of a new resource without an argument that stacks always give. */
export function givenAlarms(resource: ResourceChange, plan: Plan): Alarm[] {
  return Object.entries(givenArguments[resource.type] ?? {})
    .filter(([argument]) => {
      const [first = "", inner] = argument.split(".");
      return inner === undefined ? !isGiven(resource, first, plan) : !isGivenInEach(resource, first, inner);
    })
    .map(([, missing]) => missing);
}

/**
 * Whether an argument is given. AWS gives what is not written as well, later: only a plan's configuration tells that from what is written.
 * Without the configuration, only what is given as nothing is missing.
 */
function isGiven({ address, change }: ResourceChange, name: string, plan: Plan): boolean {
  const written = Configuration.of(plan).argumentsOf(address);
  const value = attributesOf(change.after)[name];
  if (isPendingAt(change.after_unknown, [name])) {
    const { literal, references } = expressionIn(written?.[name]);
    return written === undefined || references.length > 0 || (written[name] !== undefined && literal !== null);
  }
  return (written === undefined && value === undefined) || !isNothing(value);
}

/** Whether all blocks of a kind have an argument; that there is a block is a matter of its own. */
function isGivenInEach({ change }: ResourceChange, name: string, inner: string): boolean {
  const marks = attributesOf(change.after_unknown)[name];
  return blocks(attributesOf(change.after)[name]).every(
    (block, index) =>
      isPendingAt(Array.isArray(marks) ? marks[index] : marks, [inner]) || valuesAt(block, [inner]).flat().length > 0,
  );
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
