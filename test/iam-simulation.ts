import { runSimulation } from "@cloud-copilot/iam-simulate";

/** A call of AWS's API, as IAM judges it. */
export interface IamRequest {
  /** ARN of the caller: of a user, role or session. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /**
   * Condition keys that are in the request.
   * @default {}
   */
  readonly context?: Readonly<Record<string, string | string[]>>;
}

/** Policies as IAM's JSON has them. */
export interface Policies {
  /** Those on the caller. */
  readonly identity: readonly object[];
  /**
   * The permissions boundary of the caller.
   * @default - none
   */
  readonly boundary?: object;
  /**
   * That of the resource.
   * @default - none
   */
  readonly resource?: object;
}

/** A bucket's policy that lets somebody do everything. */
export function bucketPolicyFor(principal: string): object {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: "s3:*", Resource: "arn:aws:s3:::*" }],
  };
}

/** The policy of a KMS key that leaves it to IAM of an account who may use it, without which IAM's policies count for nothing. */
export function keyPolicyFor(accountId: string): object {
  const root = `arn:aws:iam::${accountId}:root`;
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: root }, Action: "kms:*", Resource: "*" }],
  };
}

/** A session of a role, which a boundary's implicit denial does not limit where a bucket's policy names it. */
export function sessionOf(roleArn: string): string {
  return `${roleArn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")}/session`;
}

/**
 * Whether IAM's rules allow a call on a resource of the caller's account, for what the emulator does not judge.
 * @throws Error for an action, resource or condition key that AWS does not know, a mistake of the test
 */
export async function allows({ identity, boundary, resource: own }: Policies, request: IamRequest): Promise<boolean> {
  const { principal, action, resource, context = {} } = request;
  const named = (policies: readonly object[]) =>
    policies.map((policy, index) => ({ name: `policy-${index}`, policy: policy as never }));
  const accountId = principal.split(":")[4] as string;
  const result = await runSimulation(
    {
      request: { principal, action, resource: { resource, accountId }, contextVariables: { ...context } },
      identityPolicies: named(identity),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(boundary && { permissionBoundaryPolicies: named([boundary]) }),
      ...(own && { resourcePolicy: own as never }),
    },
    { simulationMode: "Strict" },
  );
  if (result.resultType === "error") {
    throw new Error(`${action} on ${resource}: ${JSON.stringify(result.errors)}`);
  }
  const single = result.resultType === "single" ? [result.result] : result.results;
  const unknown = single.flatMap(({ ignoredContextKeys = [] }) => ignoredContextKeys);
  if (unknown.length > 0) {
    throw new Error(`${action} on ${resource}: AWS has no ${unknown.join(", ")} there.`);
  }
  return result.overallResult === "Allowed";
}
