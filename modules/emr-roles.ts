import { DataAwsIamRole } from "@cdktf/provider-aws/lib/data-aws-iam-role";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { type AccountOptions, accountIdOf } from "./arn-parts";
import type { IRole } from "./interfaces";
import { keepsDescription, PolicyDocument, type Statement, trustService } from "./policy-document";

/** Names that EMR itself gives its roles; the unpatched edX playbook takes no other service role. */
export const emrRoleNames = { service: "EMR_DefaultRole", ec2: "EMR_EC2_DefaultRole" } as const;

/** AWS's managed policies of the service role: https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-managed-iam-policies.html. */
const servicePolicies = {
  v1: "arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceRole",
  v2: "arn:aws:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2",
} as const;

const ec2Policy = "arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceforEC2Role";

/** ARNs of AWS's policies that the two roles may have. */
export const emrPolicyArns: readonly string[] = [...Object.values(servicePolicies), ec2Policy];

/** A policy for EMR's instances. */
export interface EmrPolicyProps {
  /** Name of the policy. */
  readonly policyName: string;
  readonly statements: readonly Statement[];
}

/** The account's EMR roles, managed or existing. */
export interface IEmrRoles {
  readonly serviceRole: IRole;
  /** Role of the clusters' instances. */
  readonly ec2Role: IRole;
  /** Lets the clusters' instances do something, by a policy under the given id. */
  addPolicy(id: string, props: EmrPolicyProps): void;
}

export interface EmrRolesProps extends AccountOptions {
  /**
   * AWS's managed policy of the service role: `v1`, AmazonElasticMapReduceRole, or `v2`, AmazonEMRServicePolicy_v2,
   * which needs the tag `for-use-with-amazon-emr-managed-policies` on clusters, groups and subnets.
   * @default "v1"
   */
  readonly servicePolicy?: keyof typeof servicePolicies;
  /**
   * Stop every plan that would destroy the roles, as where several deployments use them.
   * @default false
   */
  readonly protected?: boolean;
}

/** The roles that EMR makes for itself with the runbook's throwaway cluster (runbook, EMR Roles). */
export class EmrRoles extends Construct implements IEmrRoles {
  /** Those of an account that has them: they are looked up, and get inline policies alone, as ten managed ones fit. */
  static fromExistingRoles(scope: Construct, id: string): IEmrRoles {
    return new ExistingEmrRoles(scope, id);
  }

  readonly serviceRole: IRole;
  readonly ec2Role: IRole;

  constructor(scope: Construct, id: string, props: EmrRolesProps = {}) {
    super(scope, id);
    const lifecycle = props.protected ? { preventDestroy: true } : undefined;
    const accountId = accountIdOf(this, props);

    this.serviceRole = new IamRole(this, "service", {
      name: emrRoleNames.service,
      description: "Allows Elastic MapReduce to call AWS services on your behalf",
      assumeRolePolicy: new PolicyDocument(this, "service-trust", {
        statements: [
          // For EMR clusters of this account only: the confused deputy of AWS's own page on the role.
          trustService("elasticmapreduce.amazonaws.com", [
            { test: "StringEquals", variable: "aws:SourceAccount", values: [accountId] },
            { test: "ArnLike", variable: "aws:SourceArn", values: [`arn:aws:elasticmapreduce:*:${accountId}:*`] },
          ]),
        ],
      }).json,
      lifecycle,
    });
    new IamRolePolicyAttachment(this, "service-managed", {
      role: this.serviceRole.name,
      policyArn: servicePolicies[props.servicePolicy ?? "v1"],
      lifecycle,
    });

    this.ec2Role = new IamRole(this, "ec2", {
      name: emrRoleNames.ec2,
      description: "Allows EC2 instances in an Elastic MapReduce cluster to call AWS services on your behalf",
      assumeRolePolicy: new PolicyDocument(this, "ec2-trust", { statements: [trustService("ec2.amazonaws.com")] }).json,
      lifecycle,
    });
    new IamRolePolicyAttachment(this, "ec2-managed", { role: this.ec2Role.name, policyArn: ec2Policy, lifecycle });
    // EMR takes one name for both.
    new IamInstanceProfile(this, "ec2-profile", { name: emrRoleNames.ec2, role: this.ec2Role.name, lifecycle });
  }

  addPolicy(id: string, { policyName, statements }: EmrPolicyProps): void {
    const policy = new IamPolicy(this, id, {
      name: policyName,
      policy: new PolicyDocument(this, `${id}-statements`, { statements }).json,
      lifecycle: keepsDescription,
    });
    new IamRolePolicyAttachment(this, `${id}-attachment`, { role: this.ec2Role.name, policyArn: policy.arn });
  }
}

class ExistingEmrRoles extends Construct implements IEmrRoles {
  readonly serviceRole: IRole = new DataAwsIamRole(this, "service", { name: emrRoleNames.service });
  readonly ec2Role: IRole = new DataAwsIamRole(this, "ec2", { name: emrRoleNames.ec2 });

  addPolicy(id: string, { policyName, statements }: EmrPolicyProps): void {
    new IamRolePolicy(this, id, {
      name: policyName,
      role: this.ec2Role.name,
      policy: new PolicyDocument(this, `${id}-statements`, { statements }).json,
    });
  }
}
