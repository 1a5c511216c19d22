import { type Attributes, attributesOf, isAttributes } from "../attributes";
import { statementsIn } from "../policy-statements";
import { Configuration } from "./configuration";
import type { Plan, ResourceChange } from "./schema";

/** A policy that a resource has before or after a change, whatever its attribute is called. */
export interface PolicyChange {
  /** Path of the attribute, as in `assume_role_policy` and `inline_policy[0].policy`. */
  readonly attribute: string;
  /** Undefined where there was none. */
  readonly before: readonly Attributes[] | undefined;
  /** Undefined where there is none any more; a text where nobody can tell. */
  readonly after: readonly Attributes[] | undefined | "unknown" | "unreadable";
}

/** The attributes that have a policy, of which a plan may not know that it is one. */
const called = ["policy", "assume_role_policy", "access_policies", "policy_document", "access_policy"];

/** The policies that a change changes. */
export function policiesOf({ address, change }: ResourceChange, plan: Plan): PolicyChange[] {
  const [before, after] = [policiesIn(change.before), policiesIn(change.after)];
  const unknown = attributesOf(change.after_unknown);
  const configured = Configuration.of(plan).argumentsOf(address);
  const isWritten = (attribute: string) => configured === undefined || configured[attribute] !== undefined;
  const pending = [...new Set([...before.keys(), ...called])].filter(
    (attribute) => unknown[attribute] === true && isWritten(attribute),
  );
  const paths = [...new Set([...before.keys(), ...after.keys(), ...pending])];
  return paths
    .filter((path) => before.get(path)?.text !== after.get(path)?.text || pending.includes(path))
    .filter((path) => pending.includes(path) || unknown[path] !== true)
    .map((path) => ({
      attribute: path,
      before: readable(before.get(path)),
      after: pending.includes(path) ? "unknown" : after.get(path)?.statements,
    }));
}

interface Found {
  readonly text: string;
  readonly statements: readonly Attributes[] | "unreadable";
}

/** What was never read gives no measure. */
function readable(found: Found | undefined): readonly Attributes[] | undefined {
  return found === undefined ? undefined : found.statements === "unreadable" ? [] : found.statements;
}

function statementsOf(value: string): Found["statements"] | undefined {
  try {
    return statementsIn(value);
  } catch {
    return "unreadable";
  }
}

/** Policies by their paths. */
function policiesIn(value: unknown, path = ""): ReadonlyMap<string, Found> {
  if (typeof value === "string") {
    const statements = statementsOf(value);
    return new Map(statements === undefined ? [] : [[path, { text: value, statements }]]);
  }
  const inner = Array.isArray(value)
    ? value.map((item, index) => policiesIn(item, `${path}[${index}]`))
    : isAttributes(value)
      ? Object.entries(value).map(([name, item]) => policiesIn(item, path === "" ? name : `${path}.${name}`))
      : [];
  return new Map(inner.flatMap((found) => [...found]));
}
