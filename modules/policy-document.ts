import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
  type DataAwsIamPolicyDocumentStatementCondition,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import type { IPrincipal } from "./interfaces";

export type Statement = DataAwsIamPolicyDocumentStatement;

export type Condition = DataAwsIamPolicyDocumentStatementCondition;

export interface PolicyDocumentProps {
  readonly statements: readonly Statement[];
  /**
   * Version of the policy language; the runbook's `grades-download` has an older one.
   * @default "2012-10-17"
   */
  readonly version?: string;
}

/** A policy as Terraform data, so that plans and the HCL form show statements instead of escaped JSON: decision 0007. */
export class PolicyDocument extends DataAwsIamPolicyDocument {
  constructor(scope: Construct, id: string, props: PolicyDocumentProps) {
    super(scope, id, { version: props.version, statement: [...props.statements] });
  }
}

/** Lifecycle of every managed policy: IAM cannot change a description, and a policy that was made by hand may have one. */
export const keepsDescription: TerraformResourceLifecycle = { ignoreChanges: ["description"] };

/** Trust of a role that an AWS service assumes, as in `ec2.amazonaws.com`. */
export function trustService(service: string, condition?: Statement["condition"]): Statement {
  return {
    effect: "Allow",
    actions: ["sts:AssumeRole"],
    principals: [{ type: "Service", identifiers: [service] }],
    condition,
  };
}

/** The most characters of a managed policy, without blanks: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html. */
export const managedPolicyLength = 6144;

/** A policy as IAM gets it from Terraform, in which a list of one is no list; for its length, and for who evaluates it. */
export function policyJson(statements: readonly Statement[]): string {
  const one = (values: readonly string[] = []) => (values.length === 1 ? values[0] : values);
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ effect, actions, notActions, resources, notResources, condition }) => ({
      Effect: effect,
      ...(notActions === undefined ? { Action: one(actions) } : { NotAction: one(notActions) }),
      ...(notResources === undefined ? { Resource: one(resources) } : { NotResource: one(notResources) }),
      ...(condition === undefined ? {} : { Condition: conditions(condition) }),
    })),
  });

  function conditions(all: NonNullable<Statement["condition"]>): Record<string, Record<string, unknown>> {
    const tests: Record<string, Record<string, unknown>> = {};
    for (const { test, variable, values } of Array.isArray(all) ? all : []) {
      tests[test] = { ...tests[test], [variable]: one(values) };
    }
    return tests;
  }
}

/** Lets a role be handed to an AWS service, and to no other, as in `ec2.amazonaws.com`. */
export function passRole({ arn }: IPrincipal, service: string): Statement {
  return {
    effect: "Allow",
    actions: ["iam:PassRole"],
    resources: [arn],
    condition: [{ test: "StringEquals", variable: "iam:PassedToService", values: [service] }],
  };
}
