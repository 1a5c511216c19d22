import type { Attributes } from "../resources/attributes";
import { allows, type IamRequest } from "./iam-simulation";

/**
 * Whether IAM lets a principal do something in its own account.
 * @param identity statements on the principal
 * @param resource statements on the resource
 */
export async function isAllowed(
  request: IamRequest,
  identity: readonly Attributes[],
  resource: readonly Attributes[] = [],
): Promise<boolean> {
  const policy = (Statement: readonly Attributes[]) => ({ Version: "2012-10-17", Statement });
  return allows(
    {
      identity: identity.length === 0 ? [] : [policy(identity)],
      ...(resource.length > 0 && { resource: policy(resource) }),
    },
    request,
  );
}

/** The statements of an `aws_iam_policy_document` as IAM's JSON has them. */
export function statementsOfDocument(
  document: { readonly statement?: readonly Attributes[] } | undefined,
): Attributes[] {
  return (document?.statement ?? []).map(({ effect, actions, resources }) => ({
    Effect: effect,
    Action: actions,
    Resource: resources,
  }));
}
