import type { Imports } from "../../clients/config/imports";
import { aligned, count, indented } from "../layout";
import { differencesOf, nothing } from "../plan-summary/differences";
import { byKind, kindOf } from "../plan-summary/kinds";
import type { Plan, ResourceChange } from "../plan-summary/plan";
import { lostTags, projectTags, readingOrder, reasonOfAddition, reasonOfChange } from "./reasons";
import { takenAway } from "./taken-away";

/** What a plan does, and whether it is an adoption alone. */
export interface PlanCheck {
  /** To be read from top to bottom. */
  readonly lines: readonly string[];
  /** What an adoption does not do. */
  readonly refused: readonly string[];
}

/** Each addition and each change with its reason; and what destroys, replaces, rotates a credential or has no reason. */
export function checkPlan(plan: Plan): PlanCheck {
  const kinds = byKind(plan);
  const refused = [
    ...["destroyed", "replaced", "forgotten"].flatMap((kind) =>
      (kinds.get(kind as "destroyed") ?? []).map(({ address }) => `${address} is ${kind}`),
    ),
    ...plan.resource_changes.flatMap((change) => [...rotations(change, plan), ...takenAway(change, plan)]),
  ];
  const added = grouped((kinds.get("added") ?? []).map(({ address, type }) => [reasonOfAddition(type), address, ""]));
  const changed = grouped((kinds.get("changed") ?? []).flatMap(rowsOf));
  const unexplained = [...(added.get(undefined) ?? []), ...(changed.get(undefined) ?? [])];
  const imported = plan.resource_changes.filter(({ change }) => change.importing != null).length;
  return {
    lines: [
      `${imported} taken up, ${count((kinds.get("added") ?? []).length, "addition")}, ${count((kinds.get("changed") ?? []).length, "change")}`,
      "",
      ...section("Made", added),
      ...section("Changed", changed),
      ...(refused.length === 0 ? [] : ["No part of an adoption", ...indented(refused, 2), ""]),
    ],
    refused: [
      ...refused,
      ...unexplained.map(([address, text]) => `${address}${text && `, ${text}`}: no reason is known`),
    ],
  };
}

/** What a plan takes up under another id than the file of imports says. */
export function strangers(plan: Plan, imports: Imports): string[] {
  return plan.resource_changes.flatMap(({ address, change }) => {
    const { id } = (change.importing ?? {}) as { readonly id?: string };
    return id === undefined || imports[address] === id
      ? []
      : [`${address} is ${id}, not ${imports[address] ?? "there"}`];
  });
}

/** A row for each attribute that changes; the tags of the project are one. */
function rowsOf({ address, type, change }: ResourceChange): (readonly [string | undefined, string, string])[] {
  const differences = differencesOf(change).map(({ name, text, pending }) => ({
    name,
    text: plain(text),
    pending,
    reason: reasonOf(type, name, text),
  }));
  const tags = differences.filter(({ reason }) => reason === projectTags);
  return [
    ...differences
      // What AWS gives anew is no change of the plan's.
      .filter(({ pending, reason }) => reason !== projectTags && !(pending && reason === undefined))
      .map(({ name, text, reason }) => [reason, address, `${name}: ${text}`] as const),
    ...(tags.length === 0
      ? []
      : [[projectTags, address, tags.map(({ name }) => name.split(".").slice(1).join(".")).join(", ")] as const]),
  ];
}

type Row = readonly [address: string, text: string];

function grouped(
  rows: readonly (readonly [reason: string | undefined, address: string, text: string])[],
): Map<string | undefined, Row[]> {
  const groups = new Map<string | undefined, Row[]>();
  for (const [reason, address, text] of rows) {
    groups.set(reason, [...(groups.get(reason) ?? []), [address, text]]);
  }
  return groups;
}

/** What has no reason comes first, then what matters most. */
function section(title: string, groups: ReadonlyMap<string | undefined, readonly Row[]>): string[] {
  const rank = (reason: string | undefined) => (reason === undefined ? -1 : readingOrder.indexOf(reason));
  const ordered = [...groups].sort(([one], [other]) => rank(one) - rank(other));
  return ordered.flatMap(([reason, rows]) => [
    `${title}: ${reason ?? "no reason is known; look at it before anything is applied"}`,
    ...indented(aligned(rows), 2),
    "",
  ]);
}

/** What gives somebody another credential than they have. */
function rotations(resource: ResourceChange, plan: Plan): string[] {
  const { address, type, change } = resource;
  const [before, after] = [change.before, change.after] as (Readonly<Record<string, unknown>> | null | undefined)[];
  const changes = kindOf(resource) === "changed";
  if (type === "aws_db_instance" && changes) {
    return ["manage_master_user_password", "password", "password_wo_version"].some(
      (name) => after?.[name] != null && after[name] !== before?.[name],
    )
      ? [`${address} gets another master password`]
      : [];
  }
  if (type === "aws_ssm_parameter" && changes && after?.value_wo_version !== before?.value_wo_version) {
    return [`${address} gets another password`];
  }
  if (type === "aws_ssm_parameter" && kindOf(resource) === "added" && after?.value_wo_version != null) {
    const databaseIsThere = plan.resource_changes.some(
      (other) => other.type === "aws_db_instance" && kindOf(other) !== "added",
    );
    return databaseIsThere ? [`${address} is a random password, which a MySQL user that is there would get`] : [];
  }
  const userIsNew = plan.resource_changes.some(
    (other) =>
      other.type === "aws_iam_user" &&
      kindOf(other) === "added" &&
      (other.change.after as { name?: unknown }).name === after?.user,
  );
  return type === "aws_iam_access_key" && kindOf(resource) === "added" && !userIsNew
    ? [`${address} is a new access key of ${after?.user}, who is there`]
    : [];
}

function reasonOf(type: string, name: string, text: string): string | undefined {
  const attribute = attributeOf(name);
  return attribute.startsWith("tags") && text.endsWith(`→ ${nothing}`) ? lostTags : reasonOfChange(type, attribute);
}

function attributeOf(name: string): string {
  return name.split(/[.[]/)[0] as string;
}

/** Without Markdown's marks. */
function plain(text: string): string {
  return text.replaceAll("`", "");
}
