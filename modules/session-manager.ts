import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import type { IInstanceProfile, IRole } from "./interfaces";
import { PolicyDocument, type Statement, trustService } from "./policy-document";
import { sessionActions } from "./session-actions";

export interface SessionManagerProps {
  /**
   * Name of a role, and of its instance profile, for hosts that have no other.
   * @default - none is made
   */
  readonly roleName?: string;
  /**
   * Whether it reaches the hosts. If not, the role has no rights, and stays: the AWS provider cannot take its profile off a host.
   * @default true
   */
  readonly reaches?: boolean;
}

/** What the agent on a host needs for sessions. */
export const sessionStatement: Statement = {
  effect: "Allow",
  actions: sessionActions,
  resources: ["*"],
};

/** Lets Systems Manager Session Manager reach hosts, by an inline policy on the role that each of them has. */
export class SessionManager extends Construct {
  /**
   * Profile for hosts that have no other.
   * @default - none is made
   */
  readonly instanceProfile?: IInstanceProfile;
  private readonly policy?: string;

  constructor(scope: Construct, id: string, { roleName, reaches = true }: SessionManagerProps = {}) {
    super(scope, id);
    if (reaches) {
      this.policy = new PolicyDocument(this, "sessions", { statements: [sessionStatement] }).json;
    }
    if (roleName !== undefined) {
      const role = new IamRole(this, "Role", {
        name: roleName,
        description: "Lets Session Manager reach hosts",
        assumeRolePolicy: new PolicyDocument(this, "trust", { statements: [trustService("ec2.amazonaws.com")] }).json,
      });
      this.reachHostsOf("hosts", role);
      this.instanceProfile = new IamInstanceProfile(this, "Profile", { name: roleName, role: role.name });
    }
  }

  /** Lets it reach the hosts that have a role, where it reaches any. */
  reachHostsOf(id: string, role: Pick<IRole, "name">): void {
    if (this.policy !== undefined) {
      new IamRolePolicy(this, id, { name: "session-manager", role: role.name, policy: this.policy });
    }
  }
}
