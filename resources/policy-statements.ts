import { isDeepStrictEqual } from "node:util";
import { type Attributes, attributesOf, isAttributes, texts } from "./attributes";

/**
 * The statements of a policy, of which IAM takes a single one without a list too.
 * @throws SyntaxError where it is no JSON
 */
export function policyStatements(policy: string): Attributes[] {
  return [(JSON.parse(policy) as { Statement?: Attributes | Attributes[] }).Statement ?? []].flat();
}

/** The statements of a policy in a plan, of which it may know nothing. */
export function statementsOf(policy: unknown): Attributes[] {
  try {
    return typeof policy === "string" ? policyStatements(policy).filter(isAttributes) : [];
  } catch {
    return [];
  }
}

/** Whether two statements mean the same, whatever they are called. */
export function isSameStatement(one: Attributes, other: Attributes): boolean {
  return isDeepStrictEqual(meaning(one), meaning(other));
}

/**
 * Whether one of some statements says all that another does, and perhaps more: a superset of its principals, actions and
 * resources, and the same otherwise.
 */
export function isKept(
  { Principal, Action, Resource, ...statement }: Attributes,
  others: readonly Attributes[],
): boolean {
  return others.some(
    ({ Principal: callers, Action: actions, Resource: resources, ...other }) =>
      isSameStatement(statement, other) &&
      areAmong(Principal, callers) &&
      areCovered(Action, actions) &&
      areCovered(Resource, resources),
  );
}

/** Whether principals are among others of the same kind. */
function areAmong(some: unknown, all: unknown): boolean {
  const others = principals(all);
  return Object.entries(principals(some)).every(([kind, names]) =>
    texts(names).every((name) => texts(others[kind]).includes(name)),
  );
}

/** The principals of a statement by their kind; everybody is written in two ways. */
export function principals(principal: unknown): Attributes {
  return principal === "*" ? { AWS: "*" } : attributesOf(principal);
}

/** Whether each of some names is among patterns of IAM's. */
export function areCovered(names: unknown, patterns: unknown): boolean {
  const forms = texts(patterns).map((pattern) => {
    const literal = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`);
  });
  return texts(names).every((name) => forms.some((form) => form.test(name)));
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
