import { isDeepStrictEqual } from "node:util";
import { type Attributes, attributesOf, isAttributes } from "../attributes";
import { type Phrase, phrase, textOf, words } from "../phrase";
import { statementsIn } from "../policy-statements";
import { hasTrue } from "./marks";
import type { Change } from "./schema";
import { sensitive, valueWithoutSecrets, withoutSecrets } from "./secrets";
import { statementDifferences } from "./statement-differences";

/** An attribute that changes, and how. */
export interface Difference {
  /** The attribute that it is in, as in `tags`. */
  readonly attribute: string;
  /** As in `tags.Name` and `root_block_device[0].volume_size`. */
  readonly name: string;
  /** Both values, as in `20 → 50`. */
  readonly phrase: Phrase;
  /** The same as text. */
  readonly text: string;
  /** Whether AWS gives the value. */
  readonly pending: boolean;
  /** How a policy changes, a statement each. */
  readonly statements: readonly Phrase[];
}

/** How the absence of a value is shown. */
export const nothing = "(none)";

const pendingValue = "(known after apply)";

/** More of a value than this is not printed, and can be read in the plan. */
const mostCharacters = 80;

/**
 * The attributes that change, without a value that is sensitive before or after.
 * @param secrets texts that are sensitive elsewhere in the plan
 */
export function differencesOf(change: Change, secrets: readonly string[] = []): Difference[] {
  const [before, after] = [attributesOf(change.before), attributesOf(change.after)];
  const unknown = attributesOf(change.after_unknown);
  const names = namesOf(before, after, unknown).filter((name) => !isEcho(name, before, after));
  return names.flatMap((attribute): Difference[] => {
    const pending = hasTrue(unknown[attribute]);
    const [had, gets] = [before[attribute], after[attribute]];
    if (!pending && isDeepStrictEqual(value(had), value(gets))) {
      return [];
    }
    const of = (name: string, said: Phrase, statements: readonly Phrase[] = []): Difference => {
      const hidden = hide(said, secrets);
      return { attribute, name, phrase: hidden, text: textOf(hidden), pending, statements };
    };
    if (isSensitive(change, attribute)) {
      return [of(attribute, words(sensitive))];
    }
    return pending
      ? [of(attribute, phrase`${shown(valueWithoutSecrets(had, secrets))} → ${words(pendingValue)}`)]
      : parts(attribute, had, gets).map(([name, one, other]) => {
          const policies = policiesOf(one, other);
          if (policies === undefined) {
            // What is shortened may end within a secret.
            const [had, gets] = [one, other].map((part) => valueWithoutSecrets(part, secrets));
            const [former, latter] = shownPair(had, gets);
            return of(name, isDeepStrictEqual(had, gets) ? words(sensitive) : phrase`${former} → ${latter}`);
          }
          const { summary, statements } = statementDifferences(...policies);
          return of(
            name,
            summary,
            statements.map((statement) => hide(statement, secrets)),
          );
        });
  });
}

/** A phrase without the secrets in its values. */
export function hide(said: Phrase, secrets: readonly string[]): Phrase {
  return {
    ...said,
    values: said.values.map((text) => withoutSecrets(text, secrets)),
  };
}

/** Whether an attribute that changes is sensitive before or after. */
export function changesSecret(change: Change): boolean {
  return differencesOf(change).some(({ text }) => text === sensitive);
}

/** Whether anything of an attribute is sensitive: what is nested is as secret as its most secret part. */
export function isSensitive({ before_sensitive, after_sensitive }: Change, attribute: string): boolean {
  return [before_sensitive, after_sensitive].some((marks) => marks === true || hasTrue(attributesOf(marks)[attribute]));
}

type Part = [name: string, before: unknown, after: unknown];

/** What differs inside a map, such as tags, or inside blocks; anything else as it is. */
function parts(name: string, before: unknown, after: unknown): Part[] {
  if (isDeepStrictEqual(value(before), value(after))) {
    return [];
  }
  const [ones, others] = [before ?? [], after ?? []];
  if ((areBlocks(ones) && isEmptyList(others)) || (isEmptyList(ones) && areBlocks(others))) {
    return [...gone(name, ones, ones), ...added(name, others, others)];
  }
  if (areBlocks(before) && areBlocks(after)) {
    return before.length === after.length
      ? before.flatMap((block, index) => parts(`${name}[${index}]`, block, after[index]))
      : [...gone(name, without(before, after), before), ...added(name, without(after, before), after)];
  }
  if (!isMap(before) || !isMap(after)) {
    return [[name, before, after]];
  }
  const [one, other] = [attributesOf(before), attributesOf(after)];
  return namesOf(one, other).flatMap((key) => parts(`${name}.${key}`, one[key], other[key]));
}

function gone(name: string, some: readonly unknown[], all: readonly unknown[]): Part[] {
  return some.flatMap((block) => inner(name, block, all)).map(([path, part]): Part => [path, part, undefined]);
}

function added(name: string, some: readonly unknown[], all: readonly unknown[]): Part[] {
  return some.flatMap((block) => inner(name, block, all)).map(([path, part]): Part => [path, undefined, part]);
}

/** A block that comes or goes: in one piece where it is short, else each of its values, so that none is cut off unseen. */
function inner(name: string, block: unknown, all: readonly unknown[]): [name: string, value: unknown][] {
  return json(block).length > mostCharacters ? leaves(`${name}[${all.indexOf(block)}]`, block) : [[name, block]];
}

function leaves(name: string, found: unknown): [name: string, value: unknown][] {
  if (value(found) === null) {
    return [];
  }
  if (areBlocks(found)) {
    return found.flatMap((block, index) => leaves(`${name}[${index}]`, block));
  }
  return isAttributes(found)
    ? Object.entries(found).flatMap(([key, part]) => leaves(`${name}.${key}`, part))
    : [[name, found]];
}

function without(blocks: readonly unknown[], others: readonly unknown[]): unknown[] {
  return blocks.filter((block) => !others.some((other) => isDeepStrictEqual(block, other)));
}

/** The statements of a policy before and after, where either is one. */
function policiesOf(before: unknown, after: unknown): [readonly Attributes[], readonly Attributes[]] | undefined {
  try {
    const [had, gets] = [statementsIn(before), statementsIn(after)];
    return had === undefined && gets === undefined ? undefined : [had ?? [], gets ?? []];
  } catch {
    return undefined;
  }
}

/** The provider writes tags twice, the second time with its default ones. */
function isEcho(name: string, before: Attributes, after: Attributes): boolean {
  return name === "tags_all" && !isDeepStrictEqual(value(before.tags), value(after.tags));
}

/** Nothing, an empty list and an empty map are the same to a reader; providers write one and read another. */
function value(found: unknown): unknown {
  return found === undefined || (typeof found === "object" && found !== null && Object.keys(found).length === 0)
    ? null
    : found;
}

function shown(found: unknown): Phrase | string {
  return value(found) === null ? words(nothing) : shortened(json(found));
}

/** Two values, each from where they begin to differ if they are long. */
function shownPair(before: unknown, after: unknown): [Phrase | string, Phrase | string] {
  if (value(before) === null || value(after) === null) {
    return [shown(before), shown(after)];
  }
  const [one, other] = [json(before), json(after)];
  const same = [...one].findIndex((character, index) => character !== other[index]);
  // Some of what is the same says where it is.
  const start = Math.max(0, (same === -1 ? one.length : same) - mostCharacters / 4);
  const isLong = Math.max(one.length, other.length) > mostCharacters && start > 0;
  return isLong
    ? [shortened(`…${one.slice(start)}`), shortened(`…${other.slice(start)}`)]
    : [shortened(one), shortened(other)];
}

/** JSON escapes quotes and line breaks. What is empty inside a block is left out. */
function json(found: unknown): string {
  return JSON.stringify(found, (_, inner) => (isAttributes(found) && value(inner) === null ? undefined : inner));
}

function shortened(text: string): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters - 1)}…` : text;
}

function areBlocks(found: unknown): found is readonly unknown[] {
  return Array.isArray(found) && found.length > 0 && found.every(isMap);
}

function isEmptyList(found: unknown): found is readonly unknown[] {
  return Array.isArray(found) && found.length === 0;
}

function isMap(found: unknown): boolean {
  return found == null || isAttributes(found);
}

function namesOf(...objects: readonly Attributes[]): string[] {
  return [...new Set(objects.flatMap(Object.keys))].sort();
}
