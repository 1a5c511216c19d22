import { DataAwsIamRole } from "@cdktf/provider-aws/lib/data-aws-iam-role";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import { type AccountOptions, accountIdOf } from "./arn-parts";
import { emrRoleNames } from "./emr-role-names";
import type { IRole } from "./interfaces";
import { keepsDescription, PolicyDocument, passRole, type Statement, trustService } from "./policy-document";

/** AWS's managed policies of the service role: https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-managed-iam-policies.html. */
const servicePolicies = {
  v1: "arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceRole",
  v2: "arn:aws:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2",
} as const;

/** AWS's managed policy of the instances, which is `s3:*` on every bucket and more, and on the path to deprecation. */
export const awsInstancePolicy = "AmazonElasticMapReduceforEC2Role";

const awsInstancePolicyArn = `arn:aws:iam::aws:policy/service-role/${awsInstancePolicy}`;

/** What EMR's instances reach: what their policies name, or what AWS's managed policy does as well. */
export type InstancePolicy = "least-privilege" | typeof awsInstancePolicy;

/** ARNs of AWS's policies that the two roles may have. */
export const emrPolicyArns: readonly string[] = [...Object.values(servicePolicies), awsInstancePolicyArn];

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
  /** Lets the clusters' instances do something, by a policy under the given id: managed on a managed role, else inline. */
  addPolicy(id: string, props: EmrPolicyProps): void;
  /** The same by an inline policy. */
  addInlinePolicy(id: string, props: EmrPolicyProps): void;
}

export interface EmrRolesProps extends AccountOptions {
  /**
   * AWS's managed policy of the service role: `v1`, AmazonElasticMapReduceRole, or `v2`, AmazonEMRServicePolicy_v2,
   * which needs the tag `for-use-with-amazon-emr-managed-policies` on clusters, groups and subnets.
   * @default "v1"
   */
  readonly servicePolicy?: keyof typeof servicePolicies;
  /**
   * Policy of the instances' role: what `addPolicy` and `addInlinePolicy` give it, or AWS's managed policy as well.
   * @default "least-privilege"
   */
  readonly instancePolicy?: InstancePolicy;
  /**
   * Stop every plan that would destroy the roles, as where several deployments use them.
   * @default false
   */
  readonly protected?: boolean;
}

/** A role of a deployment's own for its instances, where others share the account's roles. */
export interface OwnEc2RoleProps {
  /** Name of the role and its instance profile. */
  readonly ec2RoleName: string;
  /**
   * AWS's managed policy of the existing service role; `v2` passes no other role than `EMR_EC2_DefaultRole` by itself.
   * @default "v1"
   */
  readonly servicePolicy?: keyof typeof servicePolicies;
}

/** The roles that EMR makes for itself with the runbook's throwaway cluster (runbook, EMR Roles). */
export class EmrRoles extends Construct implements IEmrRoles {
  /** Those of an account that has them: they are looked up, and get inline policies alone, as ten managed ones fit. */
  static fromExistingRoles(scope: Construct, id: string): IEmrRoles {
    return new ExistingEmrRoles(scope, id);
  }

  /** The service role of an account that has it, which EMR takes one of, and a role of one's own for the instances. */
  static fromExistingServiceRole(scope: Construct, id: string, props: OwnEc2RoleProps): IEmrRoles {
    return new EmrRolesWithOwnEc2Role(scope, id, props);
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

    this.ec2Role = ec2Role(this, emrRoleNames.ec2, lifecycle);
    if (props.instancePolicy === awsInstancePolicy) {
      new IamRolePolicyAttachment(this, "ec2-managed", {
        role: this.ec2Role.name,
        policyArn: awsInstancePolicyArn,
        lifecycle,
      });
    }
  }

  addPolicy(id: string, { policyName, statements }: EmrPolicyProps): void {
    const policy = new IamPolicy(this, id, {
      name: policyName,
      policy: new PolicyDocument(this, `${id}-statements`, { statements }).json,
      lifecycle: keepsDescription,
    });
    new IamRolePolicyAttachment(this, `${id}-attachment`, { role: this.ec2Role.name, policyArn: policy.arn });
  }

  addInlinePolicy(id: string, props: EmrPolicyProps): void {
    inlinePolicy(this, id, this.ec2Role, props);
  }
}

/** Roles beside the account's existing service role; what the instances reach is inline policies alone. */
abstract class RolesOfExistingService extends Construct implements IEmrRoles {
  readonly serviceRole: IRole = new DataAwsIamRole(this, "service", { name: emrRoleNames.service });
  abstract readonly ec2Role: IRole;

  addPolicy(id: string, props: EmrPolicyProps): void {
    this.addInlinePolicy(id, props);
  }

  addInlinePolicy(id: string, props: EmrPolicyProps): void {
    inlinePolicy(this, id, this.ec2Role, props);
  }
}

class ExistingEmrRoles extends RolesOfExistingService {
  readonly ec2Role: IRole = new DataAwsIamRole(this, "ec2", { name: emrRoleNames.ec2 });
}

class EmrRolesWithOwnEc2Role extends RolesOfExistingService {
  readonly ec2Role: IRole;

  constructor(scope: Construct, id: string, { ec2RoleName, servicePolicy }: OwnEc2RoleProps) {
    super(scope, id);
    this.ec2Role = ec2Role(this, ec2RoleName);
    if (servicePolicy === "v2") {
      // Of AmazonEMRServicePolicy_v2's `PassRoleForEC2`, for this role.
      inlinePolicy(this, "service-pass-role", this.serviceRole, {
        policyName: `pass-${ec2RoleName}`,
        statements: [passRole(this.ec2Role, "ec2.amazonaws.com")],
      });
    }
  }
}

/** A role that EC2 gives to a cluster's instances; EMR takes one name for it and its profile. */
function ec2Role(scope: Construct, name: string, lifecycle?: TerraformResourceLifecycle): IRole {
  const role = new IamRole(scope, "ec2", {
    name,
    description: "Allows EC2 instances in an Elastic MapReduce cluster to call AWS services on your behalf",
    assumeRolePolicy: new PolicyDocument(scope, "ec2-trust", { statements: [trustService("ec2.amazonaws.com")] }).json,
    lifecycle,
  });
  new IamInstanceProfile(scope, "ec2-profile", { name, role: role.name, lifecycle });
  return role;
}

function inlinePolicy(scope: Construct, id: string, role: IRole, { policyName, statements }: EmrPolicyProps): void {
  new IamRolePolicy(scope, id, {
    name: policyName,
    role: role.name,
    policy: new PolicyDocument(scope, `${id}-statements`, { statements }).json,
  });
}
