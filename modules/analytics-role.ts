import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { clusterActions } from "./cluster-actions";
import type { IEmrRoles } from "./emr-roles";
import type { IInstanceProfile, IRole } from "./interfaces";
import { keepsDescription, PolicyDocument, passRole, type Statement, trustService } from "./policy-document";

export interface AnalyticsRoleProps {
  /** Name of the role and of its instance profile, `edxanalytics` in the runbook. */
  readonly roleName: string;
  /** Name of the policy, `provision_emr_clusters` in the runbook. */
  readonly policyName: string;
  readonly emrRoles: Pick<IEmrRoles, "serviceRole" | "ec2Role">;
  /**
   * What may be handed to AWS services: the two EMR roles alone, or any role as in the runbook.
   * @default "emr-roles"
   */
  readonly passRole?: "emr-roles" | "any";
}

/** The role of the analytics host, with which Jenkins launches and terminates EMR clusters (runbook, Provision EMR Clusters). */
export class AnalyticsRole extends Construct {
  readonly role: IRole;
  /** Profile of the role's name. */
  readonly instanceProfile: IInstanceProfile;

  constructor(scope: Construct, id: string, props: AnalyticsRoleProps) {
    super(scope, id);
    const { serviceRole, ec2Role } = props.emrRoles;
    const policy = new IamPolicy(this, "Policy", {
      name: props.policyName,
      policy: new PolicyDocument(this, "Statements", {
        statements:
          props.passRole === "any"
            ? [{ effect: "Allow", actions: [...clusterActions, "iam:PassRole"], resources: ["*"] }, makeCleanupRole]
            : [
                { effect: "Allow", actions: clusterActions, resources: ["*"] },
                passRole(serviceRole, "elasticmapreduce.amazonaws.com"),
                passRole(ec2Role, "ec2.amazonaws.com"),
                makeCleanupRole,
              ],
      }).json,
      lifecycle: keepsDescription,
    });
    const role = new IamRole(this, "Role", {
      name: props.roleName,
      description: "Lets Jenkins provision EMR clusters",
      assumeRolePolicy: new PolicyDocument(this, "trust", { statements: [trustService("ec2.amazonaws.com")] }).json,
    });
    new IamRolePolicyAttachment(this, "Attachment", { role: role.name, policyArn: policy.arn });
    this.role = role;
    this.instanceProfile = new IamInstanceProfile(this, "Profile", { name: props.roleName, role: role.name });
  }
}

/** The first cluster of an account makes this role; the runbook's throwaway cluster did so from the console. */
const makeCleanupRole: Statement = {
  effect: "Allow",
  actions: ["iam:CreateServiceLinkedRole"],
  resources: ["arn:aws:iam::*:role/aws-service-role/elasticmapreduce.amazonaws.com/AWSServiceRoleForEMRCleanup*"],
  condition: [{ test: "StringEquals", variable: "iam:AWSServiceName", values: ["elasticmapreduce.amazonaws.com"] }],
};
