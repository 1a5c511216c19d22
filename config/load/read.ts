import { z } from "zod";
import { looksLikeSecret, namesSecret } from "../secrets";
import { exampleOf } from "./example-of";
import { chosenOption, type Def, existingForm, type Issue, isObject, issuesIn, keysOf, type Schema } from "./issues";
import { placesOf } from "./places-of";
import { didYouMean, isTypo, nearest, type Problem, show } from "./problem";
import { renamedFields, renamedValues, saidOf } from "./renamed";

type Shape = Readonly<Record<string, z.ZodType>>;

/** What a file says, with its defaults, and what is wrong with it. */
interface Reading<T> {
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
  const faults: string[][] = [];
  const problems = Object.keys(input)
    .filter((key) => !known.includes(key))
    .map((name) => unknownField(schema, name, input[name], known));
  for (const [name, field] of Object.entries(schema.shape) as [string, z.ZodType][]) {
    const result = field.safeParse(input[name]);
    if (!result.success) {
      const issues = withoutEchoes(issuesIn(field, input[name]));
      problems.push(issues.flatMap((issue) => fromIssue(schema, issue, name)));
      faults.push(issues.flatMap((issue) => faultsOf(issue, name)));
    }
    fields[name] = result.success ? result.data : partial(field, input[name]);
  }
  return { fields: fields as z.output<z.ZodObject<S>>, faults: faults.flat(), problems: problems.flat() };
}

/** A value that is at fault somewhere: the parts that are right with their defaults, the others as they are. */
function partial(schema: Schema, value: unknown): unknown {
  const { def } = schema._zod as { def: Def };
  switch (def.type) {
    case "default":
    case "prefault":
      return value === undefined ? z.parse(schema, undefined) : partial(def.innerType, value);
    case "optional":
      return value === undefined ? undefined : partial(def.innerType, value);
    case "union": {
      const option = chosenOption(schema, value);
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

function faultsOf(issue: Issue, name: string): string[] {
  // Where nothing tells a union's options apart, no part of the value was read.
  const path = issue.code === "invalid_union" && issue.discriminator ? issue.path.slice(0, -1) : issue.path;
  const keys = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
  return keys.map((fault) => [name, ...fault].join("."));
}

function fromIssue(root: Schema, issue: Issue, name: string): Problem[] {
  const path = [name, ...issue.path].join(".");
  if (issue.code === "unrecognized_keys") {
    const values = issue.input as Record<string, unknown>;
    const known = keysOf(issue.found);
    const union = issue.union?._zod.def as Partial<z.core.$ZodDiscriminatedUnionDef> | undefined;
    const others = union?.discriminator === undefined ? (union?.options ?? []).flatMap(keysOf) : [];
    const beside = known.find((key) => key in values);
    return issue.keys.flatMap((key) =>
      known.includes("existing") && others.includes(key)
        ? [{ path: `${path}.${key}`, message: "has no effect beside `existing`. Remove the one that is not meant." }]
        : others.includes(key) && beside !== undefined
          ? [
              {
                path: `${path}.${key}`,
                message: `may not stand beside \`${beside}\`. Remove the one that is not meant.`,
              },
            ]
          : unknownField(root, `${path}.${key}`, values[key], known),
    );
  }
  const value = faultyValue(issue);
  const renamed = new Map(Object.entries(saidOf(renamedValues, path) ?? {})).get(String(value));
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
              : `is missing; ${expectation(issue)}. Add it${asIn(issue, expectation(issue), undefined, `${path.split(".").at(-1)}: `)}${instead(issue, name)}.`,
        }
      : {
          path,
          message: isHidden(path, value)
            ? `is text that is not shown; ${sentence(issue, undefined)}`
            : `is ${issue.code === "invalid_key" ? "the key " : ""}${show(value)}; ${sentence(issue, looksLikeSecret(value) ? undefined : value)}`,
        },
  ];
}

/** Whether a name on the way to a field says that a person has written a secret there, as in `mysql.passwords.analytics`. */
function isHidden(path: string, value: unknown): boolean {
  return typeof value === "string" && path.split(".").some((name) => namesSecret(name));
}

/** A rule about a whole object is silent while a part of that object is at fault, and one about a text where there is none. */
function withoutEchoes(issues: readonly Issue[]): Issue[] {
  const ofAnotherKind = new Set(issues.filter(({ code }) => code === "invalid_type").map(({ path }) => path.join(".")));
  return issues.filter(
    (issue) =>
      (issue.code === "invalid_type" || !ofAnotherKind.has(issue.path.join("."))) &&
      (issue.code !== "custom" ||
        !issues.some(
          (other) =>
            (other.path.length > issue.path.length || other.code !== "custom") &&
            issue.path.every((key, index) => other.path[index] === key),
        )),
  );
}

/** The value at fault; a union names the field that tells its options apart, but gives the whole object. */
function faultyValue(issue: Issue): unknown {
  return issue.code === "invalid_union" && issue.discriminator !== undefined
    ? (issue.input as Record<string, unknown>)[issue.discriminator]
    : issue.input;
}

function instead(issue: Issue, name: string): string {
  return issue.instead === undefined ? "" : `, or write \`${[name, ...issue.instead].join(".")}: { existing: … }\``;
}

/**
 * A right value, where what is said of the wrong one does not list all.
 * @param before what stands before it
 */
function asIn({ found }: Issue, said: string, value: unknown, before = ""): string {
  return found === undefined || /^one of |^true or false|^`\{\}` or .*true/.test(said)
    ? ""
    : `, as in \`${before}${exampleOf(found, value)}\``;
}

function expectation(issue: Issue): string {
  const allowed = allowedValues(issue);
  if (allowed.length > 0) {
    return `one of ${allowed.map(show).join(", ")} is required`;
  }
  if (issue.code === "invalid_union") {
    return `${forms(issue)} is required`;
  }
  return issue.code === "invalid_type" ? `${kind(issue.expected)} is required` : "it is required";
}

function sentence(issue: Issue, value: unknown): string {
  const allowed = allowedValues(issue);
  if (allowed.length > 0) {
    const words = allowed.filter((word) => typeof word === "string");
    const candidate = typeof value === "string" ? nearest(value, words) : undefined;
    const fix = candidate === undefined ? "Choose one." : `Did you mean ${show(candidate)}?`;
    return allowed.length === 1
      ? `only ${show(allowed[0])} is allowed. Write it, or remove the field.`
      : `${allowed.map(show).join(", ")} are allowed. ${fix}`;
  }
  if (issue.code === "invalid_type") {
    const found = kind(issue.expected);
    const fix = issue.expected === "string" ? "Put it in quotes" : "Write one";
    return `${found} is required. ${fix}${asIn(issue, found, value)}.`;
  }
  if (issue.code === "invalid_union" && issue.message.startsWith("Invalid ")) {
    return `${forms(issue)} is allowed. Write one of both${asIn(issue, forms(issue), value)}.`;
  }
  return issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
}

/** Both forms of a thing, as `{}` or `{ existing: true }`. */
function forms({ found }: Issue): string {
  const options = (found?._zod.def as z.core.$ZodUnionDef | undefined)?.options ?? [];
  const isBare = options.some((option) => (option._zod.def as Def).type === "object" && keysOf(option).length === 0);
  return `\`${isBare ? "{}" : "{ … }"}\` or \`${found && existingForm(found)}\``;
}

function allowedValues(issue: Issue): readonly unknown[] {
  if (issue.code === "invalid_value") {
    // A message of the schema's own says more than the list.
    return issue.message.startsWith("Invalid ") ? issue.values : [];
  }
  return issue.code === "invalid_union" && "options" in issue ? (issue.options ?? []) : [];
}

function unknownField(root: Schema, path: string, value: unknown, known: readonly string[]): Problem[] {
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
  const places = renamed !== undefined || isTypo(name, known) ? [] : placesOf(root, path);
  const fix =
    places.length > 0
      ? ` here. Write ${places.map((place) => `\`${place}\``).join(" or ")}.`
      : `. ${didYouMean(name, known)}.`;
  return [{ path, message: renamed ? `is not a field; ${renamed}.` : `is not a field${fix}` }];
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
