import type { Attributes } from "../attributes";
import { texts } from "../attributes";
import { keysOf, principals } from "../policy-statements";

/**
 * A statement in words, as in `allow s3:GetObject on arn:aws:s3:::data/* to arn:aws:iam::123456789012:user/reports, if
 * aws:SecureTransport is true`.
 * @param most so many members of a list are named, and the others counted
 */
export function inWords(statement: Attributes, most = Number.POSITIVE_INFINITY): string {
  const { Sid, Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } = statement;
  if ((Effect !== "Allow" && Effect !== "Deny") || (Action ?? NotAction) === undefined) {
    return JSON.stringify(statement);
  }
  const list = (names: unknown) => listed(texts(names).map(String), most);
  const conditions = conditionsInWords(Condition, most);
  return [
    Sid ? `${Sid}: ` : "",
    Effect.toLowerCase(),
    ` ${Action === undefined ? `all but ${list(NotAction)}` : list(Action)}`,
    Resource === undefined ? "" : ` on ${list(Resource)}`,
    NotResource === undefined ? "" : ` on all but ${list(NotResource)}`,
    Principal === undefined ? "" : ` to ${listed(principalsInWords(Principal), most)}`,
    NotPrincipal === undefined ? "" : ` to all but ${listed(principalsInWords(NotPrincipal), most)}`,
    conditions === "" ? "" : `, if ${conditions}`,
  ].join("");
}

/** Who is meant by principals, a text each. */
export function principalsInWords(principal: unknown): string[] {
  return Object.entries(principals(principal)).flatMap(([kind, names]) =>
    texts(names).map((name) => (kind === "AWS" && name === "*" ? "everybody" : String(name))),
  );
}

/** Conditions, which all have to be met. */
export function conditionsInWords(condition: unknown, most = Number.POSITIVE_INFINITY): string {
  return keysOf(condition)
    .map(([operator, key, values]) => conditionInWords(operator, key, values, most))
    .join(" and ");
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const verbs: ReadonlyMap<string, string> = new Map([
  ["stringequals", "is"],
  ["stringequalsignorecase", "is"],
  ["stringnotequals", "is not"],
  ["stringnotequalsignorecase", "is not"],
  ["stringlike", "is like"],
  ["stringnotlike", "is not like"],
  ["arnequals", "is like"],
  ["arnlike", "is like"],
  ["arnnotequals", "is not like"],
  ["arnnotlike", "is not like"],
  ["bool", "is"],
  ["ipaddress", "is in"],
  ["notipaddress", "is not in"],
  ["numericequals", "is"],
  ["numericnotequals", "is not"],
  ["numericlessthan", "is less than"],
  ["numericlessthanequals", "is at most"],
  ["numericgreaterthan", "is more than"],
  ["numericgreaterthanequals", "is at least"],
  ["dateequals", "is"],
  ["datenotequals", "is not"],
  ["datelessthan", "is before"],
  ["datelessthanequals", "is at the latest"],
  ["dategreaterthan", "is after"],
  ["dategreaterthanequals", "is at the earliest"],
]);

function conditionInWords(operator: string, key: string, values: readonly string[], most: number): string {
  const [, quantity, name = "", absent] = /^(?:(for(?:all|any)values?):)?(.+?)(ifexists)?$/i.exec(operator) ?? [];
  if (/^null$/i.test(operator)) {
    return `${key} is ${values.includes("true") ? "absent" : "present"}`;
  }
  const whose = quantity === undefined ? key : `${/all/i.test(quantity) ? "every" : "any"} ${key}`;
  const verb = verbs.get(name.toLowerCase()) ?? name;
  return `${whose} ${verb} ${listed(values, most, "or")}${absent === undefined ? "" : ", or is absent"}`;
}

/** @param most so many are named, and the others counted */
export function listed(names: readonly string[], most: number, last = "and"): string {
  // One more takes no more room than its number.
  if (names.length > most + 1) {
    return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
  }
  return names.length < 3 || last === "and" ? names.join(last === "or" ? " or " : ", ") : names.join(` ${last} `);
}
