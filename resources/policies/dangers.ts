import { clusterActions } from "../../modules/cluster-actions";
import { type Attributes, texts } from "../attributes";
import { accountOf } from "../plan/configuration";
import { areCovered, lowerCase, principals } from "../policy-statements";
import { type Alarm, exposure, gain, permission } from "../types/alarm";
import { externalPrincipals, isForEverybody, isTrust, openTokens } from "./callers";
import { isCovered } from "./compare";
import { isOfClusters, unwrittenEverywhere } from "./everywhere";
import { isNarrowed, isOfSessions, isPassedAsByStacks, requirements } from "./narrowing";
import { ofBuckets, ofOthers, toAdministrator, toEnd, toRedirect } from "./powers";
import { inWords, listed } from "./words";

/** More members of a list are counted in an alarm, and named below it. */
export const mostInAlarm = 4;

export interface Situation {
  /** Accounts of the plan. */
  readonly own: ReadonlySet<string>;
  /** The statements before; undefined of a policy that is new: what it allows is what it is for, unless it is dangerous by itself. */
  readonly before: readonly Attributes[] | undefined;
  /**
   * Whether the policy is a permissions boundary and nothing else: it allows nothing by itself, and names whole services.
   * @default false
   */
  readonly isBoundary?: boolean;
  /**
   * Whether the plan has what an ARN, or a reference to one, names.
   * @default - it has nothing
   */
  readonly isOfPlan?: (arn: string) => boolean;
}

/** Alarms of a statement that allows what was not allowed before: the gravest that there is. */
export function alarmsOfGain(statement: Attributes, situation: Situation): Alarm[] {
  const judges = [
    opening,
    unknown,
    foreign,
    tokens,
    service,
    trust,
    allBut,
    everyAction,
    ownPermissions,
    otherRole,
    everyResource,
    powers,
    conditions,
    wider,
    everywhere,
  ];
  for (const judge of judges) {
    const alarm = judge(statement, situation);
    if (alarm !== undefined) {
      return [alarm];
    }
  }
  return [];
}

type Judge = (statement: Attributes, situation: Situation) => Alarm | undefined;

const opening: Judge = (statement) => {
  const { Action, NotAction } = statement;
  const actions = Action === undefined ? `all but ${texts(NotAction).join(", ")}` : texts(Action).join(", ");
  return isForEverybody(statement)
    ? exposure`opens to the world: ${`${actions} to everybody, by its policy`}`
    : undefined;
};

/** What a document gets by the apply alone, from what is no resource of AWS: nothing in it can be judged. */
const unknown: Judge = (statement) =>
  isPendingElsewhere(statement) ? permission`is in part known after the apply alone: ${short(statement)}` : undefined;

const foreign: Judge = (statement, { own }) => {
  const found = externalPrincipals(statement, own);
  return found.length === 0
    ? undefined
    : exposure`lets in ${found.join(", ")}, which is not of this account: ${short(statement)}`;
};

const tokens: Judge = (statement, { before }) => {
  if (!isTrust(statement)) {
    return undefined;
  }
  const open = openTokens(statement);
  if (open !== undefined) {
    return exposure`can be assumed with tokens ${open}: ${short(statement)}`;
  }
  // Whose tokens they are, AWS does not say; an existing role has an alarm of who else can assume it.
  return before === undefined && principals(statement.Principal).Federated !== undefined
    ? exposure`can be assumed from outside of AWS: ${short(statement)}`
    : undefined;
};

/** The services that roles and resources of stacks let in: EMR, hosts, and Elasticsearch, which writes its logs. */
const services = /^(elasticmapreduce|ec2|es)\.amazonaws\.com(\.cn)?$/;

/** Those that a client's alarms and backups let in too, where what they ask for has to be of the own account. */
const optionalServices = /^(budgets|cloudwatch|dlm|events|states)\.amazonaws\.com$/;

/** Another service lets in who uses it: what asks with its name is a function, a trail or a build of somebody's. */
const service: Judge = (statement, { before, own }) => {
  const isOwn = requirements(statement.Condition).some(
    ([operator, key, values]) =>
      /^aws:source(account|arn)$/i.test(key) &&
      /^(string|arn)(equals|like)$/i.test(operator) &&
      values.every((value) => own.has(accountOf(value) ?? "")),
  );
  const others = texts(principals(statement.Principal).Service).filter(
    (name) => !services.test(String(name)) && !(isOwn && optionalServices.test(String(name))),
  );
  return before === undefined && others.length > 0
    ? permission`lets in the service ${others.join(", ")}, which no stack lets in: ${short(statement)}`
    : undefined;
};

/** A new role is assumed by whom it is for; another one by somebody else. */
const trust: Judge = (statement, { before, isOfPlan = () => false }) => {
  if (!isTrust(statement)) {
    return undefined;
  }
  if (before === undefined) {
    const people = texts(principals(statement.Principal).AWS).filter((name) => !isOfPlan(name));
    return people.length === 0 ? undefined : permission`can be assumed by ${people.join(", ")}: ${short(statement)}`;
  }
  const had = before.flatMap(({ Principal }) => names(Principal));
  const gained = names(statement.Principal).filter((name) => !had.includes(name));
  return gained.length === 0
    ? permission`can be assumed on other conditions than before: ${short(statement)}`
    : permission`can be assumed by ${gained.join(", ")} too: ${short(statement)}`;
};

const allBut: Judge = (statement) =>
  statement.NotAction !== undefined || statement.NotResource !== undefined
    ? permission`allows all but what it names: ${short(statement)}`
    : undefined;

const everyAction: Judge = (statement, { before }) => {
  const { Action, Resource } = statement;
  const isOfPrincipals = statement.Principal !== undefined;
  return lowerCase(Action).some((action) => /^[*?:]+$/.test(action)) && !(isOfPrincipals && before === undefined)
    ? permission`allows every action on ${texts(Resource).some(isEverything) ? "everything" : "some resources"}: ${short(statement)}`
    : undefined;
};

/** Actions that have a rule of their own, about the roles that they are for. */
const toActAs = ["iam:passrole", "sts:assumerole"];

/**
 * Of a new policy, what is everywhere, for some names, or for what the plan has, which may have the policy itself. CI's stacks name
 * exactly what they may change of other plans.
 */
const ownPermissions: Judge = (statement, { before, isBoundary = false, isOfPlan = () => false }) => {
  const { Action, Resource, Principal, Condition } = statement;
  const allowed = lowerCase(Action);
  const actions = toAdministrator.filter((action) => areCovered(action, allowed));
  const resources = texts(Resource).map(String);
  const isWide = resources.some(isEverything) && !isNarrowed(Condition);
  const isPassing = actions.every((action) => toActAs.includes(action));
  const isOwn = resources.some((arn) => /[*?]/.test(arn) || isOfPlan(arn)) && !isNarrowed(Condition);
  // A new policy on a role that exists passes roles as stacks have it do.
  const isOfStacks = before?.length === 0 && isPassing && resources.every(isOfPlan) && isPassedAsByStacks(Condition);
  const isForbidden = before === undefined ? isOwn && !isPassing && !isBoundary : !isOfStacks;
  return Principal === undefined && actions.length > 0 && (isWide || isForbidden)
    ? permission`may give itself other permissions: ${short(statement)}`
    : undefined;
};

/** All of a service everywhere; the runbook has that of EMR. */
const everyResource: Judge = (statement, { isBoundary = false }) => {
  if (isBoundary) {
    return undefined;
  }
  const { Action, Resource, Principal, Condition } = statement;
  const known = lowerCase(clusterActions);
  const whole = wholeServices(Action).filter((action) => !known.includes(action));
  return Principal === undefined && whole.length > 0 && texts(Resource).some(isEverything) && !isNarrowed(Condition)
    ? permission`allows all of ${whole.join(", ")} on everything: ${short(statement)}`
    : undefined;
};

const conditions: Judge = (statement, { before }) => {
  const withoutCondition = ({ Condition: _, ...others }: Attributes): Attributes => others;
  return before !== undefined && isCovered(withoutCondition(statement), before.map(withoutCondition))
    ? permission`allows on other conditions than before: ${short(statement)}`
    : undefined;
};

const powers: Judge = ({ Principal, ...statement }, { before, own, isBoundary = false }) => {
  const { Action, Resource, Condition } = statement;
  // Parts of hosts hold no code.
  const everything = texts(Resource).filter(
    (arn) => isEverything(arn) && !/:(volume|security-group)\/\*$/.test(String(arn)),
  );
  const isWide = everything.length > 0 && !isNarrowed(Condition);
  const isAbroad = texts(Resource).some((arn) => {
    const account = accountOf(arn);
    return account !== undefined && own.size > 0 && !own.has(account);
  });
  // A wider action on everything is named by what is wide.
  if (isBoundary || Principal !== undefined || !(before === undefined ? isWide || isAbroad : !isWide)) {
    return undefined;
  }
  const allowed = lowerCase(Action);
  const isAllowed = (action: string) => areCovered(action, allowed);
  const all = before === undefined ? [...ofOthers, ...ofBuckets] : ofOthers;
  const [runs, redirects, ends] = [all, toRedirect, toEnd].map((some) => some.some(isAllowed));
  return runs
    ? permission`may run code as others, or read their secrets: ${short(statement)}`
    : redirects
      ? permission`may lead elsewhere what is meant for others: ${short(statement)}`
      : ends && before === undefined
        ? permission`may end, change or copy what others have: ${short(statement)}`
        : undefined;
};

/** A new policy is for the roles of its plan, or for named ones that stacks' services get. */
const otherRole: Judge = (statement, { before, isBoundary = false, isOfPlan = () => true }) => {
  const { Action, Resource, Principal, Condition } = statement;
  const actions = toActAs.filter((action) => areCovered(action, lowerCase(Action)));
  const isPassed = actions.every((action) => action === "iam:passrole") && isPassedAsByStacks(Condition);
  const others = texts(Resource)
    .map(String)
    .filter((arn) => !isOfPlan(arn) && !(isPassed && /:role\/[^*?]+$/.test(arn)));
  return !(before ?? []).length && !isBoundary && Principal === undefined && actions.length > 0 && others.length > 0
    ? permission`may act as ${others.join(", ")}, which the plan does not make: ${short(statement)}`
    : undefined;
};

/** A new policy that allows on everything what no stack does: no list of dangerous actions is complete. */
const everywhere: Judge = (statement, { before, isBoundary = false }) => {
  const isJudged = before === undefined && !isBoundary && statement.Principal === undefined;
  const actions = isJudged ? unwrittenEverywhere(statement) : [];
  return actions.length > 0
    ? permission`allows on everything what no stack does, ${listed(actions, mostInAlarm)}: ${short(statement)}`
    : undefined;
};

/** What is no more than wide is what a new policy is for; an existing one had what it needs. */
const wider: Judge = (statement, { before, isOfPlan = () => false }) => {
  if (before === undefined || (before.length === 0 && isOfSessions(statement))) {
    return undefined;
  }
  const { Action, Resource, Principal } = statement;
  const had = before.flatMap(({ Action: actions }) => lowerCase(actions));
  const whole = wholeServices(Action).filter((action) => !had.includes(action));
  // A gain is narrowed to what was not allowed before: none of these actions was, on everything.
  const isOfStacks = before.length === 0 && isOfClusters(statement);
  const everything = Principal === undefined && !isOfStacks ? texts(Resource).filter(isEverything) : [];
  const found = [...(isOfStacks ? [] : whole), ...everything];
  if (found.length > 0) {
    return permission`allows ${found.join(", ")} now: ${short(statement)}`;
  }
  const callers = names(Principal);
  return callers.length > 0 && callers.every(isOfPlan) ? undefined : gain`allows more than before: ${short(statement)}`;
};

/** Actions that are all of a service, or together all that it reads, writes and deletes. */
function wholeServices(actions: unknown): string[] {
  const all = lowerCase(actions);
  const whole = all.filter((action) => /^[\w-]+:[*?]+$/.test(action));
  const isOf = (service: string, ...verbs: string[]) =>
    verbs.some((verb) => areCovered(`${service}:${verb}anything`, all));
  const services = [...new Set(all.map((action) => action.split(":")[0] as string))];
  const byVerbs = services.filter(
    (service) =>
      !whole.some((action) => action.startsWith(`${service}:`)) &&
      isOf(service, "get", "describe") &&
      isOf(service, "put", "create", "update") &&
      isOf(service, "delete", "terminate"),
  );
  return [...whole, ...byVerbs.map((service) => `${service}:*`)];
}

/** Whether an ARN is that of all there is of a kind, as in `arn:aws:iam::*:role/*`, or of what only ends or goes on somehow. */
function isEverything(resource: unknown): boolean {
  const parts = String(resource).split(":");
  const name = parts.slice(5).join(":");
  if (/^[*?]/.test(String(resource)) || (parts.length < 6 && /[*?]$/.test(String(resource)))) {
    return true;
  }
  // S3's have no type before the name.
  return parts[2] === "s3" ? /^[*?/]/.test(name) : /^([\w-]+[/:])?[*?]/.test(name);
}

/** Variables of IAM's have a colon, as in `${aws:username}`. */
function isPendingElsewhere(value: unknown): boolean {
  return typeof value === "object" && value !== null
    ? Object.values(value).some(isPendingElsewhere)
    : /^(\$\{(?!(module\.[^}]+\.)?(data\.)?aws_)[^}:]+\}|\(known after apply\))$/.test(String(value));
}

function names(principal: unknown): string[] {
  return Object.values(principals(principal)).flatMap((some) => texts(some).map(String));
}

export function short(statement: Attributes): string {
  return inWords(statement, mostInAlarm);
}
