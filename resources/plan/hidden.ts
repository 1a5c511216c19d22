import { type Alarm, exposure } from "../types/alarm";
import { secretArguments } from "../types/secret-arguments";
import { writtenArguments } from "../types/written-arguments";
import { isSensitive } from "./differences";
import type { ResourceChange } from "./schema";

/** Alarms of arguments that the configuration marks as sensitive: a summary would leave out what is read there, such as a policy. */
export function hiddenAlarms({ type, change }: ResourceChange): Alarm[] {
  const secret = secretArguments[type] ?? [];
  const hidden = (writtenArguments[type] ?? []).filter((name) => !secret.includes(name) && isSensitive(change, name));
  // As words: values of a change that has something sensitive are hidden.
  return hidden.map((name) => exposure([`has ${name} hidden as sensitive, which no stack does: read it in the plan`]));
}
