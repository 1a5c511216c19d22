import { TerraformDataSource, TerraformOutput, TerraformResource, TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";

/** Terraform's address of an element, as in `aws_iam_role.reader`; undefined for what has none, such as a provider. */
export function addressOf(construct: IConstruct): string | undefined {
  if (TerraformResource.isTerraformResource(construct)) {
    return `${construct.terraformResourceType}.${construct.friendlyUniqueId}`;
  }
  if (TerraformDataSource.isTerraformDataSource(construct)) {
    return `data.${construct.terraformResourceType}.${construct.friendlyUniqueId}`;
  }
  return TerraformOutput.isTerraformOutput(construct) ? `output.${construct.friendlyUniqueId}` : undefined;
}

/** The address that an element of a type has in a construct's place: each stack composes it in its own way. */
export function addressAt(construct: IConstruct, type: string): string {
  return `${type}.${TerraformStack.of(construct).getLogicalId(construct.node)}`;
}

/**
 * The address that a resource below a construct would have, of one that is not made, or not any more.
 * @param ids ids of the path from the construct down to the resource
 */
export function addressBelow(scope: Construct, type: string, ...ids: readonly [string, ...string[]]): string {
  const [id, ...below] = ids;
  const found = scope.node.tryFindChild(id);
  const child = found ?? new Construct(scope, id);
  const [next, ...others] = below;
  const address = next === undefined ? addressAt(child, type) : addressBelow(child as Construct, type, next, ...others);
  if (found === undefined) {
    scope.node.tryRemoveChild(id);
  }
  return address;
}
