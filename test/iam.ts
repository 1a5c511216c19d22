import { type Statement as PolicyStatement, policyJson } from "../modules/policy-document";
import { attachedTo, statements } from "./ci-stacks";
import { allows, bucketPolicyFor, keyPolicyFor, sessionOf } from "./iam-simulation";
import type { Template } from "./synth";

/** A call of AWS's API: what, on what, and what IAM knows of it besides. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | string[]>>;
}

/** Who calls: identity policies, and the permissions boundary where there is one. */
export interface Caller {
  readonly arn: string;
  readonly policies: readonly (readonly PolicyStatement[])[];
  readonly boundary?: readonly PolicyStatement[];
}

/** What somebody gives a role who wants it to do everything. */
const everything: PolicyStatement[] = [{ effect: "Allow", actions: ["*"], resources: ["*"] }];

/** The two roles of a CI stack, and the worst that it can make of them and of unmanaged roles. */
export function callers(template: Template) {
  const of = (...parts: string[]) => parts.map((part) => statements(template, part) as unknown as PolicyStatement[]);
  const [
    {
      allowed_account_ids: [accountId],
    },
  ] = template.provider.aws;
  const role = (name: string) => `arn:aws:iam::${accountId}:role/${name}`;
  const [boundary, applyBoundary] = of("boundary", "apply_boundary");
  const { plan, apply } = template.resource.aws_iam_role ?? {};
  return {
    plan: { arn: role(plan?.name), policies: of(...attachedTo(template, "plan")), boundary: applyBoundary },
    apply: { arn: role(apply?.name), policies: of(...attachedTo(template, "apply")), boundary: applyBoundary },
    /** The apply role, should somebody make it an administrator. */
    applyAsAdministrator: { arn: role(apply?.name), policies: [everything], boundary: applyBoundary },
    /** A role that the apply role has made, with every right that it can write. */
    made: { arn: role("example-edxanalytics"), policies: [everything], boundary },
  } satisfies Record<string, Caller>;
}

/**
 * Whether IAM allows a call; an action, resource or condition key that AWS does not know is a mistake of the test.
 * @param bucketPolicy whether the bucket's policy allows the caller everything
 */
export async function isAllowed(
  { arn, policies, boundary }: Caller,
  { action, resource, context = {} }: Call,
  bucketPolicy = false,
): Promise<boolean> {
  const principal = !bucketPolicy || arn.includes(":user/") ? arn : sessionOf(arn);
  const parsed = (statements: readonly PolicyStatement[]) => JSON.parse(policyJson(statements)) as object;
  return allows(
    {
      identity: policies.map(parsed),
      ...(boundary && { boundary: parsed(boundary) }),
      ...(bucketPolicy && { resource: bucketPolicyFor(principal) }),
      ...(action.startsWith("kms:") && { resource: keyPolicyFor(principal.split(":")[4] as string) }),
    },
    {
      principal,
      action,
      resource,
      context: {
        "aws:RequestedRegion": "eu-west-1",
        "aws:ResourceAccount": principal.split(":")[4] as string,
        ...context,
      },
    },
  );
}
