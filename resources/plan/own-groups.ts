import { attributesOf } from "../attributes";
import { isWorld } from "../policies/ranges";
import { type Alarm, exposure, permission } from "../types/alarm";
import { ports } from "../types/openings";
import { ranges, writtenMembers, writtenOpenings, writtenProfiles } from "../types/written-groups";
import { Configuration } from "./configuration";
import { kindOf } from "./kinds";
import { knownAfter } from "./marks";
import { isPendingAt, valuesAt } from "./paths";
import type { Plan, ResourceChange } from "./schema";

const rule = "aws_vpc_security_group_ingress_rule";

/** Where resources name the groups that they join. */
const membership: Readonly<Record<string, string>> = {
  aws_db_instance: "vpc_security_group_ids",
  aws_elasticsearch_domain: "vpc_options.security_group_ids",
  aws_instance: "vpc_security_group_ids",
  aws_lb: "security_groups",
};

/**
 * Alarms of what the plan's own security groups let in and no stack has them let in, and of what joins one of them that no stack
 * has it join: each lets in somebody else.
 */
export function ownGroupAlarms(resource: ResourceChange, plan: Plan): Alarm[] {
  return resource.type === rule ? newOpening(resource, plan) : joinings(resource, plan);
}

function newOpening(resource: ResourceChange, plan: Plan): Alarm[] {
  const { change } = resource;
  const after = attributesOf(knownAfter(change));
  const [into] = groupsAt(resource, ["security_group_id"], plan);
  const [group] = groupsAt(resource, ["referenced_security_group_id"], plan);
  const range = after.cidr_ipv4 ?? after.cidr_ipv6;
  // The world has an alarm of its own; so has whatever gets into a group that was another owner's.
  if (!isNew(resource) || into === undefined || isWorld(range) || (range != null && into.isImported)) {
    return [];
  }
  const from = range == null ? group && nameOf(group.address) : ranges;
  const isWritten = (openingsOf(into.address) ?? []).some(
    (opening) => from !== undefined && opening.ports.includes(ports(after)) && opening.from.includes(from),
  );
  const isOfOtherApp = group !== undefined && [into, group].every((one) => openingsOf(one.address) === undefined);
  return from === undefined || isWritten || isOfOtherApp
    ? []
    : [exposure`opens ${ports(after)} of ${into.address} from ${range ?? group?.address}, which no stack does`];
}

/** Whether a rule is new, or is of groups that are; any other change has an alarm of whatever more it lets through. */
function isNew(resource: ResourceChange): boolean {
  const unknown = resource.change.after_unknown;
  const isOfNew = ["security_group_id", "referenced_security_group_id"].some((name) => isPendingAt(unknown, [name]));
  return kindOf(resource) === "create" || (kindOf(resource) === "replace" && isOfNew);
}

function joinings(resource: ResourceChange, plan: Plan): Alarm[] {
  const { address, type, change } = resource;
  const argument = membership[type]?.split(".");
  if (argument === undefined) {
    return [];
  }
  const had = valuesAt(change.before, argument).flat();
  const isManaged = kindOf(resource) === "update" && change.importing == null;
  const [isKnown, written = []] = (writtenMembers[type] ?? []).find(([called]) => called.test(nameOf(address))) ?? [];
  return groupsAt(resource, argument, plan)
    .filter(
      ({ address: group, id, isImported }) =>
        !had.includes(id) &&
        (isKnown !== undefined || openingsOf(group) !== undefined) &&
        // Another layout of the hosts brings new groups.
        !(written.includes(nameOf(group)) && (!isManaged || isImported || id === undefined)),
    )
    .map(({ address: group }) => exposure`joins ${group}, and is open to whatever that lets in`);
}

/** A profile that the plan has, and that no stack gives a host of this name: of the role of another host, or one more. */
export function ownProfileAlarms(resource: ResourceChange, plan: Plan): Alarm[] {
  const { address, type, change } = resource;
  const [had, gets] = [change.before, change.after].map((one) => attributesOf(one).iam_instance_profile || undefined);
  const isPending = isPendingAt(change.after_unknown, ["iam_instance_profile"]);
  const references = isPending ? Configuration.of(plan).referencesAt(address, ["iam_instance_profile"]) : [];
  const [, written = []] = writtenProfiles.find(([called]) => called.test(nameOf(address))) ?? [];
  return plan.resource_changes
    .filter((profile) => type === "aws_instance" && profile.type === "aws_iam_instance_profile")
    .filter(({ address: profile, change: { before, after } }) => {
      const name = attributesOf(after ?? before).name;
      const isGiven = isPending
        ? references.some((reference) => reference.startsWith(`${profile}.`))
        : name !== undefined && gets === name && had !== name;
      return isGiven && !written.includes(nameOf(profile));
    })
    .map(({ address: profile }) => permission`gets ${profile}, which no stack gives it, and what that allows`);
}

/**
 * What stacks let into one of their groups. Undefined of any other: an app of its own gives its groups, and what is in them, other names,
 * and who is in none of a stack's groups gets into none.
 */
function openingsOf(group: string): (typeof writtenOpenings)[string] | undefined {
  const name = nameOf(group);
  return Object.hasOwn(writtenOpenings, name) ? writtenOpenings[name] : undefined;
}

/** A group of the plan. */
interface Group {
  readonly address: string;
  /** Undefined of one that the plan creates. */
  readonly id: unknown;
  readonly isImported: boolean;
}

/** The plan's own groups that an argument names, by their ids or, where a plan does not know these yet, by what is referred to. */
function groupsAt({ address, change }: ResourceChange, path: readonly string[], plan: Plan): Group[] {
  const ids = valuesAt(change.after, path).flat();
  const references = isPendingAt(change.after_unknown, path) ? Configuration.of(plan).referencesAt(address, path) : [];
  return plan.resource_changes
    .filter(({ type, mode }) => type === "aws_security_group" && mode !== "data")
    .map((group) => ({
      address: group.address,
      id: attributesOf(group.change.before).id,
      isImported: group.change.importing != null,
    }))
    .filter(
      (group) =>
        (typeof group.id === "string" && ids.includes(group.id)) ||
        references.some((reference) => reference.startsWith(`${group.address}.`)),
    );
}

/** As in `director`, of whatever module and instance. */
export function nameOf(address: string): string {
  return address
    .replace(/\[[^\]]*\]$/, "")
    .split(".")
    .at(-1) as string;
}
