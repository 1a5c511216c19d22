import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import type { IInstanceProfile, IRole } from "./interfaces";
import { PolicyDocument, trustService } from "./policy-document";

export interface PasswordReaderProps {
  /** Name of the role and of its instance profile. */
  readonly roleName: string;
  /** ARNs of the parameters that it may read, and nothing else. */
  readonly parameterArns: readonly string[];
}

/** A role for a host that reads passwords from SSM; their key is SSM's own, which follows the right to the parameter. */
export class PasswordReader extends Construct {
  readonly role: IRole;
  /** Profile of the role's name. */
  readonly instanceProfile: IInstanceProfile;

  constructor(scope: Construct, id: string, props: PasswordReaderProps) {
    super(scope, id);
    const role = new IamRole(this, "Role", {
      name: props.roleName,
      description: "Lets the director read passwords of MySQL users",
      assumeRolePolicy: new PolicyDocument(this, "trust", { statements: [trustService("ec2.amazonaws.com")] }).json,
    });
    new IamRolePolicy(this, "Policy", {
      name: "read-mysql-passwords",
      role: role.name,
      policy: new PolicyDocument(this, "read-mysql-passwords", {
        statements: [{ effect: "Allow", actions: ["ssm:GetParameter"], resources: [...props.parameterArns] }],
      }).json,
    });
    this.role = role;
    this.instanceProfile = new IamInstanceProfile(this, "Profile", { name: props.roleName, role: role.name });
  }
}
