import { DataAwsIamOpenidConnectProvider } from "@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { PolicyDocument, type Statement } from "./policy-document";

/** Tokens that a role trusts. */
export interface CiTokens {
  /** Whom they are for. */
  readonly audience: string;
  /** Whose they are; `*` stands for any text. */
  readonly subjects: readonly string[];
}

/** One role of CI. */
export interface CiRole {
  readonly roleName: string;
  readonly description: string;
  /** Tokens that may assume it. */
  readonly tokens: CiTokens;
  /** What it may do. */
  readonly statements: readonly Statement[];
}

export interface CiRolesProps {
  /** Host of the tokens' issuer, which names the identity provider and its condition keys. */
  readonly issuer: string;
  /**
   * The identity provider of the issuer, one per account: managed, or looked up.
   * @default "managed"
   */
  readonly identityProvider?: "managed" | "existing";
  /** The role that plans. */
  readonly plan: CiRole;
  /** The role that applies, and may do besides its own what the other one may. */
  readonly apply: CiRole;
}

/** Seconds. */
const hour = 3600;

/** The roles that CI assumes with its tokens: one reads and plans, one applies. There is no key that could be stolen. */
export class CiRoles extends Construct {
  readonly planRoleArn: string;
  readonly applyRoleArn: string;

  constructor(scope: Construct, id: string, { issuer, identityProvider, plan, apply }: CiRolesProps) {
    super(scope, id);
    const url = `https://${issuer}`;
    const { arn } =
      identityProvider === "existing"
        ? new DataAwsIamOpenidConnectProvider(this, "identity-provider", { url })
        : new IamOpenidConnectProvider(this, "identity-provider", {
            url,
            clientIdList: [...new Set([plan.tokens.audience, apply.tokens.audience])],
          });
    const trust = ({ tokens }: CiRole) => trustTokens(issuer, arn, tokens);
    this.planRoleArn = this.role("plan", plan, trust(plan), [plan.statements], hour);
    // An apply of a large client waits for RDS.
    this.applyRoleArn = this.role("apply", apply, trust(apply), [plan.statements, apply.statements], 2 * hour);
  }

  /** A role with its trust, and an inline policy for each list of statements, each within IAM's 10,240 characters for all. */
  private role(
    id: "plan" | "apply",
    { roleName, description }: CiRole,
    trust: Statement,
    policies: readonly (readonly Statement[])[],
    maxSessionDuration: number,
  ): string {
    const role = new IamRole(this, id, {
      name: roleName,
      description,
      assumeRolePolicy: new PolicyDocument(this, `${id}-trust`, { statements: [trust] }).json,
      maxSessionDuration,
    });
    policies.forEach((statements, index) => {
      const name = index === 0 ? "read" : "change";
      new IamRolePolicy(this, `${id}-${name}`, {
        name,
        role: role.name,
        policy: new PolicyDocument(this, `${id}-${name}-statements`, { statements }).json,
      });
    });
    return role.arn;
  }
}

function trustTokens(issuer: string, providerArn: string, { audience, subjects }: CiTokens): Statement {
  const pattern = subjects.some((subject) => subject.includes("*"));
  return {
    effect: "Allow",
    actions: ["sts:AssumeRoleWithWebIdentity"],
    principals: [{ type: "Federated", identifiers: [providerArn] }],
    condition: [
      { test: "StringEquals", variable: `${issuer}:aud`, values: [audience] },
      { test: pattern ? "StringLike" : "StringEquals", variable: `${issuer}:sub`, values: [...subjects] },
    ],
  };
}
