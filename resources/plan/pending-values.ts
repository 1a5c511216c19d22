import { type Attributes, attributesOf, isAttributes, texts, textsIn } from "../attributes";
import { type Alarm, exposure } from "../types/alarm";
import { writtenArguments } from "../types/written-arguments";
import { writtenReferences } from "../types/written-references";
import { Configuration, expressionIn, isExpression } from "./configuration";
import { valuesAt } from "./paths";
import { isJudgedByContents } from "./policies";
import { refersTo } from "./references";
import type { Plan, ResourceChange } from "./schema";

/** Something that is known after the apply alone, and all that is written for it. */
interface Pending {
  /** Names of the attributes that it is in. */
  readonly path: readonly string[];
  readonly written: readonly unknown[];
}

/**
 * Alarms of arguments that are known after the apply alone, where every stack has a plan know them: no rule about their values can
 * judge what they become. What stacks refer to there is expected, such as the id of a new group.
 */
export function pendingValueAlarms(resource: ResourceChange, plan: Plan): Alarm[] {
  const { address, type, change } = resource;
  const prefix = Configuration.of(plan).modulePrefixOf(address);
  const configured = Configuration.of(plan).argumentsOf(address);
  return pendingIn(change.after_unknown, [configured], [], false)
    .filter(({ path }) => writtenArguments[type]?.includes(path[0] as string) && !isJudgedByContents(path))
    .filter((pending) => isGiven(pending, resource, configured))
    .flatMap(({ path, written }) => {
      const allowed = referencesAllowedIn(path);
      const all = written.map((one) => unexpected(one, allowed, prefix));
      const found = written.length === 0 ? ["a value"] : all.flat();
      return [...new Set(found)].map(
        (value) =>
          exposure`has ${value} as ${path.join(".")}, known after the apply alone, where stacks have ${allowed.join(", ") || "what a plan knows"}`,
      );
    });
}

/** What stacks refer to at a path; of a map of which a plan has the references alone, what they refer to in any member. */
function referencesAllowedIn(path: readonly string[]): readonly string[] {
  const name = path.join(".");
  const ofMembers = Object.keys(writtenReferences).filter((other) => other.startsWith(`${name}.`));
  return writtenReferences[name] ?? ofMembers.flatMap((other) => writtenReferences[other] ?? []);
}

/** What of an expression is none of the references that are allowed: another one, or a function or text around one. */
function unexpected(written: unknown, allowed: readonly string[], prefix: string): string[] {
  const { literal, references } = expressionIn(written, prefix);
  const others = references.filter((reference) => !allowed.some((one) => refersTo(reference, one)));
  // In Terraform's own syntax a plan has references alone.
  const isMade = literal === undefined ? references.length === 0 : textsIn(literal).some((text) => !isPlain(text));
  return others.length === 0 && isMade ? ["what an expression makes"] : others;
}

/** A text as it is, or a reference alone: `${aws_iam_role.hosts.arn}`, `${one(aws_acm_certificate.x.options[*].name)}`. */
function isPlain(text: string): boolean {
  return !/[$%]\{/.test(text) || /^\$\{(one\()?[\w.-]+(\[[\w"*]+\][\w.-]*)*\)?\}$/.test(text);
}

/**
 * Whether the configuration gives what is pending, and not AWS: AWS gives what is not written. A `dynamic` block is not in a plan's
 * configuration, but what is in it is; and of a plan without a configuration it is not known what is written.
 */
function isGiven({ path, written }: Pending, { change }: ResourceChange, configured: Attributes | undefined): boolean {
  const isDynamic = configured !== undefined && path.length > 1 && configured[path[0] as string] === undefined;
  const isUpdate = change.actions.length === 1 && change.actions[0] === "update";
  const existed = configured === undefined && isUpdate && valuesAt(change.before, path).length > 0;
  return written.length > 0 || isDynamic || existed;
}

/** Walks what is pending and what is written side by side; blocks may stand in another order. */
function pendingIn(
  marks: unknown,
  written: readonly unknown[],
  path: readonly string[],
  isInBlocks: boolean,
): Pending[] {
  if (marks === true) {
    const given = written.filter((one) => one !== undefined);
    const maps = given.filter((one) => isAttributes(attributesOf(one).constant_value));
    const others = given.filter((one) => !maps.includes(one));
    return [
      ...maps.flatMap((one) => membersOf(one, path)),
      ...(others.length > 0 || maps.length === 0 ? [{ path, written: others }] : []),
    ];
  }
  if (Array.isArray(marks)) {
    return marks.flatMap((mark) => pendingIn(mark, written, path, true));
  }
  const isMap = path.length > 0 && !isInBlocks;
  return Object.entries(attributesOf(marks)).flatMap(([name, mark]) =>
    pendingIn(
      mark,
      written.flatMap((one) => (isWhole(one, isMap) ? [one] : (texts(attributesOf(one)[name]) as unknown[]))),
      [...path, name],
      false,
    ),
  );
}

/**
 * A map of which one member is unknown, is unknown as a whole, with one expression for all of it. A member that is written as it is,
 * where stacks have a reference, is in no plan: an expression of none but itself.
 */
function membersOf(map: unknown, path: readonly string[]): Pending[] {
  const { literal: members, references } = expressionIn(map);
  return Object.entries(attributesOf(members)).map(([name, literal]) => {
    const used = references.filter((one) => JSON.stringify(literal).includes(one));
    const isHidden = used.length === 0 && writtenReferences[[...path, name].join(".")] !== undefined;
    return {
      path: [...path, name],
      written: [isHidden ? { references: [String(literal)] } : { constant_value: literal, references: used }],
    };
  });
}

/** Whether something written is an expression, and not the arguments of a block. One of functions alone has no members. */
function isWhole(written: unknown, isMap: boolean): boolean {
  return isAttributes(written) && (isExpression(written) || (isMap && Object.keys(written).length === 0));
}
