import type { Template } from "./synth";

type Written = Readonly<Record<string, unknown>>;

/** Of a block, what is for Terraform itself. */
const settings = ["//", "alias", "depends_on", "lifecycle", "provider"];

/** A plan that changes nothing, with the configuration of a stack as `terraform show -json` has it. */
export function configuredPlan(template: Template) {
  const {
    data = {},
    ephemeral = {},
    output = {},
    provider,
    variable = {},
  } = template as Template & {
    readonly ephemeral?: Template["data"];
    readonly variable?: Readonly<Record<string, Written>>;
  };
  const reads = Object.entries({ data, ephemeral }).flatMap(([mode, all]) =>
    Object.entries(all).flatMap(([type, named]) =>
      Object.entries(named as Readonly<Record<string, Written>>).map(([name, written]) => ({
        address: `${mode}.${type}.${name}`,
        mode,
        type,
        expressions: expressions(written),
      })),
    ),
  );
  const providers = Object.entries(provider).flatMap(([name, all]) =>
    ([all].flat() as Written[]).map((written) => {
      const key = written.alias === undefined ? name : `${name}.${written.alias}`;
      return [key, { name, alias: written.alias, expressions: expressions(written) }] as const;
    }),
  );
  const outputs = Object.entries(output as Readonly<Record<string, Written>>);
  return {
    format_version: "1.2",
    resource_changes: [] as object[],
    output_changes: Object.fromEntries(
      outputs.map(([name, { sensitive }]) => [
        name,
        { actions: ["create"], before: null, after: "x", after_sensitive: sensitive === true },
      ]),
    ),
    configuration: {
      provider_config: Object.fromEntries(providers),
      root_module: {
        outputs: Object.fromEntries(outputs.map(([name, { value }]) => [name, { expression: expression(value) }])),
        resources: reads,
        variables: variable,
      },
    },
  };
}

function expressions(written: Written): unknown {
  return Object.fromEntries(
    Object.entries(written)
      .filter(([name]) => !settings.includes(name))
      .map(([name, value]) => [name, areBlocks(value) ? value.map(expressions) : expression(value)]),
  );
}

function areBlocks(value: unknown): value is Written[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "object");
}

/** In Terraform's JSON syntax a plan has a text as it is written, and beside it what it refers to. */
function expression(value: unknown): unknown {
  const references = [...JSON.stringify(value).matchAll(/\$\{(.*?)\}/g)].flatMap(([, text = ""]) =>
    [...text.matchAll(/(?:data\.|ephemeral\.)?(?:(?:aws|mysql)_\w+\.\w+|var)\.\w+/g)].flatMap(([address]) =>
      address.startsWith("var.") ? [address] : [address, address.slice(0, address.lastIndexOf("."))],
    ),
  );
  return { constant_value: value, ...(references.length > 0 && { references }) };
}
