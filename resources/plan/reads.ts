import { attributesOf, blocks, isAttributes, valuesIn } from "../attributes";
import { type Phrase, phrase } from "../phrase";
import { type ReadArgument, writtenReads } from "../types/written-reads";
import { Configuration, expressionIn } from "./configuration";
import { refersTo } from "./references";
import type { Plan } from "./schema";

/** A policy document does nothing but to write a text, which is judged where it is used; it is read by the apply too. */
const document = "aws_iam_policy_document";

/** Types that stacks read, from data sources and ephemeral resources. */
export const readTypes: readonly string[] = [
  ...new Set([document, ...Object.keys(writtenReads).map((read) => read.replace(/^\w+\./, ""))]),
];

/** Data sources and ephemeral resources that no stack has: what they do, or bring into the state, is done by the plan already. */
export function readAlarms(plan: Plan): Phrase[] {
  const configuration = Configuration.of(plan);
  const deferred = plan.resource_changes.filter(({ mode }) => mode === "data");
  const pending = new Set(
    deferred.filter(({ change }) => change.actions.includes("read")).map(({ address }) => address),
  );
  const read = deferred.map(({ address, type }) => ({ address, type, mode: "data" }));
  const all = new Map([...configuration.reads, ...read].map((one) => [one.address, one]));
  return [...all.values()]
    .filter(({ type }) => type !== document)
    .flatMap(({ address, type, mode }) => {
      const known = writtenReads[`${mode}.${type}`];
      if (known === undefined) {
        return [
          readTypes.includes(type)
            ? phrase`${address} is of the type ${type}, which stacks of this version read in another way: what it reads may come into the state`
            : phrase`${address} is of the type ${type}, which no stack of this version reads: it may run programs, functions and requests`,
        ];
      }
      return [
        ...argumentAlarms(address, known, configuration),
        ...(pending.has(address)
          ? [
              phrase`${address} is read by the apply alone, where stacks have the plan read it: what it gives is not judged`,
            ]
          : []),
      ];
    });
}

function argumentAlarms(
  address: string,
  known: Readonly<Record<string, ReadArgument>>,
  configuration: Configuration,
): Phrase[] {
  const prefix = configuration.modulePrefixOf(address);
  return written(configuration.argumentsOf(address) ?? {}, known).flatMap(([path, value]) => {
    const allowed = known[path];
    if (allowed === undefined) {
      return [phrase`${address} has the argument ${path}, by which no stack of this version reads`];
    }
    return unexpected(value, allowed, configuration, prefix).map(
      (found) => phrase`${address} reads by ${found} as ${path}, and no stack of this version does`,
    );
  });
}

/** Arguments by their paths, with what is written for each. */
function written(value: unknown, known: Readonly<Record<string, ReadArgument>>, path = ""): [string, unknown][] {
  return Object.entries(attributesOf(value)).flatMap(([name, inner]): [string, unknown][] => {
    const here = path === "" ? name : `${path}.${name}`;
    const { literal, references } = expressionIn(inner);
    const isMap = known[here] === undefined && isAttributes(literal) && references.length === 0;
    return Array.isArray(inner)
      ? blocks(inner).flatMap((one) => written(one, known, here))
      : isMap
        ? Object.entries(literal).map(([key, one]): [string, unknown] => [`${here}.${key}`, { constant_value: one }])
        : [[here, inner]];
  });
}

/** What of an argument is neither of the form nor what is referred to. */
function unexpected(
  value: unknown,
  { form, references: allowed = [] }: ReadArgument,
  configuration: Configuration,
  prefix: string,
): string[] {
  const { literal, references } = expressionIn(value, prefix);
  const found = valuesIn(literal);
  if (references.length === 0 && literal !== undefined && !found.some((text) => /[$%]\{/.test(text))) {
    const pattern = form === undefined ? undefined : filled(form, configuration);
    return found.filter((text) => pattern === undefined || !pattern.test(text));
  }
  const others = references.filter((reference) => !allowed.some((one) => refersTo(reference, one)));
  return references.length === 0 ? ["what an expression makes"] : others;
}

function filled(form: string, { accounts, client }: Configuration): RegExp {
  const [account = "-"] = accounts;
  return new RegExp(`^(${form.replace("{account}", account).replace("{client}", client ?? "-")})$`);
}
