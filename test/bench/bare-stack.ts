import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, ref, S3Backend, TerraformOutput, TerraformResource, TerraformStack, Token } from "cdktf";

type Block = Record<string, unknown>;
type Kind = "resource" | "data";

/** Terraform JSON of a stack, as far as it is made again. */
export type StackJson = { readonly [kind in Kind | "output"]?: Record<string, Record<string, Block>> };

/** What maps keys that people chose, where all other objects have Terraform's. */
const maps = ["tags", "advanced_options"];

/** The resources, data sources and outputs of a stack, made again with nothing but cdktf and its bindings. */
export function bareStack(app: App, id: string, { resource = {}, data = {}, output = {} }: StackJson): TerraformStack {
  const stack = new TerraformStack(app, id);
  new S3Backend(stack, { bucket: "state", key: id, region: "eu-west-1" });
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  addAll(stack, "data", data);
  addAll(stack, "resource", resource);
  for (const [name, { value, ...rest }] of Object.entries(output)) {
    const config = { ...camelCased(rest, stack), value: withReferences(value, stack) };
    new TerraformOutput(stack, `output-${name}`, config).overrideLogicalId(name);
  }
  return stack;
}

function addAll(stack: TerraformStack, kind: Kind, blocks: Record<string, Record<string, Block>>): void {
  for (const [type, named] of Object.entries(blocks)) {
    const Binding = type.startsWith("aws_") ? bindingOf(kind, type) : undefined;
    for (const [name, { depends_on, ...attributes }] of Object.entries(named)) {
      if (Binding === undefined) {
        addWithoutBinding(stack, type, name, attributes);
        continue;
      }
      const dependsOn = (depends_on as string[] | undefined)?.map((fqn) => ({ fqn }));
      new Binding(stack, `${kind}-${type}-${name}`, { ...camelCased(attributes, stack), dependsOn }).overrideLogicalId(
        name,
      );
    }
  }
}

/** cdktf's own construct of `terraform_data` runs Terraform at synth. */
function addWithoutBinding(stack: TerraformStack, type: string, name: string, attributes: Block): void {
  const resource = new TerraformResource(stack, `${type}-${name}`, { terraformResourceType: type });
  resource.overrideLogicalId(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    resource.addOverride(attribute, value);
  }
}

function bindingOf(kind: Kind, type: string) {
  const name = type.replace("aws_", kind === "data" ? "data_aws_" : "");
  const exported = Object.values(require(`@cdktf/provider-aws/lib/${name.replaceAll("_", "-")}`));
  // biome-ignore lint/suspicious/noExplicitAny: the bindings of all types have only this in common.
  return (exported as any[]).find(({ tfResourceType }) => tfResourceType === type);
}

/** Attributes by the bindings' names. */
function camelCased(attributes: Block, stack: TerraformStack): Block {
  const of = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(of) : isBlock(value) ? camelCased(value, stack) : withReferences(value, stack);
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [
      camelCase(key),
      maps.includes(key) ? withReferences(value, stack) : of(value),
    ]),
  );
}

/** A value with references as they are written by hand. */
function withReferences(value: unknown, stack: TerraformStack): unknown {
  if (typeof value === "string") {
    return value.replace(/\$\{([^{}]+)\}/g, (_, expression) => Token.asString(ref(expression, stack)));
  }
  if (Array.isArray(value)) return value.map((item) => withReferences(item, stack));
  return isBlock(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withReferences(inner, stack)]))
    : value;
}

function isBlock(value: unknown): value is Block {
  return value !== null && typeof value === "object";
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, next) => next.toUpperCase());
}
