import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import type { IEmrRoles } from "./emr-roles";
import { keepsDescription, PolicyDocument, type Statement, trustService } from "./shared/policies";

export interface EmrProvisioningProps {
  readonly names: { readonly analyticsRole: string; readonly provisionPolicy: string };
  readonly emrRoles: IEmrRoles;
  /** What may be handed to AWS services: the two EMR roles alone, or any role as in the runbook. */
  readonly passRole: "emr-roles" | "any";
}

/** What Jenkins needs to launch and terminate EMR clusters (runbook, Provision EMR Clusters). */
export class EmrProvisioning extends Construct {
  readonly roleName: string;
  /** Name of the instance profile, which is the role's. */
  readonly instanceProfileName: string;

  constructor(scope: Construct, id: string, props: EmrProvisioningProps) {
    super(scope, id);
    const { names, emrRoles } = props;
    const policy = new IamPolicy(this, "Policy", {
      name: names.provisionPolicy,
      policy: new PolicyDocument(this, "Statements", {
        statements:
          props.passRole === "any"
            ? [{ effect: "Allow", actions: [...clusterActions, "iam:PassRole"], resources: ["*"] }, makeCleanupRole]
            : [
                { effect: "Allow", actions: clusterActions, resources: ["*"] },
                passRole(emrRoles.serviceRoleArn, "elasticmapreduce.amazonaws.com"),
                passRole(emrRoles.ec2RoleArn, "ec2.amazonaws.com"),
                makeCleanupRole,
              ],
      }).json,
      lifecycle: keepsDescription,
    });
    const role = new IamRole(this, "Role", {
      name: names.analyticsRole,
      description: "Lets Jenkins provision EMR clusters",
      assumeRolePolicy: new PolicyDocument(this, "trust", { statements: [trustService("ec2.amazonaws.com")] }).json,
    });
    new IamRolePolicyAttachment(this, "Attachment", { role: role.name, policyArn: policy.arn });
    this.roleName = role.name;
    this.instanceProfileName = new IamInstanceProfile(this, "Profile", {
      name: names.analyticsRole,
      role: role.name,
    }).name;
  }
}

/** The runbook's list but for `iam:PassRole`. */
export const clusterActions = [
  "elasticmapreduce:*",
  "route53:Get*",
  "route53:List*",
  "ec2:DescribeInstances",
  "rds:DescribeDBInstances",
];

/** The first cluster of an account makes this role; the runbook's throwaway cluster did so from the console. */
const makeCleanupRole: Statement = {
  effect: "Allow",
  actions: ["iam:CreateServiceLinkedRole"],
  resources: ["arn:aws:iam::*:role/aws-service-role/elasticmapreduce.amazonaws.com/AWSServiceRoleForEMRCleanup*"],
  condition: [{ test: "StringEquals", variable: "iam:AWSServiceName", values: ["elasticmapreduce.amazonaws.com"] }],
};

function passRole(roleArn: string, service: string): Statement {
  return {
    effect: "Allow",
    actions: ["iam:PassRole"],
    resources: [roleArn],
    condition: [{ test: "StringEquals", variable: "iam:PassedToService", values: [service] }],
  };
}
