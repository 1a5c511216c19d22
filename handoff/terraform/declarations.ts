import {
  TerraformDataSource,
  TerraformElement,
  TerraformLocal,
  TerraformOutput,
  TerraformProvider,
  TerraformResource,
  type TerraformStack,
  TerraformVariable,
} from "cdktf";

/** Of each argument of a body, whether it is a block, and what there is inside; nothing of what only an override adds. */
export interface Shape {
  readonly [argument: string]: { readonly block: boolean; readonly inner: Shape };
}

/** What an element of a stack says of itself. */
export interface Declaration {
  /** As in `aws_vpc.main`, `data.aws_vpc.main`, `local.policy`, `provider.aws` or `provider.aws.alias`. */
  readonly address: string;
  /** Construct ids below the stack, as in `emr-roles`, `service`. */
  readonly path: readonly string[];
  readonly shape: Shape;
}

/** What the constructs of a stack say, by address, in the order of the construct tree. */
export function declarationsOf(stack: TerraformStack): Map<string, Declaration> {
  const declarations = stack.node.findAll().flatMap((construct) => {
    const path = construct.node.scopes.slice(stack.node.scopes.length).map(({ node }) => node.id);
    const described = TerraformElement.isTerraformElement(construct)
      ? describe(construct)
      : { address: constructAddress(stack.getLogicalId(construct.node)), shape: {} };
    return described === undefined || path.length === 0 ? [] : [{ ...described, path }];
  });
  return new Map(declarations.map((declaration) => [declaration.address, declaration]));
}

/**
 * The declaration of what stands under an address: its element's, or that of the construct of its name, as an `ephemeral`
 * block has no element; or else of the construct directly below the stack whose id its name begins with, as with the
 * addresses of `removed` blocks.
 */
export function declarationOf(
  declarations: ReadonlyMap<string, Declaration>,
  address: string,
  name: string,
): Declaration | undefined {
  const found = declarations.get(address) ?? declarations.get(constructAddress(name));
  const outermost = [...declarations.values()].filter(({ path }) => path.length === 1);
  const begins = outermost
    .filter(({ path }) => `${name}_`.startsWith(`${path[0]?.replaceAll("-", "_")}_`))
    .sort((one, other) => (other.path[0]?.length ?? 0) - (one.path[0]?.length ?? 0));
  return found ?? begins[0];
}

function constructAddress(name: string): string {
  return `construct.${name}`;
}

function describe(element: TerraformElement): Omit<Declaration, "path"> | undefined {
  if (TerraformResource.isTerraformResource(element) || TerraformDataSource.isTerraformDataSource(element)) {
    const kind = TerraformResource.isTerraformResource(element) ? "resource" : "data";
    const { terraformResourceType: type, friendlyUniqueId: name } = element;
    const prefix = kind === "data" ? "data." : "";
    return { address: `${prefix}${type}.${name}`, shape: shapeOf(element.toHclTerraform()[kind]?.[type]?.[name]) };
  }
  if (TerraformProvider.isTerraformProvider(element)) {
    const { terraformResourceType: type, alias } = element;
    const address = alias === undefined ? `provider.${type}` : `provider.${type}.${alias}`;
    return { address, shape: shapeOf(element.toHclTerraform().provider?.[type]?.[0]) };
  }
  const prefix =
    element instanceof TerraformLocal
      ? "local"
      : element instanceof TerraformVariable
        ? "var"
        : TerraformOutput.isTerraformOutput(element)
          ? "output"
          : undefined;
  return prefix === undefined ? undefined : { address: `${prefix}.${element.friendlyUniqueId}`, shape: {} };
}

/** Reads the arguments that carry a description; overrides are merged in among them without one. */
function shapeOf(described: unknown): Shape {
  const bodies = (Array.isArray(described) ? described : [described]).filter(isObject);
  const shape: Record<string, { block: boolean; inner: Shape }> = {};
  for (const [argument, description] of bodies.flatMap((body) => Object.entries(body))) {
    if (isObject(description) && ("isBlock" in description || "is_block" in description)) {
      // A map of objects is marked as a block too, and Terraform knows no such block.
      const block = (description.isBlock ?? description.is_block) === true && description.type !== "map";
      shape[argument] = { block, inner: { ...shape[argument]?.inner, ...shapeOf(description.value) } };
    }
  }
  return shape;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
