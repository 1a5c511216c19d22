import { type Plan, readPlan } from "../resources/plan/plan";
import type { Template } from "./synth";

type Arguments = Readonly<Record<string, unknown>>;

/**
 * Arguments that are maps, of which the configuration has one expression, and a plan nothing where a value is unknown; any other
 * object is a block, which a plan has in a list.
 */
export const maps = ["advanced_options", "dimensions", "tags", "tags_to_add", "target_tags", "variable_tags"];

/** Of a resource, what is for Terraform itself. */
const settings = ["//", "depends_on", "lifecycle", "provider"];

/**
 * A stack's first plan as Terraform makes it, with nothing in AWS yet: what AWS gives to a resource is known after the apply
 * alone, and so are documents with an ARN in them. What is read from AWS is not of interest, and any text.
 */
export function firstPlan(template: Template): Plan {
  const { data = {}, resource, provider } = resolved(template) as Template;
  const documents = Object.entries((data.aws_iam_policy_document ?? {}) as Readonly<Record<string, Arguments>>);
  const planned = Object.entries(resource).flatMap(([type, all]) =>
    Object.entries(all as Readonly<Record<string, Arguments>>).map(([name, written]) => {
      const given = Object.entries(written).filter(([argument]) => !settings.includes(argument));
      return { type, name, given: Object.fromEntries(given) };
    }),
  );
  const change = (given: Arguments, actions: readonly string[]) => ({
    actions,
    before: null,
    after: known(given),
    after_unknown: unknown(given),
  });
  return readPlan(
    JSON.stringify({
      format_version: "1.2",
      resource_changes: [
        ...planned.map(({ type, name, given }) => ({
          address: `${type}.${name}`,
          mode: "managed",
          type,
          change: change(given, ["create"]),
        })),
        ...documents.map(([name, given]) => ({
          address: `data.aws_iam_policy_document.${name}`,
          mode: "data",
          type: "aws_iam_policy_document",
          change: change(given, ["read"]),
        })),
      ],
      prior_state: { values: { root_module: { resources: reads(template) } } },
      configuration: {
        provider_config: { aws: { expressions: expressions(first(provider.aws)) } },
        root_module: {
          resources: [
            ...planned.map(({ type, name, given }) => ({
              address: `${type}.${name}`,
              expressions: expressions(given),
            })),
            ...documents.map(([name, given]) => ({
              address: `data.aws_iam_policy_document.${name}`,
              expressions: expressions(given),
            })),
          ],
        },
      },
    }),
    "plan.json",
  );
}

/** References to arguments that are given, by their values; those of data sources by any. */
function resolved(template: Template): unknown {
  const account = first(template.provider.aws).allowed_account_ids as readonly string[];
  const resolve = (text: string): string =>
    text
      .replaceAll(/\$\{data\.aws_iam_role\.(\w+)\.arn\}/g, (_, name) => {
        const read = template.data?.aws_iam_role?.[name] as Arguments;
        return `arn:aws:iam::${account[0]}:role/${read.name}`;
      })
      .replaceAll(/\$\{data\.aws_iam_(?!policy_document)\w+\.(\w+)\.arn\}/g, `arn:aws:iam::${account[0]}:role/$1`)
      .replaceAll(/\$\{(\w+)\.(\w+)\.(\w+)\}/g, (whole, type, name, argument) => {
        const given = template.resource[type]?.[name]?.[argument];
        return typeof given === "string" && given !== text ? resolve(given) : whole;
      });
  return JSON.parse(JSON.stringify(template), (_, value) => (typeof value === "string" ? resolve(value) : value));
}

/** What is read from AWS: what it is looked up by, and each attribute that is asked for, being any text. */
function reads(template: Template): unknown[] {
  return [...JSON.stringify(template).matchAll(/\$\{data\.(aws_\w+)\.(\w+)\.(\w+)\}/g)].map(
    ([whole, type = "", name = "", attribute = ""]) => ({
      mode: "data",
      type,
      values: { ...template.data?.[type]?.[name], [attribute]: whole },
    }),
  );
}

const reference = /\$\{(?:one\()?((?:data\.)?[a-z]\w*\.\w+(?:\.\w+)*)[^}]*\}/g;
const isReference = (value: unknown) =>
  typeof value === "string" && /\$\{(one\()?(aws_|mysql_|data\.aws_iam_policy_document)/.test(value);
const isBlock = (value: unknown): value is Arguments =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function known(value: unknown): unknown {
  return mapped(value, (leaf) => (isReference(leaf) ? undefined : leaf));
}

function unknown(value: unknown): unknown {
  return mapped(value, isReference);
}

function mapped(value: unknown, leaf: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => mapped(item, leaf) ?? null);
  }
  return isBlock(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [
          name,
          isUnknownMap(name, inner)
            ? leaf(Object.values(inner).find(isReference))
            : isBlock(inner) && !maps.includes(name)
              ? [mapped(inner, leaf)]
              : mapped(inner, leaf),
        ]),
      )
    : leaf(value);
}

function isUnknownMap(name: string, value: unknown): value is Arguments {
  return maps.includes(name) && isBlock(value) && Object.values(value).some(isReference);
}

function expressions(given: Arguments): unknown {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const inner = [value].flat();
      const isOfBlocks = inner.every(isBlock) && !maps.includes(name);
      return [name, isOfBlocks ? inner.map(expressions) : expression(value)];
    }),
  );
}

function expression(value: unknown): unknown {
  const references = [...JSON.stringify(value).matchAll(reference)].flatMap(([, address = ""]) => [
    address,
    address.slice(0, address.lastIndexOf(".")),
  ]);
  return { constant_value: value, ...(references.length > 0 && { references }) };
}

function first(value: unknown): Arguments {
  return [value].flat()[0] as Arguments;
}
