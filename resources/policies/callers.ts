import { type Attributes, texts } from "../attributes";
import { accountOf } from "../plan/configuration";
import { lowerCase, principals } from "../policy-statements";
import { requirements } from "./narrowing";
import { isWorld } from "./ranges";

/** Whether a statement means everybody by its principals, whoever calls from wherever. */
export function isForEverybody({ Principal, NotPrincipal, Condition }: Attributes): boolean {
  const isEverybody = Object.values(principals(Principal)).some((names) => texts(names).includes("*"));
  return (isEverybody || NotPrincipal !== undefined) && !namesCaller(Condition);
}

/**
 * Conditions that say who calls or from where, as S3 reckons what is public:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html. One of transport, such as
 * `aws:SecureTransport`, leaves everybody in.
 */
const callers =
  /^(aws:(source(ip|vpc|vpce|arn|account|owner|orgid|orgpaths)|principal(arn|account|orgid|orgpaths)|userid)|.+:(sub|aud))$/;

function namesCaller(condition: unknown): boolean {
  return callersIn(condition).some(([key, values]) => !values.some((value) => isAnybodys(key, value)));
}

/** The conditions that have to be met by who calls, by their keys. */
function callersIn(condition: unknown): (readonly [key: string, values: readonly string[]])[] {
  return requirements(condition)
    .filter(([, key]) => callers.test(key.toLowerCase()))
    .map(([, key, values]) => [key.toLowerCase(), values]);
}

/** Whether a value of a condition is one that callers of anybody's have. */
function isAnybodys(key: string, value: string): boolean {
  if (key === "aws:sourceip") {
    return isWorld(value);
  }
  if (key.endsWith("arn")) {
    const [, , service = "", , account = "", ...name] = value.split(":");
    // Names of buckets are the world's, so their ARNs have no account.
    return service === "s3" ? /^[*?]/.test(name.join(":")) : /[*?]/.test(account) || account === "";
  }
  // What all ids begin with tells no principals apart, as in `o-*`, `vpc-*` and `AROA*`.
  return /^([a-z]+-|[A-Z]{1,4})?[*?]/.test(value) || (/account$/.test(key) && /[*?]/.test(value));
}

/** Who of the principals of a statement is of another account than the plan's, or cannot be told from it. */
export function externalPrincipals({ Principal, Condition }: Attributes, own: ReadonlySet<string>): string[] {
  const { AWS, CanonicalUser, Federated, Service, "*": _, ...others } = principals(Principal);
  const isAnother = (name: string) => {
    const account = accountOf(name);
    return account === undefined ? isPending(name) : !own.has(account);
  };
  // Whoever is named need not be told from others by a condition.
  const isAnyone = texts(AWS).includes("*") || Service !== undefined;
  const byCondition = callersIn(Condition).map(([key, values]) =>
    values.flatMap((value) => outside(key, value, isAnother)),
  );
  return [
    ...texts(AWS).map(String).filter(isAnother),
    ...texts(CanonicalUser).map((name) => `the canonical user ${name}`),
    ...Object.entries(others).flatMap(([type, names]) => texts(names).map((name) => `${type} ${name}`)),
    // A provider belongs to the account of its role, which a plan of a new account may not name.
    ...texts(Federated)
      .map(String)
      .filter((name) => own.size > 0 && accountOf(name) !== undefined && isAnother(name)),
    // All conditions have to be met: one that names the plan's own accounts is enough.
    ...(isAnyone && byCondition.every((found) => found.length > 0) ? byCondition.flat() : []),
  ];
}

/** Whom a statement lets in by name, of those that IAM knows: as principals, or, where it is everybody, by its conditions. */
export function namedCallers({ Principal, Condition }: Attributes): string[] {
  const names = texts(principals(Principal).AWS).map(String);
  const byCondition = callersIn(Condition)
    .filter(([key]) => /^aws:principal(arn|account)$/.test(key))
    .flatMap(([, values]) => values);
  return [...names.filter((name) => name !== "*"), ...(names.includes("*") ? byCondition : [])];
}

/** Whom a value of a condition lets in from outside of the account, in words. */
function outside(key: string, value: string, isAnother: (name: string) => boolean): string[] {
  if (key === "aws:sourceip") {
    return [`whoever calls from ${value}`];
  }
  // Ids of VPCs, endpoints and callers name no account; no stack lets in by those of others.
  if (/^aws:(sourcevpce?|userid)$/.test(key)) {
    const isOwn = /^\$\{(module\..+\.)?(data\.)?aws_(vpc|vpc_endpoint|iam_role|iam_user)\./.test(value);
    return isOwn ? [] : [`whoever calls ${key.endsWith("userid") ? "as" : "from"} ${value}`];
  }
  if (/org(id|paths)$/.test(key)) {
    return [`the organization ${value}`];
  }
  return /(arn|account|owner)$/.test(key) && isAnother(value) ? [value] : [];
}

/** Whether a principal is known after the apply alone, and not made by the plan itself. */
function isPending(name: string): boolean {
  return name.startsWith("(") || (name.startsWith("${") && !/^\$\{(module\..+\.)?aws_/.test(name));
}

/** Whether a statement is of the trust of a role: who may assume it. */
export function isTrust({ Action, Principal }: Attributes): boolean {
  const actions = lowerCase(Action);
  return Principal !== undefined && actions.length > 0 && actions.every((action) => action.startsWith("sts:"));
}

/** What of the tokens of an identity provider a trust leaves open: whose they are, in words; undefined where it names them. */
export function openTokens({ Principal, Condition }: Attributes): string | undefined {
  const providers = texts(principals(Principal).Federated).map(String);
  if (providers.length === 0 || providers.some((name) => name.includes(":saml-provider/"))) {
    return undefined;
  }
  const subjects = requirements(Condition).filter(([, key]) => /:sub$/i.test(key));
  if (subjects.length === 0) {
    return "of any subject";
  }
  const open = subjects.map(([operator, , values]) =>
    /like/i.test(operator) ? values.filter((value) => /[*?]/.test(value)) : [],
  );
  // All conditions have to be met: one that is exact is enough.
  return open.some((values) => values.length === 0) ? undefined : `of each subject like ${open.flat().join(" or ")}`;
}
