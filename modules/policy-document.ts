import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import type { IPrincipal } from "./interfaces";

export type Statement = DataAwsIamPolicyDocumentStatement;

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

/** Lets a role be handed to an AWS service, and to no other, as in `ec2.amazonaws.com`. */
export function passRole({ arn }: IPrincipal, service: string): Statement {
  return {
    effect: "Allow",
    actions: ["iam:PassRole"],
    resources: [arn],
    condition: [{ test: "StringEquals", variable: "iam:PassedToService", values: [service] }],
  };
}
