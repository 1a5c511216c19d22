import { type AlarmOfChange, alarmsOfPlan, undecided } from "../../resources/plan/alarms";
import { type Difference, differencesOf } from "../../resources/plan/differences";
import { byKind, type Kind, kindOf, kinds } from "../../resources/plan/kinds";
import type { Change, Plan, ResourceChange } from "../../resources/plan/plan";
import { type Category, textOf } from "../../resources/types/alarm";
import { count, indented } from "../layout";
import { code, within } from "./markdown";

/** GitHub takes 65,536 characters in a comment. */
const most = 60_000;

const words: Readonly<Record<Kind, string>> = {
  destroy: "to destroy",
  replace: "to replace",
  remove: "to remove from state",
  update: "to update in place",
  import: "to import",
  move: "to move",
  create: "to create",
};

const labels: Readonly<Record<Category, string>> = {
  data: "Data",
  exposure: "Exposure",
  access: "Access",
  credential: "Credential",
  availability: "Availability",
};

export interface Summary {
  readonly markdown: string;
  /** What has to be known before the plan is applied, a line each. */
  readonly alarms: readonly string[];
}

/**
 * A plan as Markdown.
 * @param title what it is a plan of, as in `acme`
 */
export function summarise(plan: Plan, title: string): Summary {
  const changes = byKind(plan);
  const alarms = alarmsOfPlan(plan).map(line);
  const total = [...changes.values()].flat().length;
  const lines = [
    `### Plan of ${code(title)}: ${total === 0 ? outputsOnly(plan) : counts(changes)}`,
    ...(plan.complete
      ? []
      : ["", "**Not all of it:** something is deferred, or not targeted. Plan again after this one is applied."]),
    ...(alarms.length === 0 ? [] : ["", "> [!CAUTION]", ...alarms.map((alarm) => `> - ${alarm}`)]),
    ...doubts([...changes.values()].flat()),
    ...kinds.flatMap((kind) => section(kind, changes.get(kind) ?? [])),
    ...outputs(plan),
    ...drift(plan),
  ];
  return { markdown: within(lines, most).join("\n"), alarms };
}

function line(alarm: AlarmOfChange): string {
  return `**${labels[alarm.category]}:** ${named(alarm.resource)} ${textOf(alarm, code)}.`;
}

/** A resource by its address; what a failed replacement left has the address of what took its place. */
function named({ address, deposed }: ResourceChange): string {
  return deposed === undefined ? code(address) : `${code(address)}, as a failed replacement left it behind,`;
}

function doubts(changes: readonly ResourceChange[]): string[] {
  const lines = changes.flatMap((resource) =>
    undecided(resource).map(({ attribute, why }) => `- ${named(resource)}: ${code(attribute)} ${why}`),
  );
  return lines.length === 0
    ? []
    : ["", "#### Unknown: the plan does not tell whether it opens something to the world", "", ...lines];
}

function counts(changes: ReadonlyMap<Kind, readonly ResourceChange[]>): string {
  return kinds
    .filter((kind) => (changes.get(kind) ?? []).length > 0)
    .map((kind) => `${changes.get(kind)?.length} ${words[kind]}`)
    .join(", ");
}

function section(kind: Kind, changes: readonly ResourceChange[]): string[] {
  if (changes.length === 0) {
    return [];
  }
  const detailed = kind === "update" || kind === "replace";
  const heading = `${words[kind].charAt(0).toUpperCase()}${words[kind].slice(1)}`;
  return [
    "",
    `#### ${heading} (${changes.length})`,
    "",
    ...changes.flatMap((resource) => [
      `- ${named(resource)}${from(resource)}${because(resource)}`,
      ...(detailed ? details(resource) : []),
    ]),
  ];
}

function from({ address, previous_address: previous, change }: ResourceChange): string {
  return [
    previous === undefined || previous === address ? "" : `, which was ${code(previous)}`,
    change.importing == null ? "" : ", which is imported",
  ].join("");
}

/** Why a resource is replaced though no attribute asks for it. */
const reasons: Readonly<Record<string, string>> = {
  replace_because_tainted: "it is tainted: a former apply did not finish it",
  replace_by_request: "the plan was asked to",
  replace_by_triggers: "what it names in `replace_triggered_by` changes",
};

function because({ action_reason: reason }: ResourceChange): string {
  const why = reason === undefined ? undefined : reasons[reason];
  return why === undefined ? "" : `, because ${why}`;
}

function details({ change }: ResourceChange): string[] {
  // What a new one is given by AWS says nothing of why the old one goes.
  const replaced = change.actions.length > 1;
  return differencesOf(change, code)
    .filter(({ attribute, pending }) => !replaced || !pending || forces(change, attribute))
    .map(
      ({ attribute, name, text }) =>
        `  - ${code(name)}: ${text}${forces(change, attribute) ? ", which forces the replacement" : ""}`,
    );
}

function forces({ replace_paths: paths }: Change, attribute: string): boolean {
  return paths.some(([first]) => first === attribute);
}

function outputsOnly({ output_changes: changes }: Plan): string {
  return changedOutputs(changes).length === 0 ? "no changes" : "outputs alone";
}

/** Names alone: an output may be a secret of another provider's that nobody marked. */
function outputs({ output_changes: changes }: Plan): string[] {
  const names = changedOutputs(changes);
  return names.length === 0
    ? []
    : ["", `#### Outputs (${names.length})`, "", ...names.map((name) => `- ${code(name)}`)];
}

function changedOutputs(changes: Plan["output_changes"]): string[] {
  return Object.entries(changes)
    .filter(([, { actions }]) => !actions.includes("no-op"))
    .map(([name]) => name)
    .sort();
}

/**
 * What somebody else changed, as far as this plan changes it back. Terraform knows more of it, most of which are echoes: a
 * bucket reads its policy, a group its rules, which are resources of their own.
 */
function drift({ resource_changes: planned, resource_drift: drifted }: Plan): string[] {
  const lines = drifted.flatMap((resource) => {
    const answer = planned.find(({ address, mode }) => mode !== "data" && address === resource.address);
    if (answer === undefined || kindOf(answer) === undefined) {
      return [];
    }
    if (resource.change.actions.includes("delete")) {
      return [`- ${code(resource.address)} is gone`];
    }
    const changed = differencesOf(answer.change).filter(({ pending }) => !pending);
    const attributes = new Set(changed.map(inFile));
    const undone = differencesOf(resource.change, code).filter((difference) => attributes.has(inFile(difference)));
    return undone.length === 0
      ? []
      : [`- ${code(resource.address)}`, ...undone.map(({ name, text }) => `  - ${code(name)}: ${text}`)];
  });
  return lines.length === 0 ? [] : ["", "#### Drift: changed outside of Terraform, and changed back", "", ...lines];
}

/** The attribute that a difference is written as; the provider compares tags in two. */
function inFile({ attribute }: Difference): string {
  return attribute === "tags_all" ? "tags" : attribute;
}

/** The alarms in a sentence, for those who do not see the Markdown. */
export function alarmed({ alarms }: Summary): string {
  return [`${count(alarms.length, "alarm")} to look at before the plan is applied:`, ...indented(alarms, 2)].join("\n");
}
