import { attributesOf, texts } from "../attributes";
import { resourceTypeOf } from "../types";
import { type Alarm, access, categories, data, exposure, permission, unknownType } from "../types/alarm";
import { otherClient, otherTags } from "../types/general";
import type { AlarmRule, Compared } from "../types/resource-type";
import { writtenArguments } from "../types/written-arguments";
import { balancedHostAlarms } from "./balanced-hosts";
import { companionAlarms, movesAway } from "./companions";
import { Configuration } from "./configuration";
import { changesSecret, hide } from "./differences";
import { givenAlarms } from "./given-arguments";
import { hiddenAlarms } from "./hidden";
import { endings, type Kind, kindOf } from "./kinds";
import { knownAfter } from "./marks";
import { mysqlServerAlarms } from "./mysql-servers";
import { neighbourAlarms } from "./neighbours";
import { ownGroupAlarms, ownProfileAlarms } from "./own-groups";
import { pendingValueAlarms } from "./pending-values";
import { policyAlarms } from "./policy-alarms";
import { renamedAlarms } from "./renamed";
import type { Plan, ResourceChange } from "./schema";
import { secretAlarms } from "./secret-references";
import { clearTexts, secretsOf, sensitive } from "./secrets";
import { stateBucketAlarms } from "./state-bucket";
import { twinAlarms } from "./twins";
import { unwrittenArguments } from "./unwritten-arguments";
import { valueAlarms } from "./values";
import { writeOnlyAlarms } from "./write-only";
import { writtenValueAlarms } from "./written-values";

/** An alarm, and the change that has it. */
export interface AlarmOfChange extends Alarm {
  readonly resource: ResourceChange;
}

/**
 * All alarms of a plan, in the order of reading.
 * @param stateBucket the bucket of the state, which a plan does not name; undefined leaves its alarms out
 */
export function alarmsOfPlan(plan: Plan, stateBucket?: string): AlarmOfChange[] {
  const secrets = secretsOf(plan);
  const all = plan.resource_changes.flatMap((resource) => {
    const isChanged = resource.mode !== "data" && kindOf(resource) !== undefined;
    const ofState = isChanged && stateBucket !== undefined ? stateBucketAlarms(resource, plan, stateBucket) : [];
    const alarms = [...alarmsOf(resource, plan), ...ofState];
    return hidden(alarms, resource, secrets).map((alarm) => ({ ...alarm, resource }));
  });
  return categories.flatMap((category) => all.filter((alarm) => alarm.category === category));
}

/** The one verdict on a change, by its values before and after: `plan-summary` prints it, `adopt --plan` refuses on it. */
function alarmsOf(resource: ResourceChange, plan: Plan): Alarm[] {
  const kind = resource.mode === "data" ? undefined : kindOf(resource);
  const rules = resourceTypeOf(resource.type)?.alarms;
  const change = compared(resource);
  const by = (rule: AlarmRule | undefined) => (rule?.(change, plan) ?? []).filter((alarm) => alarm !== false);
  const ofPolicies = () => policyAlarms(resource, plan, rules?.mayLose);
  const ofValues = () => [
    ...hiddenAlarms(resource),
    ...openingsOf(resource, change),
    ...writtenValueAlarms(resource, plan),
    ...ownGroupAlarms(resource, plan),
    ...ownProfileAlarms(resource, plan),
    ...twinAlarms(resource, plan),
    ...pendingValueAlarms(resource, plan),
    ...mysqlServerAlarms(resource, plan),
    ...writeOnlyAlarms(resource, plan),
    ...balancedHostAlarms(resource, plan),
    ...secretAlarms(resource, plan),
    ...otherClient(change, plan),
    ...otherTags(resource.address, change),
    ...unjudged(resource, plan),
    ...valueAlarms(change, {
      own: Configuration.of(plan).accounts,
      isKnown: resourceTypeOf(resource.type) !== undefined,
    }),
  ];
  const found: Readonly<Partial<Record<Kind, () => Alarm[]>>> = {
    destroy: () =>
      holdsOf(resource.type) !== undefined
        ? [...lossOf(resource, endings.destroy), ...by(rules?.destroy)]
        : goesWithOwner(resource, plan)
          ? []
          : [...ofPolicies(), ...by(rules?.destroy)],
    // What holds nothing is settings of something else, which lasts: a replacement changes them as an update does.
    replace: () => [
      ...takenOver(resource),
      ...lossOf(resource, endings.replace),
      ...ofPolicies(),
      ...(holdsOf(resource.type) === undefined ? by(rules?.update) : []),
      ...by(rules?.replace),
      ...(movesAway(resource) ? by(rules?.destroy) : []),
      ...companionAlarms(resource, plan),
      ...givenAlarms(resource, plan),
      ...ofValues(),
    ],
    remove: () =>
      removed.some((type) => resource.type.startsWith(type))
        ? []
        : [access`is removed from the state: it stays in AWS as it is, and no plan puts it right or destroys it`],
    update: () => [...ofPolicies(), ...by(rules?.update), ...ofValues()],
    create: () => [
      ...vanished(resource, plan),
      ...ofPolicies(),
      ...by(rules?.create),
      ...companionAlarms(resource, plan),
      ...givenAlarms(resource, plan),
      ...neighbourAlarms(resource, plan),
      ...ofValues(),
    ],
  };
  return kind === undefined
    ? []
    : [
        ...provisioned(resource, kind, plan),
        ...displaced(resource, plan),
        ...renamedAlarms(resource),
        ...(found[kind]?.() ?? []),
      ];
}

/** Commands that Terraform runs where it is applied, of what is made or destroyed, which a plan does not show. */
function provisioned({ address }: ResourceChange, kind: Kind, plan: Plan): Alarm[] {
  return ["create", "replace", "destroy"].includes(kind)
    ? Configuration.of(plan)
        .provisionersOf(address)
        .map((type) => permission`runs the provisioner ${type}, with all that whoever applies may do`)
    : [];
}

/** Where a secret changes, any value may be made of it that is not plainly another one of the plan; elsewhere those that have one in them. */
function hidden(alarms: readonly Alarm[], { type, change }: ResourceChange, secrets: readonly string[]): Alarm[] {
  const isDoubtful = alarms.length > 0 && changesSecret(change);
  const clear = new Set(isDoubtful ? [...(writtenArguments[type] ?? []), ...clearTexts(change)] : []);
  return alarms.map((alarm) => {
    const { values } = hide(alarm, secrets);
    return { ...alarm, values: isDoubtful ? values.map((text) => (clear.has(text) ? text : sensitive)) : values };
  });
}

/** Attributes of which the plan does not tell whether they open something, and why. */
export function undecided(resource: ResourceChange, plan: Plan): { attribute: string; why: string }[] {
  const { before, after } = compared(resource);
  const unknown = attributesOf(resource.change.after_unknown);
  const list = after.prefix_list_id;
  return [
    ...(resourceTypeOf(resource.type)?.alarms?.openedBy ?? [])
      .filter((attribute) => unknown[attribute] === true && Configuration.of(plan).mayGive(resource.address, attribute))
      .map((attribute) => ({ attribute, why: "is known after the apply alone" })),
    ...(typeof list === "string" && list !== "" && list !== before.prefix_list_id
      ? [{ attribute: "prefix_list_id", why: "names ranges that are not in the plan" }]
      : []),
  ];
}

/** What is lost with a resource of a type, if anything. One of a type that no stack has counts as one that holds data. */
export function holdsOf(typeName: string): string | undefined {
  const type = resourceTypeOf(typeName);
  return type === undefined ? "whatever it holds" : type.holds;
}

function lossOf({ type, change }: ResourceChange, ending: string): Alarm[] {
  const holds = holdsOf(type);
  // What is removed from the state stays in AWS.
  if (holds === undefined || change.actions.includes("forget")) {
    return [];
  }
  return [data([`${change.importing == null ? "" : "is imported and "}${ending}, and with it ${holds}`])];
}

/** What a plan imports, and would not keep: whoever has it loses it. */
function takenOver({ type, change }: ResourceChange): Alarm[] {
  return change.importing != null && holdsOf(type) === undefined && !change.actions.includes("forget")
    ? [access`is imported and ${endings.replace}: whoever has it until now loses it`]
    : [];
}

/** What is moved to the address that another one has, which stays: what refers to the address means something else from now on. */
function displaced({ address, previous_address: previous }: ResourceChange, plan: Plan): Alarm[] {
  return plan.resource_changes
    .filter((other) => previous !== undefined && other.previous_address === address && other.address !== address)
    .map(
      (other) =>
        exposure`takes the address of what is ${other.address} from now on, and was ${previous}: all that refers to ${address} leads to this one`,
    );
}

/** What a stack removes from its state: a server that it no longer manages, and a password that the operator keeps. */
const removed = ["mysql_", "aws_ssm_parameter", "aws_s3_bucket_policy"];

/** What held data and is gone, is created again without it. */
function vanished({ address, type }: ResourceChange, { resource_drift: drifted }: Plan): Alarm[] {
  const holds = holdsOf(type);
  const isGone = drifted.some((drift) => drift.address === address && drift.change.actions.includes("delete"));
  return isGone && holds !== undefined ? [data([`is gone, and with it ${holds}: an empty one takes its place`])] : [];
}

/** Types that others are settings or parts of, which name them by their ids. */
const owners = [
  "aws_iam_policy",
  "aws_iam_role",
  "aws_iam_user",
  "aws_route_table",
  "aws_s3_bucket",
  "aws_security_group",
  "aws_sns_topic",
  "aws_vpc",
];

/** Whether what a resource is part of is destroyed as well. */
function goesWithOwner({ address, change }: ResourceChange, plan: Plan): boolean {
  const before = attributesOf(change.before);
  const gone = plan.resource_changes
    .filter((other) => owners.includes(other.type) && other.address !== address && kindOf(other) === "destroy")
    .map((other) => attributesOf(other.change.before).id)
    .filter((id) => typeof id === "string");
  const told = texts(before.alarm_actions);
  return (
    Object.values(before).some((value) => gone.some((id) => id === value)) ||
    (told.length > 0 && told.every((arn) => gone.some((id) => id === arn)))
  );
}

/** What is open to the world after a change, and was not before. */
function openingsOf({ type }: ResourceChange, { before, after }: Compared): Alarm[] {
  const opens = resourceTypeOf(type)?.alarms?.opens ?? (() => []);
  const open = opens(before);
  return opens(after)
    .filter((opening) => !open.includes(opening))
    .map((opening) => exposure`opens to the world: ${opening}`);
}

/** Of types and arguments that no stack has, no rule knows more than what is the same everywhere. */
function unjudged(resource: ResourceChange, plan: Plan): Alarm[] {
  const known = resourceTypeOf(resource.type);
  return known === undefined || known.foreign !== undefined
    ? [unknownType`is of a type that no stack of this version creates: read it in full`]
    : unwrittenArguments(resource, plan).map(
        (name) => unknownType`is given ${name}, which no stack of this version writes`,
      );
}

function compared({ change }: ResourceChange): Compared {
  return { before: attributesOf(change.before), after: attributesOf(knownAfter(change)) };
}
