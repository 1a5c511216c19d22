import { clusterActions } from "../../modules/cluster-actions";
import { type Attributes, texts } from "../attributes";
import { areCovered, lowerCase, principals } from "../policy-statements";
import { type Alarm, exposure, permission } from "../types/alarm";
import { externalPrincipals, isForEverybody, isTrust, openTokens } from "./callers";
import { isCovered } from "./compare";
import { inWords } from "./words";

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
}

/** Alarms of a statement that allows what was not allowed before: the gravest that there is. */
export function alarmsOfGain(statement: Attributes, situation: Situation): Alarm[] {
  const judges = [
    opening,
    foreign,
    tokens,
    trust,
    allBut,
    everyAction,
    ownPermissions,
    everyResource,
    conditions,
    wider,
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

/** A new role is assumed by whom it is for; another one by somebody else. */
const trust: Judge = (statement, { before }) => {
  if (before === undefined || !isTrust(statement)) {
    return undefined;
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

/** With each of these a caller makes itself an administrator, or has a service do what it may not. */
const toAdministrator = [
  "iam:addusertogroup",
  "iam:attachgrouppolicy",
  "iam:attachrolepolicy",
  "iam:attachuserpolicy",
  "iam:createaccesskey",
  "iam:createloginprofile",
  "iam:createpolicyversion",
  "iam:createrole",
  "iam:deleterolepermissionsboundary",
  "iam:deleteuserpermissionsboundary",
  "iam:passrole",
  "iam:putgrouppolicy",
  "iam:putrolepermissionsboundary",
  "iam:putrolepolicy",
  "iam:putuserpermissionsboundary",
  "iam:putuserpolicy",
  "iam:setdefaultpolicyversion",
  "iam:updateassumerolepolicy",
  "iam:updateloginprofile",
  "sts:assumerole",
];

const ownPermissions: Judge = (statement, { before }) => {
  const { Action, Resource, Principal, Condition } = statement;
  const actions = toAdministrator.filter((action) => areCovered(action, lowerCase(Action)));
  const isWide = texts(Resource).some(isEverything) && Condition === undefined;
  return Principal === undefined && actions.length > 0 && (isWide || before !== undefined)
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
  const whole = lowerCase(Action).filter((action) => isWholeService(action) && !known.includes(action));
  return Principal === undefined && whole.length > 0 && texts(Resource).some(isEverything) && Condition === undefined
    ? permission`allows all of ${whole.join(", ")} on everything: ${short(statement)}`
    : undefined;
};

const conditions: Judge = (statement, { before }) => {
  const withoutCondition = ({ Condition: _, ...others }: Attributes): Attributes => others;
  return before !== undefined && isCovered(withoutCondition(statement), before.map(withoutCondition))
    ? permission`allows on other conditions than before: ${short(statement)}`
    : undefined;
};

/** What is no more than wide is what a new policy is for. */
const wider: Judge = (statement, { before }) => {
  if (before === undefined) {
    return undefined;
  }
  const { Action, Resource, Principal } = statement;
  const had = before.flatMap(({ Action: actions }) => lowerCase(actions));
  const whole = lowerCase(Action).filter((action) => isWholeService(action) && !had.includes(action));
  // A gain is narrowed to what was not allowed before: none of these actions was, on everything.
  const everything = Principal === undefined ? texts(Resource).filter(isEverything) : [];
  const found = [...whole, ...everything];
  return found.length === 0 ? undefined : permission`allows ${found.join(", ")} now: ${short(statement)}`;
};

function isWholeService(action: string): boolean {
  return /^[\w-]+:\*+$/.test(action);
}

/** Whether an ARN is that of all there is of a kind, as in `arn:aws:iam::*:role/*`. */
function isEverything(resource: unknown): boolean {
  const [, , service, , , ...rest] = String(resource).split(":");
  const name = rest.join(":");
  // S3's have no type before the name.
  const form = service === "s3" ? /^[*/]+$/ : /^([\w-]+[/:])?\*[*/:]*$/;
  return /^\*+$/.test(String(resource)) || form.test(name);
}

function names(principal: unknown): string[] {
  return Object.values(principals(principal)).flatMap((some) => texts(some).map(String));
}

export function short(statement: Attributes): string {
  return inWords(statement, mostInAlarm);
}
