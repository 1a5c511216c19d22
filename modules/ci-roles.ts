import { DataAwsIamOpenidConnectProvider } from "@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import type { Ci, Tokens } from "../clients/config/ci";
import type { CiScope } from "../clients/config/ci-scope";
import { applyStatements } from "./ci-apply-permissions";
import { planStatements } from "./ci-plan-permissions";
import { PolicyDocument, type Statement } from "./shared/policies";

export interface CiRolesProps {
  readonly ci: Ci;
  readonly ciScope: CiScope;
}

interface Trusted {
  /** Host of the tokens' issuer. */
  readonly issuer: string;
  readonly providerArn: string;
  readonly tokens: Tokens;
}

interface RoleOptions extends Trusted {
  readonly owner: string;
  readonly description: string;
}

/** The roles that CI assumes with its tokens: one reads and plans, one applies. There is no key that could be stolen. */
export class CiRoles extends Construct {
  readonly planRoleArn: string;
  readonly applyRoleArn: string;

  constructor(scope: Construct, id: string, { ci, ciScope }: CiRolesProps) {
    super(scope, id);
    const url = `https://${ci.issuer}`;
    const provider =
      ci.identityProvider === "create"
        ? new IamOpenidConnectProvider(this, "identity-provider", {
            url,
            clientIdList: [...new Set([ci.plan.audience, ci.apply.audience])],
          })
        : new DataAwsIamOpenidConnectProvider(this, "identity-provider", { url });
    const plan = planStatements(ciScope);
    const common = { owner: ciScope.owner, issuer: ci.issuer, providerArn: provider.arn };
    this.planRoleArn = this.role("plan", [plan], {
      ...common,
      description: `${ciScope.owner}: plans, and changes nothing`,
      tokens: ci.plan,
    });
    this.applyRoleArn = this.role("apply", [plan, applyStatements(ciScope)], {
      ...common,
      description: `${ciScope.owner}: applies plans that were approved`,
      tokens: ci.apply,
    });
  }

  /** A role with its trust, and an inline policy for each list of statements, each within IAM's 10,240 characters for all. */
  private role(
    id: "plan" | "apply",
    policies: readonly (readonly Statement[])[],
    { owner, description, ...trusted }: RoleOptions,
  ): string {
    const role = new IamRole(this, id, {
      name: `${owner}-ci-${id}`,
      description,
      assumeRolePolicy: new PolicyDocument(this, `${id}-trust`, {
        statements: [trustTokens(trusted)],
      }).json,
      // An apply of a large client waits for RDS.
      maxSessionDuration: id === "apply" ? 2 * hour : hour,
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

/** Seconds. */
const hour = 3600;

function trustTokens({ issuer, providerArn, tokens: { audience, subjects } }: Trusted): Statement {
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
