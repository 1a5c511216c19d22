import { type Attributes, texts } from "../attributes";
import { principals } from "../policy-statements";
import type { Alarm } from "../types/alarm";
import { inWords } from "./words";

/** More members of a list are counted in an alarm, and named below it. */
export const mostInAlarm = 4;

export interface Situation {
  /** Accounts of the plan. */
  readonly own: ReadonlySet<string>;
  /** The plan's client; undefined of a shared stack. */
  readonly client: string | undefined;
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
  /**
   * Whether the policy is of another owner's resource, whose callers a client file names.
   * @default false
   */
  readonly isOfOthers?: boolean;
}

/** What is wrong with a statement that allows what was not allowed before; undefined where it does not see anything. */
export type Judge = (statement: Attributes, situation: Situation) => Alarm | undefined;

/** Names of principals, of whatever kind. */
export function namesOf(principal: unknown): string[] {
  return Object.values(principals(principal)).flatMap((some) => texts(some).map(String));
}

export function short(statement: Attributes): string {
  return inWords(statement, mostInAlarm);
}
