import type { Aws } from "./aws/aws";
import { AwsError } from "./aws/errors";
import { found, type Outcome } from "./outcome";
import { referenceIn, type StackResource, type StackResources } from "./stack-resources";
import { resourceTypeOf } from "./types";

/** Looks for a resource of one type. */
export type Finder = (resource: StackResource, lookUp: LookUp) => Promise<Outcome>;

/** Looks for a stack's resources in AWS as their types say, each once, those that another refers to before it. */
export class LookUp {
  private readonly outcomes = new Map<string, Promise<Outcome>>();

  /** @param given ids that are known before, by address, which are not looked for */
  constructor(
    readonly resources: StackResources,
    readonly aws: Aws,
    private readonly given: Readonly<Record<string, string>> = {},
  ) {}

  /** What looking for the resource at an address comes to. */
  outcome(address: string): Promise<Outcome> {
    const known = this.outcomes.get(address) ?? this.find(address);
    this.outcomes.set(address, known);
    return known;
  }

  /** The id of the resource at an address; undefined where it was not found. */
  async foundId(address: string): Promise<string | undefined> {
    const outcome = await this.outcome(address);
    return outcome.kind === "found" ? outcome.id : undefined;
  }

  /** Those of some resources that were found, with their ids. */
  async foundAmong(resources: readonly StackResource[]): Promise<(readonly [StackResource, string])[]> {
    const found: (readonly [StackResource, string])[] = [];
    for (const resource of resources) {
      const id = await this.foundId(resource.address);
      if (id !== undefined) {
        found.push([resource, id]);
      }
    }
    return found;
  }

  /**
   * An argument's value as text, references followed: to another resource's arguments, to what was found, to what the stack
   * looks up. Undefined where it has none, or refers to something that was not found.
   */
  text(resource: StackResource, argument: string): Promise<string | undefined> {
    return this.resolved(resource.arguments[argument]);
  }

  /** As `text`, of several arguments; undefined where one of them is. */
  async named<N extends string>(
    resource: StackResource,
    ...names: readonly N[]
  ): Promise<Record<N, string> | undefined> {
    const values = await Promise.all(names.map((name) => this.text(resource, name)));
    return values.includes(undefined)
      ? undefined
      : (Object.fromEntries(names.map((name, index) => [name, values[index]])) as Record<N, string>);
  }

  /** As `text`, of an argument that is a list. */
  async texts(resource: StackResource, argument: string): Promise<readonly (string | undefined)[]> {
    const values = (resource.arguments[argument] ?? []) as readonly unknown[];
    return Promise.all(values.map((value) => this.resolved(value)));
  }

  /** Id of the existing VPC that the stack is in; undefined where it creates one, or there is none. */
  async vpcId(): Promise<string | undefined> {
    const source = this.resources.lookedUp.find(({ type }) => type === "aws_vpc");
    return source && (source.arguments.id === undefined ? this.lookedUp(source, "id") : this.text(source, "id"));
  }

  private async resolved(value: unknown): Promise<string | undefined> {
    if (typeof value !== "string" || !value.includes("${")) {
      return value === undefined ? undefined : String(value);
    }
    const reference = referenceIn(value);
    const target = reference && this.resources.at(reference.address);
    if (reference === undefined || target === undefined) {
      return undefined;
    }
    const { attribute } = reference;
    if (["string", "number"].includes(typeof target.arguments[attribute])) {
      return this.text(target, attribute);
    }
    // Of a resource, ids and ARNs are what an import takes.
    return target.address.startsWith("data.") ? this.lookedUp(target, attribute) : this.foundId(target.address);
  }

  /** What the stack's data sources would say. */
  private async lookedUp(source: StackResource, attribute: string): Promise<string | undefined> {
    const { ec2, rds } = this.aws;
    const { arguments: given } = source;
    if (source.type === "aws_vpc") {
      return given.default === true ? (await ec2.defaultVpc())?.VpcId : undefined;
    }
    if (source.type === "aws_db_instance") {
      const { Endpoint, VpcSecurityGroups } = (await rds.instance(String(given.db_instance_identifier))) ?? {};
      const values: Readonly<Record<string, string | undefined>> = {
        port: Endpoint?.Port?.toString(),
        address: Endpoint?.Address,
        // The one group of the edxapp server, which gets rules.
        vpc_security_groups: VpcSecurityGroups?.[0]?.VpcSecurityGroupId,
      };
      return values[attribute];
    }
    if (source.type === "aws_route53_zone") {
      return this.aws.route53.publicZoneId(String(given.name));
    }
    const vpcId = await this.text(source, "vpc_id");
    if (source.type === "aws_security_group" && vpcId !== undefined) {
      return (await ec2.group(vpcId, given.name as string))?.GroupId;
    }
    if (source.type === "aws_subnet") {
      const subnet =
        given.id === undefined
          ? (await ec2.subnets(vpcId ?? "")).find(
              ({ AvailabilityZone, DefaultForAz }) => AvailabilityZone === given.availability_zone && DefaultForAz,
            )
          : await ec2.subnet(String(given.id));
      return attribute === "cidr_block" ? subnet?.CidrBlock : subnet?.SubnetId;
    }
    return undefined;
  }

  private async find(address: string): Promise<Outcome> {
    const resource = this.resources.at(address) as StackResource;
    const id = this.given[address];
    if (id !== undefined) {
      return found(id);
    }
    const finder = resourceTypeOf(resource.type)?.find;
    if (typeof finder !== "function") {
      const why = finder?.never ?? "not looked for; where it exists, add its line to the file of imports by hand";
      return { kind: "regardless", why };
    }
    try {
      return await finder(resource, this);
    } catch (error) {
      if (error instanceof AwsError && !error.hopeless) {
        return { kind: "unknown", why: error.brief };
      }
      throw error;
    }
  }
}
