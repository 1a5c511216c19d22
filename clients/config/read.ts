import type { z } from "zod";
import { didYouMean, nearest, type Problem, show } from "./problem";

type Issue = z.core.$ZodIssue;
type Shape = Readonly<Record<string, z.ZodType>>;

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
    problems.push(unknownField("", name, known));
  }
  for (const [name, field] of Object.entries(schema.shape) as [string, z.ZodType][]) {
    const result = field.safeParse(input[name], { reportInput: true });
    if (!result.success) {
      problems.push(...withoutEchoes(result.error.issues).flatMap((issue) => fromIssue(issue, [name], field)));
      faults.push(...result.error.issues.flatMap((issue) => faultsOf(issue, name)));
    }
    fields[name] = result.success ? result.data : partial(field, input[name]);
  }
  return { fields: fields as z.output<z.ZodObject<S>>, faults, problems };
}

/** What zod made of a value that it objects to: the parts that are right with their defaults, the others as they are. */
function partial(field: z.ZodType, value: unknown): unknown {
  return (field._zod.run({ value, issues: [] }, { async: false }) as z.core.ParsePayload).value;
}

function faultsOf(issue: Issue, name: string): string[] {
  // Where nothing tells a union's branches apart, no part of the value was read.
  const path = issue.code === "invalid_union" && issue.discriminator ? issue.path.slice(0, -1) : issue.path;
  const keys = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
  return keys.map((fault) => [name, ...fault].join("."));
}

function fromIssue(issue: Issue, prefix: readonly PropertyKey[], field: z.ZodType): Problem[] {
  const path = [...prefix, ...issue.path].join(".");
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(field, issue.path, issue.input);
    return issue.keys.map((key) => unknownField(path, key, known));
  }
  if (issue.code === "invalid_union") {
    // The branch that takes the value's kind is the one that was meant.
    const meant = issue.errors.find((branch) =>
      branch.every((inner) => inner.path.length > 0 || inner.code === "unrecognized_keys"),
    );
    if (meant && meant.length > 0) {
      return meant.flatMap((inner) => fromIssue(inner, [...prefix, ...issue.path], field));
    }
  }
  const value = faultyValue(issue);
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

/** The value at fault; a union names the field that tells its branches apart, but gives the whole object. */
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
  return issue.code === "invalid_type" ? `${kind(issue.expected)} is required` : "it is required";
}

function sentence(issue: Issue, value: unknown): string {
  const allowed = allowedValues(issue);
  if (allowed.length > 0) {
    const words = allowed.filter((word) => typeof word === "string");
    const meant = typeof value === "string" ? nearest(value, words) : undefined;
    const fix = meant === undefined ? "Choose one." : `Did you mean ${show(meant)}?`;
    return `${allowed.map(show).join(", ")} ${allowed.length === 1 ? "is" : "are"} allowed. ${fix}`;
  }
  if (issue.code === "invalid_type") {
    return `${kind(issue.expected)} is required. ${issue.expected === "string" ? "Put it in quotes." : "Write one."}`;
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

/** The fields that the schema knows at a path; of a union, those of the branch that the object there has chosen. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[], input: unknown): string[] {
  const { def } = schema._zod as { def: z.core.$ZodTypes["_zod"]["def"] };
  const [next, ...rest] = path;
  switch (def.type) {
    case "default":
    case "optional":
      return keysAt(def.innerType, path, input);
    case "union": {
      const { discriminator } = def as z.core.$ZodDiscriminatedUnionDef;
      const chosen = def.options.filter(
        ({ _zod }) =>
          path.length > 0 ||
          !discriminator ||
          _zod.propValues?.[discriminator]?.has(Reflect.get(input as object, discriminator)),
      );
      return [...new Set(chosen.flatMap((option) => keysAt(option, path, input)))];
    }
    case "array":
      return keysAt(def.element, rest, input);
    case "record":
      return keysAt(def.valueType, rest, input);
    case "object": {
      const inner = next === undefined ? undefined : def.shape[String(next)];
      return next === undefined ? Object.keys(def.shape) : inner ? keysAt(inner, rest, input) : [];
    }
    default:
      return [];
  }
}

function unknownField(path: string, name: string, known: readonly string[]): Problem {
  return { path: path === "" ? name : `${path}.${name}`, message: `is not a field. ${didYouMean(name, known)}.` };
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
