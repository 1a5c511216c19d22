import { type Alarm, credential } from "../types/alarm";
import { writtenReferences } from "../types/written-references";
import { Configuration } from "./configuration";
import { refersTo } from "./references";
import type { Plan, ResourceChange } from "./schema";

/**
 * Alarms of write-only arguments, such as `password_wo`, whose values are nowhere in a plan: what its configuration gives them is a
 * secret that it reads or makes, and no text of the configuration's, which whoever reads that has too.
 */
export function writeOnlyAlarms({ address }: ResourceChange, plan: Plan): Alarm[] {
  const configuration = Configuration.of(plan);
  return Object.keys(configuration.argumentsOf(address) ?? {})
    .filter((name) => name.endsWith("_wo"))
    .flatMap((name) => {
      const { references } = configuration.expressionOf(address, name);
      const allowed = writtenReferences[name] ?? [];
      const others = references.filter((reference) => !allowed.some((one) => refersTo(reference, one)));
      return references.length === 0
        ? [credential`is given ${name} as a text of the configuration, which whoever reads it knows`]
        : others.map((other) => credential`is given ${other} as ${name}, where stacks have ${allowed.join(", ")}`);
    });
}
