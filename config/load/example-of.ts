import { z } from "zod";
import { type Def, existingForm, isObject, type Schema } from "./issues";
import { show } from "./problem";

/** Of each field some are right: sizes, hours and counts; names, types of instances, versions, addresses. */
const numbers = [20, 5, 1, 100, 1000];
const words = [
  "acme-analytics",
  "analytics",
  "t3.medium",
  "db.t3.medium",
  "8.0",
  "ops@example.com",
  "git@github.com:acme/analytics.git",
];

/** What nothing is known of that a field allows, as a public key. */
const unknown = "…";

/**
 * A value that a schema allows, as it would be written in a client file: what was found in the right form, where that is right,
 * else what the schema's own message names.
 * @param found what stands there
 */
export function exampleOf(schema: Schema, found?: unknown): string {
  return written(allowedIn(schema, found));
}

function allowedIn(schema: Schema, found?: unknown): unknown {
  const { def } = schema._zod as { def: Def };
  const first = (candidates: readonly unknown[]) =>
    candidates.find((candidate) => allows(schema, candidate)) ?? unknown;
  switch (def.type) {
    case "default":
    case "prefault":
    case "optional":
      return allowedIn(def.innerType, found);
    case "string":
      return first([...textsOf(found), namedIn(schema), ...words]);
    case "number":
      return first([Number(found), ...numbers]);
    case "boolean":
      return found !== "false";
    case "enum":
    case "literal":
      return [...(schema._zod.values ?? [])][0];
    case "array":
      return [allowedIn(def.element, found)];
    case "record":
      return { [String(allowedIn(def.keyType))]: allowedIn(def.valueType) };
    case "object":
      return objectOf(schema, def.shape);
    case "union":
      return existingForm(schema) && typeof found === "string" && allows(schema, { existing: found })
        ? { existing: found }
        : allowedIn(def.options[0] as Schema);
    default:
      return unknown;
  }
}

/** With the fields that have no default, and one more where one of several is required. */
function objectOf(schema: Schema, shape: Readonly<Record<string, Schema>>): unknown {
  const isRequired = (field: Schema) => !allows(field, undefined);
  const entries = Object.entries(shape).map(([name, field]) => ({ name, field }));
  const required = Object.fromEntries(
    entries.filter(({ field }) => isRequired(field)).map(({ name, field }) => [name, allowedIn(field)]),
  );
  if (allows(schema, required)) {
    return required;
  }
  return (
    entries
      .filter(({ field }) => !isRequired(field))
      .map(({ name, field }) => ({ ...required, [name]: allowedIn(field) }))
      .find((candidate) => allows(schema, candidate)) ?? required
  );
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

function written(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(written).join(", ")}]`;
  }
  if (!isObject(value)) {
    return show(value);
  }
  const fields = Object.entries(value).map(
    ([name, field]) => `${/^[a-z]\w*$/i.test(name) ? name : show(name)}: ${written(field)}`,
  );
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}
