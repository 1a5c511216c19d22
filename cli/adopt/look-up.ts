import { AwsError } from "../aws-error";
import type { Inventory } from "./inventory";
import { referenceIn, type StackResource, type StackResources } from "./stack-resources";

/** What became of looking for one resource. */
export type Outcome =
  /** It is there, under the id that Terraform's import wants. */
  | { readonly kind: "found"; readonly id: string }
  /** It is not there, and the first deploy makes it. */
  | { readonly kind: "missing" }
  /** It is there or not: Terraform makes it anyway, and it does no harm. */
  | { readonly kind: "made"; readonly why: string }
  /** It is there, and an import would end in something else taking its place. */
  | { readonly kind: "conflict"; readonly why: string }
  /** It could not be looked for. */
  | { readonly kind: "unknown"; readonly why: string };

/** Looks for a resource of one type. */
export type Finder = (resource: StackResource, lookUp: LookUp) => Promise<Outcome>;

export const missing: Outcome = { kind: "missing" };

/** Found under an id, or missing where there is none. */
export function found(id: string | undefined): Outcome {
  return id === undefined ? missing : { kind: "found", id };
}

/** Looks for a stack's resources in the account, each once, those that another stands on before it. */
export class LookUp {
  private readonly outcomes = new Map<string, Promise<Outcome>>();

  /**
   * @param finders by Terraform's type
   * @param given ids that are known before, by address, which are not looked for
   */
  constructor(
    readonly resources: StackResources,
    readonly inventory: Inventory,
    private readonly finders: Readonly<Record<string, Finder>>,
    private readonly given: Readonly<Record<string, string>>,
  ) {}

  /** What becomes of the resource at an address. */
  outcome(address: string): Promise<Outcome> {
    const known = this.outcomes.get(address) ?? this.find(address);
    this.outcomes.set(address, known);
    return known;
  }

  /**
   * An argument's text, references followed: to what another resource is called, to what was found, to what the stack
   * looks up. Undefined where it stands on something that is missing.
   */
  async text(resource: StackResource, argument: string): Promise<string | undefined> {
    return this.resolved(resource.arguments[argument]);
  }

  /** As `text`, of an argument that is a list. */
  async texts(resource: StackResource, argument: string): Promise<readonly (string | undefined)[]> {
    const values = (resource.arguments[argument] ?? []) as readonly unknown[];
    return Promise.all(values.map((value) => this.resolved(value)));
  }

  private async resolved(value: unknown): Promise<string | undefined> {
    if (typeof value !== "string" || !value.includes("${")) {
      return value === undefined ? undefined : String(value);
    }
    const reference = referenceIn(value);
    const target = reference && this.resources.at(reference.address);
    if (reference === undefined || target === undefined) {
      return this.groupOfDatabase(value);
    }
    const { attribute } = reference;
    if (typeof target.arguments[attribute] === "string") {
      return this.text(target, attribute);
    }
    return target.address.startsWith("data.") ? this.lookedUp(target, attribute) : this.foundId(target.address);
  }

  /** Ids and ARNs of what is made are its import id. */
  private async foundId(address: string): Promise<string | undefined> {
    const outcome = await this.outcome(address);
    return outcome.kind === "found" ? outcome.id : undefined;
  }

  /** What the stack's data sources would say. */
  private async lookedUp(source: StackResource, attribute: string): Promise<string | undefined> {
    const { inventory } = this;
    const { arguments: given } = source;
    if (source.type === "aws_vpc") {
      return given.default === true ? inventory.defaultVpcId() : undefined;
    }
    const vpcId = await this.text(source, "vpc_id");
    if (source.type === "aws_security_group" && vpcId !== undefined) {
      return (await inventory.group(vpcId, given.name as string))?.GroupId;
    }
    if (source.type === "aws_subnet") {
      const subnets =
        given.id === undefined ? await inventory.subnets(vpcId ?? "") : await inventory.subnet(String(given.id));
      const subnet = subnets.find(
        ({ SubnetId, AvailabilityZone, DefaultForAz }) =>
          SubnetId === given.id || (AvailabilityZone === given.availability_zone && DefaultForAz),
      );
      return attribute === "cidr_block" ? subnet?.CidrBlock : subnet?.SubnetId;
    }
    return undefined;
  }

  /** The one group of the edxapp server, which gets rules of ours. */
  private async groupOfDatabase(value: string): Promise<string | undefined> {
    const [, address] = /^\$\{one\((data\.aws_db_instance\.\w+)\.vpc_security_groups\)\}$/.exec(value) ?? [];
    const identifier = address && this.resources.at(address)?.arguments.db_instance_identifier;
    const instance = identifier === undefined ? undefined : await this.inventory.database(String(identifier));
    return instance?.VpcSecurityGroups?.[0]?.VpcSecurityGroupId;
  }

  private async find(address: string): Promise<Outcome> {
    const resource = this.resources.at(address) as StackResource;
    const id = this.given[address];
    if (id !== undefined) {
      return found(id);
    }
    const finder = this.finders[resource.type];
    if (finder === undefined) {
      return { kind: "made", why: "not looked for; where it is there, add its line to the file of imports by hand" };
    }
    try {
      return await finder(resource, this);
    } catch (error) {
      if (error instanceof AwsError && !error.hopeless) {
        return { kind: "unknown", why: error.denied ? `these credentials lack ${error.action}` : error.reason };
      }
      throw error;
    }
  }
}
