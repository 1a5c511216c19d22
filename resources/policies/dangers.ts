import { runbookNames } from "../../config/names";
import { clusterActions } from "../../modules/cluster-actions";
import { emrRoleNames } from "../../modules/emr-role-names";
import { type Attributes, texts } from "../attributes";
import { accountOf } from "../plan/configuration";
import { areCovered, lowerCase } from "../policy-statements";
import { type Alarm, gain, permission } from "../types/alarm";
import { isCovered } from "./compare";
import { caller, foreign, opening, service, tokens, trust, unknown } from "./dangers-of-callers";
import { isOfClusters, unwrittenEverywhere } from "./everywhere";
import { type Judge, mostInAlarm, namesOf, type Situation, short } from "./judge";
import { isNarrowed, isOfSessions, isPassedAsByStacks } from "./narrowing";
import { ofBuckets, ofOthers, toAdministrator, toEnd, toRedirect, withKeys } from "./powers";
import { isEverything, wholeServices } from "./whole";
import { openNames } from "./wildcards";
import { listed } from "./words";

/** Alarms of a statement that allows what was not allowed before: the gravest that there is. */
export function alarmsOfGain(statement: Attributes, situation: Situation): Alarm[] {
  const judges = [
    opening,
    unknown,
    foreign,
    tokens,
    service,
    trust,
    caller,
    allBut,
    everyAction,
    ownPermissions,
    otherRole,
    everyResource,
    powers,
    conditions,
    wider,
    everywhere,
    manyNames,
  ];
  for (const judge of judges) {
    const alarm = judge(statement, situation);
    if (alarm !== undefined) {
      return [alarm];
    }
  }
  return [];
}

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
const ownPermissions: Judge = (statement, { before, client, isBoundary = false, isOfPlan = () => false }) => {
  const { Action, Resource, Principal, Condition } = statement;
  const allowed = lowerCase(Action);
  const actions = toAdministrator.filter((action) => areCovered(action, allowed));
  const resources = texts(Resource).map(String);
  const isWide = resources.some(isEverything) && !isNarrowed(Condition, client);
  const isPassing = actions.every((action) => toActAs.includes(action));
  const isOwn = resources.some((arn) => /[*?]/.test(arn) || isOfPlan(arn)) && !isNarrowed(Condition, client);
  // A new policy on a role that exists passes roles as stacks have it do.
  const isOfStacks = before?.length === 0 && isPassing && resources.every(isOfPlan) && isPassedAsByStacks(Condition);
  const isForbidden = before === undefined ? isOwn && !isPassing && !isBoundary : !isOfStacks;
  return Principal === undefined && actions.length > 0 && (isWide || isForbidden)
    ? permission`may give itself other permissions: ${short(statement)}`
    : undefined;
};

/** All of a service everywhere; the runbook has that of EMR. */
const everyResource: Judge = (statement, { client, isBoundary = false }) => {
  if (isBoundary) {
    return undefined;
  }
  const { Action, Resource, Principal, Condition } = statement;
  const known = lowerCase(clusterActions);
  const whole = wholeServices(Action).filter((action) => !known.includes(action));
  return Principal === undefined &&
    whole.length > 0 &&
    texts(Resource).some(isEverything) &&
    !isNarrowed(Condition, client)
    ? permission`allows all of ${whole.join(", ")} on everything: ${short(statement)}`
    : undefined;
};

const conditions: Judge = (statement, { before }) => {
  const withoutCondition = ({ Condition: _, ...others }: Attributes): Attributes => others;
  return before !== undefined && isCovered(withoutCondition(statement), before.map(withoutCondition))
    ? permission`allows on other conditions than before: ${short(statement)}`
    : undefined;
};

const powers: Judge = ({ Principal, ...statement }, { before, own, client, isBoundary = false }) => {
  const { Action, Resource, Condition } = statement;
  // Parts of hosts hold no code.
  const everything = texts(Resource).filter(
    (arn) => isEverything(arn) && !/:(volume|security-group)\/\*$/.test(String(arn)),
  );
  const isWide = everything.length > 0 && !isNarrowed(Condition, client);
  const abroad = texts(Resource).filter((arn) => {
    const account = accountOf(arn);
    return account !== undefined && own.size > 0 && !own.has(account);
  });
  // A wider action on everything is named by what is wide.
  if (isBoundary || Principal !== undefined || !(before === undefined ? isWide || abroad.length > 0 : !isWide)) {
    return undefined;
  }
  const allowed = lowerCase(Action);
  const isAllowed = (action: string) => areCovered(action, allowed);
  const all = before === undefined ? [...ofOthers, ...ofBuckets] : ofOthers;
  const [runs, redirects, ends] = [all, toRedirect, toEnd].map((some) => some.some(isAllowed));
  if (runs && areCovered(allowed, withKeys)) {
    return isWide
      ? permission`may decrypt what is encrypted with every KMS key: ${short(statement)}`
      : permission`may decrypt what is encrypted with ${listed(abroad.map(String), mostInAlarm)}, of another account: ${short(statement)}`;
  }
  return runs
    ? permission`may run code as others, or read their secrets: ${short(statement)}`
    : redirects
      ? permission`may lead elsewhere what is meant for others: ${short(statement)}`
      : ends && before === undefined
        ? permission`may end, change or copy what others have: ${short(statement)}`
        : undefined;
};

/** Whether a role has a name that stacks give one that EC2 or EMR gets: CI's stacks pass those of the client's. */
function isRoleOfStacks(arn: string, client: string | undefined): boolean {
  const [, name = ""] = /:role\/([^*?/]+)$/.exec(arn) ?? [];
  const names: readonly string[] = [...Object.values(emrRoleNames), runbookNames.hostsRole, runbookNames.directorRole];
  return names.includes(name) || (client !== undefined && name.startsWith(`${client}-`));
}

/** A new policy is for the roles of its plan, or for those that stacks' services get. */
const otherRole: Judge = (statement, { before, client, isBoundary = false, isOfPlan = () => true }) => {
  const { Action, Resource, Principal, Condition } = statement;
  const actions = toActAs.filter((action) => areCovered(action, lowerCase(Action)));
  const isPassed = actions.every((action) => action === "iam:passrole") && isPassedAsByStacks(Condition);
  const others = texts(Resource)
    .map(String)
    .filter((arn) => !isOfPlan(arn) && !(isPassed && isRoleOfStacks(arn, client)));
  return !(before ?? []).length && !isBoundary && Principal === undefined && actions.length > 0 && others.length > 0
    ? permission`may act as ${others.join(", ")}, which the plan does not make: ${short(statement)}`
    : undefined;
};

/** A new policy that allows on everything what no stack does: no list of dangerous actions is complete. */
const everywhere: Judge = (statement, { before, client, isBoundary = false }) => {
  const isJudged = before === undefined && !isBoundary && statement.Principal === undefined;
  const actions = isJudged ? unwrittenEverywhere(statement, client) : [];
  return actions.length > 0
    ? permission`allows on everything what no stack does, ${listed(actions, mostInAlarm)}: ${short(statement)}`
    : undefined;
};

/** A new policy names what it is for: what only begins with a name may be another owner's. */
const manyNames: Judge = (statement, { before, client, isBoundary = false }) => {
  const { Principal, Condition } = statement;
  const isJudged = before === undefined && !isBoundary && Principal === undefined && !isNarrowed(Condition, client);
  const names = isJudged ? openNames(statement, client) : [];
  return names.length > 0
    ? permission`allows for whatever is called ${listed(names, mostInAlarm)}, also of others: ${short(statement)}`
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
  const callers = namesOf(Principal);
  return callers.length > 0 && callers.every(isOfPlan) ? undefined : gain`allows more than before: ${short(statement)}`;
};
