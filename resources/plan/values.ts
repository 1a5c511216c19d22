import { attributesOf, isAttributes } from "../attributes";
import { isWorld } from "../policies/ranges";
import { statementsIn } from "../policy-statements";
import { readJson } from "../read-json";
import { type Alarm, exposure } from "../types/alarm";
import type { Compared } from "../types/resource-type";
import { accountOf } from "./configuration";

/** A value of a resource. */
interface Leaf {
  /** Names of the attributes that it is in, as in `access_control_policy.grant.grantee.uri`. */
  readonly path: string;
  /** The last of them. */
  readonly name: string;
  readonly value: unknown;
}

interface Situation {
  /** Accounts of the plan. */
  readonly own: ReadonlySet<string>;
  /** Whether there are rules for the type, which know better what a range or a switch of it means. */
  readonly isKnown: boolean;
}

/** Alarms of values that mean the same whatever the type, and were not there before. */
export function valueAlarms({ before, after }: Compared, { own, isKnown }: Situation): Alarm[] {
  const judges = isKnown ? ofEveryType : [...ofEveryType, ...ofUnknownTypes];
  const alarms = (values: unknown) =>
    leavesOf(values).flatMap(
      (leaf) => judges.map((judge) => judge(leaf, own)).find((found) => found !== undefined) ?? [],
    );
  const had = new Set(alarms(before).map(key));
  return [...new Map(alarms(after).map((alarm) => [key(alarm), alarm])).values()].filter(
    (alarm) => !had.has(key(alarm)),
  );
}

type Judge = (leaf: Leaf, own: ReadonlySet<string>) => Alarm | undefined;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html */
const ofEveryType: readonly Judge[] = [
  ({ path, name, value }) =>
    name === "acl" && ["public-read", "public-read-write", "authenticated-read"].includes(String(value))
      ? exposure`opens to the world: ${`${value}, by ${path}`}`
      : undefined,
  ({ path, value }) =>
    /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/.test(String(value))
      ? exposure`opens to the world: ${`${value}, by ${path}`}`
      : undefined,
  ({ path, value }) =>
    /grant/.test(path) && /^[0-9a-f]{64}$/.test(String(value))
      ? exposure`lets in the canonical user ${value}, by ${path}`
      : undefined,
  ({ path, name, value }, own) => {
    const account = accountIn(name, value);
    return account !== undefined && own.size > 0 && !own.has(account)
      ? exposure`names ${value}, which is not of this account, as ${path}`
      : undefined;
  },
];

const ofUnknownTypes: readonly Judge[] = [
  ({ path, value }) =>
    typeof value === "string" && isWorld(value) ? exposure`names the range ${value}, the world, as ${path}` : undefined,
  ({ path, name, value }) =>
    isPublic(name, value) ? exposure`is public, or may be: ${`${path} is ${value}`}` : undefined,
  ({ path, name, value }) =>
    /auth(orization|entication)?(_type|_mode)?$/.test(name) && /^none$/i.test(String(value))
      ? exposure`lets in callers without asking who they are: ${`${path} is ${value}`}`
      : undefined,
  ({ path, name, value }) => {
    if (!/(^|_)principals?(_|$)/.test(name) || typeof value !== "string" || value === "") {
      return undefined;
    }
    return value === "*"
      ? exposure`opens to the world: ${`everybody, by ${path}`}`
      : exposure`lets in ${value}, by ${path}`;
  },
];

/** The account that a value names: an ARN's, the owner's of a group in a peered VPC, or where one is asked for. */
function accountIn(name: string, value: unknown): string | undefined {
  const text = String(value);
  const [, owner] = /^(\d{12})\/sg-/.exec(text) ?? [];
  if (/^\d{12}$/.test(text)) {
    return /account|owner|principal|user|grantee|registry/.test(name) ? text : undefined;
  }
  return owner ?? accountOf(text);
}

/** Switches by their names, as in `publicly_accessible`, `block_public_acls` and `allow_external_principals`. */
function isPublic(name: string, value: unknown): boolean {
  if (typeof value === "boolean") {
    const isClosing = /^(block|ignore|restrict)_|^internal$/.test(name);
    return /public|external_principals|anonymous|^internal$/.test(name) && value !== isClosing;
  }
  // Snapshots and images are shared with `all`.
  const isShared = value === "all" && /^(groups?|(\w+_)?accounts?|(account|user)_ids?)$/.test(name);
  return isShared || (typeof value === "string" && /^(public|internet-facing)$/i.test(value));
}

/** All values but those of tags, and policies, which are read by their statements. */
function leavesOf(values: unknown, path: readonly string[] = []): Leaf[] {
  if (Array.isArray(values)) {
    return values.flatMap((value) => leavesOf(value, path));
  }
  if (isAttributes(values)) {
    return Object.entries(attributesOf(values))
      .filter(([name]) => path.length > 0 || !/^tags(_all)?$/.test(name))
      .flatMap(([name, value]) => leavesOf(value, [...path, name]));
  }
  const inner = typeof values === "string" ? jsonIn(values) : undefined;
  return inner === undefined
    ? [{ path: path.join("."), name: path.at(-1) ?? "", value: values }]
    : leavesOf(inner, path);
}

/** What a text is the JSON of, such as a state machine's definition; undefined of any other text. */
function jsonIn(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) {
    return undefined;
  }
  try {
    return statementsIn(text) === undefined ? readJson(text) : undefined;
  } catch {
    return undefined;
  }
}

function key({ words, values }: Alarm): string {
  return JSON.stringify([words, values]);
}
