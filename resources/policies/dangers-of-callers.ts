import { texts } from "../attributes";
import { accountOf } from "../plan/configuration";
import { principals } from "../policy-statements";
import { exposure, permission } from "../types/alarm";
import { externalPrincipals, isForEverybody, isTrust, namedCallers, openTokens } from "./callers";
import { type Judge, namesOf, short } from "./judge";
import { requirements } from "./narrowing";
import { isPendingElsewhere } from "./pending";

export const opening: Judge = (statement) => {
  const { Action, NotAction } = statement;
  const actions = Action === undefined ? `all but ${texts(NotAction).join(", ")}` : texts(Action).join(", ");
  return isForEverybody(statement)
    ? exposure`opens to the world: ${`${actions} to everybody, by its policy`}`
    : undefined;
};

/** What a document gets by the apply alone, from what is no resource of AWS: nothing in it can be judged. */
export const unknown: Judge = (statement) =>
  isPendingElsewhere(statement) ? permission`is in part known after the apply alone: ${short(statement)}` : undefined;

export const foreign: Judge = (statement, { own }) => {
  const found = externalPrincipals(statement, own);
  return found.length === 0
    ? undefined
    : exposure`lets in ${found.join(", ")}, which is not of this account: ${short(statement)}`;
};

export const tokens: Judge = (statement, { before }) => {
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
export const service: Judge = (statement, { before, own }) => {
  const isOwn = requirements(statement.Condition).some(
    ([operator, key, values]) =>
      /^aws:source(account|arn)$/i.test(key) &&
      /^(string|arn)(equals|like)$/i.test(operator) &&
      values.every((value) => own.has(accountOf(value) ?? "")),
  );
  // A host assumes a role of its own; what else it is let into, it is by whoever has one.
  const others = texts(principals(statement.Principal).Service).filter(
    (name) =>
      !(services.test(String(name)) && (isOwn || isTrust(statement))) &&
      !(isOwn && optionalServices.test(String(name))),
  );
  return before === undefined && others.length > 0
    ? permission`lets in the service ${others.join(", ")}, which no stack lets in: ${short(statement)}`
    : undefined;
};

/** A new role is assumed by whom it is for; another one by somebody else. */
export const trust: Judge = (statement, { before, isOfPlan = () => false }) => {
  if (!isTrust(statement)) {
    return undefined;
  }
  if (before === undefined) {
    const people = texts(principals(statement.Principal).AWS).filter((name) => !isOfPlan(name));
    return people.length === 0 ? undefined : permission`can be assumed by ${people.join(", ")}: ${short(statement)}`;
  }
  const had = before.flatMap(({ Principal }) => namesOf(Principal));
  const gained = namesOf(statement.Principal).filter((name) => !had.includes(name));
  return gained.length === 0
    ? permission`can be assumed on other conditions than before: ${short(statement)}`
    : permission`can be assumed by ${gained.join(", ")} too: ${short(statement)}`;
};

/** Stacks let nobody into a new resource of theirs but the roles and users of the plan. */
export const caller: Judge = (statement, { before, isOfPlan = () => false, isOfOthers = false }) => {
  const others = namedCallers(statement).filter((name) => !isOfPlan(name));
  return before === undefined && !isOfOthers && others.length > 0
    ? exposure`lets in ${others.join(", ")}, which is no role or user of the plan: ${short(statement)}`
    : undefined;
};
