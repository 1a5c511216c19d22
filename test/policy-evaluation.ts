import { runSimulation } from "@cloud-copilot/iam-simulate";
import type { Attributes } from "../resources/attributes";

/** A request as IAM sees it. */
export interface IamRequest {
  /** ARN of the caller: of a user, role or session. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Condition keys that are in the request. */
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * Whether IAM lets a principal do something in account 123456789012, for what the emulator does not judge. An action,
 * resource or key that AWS does not know is an error.
 * @param identity statements on the principal
 * @param resource statements on the resource
 */
export async function isAllowed(
  { principal, action, resource, context = {} }: IamRequest,
  identity: readonly Attributes[],
  resourceStatements: readonly Attributes[] = [],
): Promise<boolean> {
  const policy = (Statement: readonly Attributes[]) => ({ Version: "2012-10-17", Statement });
  const result = await runSimulation(
    {
      request: {
        principal,
        action,
        resource: { resource, accountId: "123456789012" },
        contextVariables: context,
      },
      identityPolicies: identity.length === 0 ? [] : [{ name: "identity", policy: policy(identity) }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resourceStatements.length > 0 && { resourcePolicy: policy(resourceStatements) }),
    },
    { simulationMode: "Strict" },
  );
  if (result.resultType === "error") {
    throw new Error(`${action} on ${resource}: ${JSON.stringify(result.errors)}`);
  }
  return result.overallResult === "Allowed";
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
