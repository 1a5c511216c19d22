import type { Imports } from "../../config/load/imports";
import { attributesOf } from "../../resources/attributes";
import { textOf } from "../../resources/phrase";
import { alarmsOfPlan, holdsOf } from "../../resources/plan/alarms";
import { defectsOf } from "../../resources/plan/defects";
import { differencesOf, nothing } from "../../resources/plan/differences";
import { byKind, endings, type Kind } from "../../resources/plan/kinds";
import type { Plan, ResourceChange } from "../../resources/plan/plan";
import { secretsOf } from "../../resources/plan/secrets";
import { order, reasonToUpdate, resourceTypeOf } from "../../resources/types";
import { generalReasons, lostTags, projectTags } from "../../resources/types/general";
import { aligned, indented } from "../layout";

/** What a plan does, and whether it is an adoption alone. */
export interface PlanCheck {
  /** To be read from top to bottom. */
  readonly lines: readonly string[];
  /** What an adoption does not do. */
  readonly refused: readonly string[];
}

/** An attribute that changes, or a resource that is created, with its reason. */
interface Row {
  readonly reason: string | undefined;
  readonly address: string;
  /** How the attribute changes; empty of a resource. */
  readonly text: string;
  /** What is said where there is no reason. */
  readonly refusal: string;
}

/**
 * Each resource to create and each attribute to update with its reason. Refused is what has an alarm or no reason, and
 * whatever destroys, replaces or removes from the state.
 * @param stateBucket the bucket of its state; undefined where that is not known
 */
export function checkPlan(plan: Plan, stateBucket?: string): PlanCheck {
  const kinds = byKind(plan);
  const of = (kind: Kind) => [...(kinds.get(kind) ?? [])].sort((one, other) => order(one.type) - order(other.type));
  // That a policy allows what the client file says is what an adoption is for: its row gives the reason.
  const refusing = alarmsOfPlan(plan, stateBucket).filter(({ category }) => category !== "gain");
  const alarms = refusing.map((alarm) => `${alarm.resource.address} ${textOf(alarm)}`);
  // What is destroyed or replaced with something in it has an alarm that says so.
  const ended = (["destroy", "replace", "remove"] as const).flatMap((kind) =>
    of(kind)
      .filter(({ type }) => kind === "remove" || holdsOf(type) === undefined)
      .map(({ address }) => `${address} ${endings[kind]}`),
  );
  const defects = defectsOf(plan, { stateBucket }).map(({ label, said }) => `${label}: ${textOf(said)}`);
  const refused = [...defects, ...ended, ...alarms];
  const secrets = secretsOf(plan);
  // What a creation is for is no reason for one with an alarm.
  const created = of("create")
    .map(createdRow)
    .filter(({ address, reason }) => !(reason && refusing.some(({ resource }) => resource.address === address)));
  const updated = of("update").flatMap((resource) => updatedRows(resource, secrets));
  const imported = plan.resource_changes.filter(({ change }) => change.importing != null).length;
  return {
    lines: [
      `${imported} to import, ${of("create").length} to create, ${of("update").length} to update in place`,
      "",
      ...sections("To create", created),
      ...sections("To update", updated),
      ...(refused.length === 0 ? [] : ["No part of an adoption", ...indented(refused, 2), ""]),
    ],
    refused: [
      ...refused,
      ...[...created, ...updated].filter(({ reason }) => reason === undefined).map(({ refusal }) => refusal),
    ],
  };
}

/** What a plan imports under another id than the file of imports says. */
export function unlistedImports(plan: Plan, imports: Imports): string[] {
  return plan.resource_changes.flatMap(({ address, change }) => {
    const { id } = (change.importing ?? {}) as { readonly id?: string };
    return id === undefined || imports[address] === id
      ? []
      : [`${address} is ${id}, and in the file ${imports[address] ?? "nothing"}`];
  });
}

function createdRow({ address, type }: ResourceChange): Row {
  const create = resourceTypeOf(type)?.adoption.create;
  return typeof create === "object"
    ? { reason: undefined, address, text: "", refusal: `${address}: it is created, and ${create.never}` }
    : { reason: create, address, text: "", refusal: `${address}: no reason is known` };
}

/** A tag of the resource, or of what is in it, such as a host's root volume. */
const tagOf = /^((?:\w+\[\d+\]\.)?)tags(?:_all)?(?:\.|$)/;

/** A row for each attribute that changes; the tags of the project are one. */
function updatedRows({ address, type, change }: ResourceChange, secrets: readonly string[]): Row[] {
  const after = attributesOf(change.after);
  const differences = differencesOf(change, secrets).map(({ attribute, name, text, pending }) => ({
    name,
    text: `${name}: ${text}`,
    pending,
    reason: !tagOf.test(name)
      ? reasonToUpdate(type, attribute, after[attribute])
      : text.endsWith(`→ ${nothing}`)
        ? lostTags
        : projectTags,
  }));
  const tags = differences.filter(({ reason }) => reason === projectTags);
  const tagNames = [...new Set(tags.map(({ name }) => name.replace(tagOf, "$1")))].join(", ");
  return [
    // What AWS gives anew is no change of the plan's.
    ...differences.filter(({ pending, reason }) => reason !== projectTags && !(pending && reason === undefined)),
    ...(tags.length === 0 ? [] : [{ reason: projectTags, text: tagNames }]),
  ].map(({ reason, text }) => ({ reason, address, text, refusal: `${address}, ${text}: no reason is known` }));
}

/** What has no reason comes first, then what matters most: that of one type before that of many. */
function sections(title: string, rows: readonly Row[]): string[] {
  const none = "no reason is known; look at it before anything is applied";
  const rank = (reason: string) => (reason === none ? -1 : generalReasons.indexOf(reason) + 1);
  const reasons = [...new Set(rows.map(({ reason = none }) => reason))];
  return reasons
    .sort((one, other) => rank(one) - rank(other))
    .flatMap((why) => {
      const below = rows.filter(({ reason = none }) => reason === why);
      return [`${title}: ${why}`, ...indented(aligned(below.map(({ address, text }) => [address, text])), 2), ""];
    });
}
