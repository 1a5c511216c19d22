import { type Attributes, attributesOf, isAttributes } from "../attributes";
import { statementsIn } from "../policy-statements";
import { attaching } from "./attachments";
import { Configuration } from "./configuration";
import type { Plan, ResourceChange } from "./schema";

/** A policy that a resource has before or after a change, whatever its attribute is called. */
export interface PolicyChange {
  /** Path of the attribute, as in `assume_role_policy` and `inline_policy[0].policy`. */
  readonly attribute: string;
  /** Undefined where there was none. */
  readonly before: readonly Attributes[] | undefined;
  /** Undefined where there is none any more; a text where it cannot be told. */
  readonly after: readonly Attributes[] | undefined | "unknown" | "unreadable";
}

/** The attributes that have a policy, of which a plan may not know that it is one. */
const called = ["policy", "assume_role_policy", "access_policies", "policy_document", "access_policy", "inline_policy"];

/** Whether what is pending at a path has an alarm of policies or attachments already. */
export function isJudgedByContents(path: readonly string[]): boolean {
  return [...called, ...attaching].includes(path.at(-1) ?? "");
}

/** The policies that a change changes. */
export function policiesOf({ address, change }: ResourceChange, plan: Plan): PolicyChange[] {
  const [before, after] = [policiesIn(change.before), policiesIn(change.after)];
  const configured = Configuration.of(plan).argumentsOf(address);
  const unknown = unknownIn(change.after_unknown);
  const isWithin = (path: string, other: string) =>
    path === other || (/^[.[]/.test(path.slice(other.length)) && path.startsWith(other));
  // What AWS makes up by itself is unknown as well: what is within a block is written.
  const isWritten = (path: string) => configured === undefined || /[.[]/.test(path) || configured[path] !== undefined;
  const pending = unknown.filter(
    (path) => (isCalledSo(path) || [...before.keys()].some((policy) => isWithin(policy, path))) && isWritten(path),
  );
  const known = [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path)?.text !== after.get(path)?.text)
    .filter((path) => !unknown.some((other) => isWithin(path, other)));
  return [
    ...known.map((path) => ({
      attribute: path,
      before: readable(before.get(path)),
      after: after.get(path)?.statements,
    })),
    ...pending.map((path) => ({ attribute: path, before: readable(before.get(path)), after: "unknown" as const })),
  ];
}

function isCalledSo(path: string): boolean {
  return called.includes(path.slice(path.lastIndexOf(".") + 1));
}

/** Paths of what is known after the apply alone. */
function unknownIn(marks: unknown, path = ""): string[] {
  if (marks === true) {
    return [path];
  }
  return Array.isArray(marks)
    ? marks.flatMap((item, index) => unknownIn(item, `${path}[${index}]`))
    : Object.entries(attributesOf(marks)).flatMap(([name, item]) =>
        unknownIn(item, path === "" ? name : `${path}.${name}`),
      );
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
