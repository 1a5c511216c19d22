import type { Attributes } from "../attributes";
import type { Aws } from "../aws/aws";
import type { Finder } from "../look-up";
import type { Plan } from "../plan/plan";
import type { Alarm } from "./alarm";
import type { Notes, Variable } from "./hcl";

/** A change as rules look at it: a resource that does not exist before or after has no attributes there. */
export interface Compared {
  readonly before: Attributes;
  readonly after: Attributes;
}

/** Alarms of a change, from the values before and after; what is false is none. */
export type AlarmRule = (change: Compared, plan: Plan) => readonly (Alarm | false)[];

/** Whether a policy may lose a statement that allows something, by what it allows after the change. */
export type MayLose = (statement: Attributes, after: readonly Attributes[], plan: Plan) => boolean;

/** What a change of a resource means for those who depend on it. */
export interface Alarms {
  /**
   * What attributes open to the world, in words. An alarm is what they open after a change and did not before.
   * @default - nothing of it can be open
   */
  readonly opens?: (resource: Attributes) => readonly string[];
  /**
   * Attributes that decide what is open, of which a plan may not know the value.
   * @default - none
   */
  readonly openedBy?: readonly string[];
  /**
   * What its policies, which are compared whatever the type, may lose without an alarm.
   * @default - nothing
   */
  readonly mayLose?: MayLose;
  /** @default - a new one takes nothing from anybody */
  readonly create?: AlarmRule;
  /** @default - no change in place has an alarm */
  readonly update?: AlarmRule;
  /**
   * Of a destroy, besides what it holds.
   * @default - none
   */
  readonly destroy?: AlarmRule;
  /**
   * Of a replacement, besides what it holds and, where it holds nothing, what an update has.
   * @default - none
   */
  readonly replace?: AlarmRule;
}

/** Why an adoption changes an attribute; a function where the reason holds for some values alone. */
export type Reason = string | ((after: unknown) => string | undefined);

/** What an adoption does to resources of a type. */
export interface AdoptionOfType {
  /** Why an adoption creates one, or why it never does. */
  readonly create: string | { readonly never: string };
  /**
   * Why an adoption updates an attribute in place, by its name.
   * @default - it updates those of every type alone, such as tags
   */
  readonly update?: Readonly<Record<string, Reason>>;
}

/** What belongs to a resource and is a resource itself, or unmanaged: a rule of a group, a key of a user. */
export interface Part {
  /** What an import of it takes. */
  readonly importId: string;
  /** What it is, as in `group analytics: tcp 22 from 10.0.0.0/8`. */
  readonly text: string;
}

/** What there is to know of a Terraform type beyond creating resources of it. */
export interface ResourceType {
  readonly type: string;
  /** What is lost with one, as in `its databases`; undefined where it can be created again as it was. */
  readonly holds: string | undefined;
  /**
   * The argument with a name that an account, a region, a VPC or the world has once, and what preflight calls the thing.
   * @default - several can have the same name, or there is none
   */
  readonly uniqueName?: { readonly word: string; readonly argument: string };
  /**
   * Lists what belongs to one that was found under an id, whether the stack has it or not.
   * @default - nothing does
   */
  readonly parts?: (id: string, aws: Aws, given: Attributes) => Promise<readonly Part[]>;
  /** Looks for one in AWS, and gives the id that an import takes; or says why none is looked up. */
  readonly find: Finder | { readonly never: string };
  /** @default - no change of it has an alarm */
  readonly alarms?: Alarms;
  readonly adoption: AdoptionOfType;
  /** @default - nothing to be said */
  readonly notes?: Notes;
  /** @default - no argument is a variable */
  readonly variables?: readonly Variable[];
  /**
   * Why the project knows the type though no stack has one.
   * @default - a stack has one
   */
  readonly foreign?: string;
}

/** Declares what there is to know of a Terraform type. */
export function resourceType(type: string, knowledge: Omit<ResourceType, "type">): ResourceType {
  return { type, ...knowledge };
}
