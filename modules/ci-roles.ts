import { DataAwsIamOpenidConnectProvider } from "@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import type { Ci } from "../clients/config/ci";
import type { CiScope } from "../clients/config/ci-scope";
import { applyStatements } from "./ci-apply-permissions";
import { planStatements } from "./ci-plan-permissions";
import { PolicyDocument, type Statement } from "./shared/policies";

export interface CiRolesProps {
  readonly ci: Ci;
  readonly ciScope: CiScope;
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
        ? new IamOpenidConnectProvider(this, "identity-provider", { url, clientIdList: [ci.audience] })
        : new DataAwsIamOpenidConnectProvider(this, "identity-provider", { url });
    const plan = planStatements(ciScope);
    this.planRoleArn = this.role("plan", `${ciScope.owner}: plans, and changes nothing`, ci.planSubjects, [plan], {
      ci,
      owner: ciScope.owner,
      providerArn: provider.arn,
    });
    this.applyRoleArn = this.role(
      "apply",
      `${ciScope.owner}: applies plans that were approved`,
      ci.applySubjects,
      [plan, applyStatements(ciScope)],
      { ci, owner: ciScope.owner, providerArn: provider.arn },
    );
  }

  /** A role with its trust, and an inline policy for each list of statements, each within IAM's 10,240 characters for all. */
  private role(
    id: "plan" | "apply",
    description: string,
    subjects: readonly string[],
    policies: readonly (readonly Statement[])[],
    { ci, owner, providerArn }: { readonly ci: Ci; readonly owner: string; readonly providerArn: string },
  ): string {
    const role = new IamRole(this, id, {
      name: `${owner}-ci-${id}`,
      description,
      assumeRolePolicy: new PolicyDocument(this, `${id}-trust`, {
        statements: [trustToken(providerArn, ci, subjects)],
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

function trustToken(provider: string, { issuer, audience }: Ci, subjects: readonly string[]): Statement {
  const pattern = subjects.some((subject) => subject.includes("*"));
  return {
    effect: "Allow",
    actions: ["sts:AssumeRoleWithWebIdentity"],
    principals: [{ type: "Federated", identifiers: [provider] }],
    condition: [
      { test: "StringEquals", variable: `${issuer}:aud`, values: [audience] },
      { test: pattern ? "StringLike" : "StringEquals", variable: `${issuer}:sub`, values: [...subjects] },
    ],
  };
}
