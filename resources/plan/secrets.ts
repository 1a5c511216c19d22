import { attributesOf, isAttributes } from "../attributes";
import { type Phrase, phrase } from "../phrase";
import { fileTexts } from "./file-texts";
import { hasTrue, marked } from "./marks";
import type { Change, Plan } from "./schema";
import { textsOfSecrets } from "./secret-references";

/** A text, and where a plan has it: an address, or an output. */
interface Placed {
  readonly text: string;
  readonly place: string;
}

/** How what is secret is shown. */
export const sensitive = "(sensitive)";

/** A shorter text is no secret that could be told from another value. */
const fewestCharacters = 4;
/** The least that RDS and MySQL take as a password. A shorter text is in too many others, and hides what is the same alone. */
const fewestInOthers = 8;

/** Texts that a plan marks as sensitive anywhere, or that are made of such, and those of files that it reads. */
export function secretsOf(plan: Plan): readonly string[] {
  const made = [...textsOfSecrets(plan), ...fileTexts(plan)].filter((text) => text.length >= fewestCharacters);
  return [...new Set([...markedIn(plan).map(({ text }) => text), ...made])].sort(
    (one, other) => other.length - one.length,
  );
}

/** A text without the secrets in it. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  if (secrets.includes(text)) {
    return sensitive;
  }
  return secrets
    .filter((secret) => secret.length >= fewestInOthers)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
    .reduce((left, secret) => left.replaceAll(secret, sensitive), text);
}

/** A value without the secrets in its texts. */
export function valueWithoutSecrets(value: unknown, secrets: readonly string[]): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => valueWithoutSecrets(item, secrets));
  }
  return isAttributes(value)
    ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, valueWithoutSecrets(item, secrets)]))
    : typeof value === "string"
      ? withoutSecrets(value, secrets)
      : value;
}

/**
 * What a plan marks as sensitive in one place and has in clear in another one: either a secret gets out, or the mark is there to hide
 * what the other place says.
 */
export function secretsInClear(plan: Plan): Phrase[] {
  const secrets = markedIn(plan);
  const clear = secrets.length === 0 ? [] : clearIn(plan);
  const found = new Map<string, Set<string>>();
  for (const { text, place } of secrets) {
    const places = clear.filter((one) => withoutSecrets(one.text, [text]) !== one.text).map((one) => one.place);
    found.set(place, new Set([...(found.get(place) ?? []), ...places]));
  }
  return [...found]
    .filter(([, places]) => places.size > 0)
    .map(
      ([place, places]) =>
        phrase`what ${place} marks as sensitive stands in clear in ${[...places].join(", ")}, and is left out below: read it in the plan`,
    );
}

/** Texts of a change that nothing marks. */
export function clearTexts({ before, after, before_sensitive, after_sensitive }: Change): string[] {
  return [...unmarked(before, before_sensitive), ...unmarked(after, after_sensitive)];
}

function changesOf({ resource_changes, resource_drift, output_changes }: Plan): [place: string, change: Change][] {
  return [
    ...[...resource_changes, ...resource_drift].map(({ address, change }): [string, Change] => [address, change]),
    ...Object.entries(output_changes).map(([name, change]): [string, Change] => [`the output ${name}`, change]),
  ];
}

function markedIn(plan: Plan): Placed[] {
  return changesOf(plan).flatMap(([place, { before, after, before_sensitive, after_sensitive }]) =>
    [...marked(before, before_sensitive), ...marked(after, after_sensitive)]
      .filter((text) => text.length >= fewestCharacters)
      .map((text) => ({ text, place })),
  );
}

/** Texts that nothing marks, of what a summary may show: what changes, and what a configuration says of providers. */
function clearIn(plan: Plan): Placed[] {
  const changing = changesOf(plan).filter(([, { actions }]) => actions.some((action) => action !== "no-op"));
  const providers = Object.entries(attributesOf(attributesOf(plan.configuration).provider_config));
  return [
    ...changing.flatMap(([place, change]) => clearTexts(change).map((text) => ({ text, place }))),
    ...providers.flatMap(([name, provider]) =>
      unmarked(provider, undefined).map((text) => ({ text, place: `the provider ${name}` })),
    ),
  ];
}

function unmarked(value: unknown, marks: unknown): string[] {
  if (marks === true) {
    return [];
  }
  if (typeof value !== "object" || value === null) {
    return typeof value === "string" ? [value] : [];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    unmarked(inner, hasTrue(marks) ? (marks as Readonly<Record<string, unknown>>)[key] : undefined),
  );
}
