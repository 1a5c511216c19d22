import { isDeepStrictEqual } from "node:util";
import { type Attributes, attributesOf, isAttributes, merged, texts } from "./attributes";
import { readJson } from "./read-json";

/**
 * The statements of a policy, of which IAM takes a single one without a list too.
 * @throws SyntaxError where it is no JSON
 */
export function policyStatements(policy: string): Attributes[] {
  return [(readJson(policy) as { Statement?: Attributes | Attributes[] }).Statement ?? []].flat();
}

/**
 * The statements of what is a policy by its value, in their usual form; undefined of anything else.
 * @throws Error where it is one, and cannot be read
 */
export function statementsIn(value: unknown): Attributes[] | undefined {
  if (typeof value !== "string" || !/^\s*\{/.test(value)) {
    return undefined;
  }
  const isPolicy = /"Statement"/i.test(value);
  try {
    const members = usual(readJson(value));
    const statements = texts(members.Statement) as readonly unknown[];
    return members.Statement === undefined ? undefined : statements.filter(isAttributes).map(usual);
  } catch (error) {
    if (isPolicy) {
      throw error;
    }
    return undefined;
  }
}

const elements = [
  "Statement",
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Principal",
  "NotPrincipal",
  "Condition",
];
const elementNames = new Map(elements.map((name) => [name.toLowerCase(), name]));

/** Elements under their usual names, in whatever case they are written. */
function usual(found: unknown): Attributes {
  return merged(
    Object.fromEntries(
      Object.entries(attributesOf(found)).map(([name, value]) => [elementNames.get(name.toLowerCase()) ?? name, value]),
    ),
  );
}

/** Whether two statements mean the same, whatever they are called. */
export function isSameStatement(one: Attributes, other: Attributes): boolean {
  return isDeepStrictEqual(meaning(one), meaning(other));
}

/**
 * Whether one of some statements says all that another does, and perhaps more: a superset of its principals, actions and
 * resources, on no more conditions, and the same otherwise.
 */
export function isKept(
  { Principal, Action, Resource, Condition, ...statement }: Attributes,
  others: readonly Attributes[],
): boolean {
  return others.some(
    ({ Principal: callers, Action: actions, Resource: resources, Condition: conditions, ...other }) =>
      isSameStatement(statement, other) &&
      areAmong(Principal, callers) &&
      areCovered(lowerCase(Action), lowerCase(actions)) &&
      areCovered(Resource, resources) &&
      holdsWith(conditions, Condition),
  );
}

/** Names of actions are the same in whatever case. */
export function lowerCase(actions: unknown): readonly string[] {
  return texts(actions).map((action) => String(action).toLowerCase());
}

/** Whether principals are among others of the same kind. */
function areAmong(some: unknown, all: unknown): boolean {
  const others = principals(all);
  return Object.entries(principals(some)).every(([kind, names]) => {
    const among = texts(others[kind]);
    return texts(names).every((name) => among.includes(name));
  });
}

/** The principals of a statement by their kind; everybody is written in two ways, and so is an account. */
export function principals(principal: unknown): Attributes {
  const byKind = principal === "*" ? { AWS: "*" } : attributesOf(principal);
  const isAccount = (name: unknown) => /^\d{12}$/.test(String(name));
  return texts(byKind.AWS).some(isAccount)
    ? { ...byKind, AWS: texts(byKind.AWS).map((name) => (isAccount(name) ? `arn:aws:iam::${name}:root` : name)) }
    : byKind;
}

/** Whether each of some names is among patterns of IAM's. */
export function areCovered(names: unknown, patterns: unknown): boolean {
  return texts(names).every((name) => texts(patterns).some((pattern) => hasForm(String(name), String(pattern))));
}

/** Whether a text has a form with `*` and `?` in it. Not by a regular expression, which some forms would keep busy for ever. */
function hasForm(text: string, form: string): boolean {
  let [at, inForm] = [0, 0];
  let star: { readonly inForm: number; at: number } | undefined;
  while (at < text.length) {
    if (form[inForm] === "*") {
      star = { inForm, at };
      inForm += 1;
    } else if (form[inForm] === "?" || (form[inForm] === text[at] && inForm < form.length)) {
      at += 1;
      inForm += 1;
    } else if (star === undefined) {
      return false;
    } else {
      // The last star takes one character more.
      star.at += 1;
      at = star.at;
      inForm = star.inForm + 1;
    }
  }
  return /^\**$/.test(form.slice(inForm));
}

/** Whether conditions are met wherever others are, which have the same keys with no more values, and perhaps more keys. */
function holdsWith(conditions: unknown, others: unknown): boolean {
  return keysOf(conditions).every(([operator, key, values]) =>
    keysOf(others).some(([otherOperator, otherKey, otherValues]) => {
      const [fewer, more] = isNegative(operator) ? [values, otherValues] : [otherValues, values];
      return (
        operator.toLowerCase() === otherOperator.toLowerCase() &&
        key.toLowerCase() === otherKey.toLowerCase() &&
        fewer.every((value) => more.includes(value))
      );
    }),
  );
}

/** Operators that the values are listed for which they do not hold. */
export function isNegative(operator: string): boolean {
  return /not/i.test(operator);
}

/** The keys of conditions, each with its operator and its values as text. */
export function keysOf(conditions: unknown): [operator: string, key: string, values: string[]][] {
  return Object.entries(attributesOf(conditions)).flatMap(([operator, keys]) =>
    Object.entries(attributesOf(keys)).map(([key, values]): [string, string, string[]] => [
      operator,
      key,
      texts(values).map(String),
    ]),
  );
}

function meaning({ Sid: _, Principal, ...statement }: Attributes): unknown {
  return normalised({ ...statement, Principal: principals(Principal) });
}

/** One form for what means the same: a list of one, the order of a list, `true` and `"true"`. */
function normalised(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.length === 1 ? normalised(value[0]) : value.map(normalised).map(String).sort();
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normalised(inner)]));
  }
  return String(value);
}
