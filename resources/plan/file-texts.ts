import { attributesOf, isAttributes } from "../attributes";
import { type Phrase, phrase } from "../phrase";
import { Configuration } from "./configuration";
import { expressionsIn } from "./expressions";
import type { Plan } from "./schema";

/**
 * Functions by which an expression reads files, as `/proc/self/environ` with the credentials of whoever plans. Comments may stand before
 * the parenthesis.
 */
const functions = /\b(file\w*|templatefile|abspath|pathexpand)(?:\s|\/\*[\s\S]*?\*\/|(?:#|\/\/).*\n)*\(/;

/** Literals of Terraform's JSON that read files; a plan of its own syntax does not have the functions. */
export function fileFunctionAlarms(plan: Plan): Phrase[] {
  return textsAt(plan.configuration)
    .filter(({ text }) => readsFiles(text))
    .map(({ path }) => phrase`${path} reads a file of whoever plans, which no stack does`);
}

/** What a plan has of the files that it reads: they may hold secrets, and nothing marks them. */
export function fileTexts(plan: Plan): string[] {
  const configuration = Configuration.of(plan);
  const outputs = attributesOf(attributesOf(attributesOf(plan.configuration).root_module).outputs);
  const read = (written: unknown) => textsAt(written).some(({ text }) => readsFiles(text));
  return [
    ...plan.resource_changes.flatMap(({ address, change }) =>
      Object.entries(configuration.argumentsOf(address) ?? {})
        .filter(([, written]) => read(written))
        .flatMap(([name]) => [change.before, change.after].flatMap((values) => textsAt(attributesOf(values)[name]))),
    ),
    ...Object.entries(plan.output_changes)
      .filter(([name]) => read(outputs[name]))
      .flatMap(([, { before, after }]) => [before, after].flatMap((value) => textsAt(value))),
  ].map(({ text }) => text);
}

function readsFiles(text: string): boolean {
  return expressionsIn(text).some((expression) => functions.test(expression));
}

/** Names by which a plan's JSON arranges a configuration. */
const structure = ["constant_value", "expression", "expressions", "module_calls", "module", "resources", "root_module"];

/** Texts of a plan's configuration, and names with expressions in them, each with the address of its resource and the path there. */
export function textsAt(value: unknown, path: readonly string[] = []): { path: string; text: string }[] {
  if (typeof value === "string") {
    return [{ path: path.join("."), text: value }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((inner) => textsAt(inner, path));
  }
  if (!isAttributes(value)) {
    return [];
  }
  const { address } = value;
  const here = typeof address === "string" ? [address] : path;
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(expressionsIn(name).length > 0 ? [{ path: here.join("."), text: name }] : []),
    ...textsAt(inner, structure.includes(name) ? here : [...here, name]),
  ]);
}
