import { DataAwsIamRole } from "@cdktf/provider-aws/lib/data-aws-iam-role";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { keepsDescription, PolicyDocument, type Statement, trustService } from "./shared/policies";

/** Names that EMR itself gives its roles; the unpatched edX playbook takes no other service role. */
export const emrRoleNames = { service: "EMR_DefaultRole", ec2: "EMR_EC2_DefaultRole" } as const;

/** AWS's managed policies of the service role: https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-managed-iam-policies.html. */
const servicePolicies = {
  v1: "arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceRole",
  v2: "arn:aws:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2",
} as const;

const ec2Policy = "arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceforEC2Role";

/** A policy that a client gives to EMR's EC2 role. */
export interface GrantProps {
  /** Name of the managed policy on a role of the client's own. */
  readonly policyName: string;
  /** Client, whose name tells its inline policy on a shared role apart. */
  readonly client: string;
  readonly statements: readonly Statement[];
}

/** The account's EMR roles, ours or there already. */
export interface IEmrRoles extends Construct {
  readonly serviceRoleArn: string;
  readonly ec2RoleArn: string;
  readonly ec2RoleName: string;
  /** Lets the EMR instances do something, by a policy under the given id. */
  grant(id: string, props: GrantProps): void;
}

export interface EmrRolesProps {
  readonly accountId: string;
  /** AWS's managed policy of the service role; see the client's `emr.servicePolicy`. */
  readonly servicePolicy: keyof typeof servicePolicies;
  /**
   * Stop every plan that would destroy the roles, as where other clients use them.
   * @default false
   */
  readonly protected?: boolean;
}

/** The roles that EMR makes for itself with the runbook's throwaway cluster (runbook, EMR Roles). */
export class EmrRoles extends Construct implements IEmrRoles {
  readonly serviceRoleArn: string;
  readonly ec2RoleArn: string;
  readonly ec2RoleName: string;

  constructor(scope: Construct, id: string, props: EmrRolesProps) {
    super(scope, id);
    const lifecycle = props.protected ? { preventDestroy: true } : undefined;
    const { accountId } = props;

    const service = new IamRole(this, "service", {
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
      role: service.name,
      policyArn: servicePolicies[props.servicePolicy],
      lifecycle,
    });

    const ec2 = new IamRole(this, "ec2", {
      name: emrRoleNames.ec2,
      description: "Allows EC2 instances in an Elastic MapReduce cluster to call AWS services on your behalf",
      assumeRolePolicy: new PolicyDocument(this, "ec2-trust", { statements: [trustService("ec2.amazonaws.com")] }).json,
      lifecycle,
    });
    new IamRolePolicyAttachment(this, "ec2-managed", { role: ec2.name, policyArn: ec2Policy, lifecycle });
    // EMR takes one name for both.
    new IamInstanceProfile(this, "ec2-profile", { name: emrRoleNames.ec2, role: ec2.name, lifecycle });

    this.serviceRoleArn = service.arn;
    this.ec2RoleArn = ec2.arn;
    this.ec2RoleName = ec2.name;
  }

  grant(id: string, { policyName, statements }: GrantProps): void {
    const policy = new IamPolicy(this, id, {
      name: policyName,
      policy: new PolicyDocument(this, `${id}-statements`, { statements }).json,
      lifecycle: keepsDescription,
    });
    new IamRolePolicyAttachment(this, `${id}-attachment`, { role: this.ec2RoleName, policyArn: policy.arn });
  }
}

/** The roles that the account has already: ours are only the policies, inline and named by client, as ten managed ones fit. */
export class ExistingEmrRoles extends Construct implements IEmrRoles {
  readonly serviceRoleArn: string;
  readonly ec2RoleArn: string;
  readonly ec2RoleName: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const ec2 = new DataAwsIamRole(this, "ec2", { name: emrRoleNames.ec2 });
    this.serviceRoleArn = new DataAwsIamRole(this, "service", { name: emrRoleNames.service }).arn;
    this.ec2RoleArn = ec2.arn;
    this.ec2RoleName = ec2.name;
  }

  grant(id: string, { client, statements }: GrantProps): void {
    new IamRolePolicy(this, id, {
      name: `${client}-${id.replaceAll("-", "_")}`,
      role: this.ec2RoleName,
      policy: new PolicyDocument(this, `${id}-statements`, { statements }).json,
    });
  }
}
