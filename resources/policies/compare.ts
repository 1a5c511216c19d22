import { isDeepStrictEqual } from "node:util";
import { type Attributes, texts } from "../attributes";
import { isKept, isSameStatement, principals } from "../policy-statements";

/** What a policy says after a change and not before, and the other way round; each statement narrowed to that. */
export interface Comparison {
  readonly gained: readonly Attributes[];
  /** `Allow` alone. */
  readonly lost: readonly Attributes[];
  /** `Deny` that no longer holds, which is a gain. */
  readonly undenied: readonly Attributes[];
  /** `Deny` that did not hold, which is a loss. */
  readonly denied: readonly Attributes[];
}

/** The one comparison of policies of whatever kind, by what they allow and deny. */
export function compared(before: readonly Attributes[], after: readonly Attributes[]): Comparison {
  const of = (effect: string, statements: readonly Attributes[]) =>
    statements.filter(({ Effect }) => (Effect ?? "Allow") === effect);
  return {
    gained: beyond(of("Allow", after), of("Allow", before)),
    lost: beyond(of("Allow", before), of("Allow", after)),
    undenied: beyond(of("Deny", before), of("Deny", after)),
    denied: beyond(of("Deny", after), of("Deny", before)),
  };
}

function beyond(statements: readonly Attributes[], others: readonly Attributes[]): Attributes[] {
  return statements
    .filter((statement) => !isCovered(statement, others))
    .map((statement) => narrowed(statement, others));
}

/** The lists of a statement, of which each member can be said by another statement. */
const lists = ["Action", "Resource", "Principal"] as const;

/** So many combinations are looked at one by one; AWS's limits leave no statement with more that anybody can read. */
const mostCombinations = 500;

/** Whether statements say together all that one does. */
export function isCovered(statement: Attributes, others: readonly Attributes[]): boolean {
  if (isKept(statement, others)) {
    return true;
  }
  const list = lists.find((name) => members(statement, name).length > 1);
  return (
    list !== undefined &&
    combinations(statement) <= mostCombinations &&
    members(statement, list).every((member) => isCovered({ ...statement, [list]: only(list, [member]) }, others))
  );
}

function combinations(statement: Attributes): number {
  return lists.reduce((product, list) => product * Math.max(1, members(statement, list).length), 1);
}

/** A statement without what others say too. */
function narrowed(statement: Attributes, others: readonly Attributes[]): Attributes {
  if (combinations(statement) > mostCombinations) {
    return statement;
  }
  let narrower = statement;
  for (const list of lists) {
    const all = members(narrower, list);
    const left = all.filter((member) => !isCovered({ ...narrower, [list]: only(list, [member]) }, others));
    narrower = left.length === 0 || left.length === all.length ? narrower : { ...narrower, [list]: only(list, left) };
  }
  return narrower;
}

type Member = readonly [kind: string, name: string];

function members(statement: Attributes, list: (typeof lists)[number]): Member[] {
  const byKind =
    list === "Principal" ? Object.entries(principals(statement.Principal)) : [["", statement[list]] as const];
  return byKind.flatMap(([kind, names]) => texts(names).map((name): Member => [kind, name]));
}

function only(list: (typeof lists)[number], some: readonly Member[]): unknown {
  if (list !== "Principal") {
    return some.map(([, name]) => name);
  }
  const kinds = [...new Set(some.map(([kind]) => kind))];
  return Object.fromEntries(
    kinds.map((kind) => [kind, some.filter(([other]) => other === kind).map(([, name]) => name)]),
  );
}

/** How a statement changes, by the statement: one of the two where it is added or removed. */
export interface StatementChange {
  readonly before?: Attributes;
  readonly after?: Attributes;
}

/** What is another statement than before, in the order of reading: removed, changed, added. */
export function statementChanges(before: readonly Attributes[], after: readonly Attributes[]): StatementChange[] {
  const isIn = (statement: Attributes, all: readonly Attributes[]) =>
    all.some((one) => isSameStatement(one, statement));
  const removed = before.filter((statement) => !isIn(statement, after));
  const left = new Set(after.filter((statement) => !isIn(statement, before)));
  const pairs = removed.map((statement) => {
    const [nearest] = [...left]
      .map((other) => ({ other, likeness: likeness(statement, other) }))
      .filter(({ likeness: found }) => found >= 1)
      .sort((one, other) => other.likeness - one.likeness);
    left.delete(nearest?.other as Attributes);
    return { before: statement, after: nearest?.other };
  });
  return [
    ...pairs.filter((pair) => pair.after === undefined),
    ...pairs.filter((pair) => pair.after !== undefined),
    ...[...left].map((statement) => ({ after: statement })),
  ];
}

const parts = ["Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"] as const;

/** How much of two statements is the same: one or more where it is rather one statement that changes than two. */
function likeness(one: Attributes, other: Attributes): number {
  if (one.Effect !== other.Effect) {
    return 0;
  }
  const same = parts.filter((part) => one[part] !== undefined && isSameStatement(pick(one, part), pick(other, part)));
  const isNamed = typeof one.Sid === "string" && one.Sid !== "" && one.Sid === other.Sid;
  return same.length + (isNamed ? parts.length : 0);
}

function pick(statement: Attributes, part: string): Attributes {
  return { [part]: statement[part] };
}

/** The members of a statement's lists that are added and removed; of anything else, both values. */
export function partsThatDiffer(
  before: Attributes,
  after: Attributes,
): { readonly part: string; readonly added: readonly string[]; readonly removed: readonly string[] }[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((part) => {
    const [had, gets] = [textsOf(before[part]), textsOf(after[part])];
    const [added, removed] = [gets.filter((text) => !had.includes(text)), had.filter((text) => !gets.includes(text))];
    return isDeepStrictEqual(added, removed) ? [] : [{ part, added, removed }];
  });
}

/** A list's members, a map's with their keys. */
function textsOf(value: unknown, key = ""): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((inner) => textsOf(inner, key));
  }
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([name, inner]) => textsOf(inner, key === "" ? name : `${key} ${name}`));
  }
  return value === undefined || value === null || value === "" ? [] : [key === "" ? String(value) : `${key} ${value}`];
}
