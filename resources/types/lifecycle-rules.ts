import { limits } from "../../config/schema/limits";
import { type Attributes, attributesOf, block, blocks } from "../attributes";
import { type Phrase, phrase, textOf, words } from "../phrase";
import { kindOf } from "../plan/kinds";
import type { Plan } from "../plan/plan";
import { type Alarm, access, data } from "./alarm";
import type { Compared } from "./resource-type";

/** What a lifecycle rule does after some days. */
interface Act {
  /** As in `deletes old versions`. */
  readonly said: Phrase;
  /** Undefined where it does so on a date. */
  readonly days: number | undefined;
  readonly kind: "deletes" | "deletes old" | "ends uploads" | "moves";
}

/** What lifecycle rules delete or move that they did not, or sooner than before; and what they no longer do. */
export function otherLifecycle({ before, after }: Compared, plan: Plan): Alarm[] {
  const hasOldVersions = !isVersionedFromNowOn(after.bucket, plan);
  const begin = (act: Act, rule: Attributes) =>
    act.kind === "deletes old" && !hasOldVersions ? [] : begins(act, rule);
  const [had, gets] = [enabled(before), enabled(after)];
  const isIn = (rules: readonly Attributes[]) => (rule: Attributes) =>
    rules.some((other) => lifecycleEffect(other) === lifecycleEffect(rule));
  const [lost, gained] = [had.filter((rule) => !isIn(gets)(rule)), gets.filter((rule) => !isIn(had)(rule))];
  const isSame = (one: Attributes) => (other: Attributes) => one.id === other.id && objectsOf(one) === objectsOf(other);
  return [
    ...lost
      .filter((rule) => !gained.some(isSame(rule)))
      .map(({ id }) => data`loses the rule ${id}, or has it concern other objects`),
    ...gained.flatMap((rule) => {
      const former = lost.find(isSame(rule));
      return former === undefined ? actsOf(rule).flatMap((act) => begin(act, rule)) : otherActs(former, rule, begin);
    }),
  ];
}

/** What the rules of a new bucket delete or move that no stack's do: these delete EMR's logs, old versions and unfinished uploads. */
export function lifecycleOfNew({ after }: Compared): Alarm[] {
  const isOfLogs = (rule: Attributes) => rule.id === "emr-logs" && Boolean(rule.prefix || block(rule.filter).prefix);
  return enabled(after).flatMap((rule) =>
    actsOf(rule)
      .filter(({ kind }) => kind === "moves" || (kind === "deletes" && !isOfLogs(rule)))
      .map((act) => data`${act.said} by the rule ${rule.id}${when(act)}, which no stack has a new bucket do`),
  );
}

/** Whether the plan is the first to keep old versions in a bucket, so that it has none of before. */
function isVersionedFromNowOn(bucket: unknown, { resource_changes: changes }: Plan): boolean {
  return changes.some(
    (other) =>
      other.type === "aws_s3_bucket_versioning" &&
      kindOf(other) === "create" &&
      attributesOf(other.change.after).bucket === bucket,
  );
}

function otherActs(former: Attributes, rule: Attributes, begin: typeof begins): Alarm[] {
  const [had, gets] = [actsOf(former), actsOf(rule)];
  return [
    ...had
      .filter((act) => !gets.some((other) => isAlike(act, other)))
      .map(({ said }) => data`no longer ${said} by the rule ${rule.id}`),
    ...gets.flatMap((act) => {
      const before = had.find((other) => isAlike(act, other));
      if (before === undefined) {
        return begin(act, rule);
      }
      return act.days !== undefined && before.days !== undefined && act.days >= before.days
        ? []
        : [data`${act.said} by the rule ${rule.id}${when(act)}, and no longer${when(before)}`];
    }),
  ];
}

/** What a rule does anew, unless it does so after the longest time that a client file has, as `adopt` drafts a bucket that keeps all. */
function begins(act: Act, { id }: Attributes): Alarm[] {
  if (act.kind === "moves") {
    return [access`${act.said} by the rule ${id}${when(act)}: who reads them may have to restore them first`];
  }
  const isLate = act.days !== undefined && act.days >= limits.expireAfterDays.max;
  return act.kind === "ends uploads" || isLate
    ? []
    : [data`${act.said} by the rule ${id}${when(act)}, those of before as well`];
}

function isAlike(one: Act, other: Act): boolean {
  return textOf(one.said) === textOf(other.said);
}

function when({ days }: Act): Phrase {
  return days === undefined ? words(" on a date") : phrase` after ${String(days)} days`;
}

function actsOf(rule: Attributes): Act[] {
  const age = (of: Attributes, name: string) => (of.date ? undefined : Number(of[name] ?? 0));
  const moved = (what: string, name: string, days: string) =>
    blocks(rule[name]).map(
      (to): Act => ({ said: phrase`moves ${words(what)} to ${to.storage_class}`, days: age(to, days), kind: "moves" }),
    );
  return [
    // A rule that removes markers of what is deleted, deletes no object.
    ...blocks(rule.expiration)
      .filter(({ date, days }) => Boolean(date) || Number(days ?? 0) > 0)
      .map((of): Act => ({ said: words("deletes objects"), days: age(of, "days"), kind: "deletes" })),
    ...blocks(rule.noncurrent_version_expiration).map(
      (of): Act => ({ said: words("deletes old versions"), days: age(of, "noncurrent_days"), kind: "deletes old" }),
    ),
    ...blocks(rule.abort_incomplete_multipart_upload).map(
      (of): Act => ({
        said: words("ends unfinished uploads"),
        days: age(of, "days_after_initiation"),
        kind: "ends uploads",
      }),
    ),
    ...moved("objects", "transition", "days"),
    ...moved("old versions", "noncurrent_version_transition", "noncurrent_days"),
  ];
}

function enabled({ rule }: Attributes): Attributes[] {
  return blocks(rule).filter(({ status }) => status !== "Disabled");
}

/** Which objects and versions a rule concerns. */
function objectsOf(rule: Attributes): string {
  const { prefix, filter } = rule;
  const kept = blocks(rule.noncurrent_version_expiration).map(({ newer_noncurrent_versions: newer }) => newer);
  return lifecycleEffect({ prefix, filter, kept });
}

/** What a lifecycle rule of a bucket does to which objects, whatever it is called. */
function lifecycleEffect({ id: _, ...rule }: Attributes): string {
  const { prefix, ...filter } = block(rule.filter);
  return JSON.stringify(withoutNothing({ ...rule, prefix: rule.prefix || prefix, filter }));
}

/** Without what is empty, which the provider writes in several ways. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNothing).filter((part) => part !== undefined);
  }
  if (typeof value !== "object" || value === null) {
    return value || undefined;
  }
  const fields = Object.entries(value)
    .map(([name, part]) => [name, withoutNothing(part)] as const)
    .filter(([, part]) => part !== undefined && (!Array.isArray(part) || part.length > 0))
    .sort(([one], [other]) => one.localeCompare(other));
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}
