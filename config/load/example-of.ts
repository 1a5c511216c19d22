import { z } from "zod";
import { type Def, existingForm, type Schema } from "./issues";
import { show } from "./problem";

/** Lengths, sizes and counts of all fields are among them. */
const numbers = [1, 5, 20, 100, 1000];

/**
 * A value that a schema allows, as it would be written in a client file: what was found in the right form, where that is right,
 * else what the schema's own message names. `…` stands for what nothing says.
 * @param found what stands there
 */
export function exampleOf(schema: Schema, found?: unknown): string {
  const { def } = schema._zod as { def: Def };
  switch (def.type) {
    case "default":
    case "prefault":
    case "optional":
      return exampleOf(def.innerType, found);
    case "string":
      return show([...textsOf(found), namedIn(schema)].find((text) => allows(schema, text)) ?? "…");
    case "number":
      return String([Number(found), ...numbers].find((number) => allows(schema, number)) ?? "…");
    case "boolean":
      return String(found !== "false");
    case "enum":
    case "literal":
      return show([...(schema._zod.values ?? [])][0]);
    case "array":
      return `[${exampleOf(def.element, found)}]`;
    case "record":
      return `{ ${exampleOf(def.keyType)}: ${exampleOf(def.valueType)} }`;
    case "object":
      return ofObject(def);
    case "union":
      return existingForm(schema) && typeof found === "string" && allows(schema, { existing: found })
        ? `{ existing: ${show(found)} }`
        : exampleOf(def.options[0] as Schema);
    default:
      return "…";
  }
}

/** With the fields that have no default. */
function ofObject({ shape }: z.core.$ZodObjectDef): string {
  const required = Object.entries(shape).filter(([, field]) => !allows(field, undefined));
  return required.length === 0
    ? "{}"
    : `{ ${required.map(([name, field]) => `${name}: ${exampleOf(field)}`).join(", ")} }`;
}

/** What the message on a wrong text names, as in: an availability zone … as in `eu-west-1a`. */
function namedIn(schema: Schema): string | undefined {
  const { error } = z.safeParse(schema, "");
  const [, quoted, bare] = /\bas in (?:[`"]([^`"]+)|(\S+?)[.,]?(?:\s|$))/.exec(error?.issues[0]?.message ?? "") ?? [];
  return quoted ?? bare;
}

/** A number or a word without quotes, or in a list's place. */
function textsOf(found: unknown): string[] {
  return ["string", "number", "boolean"].includes(typeof found) ? [String(found)] : [];
}

function allows(schema: Schema, value: unknown): boolean {
  return z.safeParse(schema, value).success;
}
