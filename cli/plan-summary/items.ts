import { pgpFingerprint } from "../../config/schema/public-keys";
import { type Attributes, attributesOf, isAttributes } from "../../resources/attributes";
import { joined, type Phrase, phrase, words } from "../../resources/phrase";
import { Configuration } from "../../resources/plan/configuration";
import { type Difference, differencesOf, hide, isSensitive } from "../../resources/plan/differences";
import { kindOf } from "../../resources/plan/kinds";
import { isPendingAt, valuesAt } from "../../resources/plan/paths";
import type { Change, Plan, ResourceChange } from "../../resources/plan/plan";
import { inWords } from "../../resources/policies/words";
import { statementsIn } from "../../resources/policy-statements";
import { resourceTypeOf } from "../../resources/types";
import { fingerprint } from "../../resources/types/key-pair";
import { peerOf, ports } from "../../resources/types/openings";
import { tellingOfType, unsafeOfType } from "./telling";

/** A line, and those below it. */
export interface Item {
  readonly said: Phrase;
  readonly items: readonly Item[];
}

export function item(said: Phrase, items: readonly Item[] = []): Item {
  return { said, items };
}

/** A resource by its address; what a failed replacement left has the address of what took its place. */
export function named({ address, deposed }: ResourceChange): Phrase {
  return deposed === undefined ? phrase`${address}` : phrase`${address}, as a failed replacement left it behind,`;
}

/** What changes of a resource, and of a replacement what asks for it. */
export function changesOf({ change }: ResourceChange, secrets: readonly string[]): Item[] {
  // What a new one is given by AWS says nothing of why the old one goes.
  const replaced = change.actions.length > 1;
  const differences = differencesOf(change, secrets).filter(
    ({ attribute, pending }) => !replaced || !pending || forces(change, attribute),
  );
  const tags = differences.filter(isNewTag);
  const isMany = tags.length > 2;
  return [
    ...differences
      .filter((difference) => !isMany || !isNewTag(difference))
      .map(({ attribute, name, phrase: said, statements }) =>
        item(
          phrase`${name}: ${said}${words(forces(change, attribute) ? ", which forces the replacement" : "")}`,
          statements.map((statement) => item(statement)),
        ),
      ),
    ...(isMany
      ? [
          item(
            phrase`tags: adds ${joined(
              tags.map(({ name, phrase: { values } }) => phrase`${name.slice(name.indexOf(".") + 1)} ${values[0]}`),
              ", ",
            )}`,
          ),
        ]
      : []),
  ];
}

/** A tag that is new, of which there are many at an adoption. */
function isNewTag({ attribute, phrase: { words: around } }: Difference): boolean {
  return /^tags(_all)?$/.test(attribute) && around.length === 2 && around[0] === "(none) → ";
}

function forces({ replace_paths: paths }: Change, attribute: string): boolean {
  return paths.some(([first]) => first === attribute);
}

/** What tells a resource that is created or ends: its telling attributes, and what its policies say. */
export function tellingOf(
  resource: ResourceChange,
  plan: Plan,
  secrets: readonly string[],
): { readonly said: readonly Phrase[]; readonly items: readonly Item[] } {
  const { change } = resource;
  const values = attributesOf(isAttributes(change.after) ? change.after : change.before);
  const said = resource.type.startsWith("aws_vpc_security_group_")
    ? [rule(resource, values, plan)]
    : tellingOfType(resource.type).flatMap(([path, before, after]) => {
        const found = attributeValue(resource, path, values, plan);
        return found === undefined || found === "" || found === false
          ? []
          : [phrase`${words(before && `${before} `)}${found}${words(after ? ` ${after}` : "")}`];
      });
  const kind = kindOf(resource);
  const runs = ["user_data", "user_data_base64"].some(
    (name) =>
      Boolean(values[name]) ||
      // EC2 gives a host without it some that is empty.
      (attributesOf(change.after_unknown)[name] === true && Configuration.of(plan).mayGive(resource.address, name)),
  );
  const unsafe = unsafeOfType(resource.type)
    .filter(([path, safe]) => kind === "create" && (valuesAt(values, path.split("."))[0] ?? false) !== safe)
    .map(([, , text]) => words(text));
  const isRead = resourceTypeOf(resource.type) === undefined && kind === "create";
  const policies = isAttributes(change.after) && !isRead ? policiesOf(change, values) : [];
  return {
    said: [
      ...said,
      ...keysOf(resource, values, plan),
      ...(runs && resource.type === "aws_instance" ? [words("with user data")] : []),
      ...unsafe,
    ].map((one) => hide(one, secrets)),
    items: isRead ? everythingOf(resource, plan, secrets) : policies.map((one) => item(hide(one, secrets))),
  };
}

/** Whose key a key pair has, or an access key is encrypted with, by its fingerprint. */
function keysOf(resource: ResourceChange, values: Attributes, plan: Plan): Phrase[] {
  const of = (type: string, argument: string) =>
    resource.type === type ? attributeValue(resource, argument, values, plan) : undefined;
  const [ssh, pgp] = [of("aws_key_pair", "public_key"), of("aws_iam_access_key", "pgp_key")];
  return [
    ...(typeof ssh === "string" ? [phrase`${fingerprint(ssh)}`] : []),
    ...(typeof pgp === "string" ? [phrase`encrypted for ${pgpFingerprint(pgp) ?? fingerprint(`key ${pgp}`)}`] : []),
  ];
}

/** All that is written of a new resource of a type that no stack has, and of which no rule says what matters. */
function everythingOf({ address, change }: ResourceChange, plan: Plan, secrets: readonly string[]): Item[] {
  return differencesOf(change, secrets).flatMap(({ attribute, name, phrase: said, pending, statements }) => {
    const { references } = Configuration.of(plan).expressionOf(address, attribute);
    const value = pending ? phrase`${references.join(", ")}` : said;
    return pending && references.length === 0
      ? []
      : [
          item(
            phrase`${name}: ${value}`,
            statements.map((statement) => item(statement)),
          ),
        ];
  });
}

function rule(resource: ResourceChange, values: Attributes, plan: Plan): Phrase {
  const isIngress = resource.type.includes("ingress");
  const of = (path: string) => attributeValue(resource, path, values, plan);
  const peer =
    peerOf(values) ?? of("cidr_ipv4") ?? of("cidr_ipv6") ?? of("referenced_security_group_id") ?? of("prefix_list_id");
  const group = of("security_group_id");
  return isIngress
    ? phrase`${ports(values)} from ${peer} into ${group}`
    : phrase`${ports(values)} from ${group} to ${peer}`;
}

/** What is at a path; what it refers to where AWS is yet to give it. */
function attributeValue({ address, change }: ResourceChange, at: string, values: Attributes, plan: Plan): unknown {
  const path = at.split(".");
  if (isSensitive(change, path[0] as string)) {
    return undefined;
  }
  if (isPendingAt(change.after_unknown, path)) {
    const references = Configuration.of(plan).referencesAt(address, path);
    return references.length === 0
      ? undefined
      : references.map((reference) => reference.replace(/\.(arn|id|name)$/, "")).join(", ");
  }
  const found = valuesAt(values, path);
  return found.length > 1 ? found.join(", ") : found[0];
}

function policiesOf(change: Change, values: Attributes): Phrase[] {
  return Object.entries(values)
    .filter(([attribute]) => !isSensitive(change, attribute))
    .flatMap(([, value]) => readableStatements(value))
    .map((statement) => phrase`${inWords(statement)}`);
}

function readableStatements(value: unknown): readonly Attributes[] {
  try {
    return statementsIn(value) ?? [];
  } catch {
    return [];
  }
}
