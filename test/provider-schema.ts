import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A provider's schema, as Terraform writes it, as far as it is looked at. */
interface Schema {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, { block: Schema; nesting_mode: string; max_items?: number }>>;
}

interface Attribute {
  readonly type: unknown;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
}

type Block = Readonly<Record<string, unknown>>;

const { provider_schemas: schemas } = JSON.parse(
  readFileSync(join(__dirname, "..", "providers", "petoju-mysql-3.0.94.json"), "utf8"),
);
const mysql = schemas["registry.terraform.io/petoju/mysql"];

/** Terraform's own arguments, which every resource has. */
const metaArguments = ["//", "provider", "lifecycle", "depends_on"];

type Named = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** What of a stack's `mysql` blocks Terraform would refuse, by address; nothing where all is well. */
export function schemaMistakes(stack: {
  readonly resource?: Named;
  readonly data?: Named;
  readonly provider?: Readonly<Record<string, unknown>>;
}): string[] {
  const providers = (stack.provider?.mysql ?? []) as readonly Block[];
  return [
    ...providers.flatMap(({ alias, ...block }) =>
      blockMistakes(`provider.mysql.${alias}`, block, mysql.provider.block),
    ),
    ...namedMistakes("", stack.resource, mysql.resource_schemas),
    ...namedMistakes("data.", stack.data, mysql.data_source_schemas),
  ];
}

function namedMistakes(prefix: string, named: Named = {}, schemas: Readonly<Record<string, { block: Schema }>>) {
  return Object.entries(named)
    .filter(([type]) => type.startsWith("mysql_"))
    .flatMap(([type, blocks]) =>
      Object.entries(blocks).flatMap(([name, block]) => {
        const path = `${prefix}${type}.${name}`;
        const schema = schemas[type]?.block;
        return schema === undefined
          ? [`${path}: there is no such type`]
          : blockMistakes(path, without(block, metaArguments), schema);
      }),
    );
}

function blockMistakes(path: string, block: Block, { attributes = {}, block_types = {} }: Schema): string[] {
  const missing = Object.entries(attributes)
    .filter(([name, { required }]) => required && block[name] === undefined)
    .map(([name]) => `${path}.${name}: is missing`);
  const found = Object.entries(block).flatMap(([name, value]) => {
    const inner = `${path}.${name}`;
    const attribute = attributes[name];
    const nested = block_types[name];
    if (attribute !== undefined) {
      return attributeMistakes(inner, value, attribute);
    }
    if (nested === undefined) {
      return [`${inner}: there is no such argument`];
    }
    const blocks = (Array.isArray(value) ? value : [value]) as readonly Block[];
    return [
      ...(blocks.length > (nested.max_items ?? blocks.length) ? [`${inner}: ${nested.max_items} at most`] : []),
      ...blocks.flatMap((each, index) => blockMistakes(`${inner}.${index}`, each, nested.block)),
    ];
  });
  return [...missing, ...found];
}

function attributeMistakes(path: string, value: unknown, { type, required, optional }: Attribute): string[] {
  if (!required && !optional) {
    return [`${path}: is set by the provider alone`];
  }
  return isOf(type, value) ? [] : [`${path}: ${JSON.stringify(value)} is not ${JSON.stringify(type)}`];
}

/** Whether a value is of Terraform's type; an expression may be of any. */
function isOf(type: unknown, value: unknown): boolean {
  if (typeof value === "string" && value.startsWith("${")) {
    return true;
  }
  if (Array.isArray(type)) {
    const [kind, element] = type;
    if (kind === "map") {
      return typeof value === "object" && value !== null && Object.values(value).every((each) => isOf(element, each));
    }
    return Array.isArray(value) && value.every((each) => isOf(element, each));
  }
  return typeof value === (type === "bool" ? "boolean" : type);
}

function without(block: Block, names: readonly string[]): Block {
  return Object.fromEntries(Object.entries(block).filter(([name]) => !names.includes(name)));
}
