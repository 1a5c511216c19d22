import { DataAwsIamOpenidConnectProvider } from "@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { keepsDescription, managedPolicyLength, PolicyDocument, policyJson, type Statement } from "./policy-document";

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
  /** What it may do: a managed policy for each list of statements, by what it is for. */
  readonly policies: Readonly<Record<string, readonly Statement[]>>;
}

export interface CiRolesProps {
  /** Host of the tokens' issuer, which names the identity provider and its condition keys. */
  readonly issuer: string;
  /**
   * The identity provider of the issuer, one per account: managed, or looked up.
   * @default "managed"
   */
  readonly identityProvider?: "managed" | "existing";
  /** What the names of the policies begin with, as in `acme-ci-`. */
  readonly policyPrefix: string;
  /** The role that plans. */
  readonly plan: CiRole;
  /** The role that applies, and may do besides its own what the other one may. */
  readonly apply: CiRole;
  /** The most that a role or user may do that CI makes: a permissions boundary, which CI can put on and not take away. */
  readonly boundary: readonly Statement[];
  /** The most that these roles may do, whatever is attached to them, or to a bucket. */
  readonly applyBoundary: readonly Statement[];
}

/** Seconds. */
const hour = 3600;

/** Managed policies that IAM takes for one role: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html. */
const policiesOfRole = 10;

/** The roles that CI assumes with its tokens: one reads and plans, one applies. There is no key that could be stolen. */
export class CiRoles extends Construct {
  readonly planRoleArn: string;
  readonly applyRoleArn: string;

  constructor(scope: Construct, id: string, props: CiRolesProps) {
    super(scope, id);
    const { issuer, plan, apply } = props;
    const url = `https://${issuer}`;
    const { arn } =
      props.identityProvider === "existing"
        ? new DataAwsIamOpenidConnectProvider(this, "identity-provider", { url })
        : new IamOpenidConnectProvider(this, "identity-provider", {
            url,
            clientIdList: [...new Set([plan.tokens.audience, apply.tokens.audience])],
          });
    const policies = (all: CiRole["policies"]) =>
      Object.entries(all).map(([key, statements]) => ({
        key,
        arn: this.policy(key, `${props.policyPrefix}${key}`, statements),
      }));
    this.policy("boundary", `${props.policyPrefix}boundary`, props.boundary);
    const applyBoundary = this.policy("apply-boundary", `${props.policyPrefix}apply-boundary`, props.applyBoundary);
    const shared = policies(plan.policies);

    const planRole = this.role("plan", plan, trustTokens(issuer, arn, plan.tokens), {
      maxSessionDuration: hour,
      permissionsBoundary: applyBoundary,
    });
    const applyRole = this.role("apply", apply, trustTokens(issuer, arn, apply.tokens), {
      // An apply of a large client waits for RDS.
      maxSessionDuration: 2 * hour,
      permissionsBoundary: applyBoundary,
    });
    this.attach("plan", planRole, shared);
    this.attach("apply", applyRole, [...shared, ...policies(apply.policies)]);
    this.planRoleArn = planRole.arn;
    this.applyRoleArn = applyRole.arn;
  }

  private role(
    id: "plan" | "apply",
    { roleName, description }: CiRole,
    trust: Statement,
    limits: { readonly maxSessionDuration: number; readonly permissionsBoundary: string },
  ): IamRole {
    return new IamRole(this, id, {
      name: roleName,
      description,
      assumeRolePolicy: new PolicyDocument(this, `${id}-trust`, { statements: [trust] }).json,
      ...limits,
    });
  }

  /** A managed policy, and its ARN: the inline policies of a role have 10,240 characters for all of them. */
  private policy(id: string, name: string, statements: readonly Statement[]): string {
    this.node.addValidation({ validate: () => tooLong(name, statements) });
    return new IamPolicy(this, id, {
      name,
      policy: new PolicyDocument(this, `${id}-statements`, { statements }).json,
      lifecycle: keepsDescription,
    }).arn;
  }

  private attach(id: string, role: IamRole, policies: readonly { readonly key: string; readonly arn: string }[]): void {
    if (policies.length > policiesOfRole) {
      throw new Error(`${this.node.path}: IAM attaches ${policiesOfRole} policies to a role, not ${policies.length}.`);
    }
    for (const { key, arn } of policies) {
      new IamRolePolicyAttachment(this, `${id}-${key}`, { role: role.name, policyArn: arn });
    }
  }
}

function tooLong(name: string, statements: readonly Statement[]): string[] {
  const { length } = policyJson(statements);
  return length > managedPolicyLength
    ? [
        `the policy \`${name}\` has ${length} characters, of which IAM takes ${managedPolicyLength}. It names what the client file names: shorten names, and remove iterations that are retired.`,
      ]
    : [];
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
