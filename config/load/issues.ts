import type { z } from "zod";

/** Any schema, and what it is defined by. */
export type Schema = z.core.$ZodType;
export type Def = z.core.$ZodTypes["_zod"]["def"];

/** What is wrong, and what the schema has there. */
export type Issue = z.core.$ZodIssue & {
  /** @default - unknown, as zod raises the issue */
  readonly found?: Schema;
  /**
   * The union of whose option the issue is.
   * @default - none
   */
  readonly union?: Schema;
  /**
   * Where a managed thing lacks a setting, the path of the thing, in whose place `{ existing: … }` may stand.
   * @default - nothing is missing
   */
  readonly instead?: readonly PropertyKey[];
};

/** A part of a value, and what the schema has there. */
interface Place {
  readonly found: Schema;
  readonly path: readonly PropertyKey[];
  readonly part: unknown;
}

/** What is wrong with a value; inside a union, with the option that was meant, whichever zod took. */
export function issuesIn(schema: Schema, value: unknown): Issue[] {
  const result = (schema as z.ZodType).safeParse(value, { reportInput: true });
  const unions = new Set<string>();
  return (result.error?.issues ?? []).flatMap((issue) => {
    const { found, path, part } = follow(schema, issue.path, value);
    const option = (found._zod.def as Def).type === "union" ? chosenOption(found, part) : undefined;
    const inner = option ? issuesIn(option, part) : [];
    if (inner.length === 0) {
      return [{ ...issue, found }];
    }
    const isFirst = unions.size !== unions.add(path.join(".")).size;
    return isFirst ? inner.map((one) => inUnion(one, found, path)) : [];
  });
}

/** An issue inside the option of a union, as one of what holds the union. */
function inUnion(issue: Issue, union: Schema, path: readonly PropertyKey[]): Issue {
  const isMissing = issue.code !== "custom" && issue.input === undefined && issue.path.length === 1;
  const instead = isMissing && existingForm(union) ? [] : issue.instead;
  return {
    ...issue,
    path: [...path, ...issue.path],
    ...(issue.path.length === 0 && { union }),
    ...(instead && { instead: [...path, ...instead] }),
  };
}

/** Where a path leads in a schema, all wrappings off, as far as the first union. */
function follow(schema: Schema, way: readonly PropertyKey[], part: unknown, path: readonly PropertyKey[] = []): Place {
  const { def } = schema._zod as { def: Def };
  if (def.type === "default" || def.type === "prefault" || def.type === "optional") {
    return follow(def.innerType, way, part, path);
  }
  const [next, ...rest] = way;
  const inner = next === undefined ? undefined : innerOf(def, next);
  return inner === undefined || next === undefined
    ? { found: schema, path, part }
    : follow(inner, rest, Object(part)[next], [...path, next]);
}

function innerOf(def: Def, key: PropertyKey): Schema | undefined {
  switch (def.type) {
    case "array":
      return def.element;
    case "record":
      return def.valueType;
    case "object":
      return def.shape[String(key)];
    default:
      return undefined;
  }
}

/** How a union writes an existing thing in the place of a managed one; undefined where it has none, or another field decides. */
export function existingForm({ _zod: { def } }: Schema): string | undefined {
  const { options = [], discriminator } = def as Partial<z.core.$ZodDiscriminatedUnionDef>;
  const existing =
    discriminator !== undefined ? undefined : options.map(existingOf).find((field) => field !== undefined);
  return existing && `{ existing: ${existing._zod.values?.has(true) ? "true" : "…"} }`;
}

function existingOf({ _zod: { def } }: Schema): Schema | undefined {
  return (def as Def).type === "object" ? (def as z.core.$ZodObjectDef).shape.existing : undefined;
}

/** The option of a union that a value was meant to be: the one of its discriminator, of `existing`, of its fields, or of its kind. */
export function chosenOption(union: Schema, value: unknown): Schema | undefined {
  const def = union._zod.def as z.core.$ZodUnionDef;
  const { discriminator } = def as z.core.$ZodDiscriminatedUnionDef;
  if (discriminator !== undefined) {
    const found = isObject(value) ? value[discriminator] : undefined;
    return def.options.find(({ _zod }) => _zod.propValues?.[discriminator]?.has(found as never));
  }
  const objects = def.options.filter((option) => (option._zod.def as Def).type === "object");
  if (isObject(value) && objects.length > 0) {
    const alike = objects.filter((option) => (existingOf(option) !== undefined) === "existing" in value);
    return alike.find((option) => keysOf(option).some((key) => key in value)) ?? alike[0] ?? objects.at(-1);
  }
  return def.options.find((option) => option._zod.values?.has(value as never));
}

/** The fields that an object of a schema may have. */
export function keysOf(schema: Schema | undefined): string[] {
  const def = schema?._zod.def as Def | undefined;
  return def?.type === "object" ? Object.keys(def.shape) : [];
}

/** Whether a value is an object with fields. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
