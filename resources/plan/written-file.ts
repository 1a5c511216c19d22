import { type Attributes, attributesOf, isAttributes } from "../attributes";
import { type Phrase, phrase, words } from "../phrase";
import { writtenArguments } from "../types/written-arguments";
import { guardedTypes, ignoredChanges, writtenConditions, writtenExpressions } from "../types/written-expressions";
import { writtenReads } from "../types/written-reads";
import { Configuration } from "./configuration";
import { providerArguments } from "./configured";
import { expressionsIn, hasForm, isReference } from "./expressions";
import type { Plan } from "./schema";

/** A block of the file: its path there, its kind and type, as in `resource.aws_instance`, and what it says. */
interface Block {
  readonly path: readonly string[];
  readonly place: string;
  readonly body: Attributes;
}

/** How many labels the blocks of a kind have; stacks write no other kind. `locals` has none, and a name for each value. */
const labels: Readonly<Record<string, number>> = {
  check: 1,
  data: 2,
  ephemeral: 2,
  import: 0,
  locals: 0,
  moved: 0,
  output: 1,
  provider: 1,
  removed: 0,
  resource: 2,
  terraform: 0,
  variable: 1,
};

/** What stacks write in blocks whose arguments are Terraform's own, at most. */
const ownArguments: Readonly<Record<string, readonly string[]>> = {
  check: ["assert"],
  import: ["id", "to"],
  moved: ["from", "to"],
  output: ["description", "sensitive", "value"],
  removed: ["from", "lifecycle"],
  terraform: ["backend", "required_providers"],
  variable: ["default", "description", "type"],
};

/** What stacks write in any resource beside the arguments of its type. */
const metaArguments = ["//", "depends_on", "lifecycle", "provider"];

const ofBackend = [
  ...["allowed_account_ids", "assume_role", "bucket", "encrypt", "key", "region", "use_lockfile"],
  // These decide how S3 is asked, and not who answers.
  ...["skip_credentials_validation", "skip_metadata_api_check", "use_path_style"],
];

/**
 * What a stack's file says that no stack's does, as far as a plan does not show it: blocks and arguments of Terraform's own,
 * expressions, and conditions.
 * @param stateBucket the bucket of its state; undefined where that is not known
 */
export function fileAlarms(written: unknown, plan: Plan, stateBucket?: string): Phrase[] {
  const root = attributesOf(written);
  const configuration = Configuration.of(plan);
  const others = Object.keys(root).filter((kind) => kind !== "//" && !Object.hasOwn(labels, kind));
  const blocks = Object.entries(labels).flatMap(([kind, count]) => blocksOf(root[kind], [kind], kind, count));
  return [
    ...others.map((kind) => unknownAt([kind])),
    ...blocks.flatMap((block) => [
      ...argumentsAlarms(block, configuration),
      ...lifecycleAlarms(block),
      ...expressionAlarms(block.body, block.path, block.place),
    ]),
    ...settingsAlarms(objectsIn(root.terraform), plan, stateBucket),
  ];
}

/** Objects, in lists of any depth: Terraform's JSON has one block or several. */
function objectsIn(value: unknown): Attributes[] {
  return [value].flat(Number.POSITIVE_INFINITY).filter(isAttributes);
}

function blocksOf(value: unknown, path: readonly string[], place: string, count: number): Block[] {
  return objectsIn(value).flatMap((body) =>
    count === 0
      ? [{ path, place, body }]
      : Object.entries(body).flatMap(([label, inner]) =>
          // The last label of two is a name, and so is that of one but of a provider.
          blocksOf(
            inner,
            [...path, label],
            count === 2 || path[0] === "provider" ? `${place}.${label}` : place,
            count - 1,
          ),
        ),
  );
}

/** @param address what a block that has no name is about */
function unknownAt(path: readonly string[], address?: unknown): Phrase {
  return phrase`${path.join(".")}${address === undefined ? words("") : phrase` of ${address}`} is in the file, and no stack of this version writes that: a plan does not show what it does`;
}

function argumentsAlarms({ path, place, body }: Block, configuration: Configuration): Phrase[] {
  const [kind = "", type = ""] = path;
  const unknown = (names: readonly string[], known: readonly string[]) =>
    names
      .filter((name) => !known.includes(name))
      .map((name) => unknownAt([...path, name], kind === "removed" ? body.from : undefined));
  const names = Object.keys(body);
  const own = Object.hasOwn(ownArguments, kind) ? ownArguments[kind] : undefined;
  if (own !== undefined) {
    return [
      ...unknown(names, own),
      ...(kind === "check"
        ? objectsIn(body.assert).flatMap((one) => conditionAlarms(one, [...path, "assert"], "check"))
        : []),
      ...(kind === "removed" && JSON.stringify(body.lifecycle) !== '{"destroy":false}'
        ? [phrase`removed of ${body.from} has another lifecycle than \`destroy: false\`, which stacks write`]
        : []),
    ];
  }
  if (kind === "locals") {
    return [];
  }
  if (kind === "provider") {
    const { providers } = configuration;
    const planned = Object.values(providers).flatMap(({ name, expressions }) =>
      name === type ? Object.keys(attributesOf(expressions)) : [],
    );
    return unknown(names, ["alias", ...byName(providerArguments, type), ...planned]);
  }
  const known = kind === "resource" ? byName(writtenArguments, type) : readArguments(place);
  const address = [...(kind === "resource" ? [] : [kind]), ...path.slice(1)].join(".");
  const planned = Object.keys(configuration.argumentsOf(address) ?? {});
  // What the plan has of a resource is judged there.
  return unknown(names, [...metaArguments, ...known, ...planned]);
}

function byName(table: Readonly<Record<string, readonly string[]>>, name: string): readonly string[] {
  return (Object.hasOwn(table, name) ? table[name] : undefined) ?? [];
}

function readArguments(place: string): string[] {
  const known = Object.hasOwn(writtenReads, place) ? writtenReads[place] : undefined;
  return Object.keys(known ?? {}).map((path) => path.split(".")[0] as string);
}

function lifecycleAlarms({ path, place, body }: Block): Phrase[] {
  const [kind, type = ""] = path;
  if (!["data", "ephemeral", "resource"].includes(String(kind))) {
    return [];
  }
  const here = [...path, "lifecycle"];
  const all = objectsIn(body.lifecycle);
  const isGuarded = all.some(({ prevent_destroy: prevents }) => typeof prevents === "boolean");
  const isMerged = String(body.policy).startsWith("${jsonencode(merge(");
  return [
    ...all.flatMap((lifecycle) =>
      Object.entries(lifecycle).flatMap(([name, value]) => {
        if (name === "precondition" || name === "postcondition") {
          return objectsIn(value).flatMap((one) => conditionAlarms(one, [...here, name], place));
        }
        if (name === "ignore_changes") {
          return ignored(value, byName(ignoredChanges, type), here);
        }
        const isWritten = ["create_before_destroy", "prevent_destroy"].includes(name) && typeof value === "boolean";
        return isWritten ? [] : [unknownAt([...here, name])];
      }),
    ),
    ...(kind === "resource" && guardedTypes.includes(type) && !isGuarded
      ? [phrase`${path.join(".")} has no prevent_destroy, which stacks write: nothing stops a plan that destroys it`]
      : []),
    ...(type === "aws_s3_bucket_policy" && isMerged && !all.some(({ prevent_destroy: prevents }) => prevents === true)
      ? [phrase`${path.join(".")} has no prevent_destroy: destroying it removes statements of other owners too`]
      : []),
  ];
}

function ignored(value: unknown, known: readonly string[], path: readonly string[]): Phrase[] {
  const others = [value].flat().filter((name) => !known.includes(String(name)));
  return others.map(
    (name) => phrase`${path.join(".")} ignores changes of ${name}, which no stack does: no plan shows or undoes them`,
  );
}

/** Terraform shows a message where a condition does not hold, also what was not known before the apply. */
function conditionAlarms(written: Attributes, path: readonly string[], place: string): Phrase[] {
  const known = Object.hasOwn(writtenConditions, place) ? writtenConditions[place] : undefined;
  const { condition, error_message: message, ...others } = written;
  const text = String(condition);
  const [expression = ""] = expressionsIn(text);
  return [
    ...Object.keys(others).map((name) => unknownAt([...path, name])),
    ...(text === `\${${expression}}` && hasForm(expression, known?.conditions ?? [])
      ? []
      : [phrase`${path.join(".")} has the condition ${shown(text)}, which no stack of this version has there`]),
    ...expressionsIn(typeof message === "string" ? message : JSON.stringify(message ?? ""))
      .filter((inner) => !hasForm(inner, known?.messages ?? []))
      .map(
        (inner) =>
          phrase`${path.join(".")} shows ${shown(inner)} in its message, which no stack does: it may tell what whoever applies can read`,
      ),
  ];
}

/** Expressions other than those of conditions, which are judged with these. */
function expressionAlarms(value: unknown, path: readonly string[], place: string): Phrase[] {
  if (Array.isArray(value)) {
    return value.flatMap((inner) => expressionAlarms(inner, path, place));
  }
  if (isAttributes(value)) {
    return Object.entries(value).flatMap(([name, inner]) => [
      // In Terraform's JSON a name can be an expression as well.
      ...expressionsIn(name).map((one) => unexpected(one, path)),
      ...(isDynamic(name, inner, path) ? [unknownAt([...path, name])] : []),
      ...(isCondition(name, path) ? [] : expressionAlarms(inner, [...path, name], `${place}.${name}`)),
    ]);
  }
  const isOfLocals = path[0] === "locals";
  return expressionsIn(typeof value === "string" ? value : "")
    .filter((one) => !(isReference(one) && !isOfLocals && path[0] !== "import"))
    .filter((one) => !hasForm(one, formsAt(place)))
    .map((one) => unexpected(one, path));
}

/** Blocks that Terraform makes, within another one: those of a resource itself count as its argument. */
function isDynamic(name: string, value: unknown, path: readonly string[]): boolean {
  return name === "dynamic" && typeof value === "object" && path.length > (labels[path[0] ?? ""] ?? 0) + 1;
}

function isCondition(name: string, [kind, ...inner]: readonly string[]): boolean {
  return kind === "check"
    ? name === "assert" && inner.length === 1
    : (name === "precondition" || name === "postcondition") && inner.length === 3 && inner[2] === "lifecycle";
}

function formsAt(place: string): readonly string[] {
  return Object.entries(writtenExpressions)
    .filter(([known]) => place === known || place.startsWith(`${known}.`))
    .flatMap(([, forms]) => forms);
}

function unexpected(expression: string, path: readonly string[]): Phrase {
  return phrase`${path.join(".")} has the expression ${shown(expression)}, which no stack of this version writes there: it may read files, or write a secret in clear`;
}

/** Where the state is, and where providers come from. */
function settingsAlarms(settings: readonly Attributes[], plan: Plan, stateBucket: string | undefined): Phrase[] {
  const backends = settings.flatMap(({ backend }) => blocksOf(backend, ["terraform", "backend"], "terraform", 1));
  const providers = settings.flatMap(({ required_providers: all }) => objectsIn(all).flatMap(Object.entries<unknown>));
  return [
    ...backends.flatMap(({ path, body: backend }) => backendAlarms(path, backend, plan, stateBucket)),
    ...(backends.length === 0 && stateBucket !== undefined
      ? [phrase`terraform.backend is missing: the state is not in ${stateBucket}`]
      : []),
    ...providers.flatMap(([name, provider]) =>
      Object.keys(attributesOf(provider))
        .filter((argument) => argument !== "source" && argument !== "version")
        .map((argument) => unknownAt(["terraform", "required_providers", name, argument])),
    ),
  ];
}

function backendAlarms(
  path: readonly string[],
  backend: Attributes,
  plan: Plan,
  stateBucket: string | undefined,
): Phrase[] {
  const { client } = Configuration.of(plan);
  const { bucket, key, encrypt } = backend;
  const place = path.join(".");
  if (path[2] !== "s3") {
    // In an app on the constructs, of which no bucket is known.
    return stateBucket === undefined ? [] : [phrase`the state is kept by ${place}, and not in ${stateBucket}`];
  }
  const name = String(key).split("/").at(-1);
  const isOwn =
    client === undefined || [client, `${client}-databases`, `${client}-ci`].some((one) => name === `${one}.tfstate`);
  return [
    ...Object.keys(backend)
      .filter((argument) => !ofBackend.includes(argument))
      .map((argument) => unknownAt([...path, argument])),
    ...(stateBucket === undefined || bucket === stateBucket
      ? []
      : [phrase`the state is in the bucket ${bucket}, and not in ${stateBucket}`]),
    ...(encrypt === true ? [] : [phrase`${place} does not encrypt the state`]),
    ...(isOwn ? [] : [phrase`the state is ${key}, which is not that of ${client}`]),
  ];
}

function shown(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
