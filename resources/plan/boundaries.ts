import { type Attributes, attributesOf } from "../attributes";
import { policyArns } from "../policies/managed";
import { keysOf } from "../policy-statements";
import { resourceTypeOf } from "../types";
import { pendingPolicies } from "./attachments";
import { Configuration } from "./configuration";
import { kindOf } from "./kinds";
import { hasTrue } from "./marks";
import { policiesOf } from "./policies";
import type { Plan, ResourceChange } from "./schema";

/** The use of a policy as a permissions boundary, which allows nothing by itself. */
export interface BoundaryUse {
  /** Addresses of what it limits, and of policies that ask for it. */
  readonly by: readonly string[];
  /** Why it may allow something besides; undefined where the plan proves that nothing attaches it. */
  readonly doubt: string | undefined;
}

/** How a plan uses a policy as a permissions boundary; undefined where it does not. What the policy is called says nothing. */
export function boundaryUse(policy: ResourceChange, plan: Plan): BoundaryUse | undefined {
  if (policy.type !== "aws_iam_policy") {
    return undefined;
  }
  const { name } = attributesOf(policy.change.after);
  const by = managedIn(plan)
    .filter((other) => isLimited(other, policy.address, name, plan) || asksFor(other, name, plan))
    .map(({ address }) => address);
  return by.length === 0 ? undefined : { by, doubt: doubt(policy, plan) };
}

function isLimited({ address, change }: ResourceChange, policy: string, name: unknown, plan: Plan): boolean {
  const { references } = Configuration.of(plan).expressionOf(address, "permissions_boundary");
  return references.includes(`${policy}.arn`) || isOf(attributesOf(change.after).permissions_boundary, name);
}

/** Whether a policy of a resource demands the boundary on what a caller makes. */
function asksFor(resource: ResourceChange, name: unknown, plan: Plan): boolean {
  const conditions = policiesOf(resource, plan).flatMap(({ after }) =>
    Array.isArray(after) ? (after as Attributes[]).flatMap(({ Condition }) => keysOf(Condition)) : [],
  );
  return conditions.some(
    ([, key, values]) => /^iam:permissionsboundary$/i.test(key) && values.some((arn) => isOf(arn, name)),
  );
}

function doubt(policy: ResourceChange, plan: Plan): string | undefined {
  const { name } = attributesOf(policy.change.after);
  if (kindOf(policy) !== "create") {
    return "what exists may be attached outside of this plan";
  }
  if (typeof name !== "string") {
    return "its name is known after the apply alone";
  }
  const others = managedIn(plan);
  const unknown = others.find(({ type }) => resourceTypeOf(type) === undefined);
  const attacher = others.find((other) => mayAttach(other, policy.address, name, plan));
  return unknown === undefined
    ? attacher && `${attacher.address} attaches it, or may`
    : `${unknown.address}, of a type that no stack of this version creates, may attach it`;
}

/** Whether a resource attaches a policy, or one of which it cannot be told that it is another. */
function mayAttach({ address, change }: ResourceChange, policy: string, name: string, plan: Plan): boolean {
  const unknown = attributesOf(change.after_unknown);
  const pending = pendingPolicies(address, (argument) => hasTrue(unknown[argument]), plan);
  return (
    policyArns(change.after).some((arn) => isOf(arn, name)) ||
    pending.some((other) => other === undefined || other === policy)
  );
}

function managedIn({ resource_changes: changes }: Plan): ResourceChange[] {
  return changes.filter(({ mode }) => mode !== "data");
}

/** Whether an ARN is of a policy's name, which IAM compares without regard to case, and has once whatever the path. */
function isOf(arn: unknown, name: unknown): boolean {
  return typeof name === "string" && String(arn).split("/").at(-1)?.toLowerCase() === name.toLowerCase();
}
