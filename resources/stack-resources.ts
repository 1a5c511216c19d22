import type { TerraformStack } from "cdktf";
import type { Attributes } from "./attributes";

type Blocks = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

interface Template {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly moved?: readonly (readonly [{ readonly from: string }])[];
  readonly removed?: readonly (readonly [{ readonly from: string }])[];
  readonly provider: {
    readonly aws: readonly { readonly default_tags?: readonly { readonly tags: Readonly<Record<string, string>> }[] }[];
  };
}

/** One resource or data source of a stack, as Terraform's JSON has it. */
export interface StackResource {
  readonly address: string;
  readonly type: string;
  readonly arguments: Attributes;
}

/** What a stack creates and what it looks up. */
export class StackResources {
  /** Every resource, in the order of their addresses. */
  readonly all: readonly StackResource[];
  /** Every data source, in the order of their addresses. */
  readonly lookedUp: readonly StackResource[];
  /** Addresses that the state may have, and that a plan moves or takes out of it: nothing is destroyed. */
  readonly leftAlone: ReadonlySet<string>;
  private readonly byAddress: ReadonlyMap<string, StackResource>;
  /** Tags that AWS's provider puts on everything that has tags. */
  readonly defaultTags: Readonly<Record<string, string>>;

  constructor(stack: TerraformStack) {
    stack.prepareStack();
    const { resource = {}, data = {}, provider, moved = [], removed = [] } = stack.toTerraform() as Template;
    this.all = listed(resource, "");
    this.lookedUp = listed(data, "data.");
    this.leftAlone = new Set([...moved, ...removed].map(([{ from }]) => from));
    this.byAddress = new Map([...this.all, ...this.lookedUp].map((found) => [found.address, found]));
    this.defaultTags = provider.aws[0]?.default_tags?.[0]?.tags ?? {};
  }

  /** The resources of a type. */
  of(type: string): StackResource[] {
    return this.all.filter((resource) => resource.type === type);
  }

  /** A resource, or with `data.` before its address a data source. */
  at(address: string): StackResource | undefined {
    return this.byAddress.get(address);
  }
}

function listed(blocks: Blocks, prefix: string): StackResource[] {
  return Object.entries(blocks)
    .flatMap(([type, named]) =>
      Object.entries(named).map(([name, given]) => ({ address: `${prefix}${type}.${name}`, type, arguments: given })),
    )
    .sort((one, other) => one.address.localeCompare(other.address));
}

/** What a whole-value reference names, as in `${aws_iam_role.emr.name}`, or the one element of a list. */
export function referenceIn(value: string): { address: string; attribute: string } | undefined {
  const [, address, attribute] = /^\$\{(?:one\()?((?:data\.)?\w+\.\w+)\.(\w+)\)?\}$/.exec(value) ?? [];
  return address === undefined || attribute === undefined ? undefined : { address, attribute };
}
