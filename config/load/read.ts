import type { z } from "zod";
import { didYouMean, nearest, type Problem, show } from "./problem";
import { renamedFields, renamedValues, saidOf } from "./renamed";

type Issue = z.core.$ZodIssue;
type Shape = Readonly<Record<string, z.ZodType>>;
type Schema = z.core.$ZodType;
type Def = z.core.$ZodTypes["_zod"]["def"];

/** What a file says, with its defaults, and what is wrong with it. */
export interface Reading<T> {
  /** All fields; at the paths of `faults` stands what was found, whatever it is. */
  readonly fields: T;
  /** Dotted paths of the values at fault. */
  readonly faults: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Reads a file field by field, so that one mistake does not hide another: those checks that look at several fields are
 * left out that would look at a value at fault.
 */
export function read<S extends Shape>(
  schema: z.ZodObject<S>,
  input: Readonly<Record<string, unknown>>,
): Reading<z.output<z.ZodObject<S>>> {
  const known = Object.keys(schema.shape);
  const fields: Record<string, unknown> = {};
  const problems: Problem[] = [];
  const faults: string[] = [];
  for (const name of Object.keys(input).filter((key) => !known.includes(key))) {
    problems.push(...unknownField(name, input[name], known));
  }
  for (const [name, field] of Object.entries(schema.shape) as [string, z.ZodType][]) {
    const result = field.safeParse(input[name], { reportInput: true });
    if (!result.success) {
      const issues = withoutEchoes(result.error.issues.flatMap((issue) => meant(issue, field, [])));
      problems.push(...issues.flatMap((issue) => fromIssue(issue, [name], field)));
      faults.push(...issues.flatMap((issue) => faultsOf(issue, name)));
    }
    fields[name] = result.success ? result.data : partial(field, input[name]);
  }
  return { fields: fields as z.output<z.ZodObject<S>>, faults, problems };
}

/** A value that is at fault somewhere: the parts that are right with their defaults, the others as they are. */
function partial(schema: Schema, value: unknown): unknown {
  const { def } = schema._zod as { def: Def };
  switch (def.type) {
    case "default":
      return value === undefined ? def.defaultValue : partial(def.innerType, value);
    case "optional":
      return value === undefined ? undefined : partial(def.innerType, value);
    case "union": {
      const option = chosenOption(def, value);
      return option === undefined ? value : partial(option, value);
    }
    case "object":
      return isObject(value)
        ? Object.fromEntries(Object.entries(def.shape).map(([key, inner]) => [key, partial(inner, value[key])]))
        : value;
    case "record":
      return isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, partial(def.valueType, inner)]))
        : value;
    default:
      return value;
  }
}

/** The option of a union that a value was meant to be: the one of its discriminator, of `existing`, or of its kind. */
function chosenOption(def: z.core.$ZodUnionDef, value: unknown): Schema | undefined {
  const { discriminator } = def as z.core.$ZodDiscriminatedUnionDef;
  if (discriminator !== undefined) {
    const found = isObject(value) ? value[discriminator] : undefined;
    return def.options.find(({ _zod }) => _zod.propValues?.[discriminator]?.has(found as never));
  }
  const objects = def.options.filter((option) => (option._zod.def as Def).type === "object");
  if (isObject(value) && objects.length > 0) {
    const hasExisting = (option: Schema) => "existing" in (option._zod.def as z.core.$ZodObjectDef).shape;
    return objects.find((option) => hasExisting(option) === "existing" in value) ?? objects.at(-1);
  }
  return def.options.find((option) => option._zod.values?.has(value as never));
}

/** The issues inside the option of a union that was meant, in the place of the union's own. */
function meant(issue: Issue, schema: Schema, prefix: readonly PropertyKey[]): Issue[] {
  if (issue.code !== "invalid_union" || issue.discriminator !== undefined) {
    return [{ ...issue, path: [...prefix, ...issue.path] } as Issue];
  }
  const union = schemasAt(schema, issue.path, issue.input).find(({ _zod }) => (_zod.def as Def).type === "union");
  const option = union && chosenOption(union._zod.def as z.core.$ZodUnionDef, issue.input);
  const result = option && (option as z.ZodType).safeParse(issue.input, { reportInput: true });
  const path = [...prefix, ...issue.path];
  return option === undefined || result === undefined || result.success
    ? [{ ...issue, path } as Issue]
    : result.error.issues.flatMap((inner) => meant(inner, option, path));
}

/** What the schema has at a path, all wrappings off; of a union, the option that the value there was meant to be. */
function schemasAt(schema: Schema, path: readonly PropertyKey[], input: unknown): Schema[] {
  const { def } = schema._zod as { def: Def };
  const [next, ...rest] = path;
  switch (def.type) {
    case "default":
    case "optional":
      return schemasAt(def.innerType, path, input);
    case "union":
      return next === undefined
        ? [schema]
        : def.options.flatMap((option) => schemasAt(option, path, input)).slice(0, 1);
    case "array":
      return next === undefined ? [schema] : schemasAt(def.element, rest, input);
    case "record":
      return next === undefined ? [schema] : schemasAt(def.valueType, rest, input);
    case "object": {
      const inner = next === undefined ? undefined : def.shape[String(next)];
      return next === undefined ? [schema] : inner ? schemasAt(inner, rest, input) : [];
    }
    default:
      return next === undefined ? [schema] : [];
  }
}

function faultsOf(issue: Issue, name: string): string[] {
  // Where nothing tells a union's options apart, no part of the value was read.
  const path = issue.code === "invalid_union" && issue.discriminator ? issue.path.slice(0, -1) : issue.path;
  const keys = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
  return keys.map((fault) => [name, ...fault].join("."));
}

function fromIssue(issue: Issue, prefix: readonly PropertyKey[], field: z.ZodType): Problem[] {
  const path = [...prefix, ...issue.path].join(".");
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(field, issue.path, issue.input);
    const values = issue.input as Record<string, unknown>;
    return issue.keys.flatMap((key) => unknownField(`${path}.${key}`, values[key], known));
  }
  const value = faultyValue(issue);
  const renamed = saidOf(renamedValues, path)?.[String(value)];
  if (renamed !== undefined) {
    return [{ path, message: `is ${show(value)}; ${renamed}.` }];
  }
  return [
    value === undefined
      ? {
          path,
          message:
            issue.code === "custom"
              ? `is missing; ${issue.message}`
              : `is missing; ${expectation(issue)}. Add it, see clients/example.ts.`,
        }
      : { path, message: `is ${show(value)}; ${sentence(issue, value)}` },
  ];
}

/** A rule about a whole object is silent while a part of that object is at fault. */
function withoutEchoes(issues: readonly Issue[]): Issue[] {
  return issues.filter(
    (issue) =>
      issue.code !== "custom" ||
      !issues.some((other) => other !== issue && issue.path.every((key, index) => other.path[index] === key)),
  );
}

/** The value at fault; a union names the field that tells its options apart, but gives the whole object. */
function faultyValue(issue: Issue): unknown {
  return issue.code === "invalid_union" && issue.discriminator !== undefined
    ? (issue.input as Record<string, unknown>)[issue.discriminator]
    : issue.input;
}

function expectation(issue: Issue): string {
  const allowed = allowedValues(issue);
  if (allowed.length > 0) {
    return `one of ${allowed.map(show).join(", ")} is required`;
  }
  if (issue.code === "invalid_union") {
    return "settings, or { existing: … } is required";
  }
  return issue.code === "invalid_type" ? `${kind(issue.expected)} is required` : "it is required";
}

function sentence(issue: Issue, value: unknown): string {
  const allowed = allowedValues(issue);
  if (allowed.length > 0) {
    const words = allowed.filter((word) => typeof word === "string");
    const candidate = typeof value === "string" ? nearest(value, words) : undefined;
    const fix = candidate === undefined ? "Choose one." : `Did you mean ${show(candidate)}?`;
    return `${allowed.map(show).join(", ")} ${allowed.length === 1 ? "is" : "are"} allowed. ${fix}`;
  }
  if (issue.code === "invalid_type") {
    return `${kind(issue.expected)} is required. ${issue.expected === "string" ? "Put it in quotes." : "Write one."}`;
  }
  if (issue.code === "invalid_union" && issue.message.startsWith("Invalid ")) {
    return "settings, or { existing: … } is allowed. Write one of both.";
  }
  return issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
}

function allowedValues(issue: Issue): readonly unknown[] {
  if (issue.code === "invalid_value") {
    // A message of the schema's own says more than the list.
    return issue.message.startsWith("Invalid ") ? issue.values : [];
  }
  return issue.code === "invalid_union" && "options" in issue ? (issue.options ?? []) : [];
}

/** The fields that the schema knows at a path; of a union, those of the option that the object there was meant to be. */
function keysAt(schema: Schema, path: readonly PropertyKey[], input: unknown): string[] {
  const [found] = schemasAt(schema, path, input);
  const option = found && optionAt(found, input);
  const def = option?._zod.def as Def | undefined;
  return def?.type === "object" ? Object.keys(def.shape) : [];
}

function optionAt(schema: Schema, input: unknown): Schema | undefined {
  const def = schema._zod.def as Def;
  return def.type === "union" ? chosenOption(def, input) : schema;
}

function unknownField(path: string, value: unknown, known: readonly string[]): Problem[] {
  const inner = isObject(value) ? Object.keys(value).map((key) => `${path}.${key}`) : [];
  const moved = inner.flatMap((child) => {
    const said = saidOf(renamedFields, child);
    return said === undefined || known.includes(path) ? [] : [{ path: child, message: `is not a field; ${said}.` }];
  });
  if (moved.length > 0) {
    return moved;
  }
  const renamed = saidOf(renamedFields, path);
  const name = path.split(".").at(-1) as string;
  if (renamed !== undefined) {
    return [{ path, message: `is not a field; ${renamed}.` }];
  }
  return known.length === 1 && known[0] === "existing"
    ? [{ path, message: "has no effect beside `existing`. Remove the one that is not meant." }]
    : [{ path, message: `is not a field. ${didYouMean(name, known)}.` }];
}

function kind(expected: string): string {
  const kinds: Record<string, string> = {
    string: "text",
    boolean: "true or false",
    number: "a number",
    array: "a list",
    object: "an object",
    record: "an object",
  };
  return kinds[expected] ?? `a value of kind ${expected}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
