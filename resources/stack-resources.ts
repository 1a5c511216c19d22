import type { TerraformStack } from "cdktf";

type Arguments = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Arguments>>>>;

interface Template {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly provider: {
    readonly aws: readonly { readonly default_tags?: readonly { readonly tags: Readonly<Record<string, string>> }[] }[];
  };
}

/** One resource or data source of a stack, as Terraform's JSON has it. */
export interface StackResource {
  readonly address: string;
  readonly type: string;
  readonly arguments: Arguments;
}

/** What a stack creates and what it looks up. */
export class StackResources {
  private readonly resource: Blocks;
  private readonly data: Blocks;
  /** Tags that AWS's provider puts on everything that has tags. */
  readonly defaultTags: Readonly<Record<string, string>>;

  constructor(stack: TerraformStack) {
    stack.prepareStack();
    const { resource = {}, data = {}, provider } = stack.toTerraform() as Template;
    this.resource = resource;
    this.data = data;
    this.defaultTags = provider.aws[0]?.default_tags?.[0]?.tags ?? {};
  }

  /** Every resource, in the order of their addresses. */
  all(): StackResource[] {
    return listed(this.resource, "");
  }

  /** Every data source, in the order of their addresses. */
  lookedUp(): StackResource[] {
    return listed(this.data, "data.");
  }

  /** The resources of a type. */
  of(type: string): StackResource[] {
    return this.all().filter((resource) => resource.type === type);
  }

  /** A resource, or with `data.` before its address a data source. */
  at(address: string): StackResource | undefined {
    const [kind, path] = address.startsWith("data.") ? [this.data, address.slice(5)] : [this.resource, address];
    const [type = "", name = ""] = path.split(".");
    const given = kind[type]?.[name];
    return given && { address, type, arguments: given };
  }
}

function listed(blocks: Blocks, prefix: string): StackResource[] {
  return Object.entries(blocks)
    .flatMap(([type, named]) =>
      Object.entries(named).map(([name, given]) => ({ address: `${prefix}${type}.${name}`, type, arguments: given })),
    )
    .sort((one, other) => one.address.localeCompare(other.address));
}

/** What a whole-value reference names, as in `${aws_iam_role.emr.name}`. */
export function referenceIn(value: string): { address: string; attribute: string } | undefined {
  const [, address, attribute] = /^\$\{((?:data\.)?\w+\.\w+)\.(\w+)\}$/.exec(value) ?? [];
  return address === undefined || attribute === undefined ? undefined : { address, attribute };
}
