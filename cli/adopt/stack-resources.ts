import type { App } from "cdktf";
import type { ClientStack } from "../../stacks/client-stack";
import { synthesised } from "../synthesised";

type Arguments = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Arguments>>>>;

/** One resource of the stack, as Terraform's JSON has it. */
export interface StackResource {
  readonly address: string;
  readonly type: string;
  readonly arguments: Arguments;
}

/** What a stack makes and what it looks up, with references resolved as far as the configuration itself says. */
export class StackResources {
  private constructor(
    private readonly resource: Blocks,
    private readonly data: Blocks,
  ) {}

  static of(make: (app: App) => ClientStack): StackResources {
    const [made] = synthesised<ClientStack, { resource?: Blocks; data?: Blocks }>((app) => [make(app)]);
    return new StackResources(made?.json.resource ?? {}, made?.json.data ?? {});
  }

  /** Every resource, in the order of their addresses. */
  all(): StackResource[] {
    return Object.entries(this.resource)
      .flatMap(([type, named]) =>
        Object.entries(named).map(([name, given]) => ({ address: `${type}.${name}`, type, arguments: given })),
      )
      .sort((one, other) => one.address.localeCompare(other.address));
  }

  /** A resource, or with `data.` before its address a data source. */
  at(address: string): StackResource | undefined {
    const [kind, path] = address.startsWith("data.") ? [this.data, address.slice(5)] : [this.resource, address];
    const [type = "", name = ""] = path.split(".");
    const given = kind[type]?.[name];
    return given && { address, type, arguments: given };
  }
}

/** What a whole-value reference names, as in `${aws_iam_role.emr.name}`. */
export function referenceIn(value: string): { address: string; attribute: string } | undefined {
  const [, address, attribute] = /^\$\{((?:data\.)?\w+\.\w+)\.(\w+)\}$/.exec(value) ?? [];
  return address === undefined || attribute === undefined ? undefined : { address, attribute };
}
