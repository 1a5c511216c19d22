import { attributesOf } from "../attributes";
import { type Phrase, phrase } from "../phrase";
import { readResources } from "../types/rules";
import { type WrittenOutput, writtenOutputs } from "../types/written-outputs";
import { expressionIn } from "./configuration";
import { marked } from "./marks";
import { refersTo } from "./references";
import type { Change, Plan } from "./schema";
import { secretIn } from "./secret-references";

/** Outputs that change, and show what is secret, or lead elsewhere than stacks have them do. */
export function outputAlarms(plan: Plan): Phrase[] {
  const { root_module: root } = attributesOf(plan.configuration);
  const written = attributesOf(attributesOf(root).outputs);
  const secrets = new Set(readResources(plan).flatMap(({ values, marks }) => marked(values, marks)));
  return Object.entries(plan.output_changes)
    .filter(([, { actions }]) => actions.some((action) => action !== "no-op" && action !== "delete"))
    .flatMap(([name, { actions, after, after_sensitive: mark }]) => {
      const { expression } = attributesOf(written[name]);
      const { references } = expressionIn(expression);
      const showsSecret =
        mark !== true &&
        // `nonsensitive` takes the mark off a value, and not the source of it.
        (secretIn(expression, plan) !== undefined || (typeof after === "string" && secrets.has(after)));
      return [
        ...(showsSecret ? [phrase`the output ${name} shows what is secret, and is not marked as sensitive`] : []),
        ...(mark === true && isWritten(name) && !writtenOutputs[name]?.isSecret
          ? [phrase`the output ${name} is hidden as sensitive, which no stack does`]
          : []),
        ...(actions.includes("update") ? movedBehind(references, plan) : []).map(
          ({ address: now, previous_address: was }) =>
            phrase`the output ${name} becomes another one's: it is of ${now}, which was ${was}`,
        ),
        ...unwritten(name, expression).map(
          ([path, value]) =>
            phrase`the output ${path} becomes ${value}, where stacks have ${allowedAt(path)?.references?.join(", ") ?? "another text"}: config-files writes it into hosts' settings`,
        ),
      ];
    });
}

/** What a change of an output comes to, as that of an attribute; undefined where its value may be a secret, or is new. */
export function shownOutput(plan: Plan, name: string): Change | undefined {
  const change = plan.output_changes[name];
  const isSecret = writtenOutputs[name]?.isSecret === true || !isWritten(name);
  if (change === undefined || isSecret || !change.actions.includes("update")) {
    return undefined;
  }
  const { before, after, after_unknown, before_sensitive, after_sensitive } = change;
  const all = Object.entries({ before, after, after_unknown, before_sensitive, after_sensitive });
  return { ...change, ...Object.fromEntries(all.map(([part, value]) => [part, { [name]: value }])) };
}

/** What comes to an address that is referred to, and was at another one: a renaming alone changes no output. */
function movedBehind(references: readonly string[], { resource_changes: changes }: Plan) {
  return changes.filter(
    ({ address, previous_address: previous }) =>
      previous !== undefined && previous !== address && references.some((one) => one.startsWith(`${address}.`)),
  );
}

/** Whether stacks have an output of a name. */
function isWritten(name: string): boolean {
  return Object.keys(writtenOutputs).some((path) => path === name || path.startsWith(`${name}.`));
}

/** What of an output's expression stacks do not write there, with its path. */
function unwritten(name: string, expression: unknown): [path: string, value: string][] {
  if (!isWritten(name) || expression === undefined) {
    return [];
  }
  const { literal, references } = expressionIn(expression);
  if (literal !== undefined) {
    return leaves(literal, name).filter(([path, text]) => !isExpected(text, allowedAt(path)));
  }
  // Terraform's own syntax has the references of all members alone.
  const all = Object.entries(writtenOutputs).filter(([path]) => path === name || path.startsWith(`${name}.`));
  const allowed = all.flatMap(([, one]) => one.references ?? []);
  const others = references.filter(
    (reference) => !isText(reference) && !allowed.some((one) => refersTo(reference, one)),
  );
  const isMade = references.length === 0 && all.every(([, { form }]) => form === undefined);
  return isMade ? [[name, "what an expression makes"]] : others.map((other): [string, string] => [name, other]);
}

/** Variables of exported stacks stand for what a client file says. */
function isText(reference: string): boolean {
  return /^(var|local|each|count)\./.test(reference);
}

const address =
  /(?<![\w."])(?:module\.\w+\.)*(?:data\.)?[a-z]\w*\.[\w-]+(?:\[[\w"*]+\])?\.\w+(?:(?:\[[\w*]+\])?\.\w+)*/g;
/** What stands around addresses in stacks' outputs: one of a list, and lists of groups together. */
const around = /^(one\(|join\(" ", setunion\(|"sg-\w+"|[[\](), ])*$/;

/** Whether a text is of the form that stacks write, with nothing in it but what they refer to. */
function isExpected(text: string, { references = [], form }: WrittenOutput = {}): boolean {
  const expression = /[$%]\{([\s\S]*)\}/.exec(text)?.[1];
  if (expression === undefined) {
    return !/[$%]\{/.test(text) && form?.test(text) === true;
  }
  const found = expression.match(address) ?? [];
  const outline = text.replace(/\$\{[\s\S]*\}/, "…");
  return (
    found.length > 0 &&
    found.every((reference) => references.some((one) => refersTo(reference, one))) &&
    around.test(expression.replaceAll(address, "")) &&
    (outline === "…" || form?.test(outline) === true)
  );
}

function allowedAt(path: string): WrittenOutput | undefined {
  const steps = path.split(".");
  const found = Object.keys(writtenOutputs).find((known) => {
    const names = known.split(".");
    return names.length === steps.length && names.every((name, index) => name === "*" || name === steps[index]);
  });
  return found === undefined ? undefined : writtenOutputs[found];
}

function leaves(value: unknown, path: string): [path: string, text: string][] {
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${path}.${name}`))
    : value === null || value === undefined
      ? []
      : [[path, String(value)]];
}
