import { differencesOf } from "./differences";
import { byKind, type Kind, kindOf, kinds } from "./kinds";
import { lossesOf } from "./losses";
import { code, within } from "./markdown";
import { opensToTheWorld, undecided } from "./openings";
import type { Change, Plan, ResourceChange } from "./plan";

/** GitHub takes 65,536 characters in a comment. */
const most = 60_000;

const headings: Readonly<Record<Kind, string>> = {
  destroyed: "Destroyed",
  replaced: "Replaced: destroyed and made again",
  forgotten: "Left to itself: out of the state, still in AWS",
  changed: "Changed",
  imported: "Imported",
  moved: "Moved to another address",
  added: "Added",
};

export interface Summary {
  readonly markdown: string;
  /** What loses data or opens something to the world, a line each. */
  readonly alarms: readonly string[];
}

/**
 * A plan as Markdown.
 * @param title what it is a plan of, as in `acme`
 */
export function summarise(plan: Plan, title: string): Summary {
  const changes = byKind(plan);
  const alarms = kinds.flatMap((kind) => (changes.get(kind) ?? []).flatMap(alarmsOf));
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

function alarmsOf(resource: ResourceChange): string[] {
  return [
    ...lossesOf(resource).map((loss) => `**Loses data:** ${named(resource)} ${loss}.`),
    ...opensToTheWorld(resource).map((opening) => `**Opens to the world:** ${named(resource)} opens ${code(opening)}.`),
  ];
}

/** A resource by its address; what a failed replacement left has the address of what took its place. */
function named({ address, deposed }: ResourceChange): string {
  return deposed === undefined ? code(address) : `${code(address)}, as a failed replacement left it behind,`;
}

function doubts(changes: readonly ResourceChange[]): string[] {
  const lines = changes.flatMap((resource) =>
    undecided(resource).map(({ attribute, why }) => `- ${named(resource)}: ${code(attribute)} ${why}`),
  );
  return lines.length === 0 ? [] : ["", "#### May open to the world: the plan does not tell", "", ...lines];
}

function counts(changes: ReadonlyMap<Kind, readonly ResourceChange[]>): string {
  return kinds
    .filter((kind) => (changes.get(kind) ?? []).length > 0)
    .map((kind) => `${changes.get(kind)?.length} ${kind}`)
    .join(", ");
}

function section(kind: Kind, changes: readonly ResourceChange[]): string[] {
  if (changes.length === 0) {
    return [];
  }
  const detailed = kind === "changed" || kind === "replaced";
  return [
    "",
    `#### ${headings[kind]} (${changes.length})`,
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
  replace_because_tainted: "a former apply did not end with it, so it is tainted",
  replace_by_request: "the plan was asked to",
  replace_by_triggers: "what it names in `replace_triggered_by` changes",
};

function because({ action_reason: reason }: ResourceChange): string {
  const words = reason === undefined ? undefined : reasons[reason];
  return words === undefined ? "" : `, because ${words}`;
}

function details({ change }: ResourceChange): string[] {
  // What a new one is given by AWS says nothing of why the old one goes.
  const replaced = change.actions.length > 1;
  return differencesOf(change)
    .filter(({ name, pending }) => !replaced || !pending || forces(change, name))
    .map(
      ({ name, text }) => `  - ${code(name)}: ${text}${forces(change, name) ? ", which forces the replacement" : ""}`,
    );
}

function forces({ replace_paths: paths }: Change, attribute: string): boolean {
  return paths.some(([first]) => first === attribute.split(/[.[]/)[0]);
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
    const attributes = new Set(changed.map(({ name }) => attributeOf(name)));
    const undone = differencesOf(resource.change).filter(({ name }) => attributes.has(attributeOf(name)));
    return undone.length === 0
      ? []
      : [`- ${code(resource.address)}`, ...undone.map(({ name, text }) => `  - ${code(name)}: ${text}`)];
  });
  return lines.length === 0 ? [] : ["", "#### Changed outside of Terraform, and changed back", "", ...lines];
}

/** The attribute that a difference is in; the provider compares tags in two. */
function attributeOf(name: string): string {
  const [attribute = name] = name.split(/[.[]/);
  return attribute === "tags_all" ? "tags" : attribute;
}

/** The alarms in a sentence, for those who do not see the Markdown. */
export function alarmed({ alarms }: Summary): string {
  const found = alarms.length === 1 ? "1 change loses data or opens" : `${alarms.length} changes lose data or open`;
  return `${found} something to the world:\n${alarms.map((alarm) => `  ${alarm}`).join("\n")}`;
}
