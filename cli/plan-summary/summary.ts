import { attributesOf } from "../../resources/attributes";
import { joined, type Phrase, phrase, words } from "../../resources/phrase";
import { alarmsOfPlan, undecided } from "../../resources/plan/alarms";
import { Configuration, expressionIn } from "../../resources/plan/configuration";
import { providerFacts } from "../../resources/plan/configured";
import { defectsOf } from "../../resources/plan/defects";
import { differencesOf, hide } from "../../resources/plan/differences";
import { byKind, type Kind, kinds } from "../../resources/plan/kinds";
import { shownOutput } from "../../resources/plan/outputs";
import type { Plan, ResourceChange } from "../../resources/plan/plan";
import { secretsOf } from "../../resources/plan/secrets";
import type { Category } from "../../resources/types/alarm";
import { costsOf } from "./costs";
import { driftOf } from "./drift";
import { changesOf, type Item, item, named, tellingOf } from "./items";

/** A heading and what stands below it. */
export interface Section {
  readonly heading: string;
  readonly items: readonly Item[];
  /** Whether it is rather looked up than read. */
  readonly folded: boolean;
}

/** What has to be known before a plan is applied. */
export interface Caution {
  readonly label: string;
  readonly said: Phrase;
}

/** A plan in the order of reading, before it is Markdown or text. */
export interface Summary {
  readonly title: string;
  /** Where, as in ` (123456789012, eu-west-1)`; empty where the plan does not tell. */
  readonly place: string;
  /** What it does, in numbers. */
  readonly counts: string;
  readonly cautions: readonly Caution[];
  readonly sections: readonly Section[];
}

const headings: Readonly<Record<Kind, string>> = {
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
  permission: "Permission",
  gain: "Permission",
  "unknown type": "Unknown type",
  access: "Access",
  credential: "Credential",
  availability: "Availability",
};

/**
 * @param title what it is a plan of, as in `acme`
 * @param stateBucket the bucket of its state; undefined where that is not known
 * @param written the file that it is a plan of, as `readWritten` reads it; undefined leaves its alarms out
 */
export function summaryOf(plan: Plan, title: string, stateBucket?: string, written?: unknown): Summary {
  const secrets = secretsOf(plan);
  const changes = byKind(plan);
  const all = [...changes.values()].flat();
  return {
    title,
    place: placeOf(plan),
    counts: `${plan.errored ? "incomplete, " : ""}${all.length === 0 ? withoutChanges(plan) : counts(changes)}`,
    cautions: [
      ...defectsOf(plan, { stateBucket, written }).map((defect) => ({ ...defect, said: hide(defect.said, secrets) })),
      ...alarmsOfPlan(plan, stateBucket).map(({ category, resource, ...alarm }) => ({
        label: labels[category],
        said: phrase`${named(resource)} ${alarm}.`,
      })),
    ],
    sections: [
      section("Unknown: the plan does not tell whether it opens something to the world", doubts(all, plan)),
      ...kinds.map((kind) => ofKind(kind, changes.get(kind) ?? [], plan, secrets)),
      deferred(plan),
      section("Costs beside the resources", costsOf(plan)),
      section(
        "Outputs",
        // Of one that no stack has the name alone: it may be a secret of another provider's that is not marked.
        changedOutputs(plan).map((name) => item(phrase`${name}`, outputChanges(name, plan, secrets))),
        true,
      ),
      section(
        "Providers",
        providerFacts(plan).map((said) => item(hide(said, secrets))),
      ),
      section("Drift: changed outside of Terraform, and changed back", driftOf(plan, secrets)),
    ].filter(({ items }) => items.length > 0),
  };
}

/** The account and the region of a plan, of the forms that these have alone: what else is written there is not for a title. */
function placeOf(plan: Plan): string {
  const { accounts, providers } = Configuration.of(plan);
  const { region } = attributesOf(providers.aws?.expressions);
  const name = String(expressionIn(region).literal ?? "");
  const parts = [...accounts, ...(/^[a-z]{2}(-[a-z]+)+-\d$/.test(name) ? [name] : [])];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function section(heading: string, items: readonly Item[], counted = false): Section {
  return { heading: counted && items.length > 0 ? `${heading} (${items.length})` : heading, items, folded: false };
}

function counts(changes: ReadonlyMap<Kind, readonly ResourceChange[]>): string {
  return kinds
    .filter((kind) => (changes.get(kind) ?? []).length > 0)
    .map((kind) => `${changes.get(kind)?.length} ${headings[kind]}`)
    .join(", ");
}

function ofKind(kind: Kind, changes: readonly ResourceChange[], plan: Plan, secrets: readonly string[]): Section {
  const heading = `${headings[kind].charAt(0).toUpperCase()}${headings[kind].slice(1)}`;
  const isDetailed = kind === "update" || kind === "replace";
  const items = changes.map((resource) => {
    const telling = isDetailed || kind === "move" ? { said: [], items: [] } : tellingOf(resource, plan, secrets);
    const said = [named(resource), ...telling.said].reduce(
      (before, next, index) => phrase`${before}${words(index === 1 ? ": " : ", ")}${next}`,
    );
    return item(
      phrase`${said}${from(resource)}${because(resource)}`,
      isDetailed ? changesOf(resource, secrets) : telling.items,
    );
  });
  return { ...section(heading, items, true), folded: kind === "create" || kind === "import" || kind === "move" };
}

function from({ address, previous_address: previous, change }: ResourceChange): Phrase {
  const { actions, importing } = change;
  const has = (action: (typeof actions)[number]) => actions.includes(action);
  const replaces = has("create") && (has("delete") || has("forget"));
  return joined(
    [
      previous === undefined || previous === address ? words("") : phrase`, which was ${previous}`,
      importing == null ? words("") : words(replaces ? ", which is imported to be replaced" : ", which is imported"),
      words(
        has("forget") ? `, ${replaces ? "of which the former" : "which"} stays in AWS, and is managed no more` : "",
      ),
    ],
    "",
  );
}

/** Why a resource is replaced or destroyed though no attribute asks for it. */
const reasons: ReadonlyMap<string, string> = new Map([
  ["replace_because_tainted", "it is tainted: a former apply did not finish it"],
  ["replace_by_request", "the plan was asked to"],
  ["replace_by_triggers", "what it names in `replace_triggered_by` changes"],
  ["delete_because_no_module", "its module is no longer in the configuration"],
  ["delete_because_no_move_target", "what it was moved to is not in the configuration"],
  ["delete_because_count_index", "`count` is lower"],
  ["delete_because_each_key", "`for_each` no longer has its key"],
  ["delete_because_wrong_repetition", "`count` or `for_each` is used otherwise"],
]);

function because({ action_reason: reason }: ResourceChange): Phrase {
  const why = reasons.get(reason ?? "");
  return words(why === undefined ? "" : `, because ${why}`);
}

function doubts(changes: readonly ResourceChange[], plan: Plan): Item[] {
  return changes.flatMap((resource) =>
    undecided(resource, plan).map(({ attribute, why }) => item(phrase`${named(resource)}: ${attribute} ${words(why)}`)),
  );
}

/** https://developer.hashicorp.com/terraform/language/resources/deferred */
const whyDeferred: ReadonlyMap<string, string> = new Map([
  ["instance_count_unknown", "how many there are is not known yet"],
  ["resource_config_unknown", "its configuration is not known yet"],
  ["provider_config_unknown", "its provider's configuration is not known yet"],
  ["absent_prereq", "something that it needs does not exist yet"],
  ["deferred_prereq", "something that it needs is deferred"],
]);

function deferred({ deferred_changes: changes }: Plan): Section {
  const items = changes.map(({ reason, resource_change: resource }) =>
    item(phrase`${resource.address}${words(whyDeferred.has(reason) ? `: ${whyDeferred.get(reason)}` : "")}`),
  );
  return section("Deferred, and not part of this plan", items, true);
}

function withoutChanges(plan: Plan): string {
  return changedOutputs(plan).length > 0 ? "outputs alone" : plan.errored ? "no changes known" : "no changes";
}

function outputChanges(name: string, plan: Plan, secrets: readonly string[]): Item[] {
  const change = shownOutput(plan, name);
  const differences = change === undefined ? [] : differencesOf(change, secrets);
  return differences.map(({ name: path, phrase: said }) => item(phrase`${path}: ${said}`));
}

function changedOutputs({ output_changes: changes }: Plan): string[] {
  return Object.entries(changes)
    .filter(([, { actions }]) => !actions.includes("no-op"))
    .map(([name]) => name)
    .sort();
}
