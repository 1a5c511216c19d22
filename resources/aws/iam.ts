import {
  GetAccessKeyLastUsedCommand,
  GetInstanceProfileCommand,
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  type IAMClient,
  type Policy,
  paginateListAccessKeys,
  paginateListAttachedRolePolicies,
  paginateListPolicies,
} from "@aws-sdk/client-iam";
import { Service } from "./service";

/** What is asked of IAM. */
export class Iam extends Service<IAMClient> {
  readonly role = this.find(
    "iam:GetRole",
    (RoleName: string) => new GetRoleCommand({ RoleName }),
    ({ Role }) => Role,
  );
  readonly instanceProfile = this.find(
    "iam:GetInstanceProfile",
    (InstanceProfileName: string) => new GetInstanceProfileCommand({ InstanceProfileName }),
    ({ InstanceProfile }) => InstanceProfile,
  );
  readonly user = this.find(
    "iam:GetUser",
    (UserName: string) => new GetUserCommand({ UserName }),
    ({ User }) => User,
  );
  private readonly policies = this.list(
    "iam:ListPolicies",
    () => paginateListPolicies({ client: this.client }, { Scope: "Local" }),
    ({ Policies }) => Policies,
  );
  /** Tags of a managed policy, which no list of policies has. */
  readonly policyTags = this.ask(
    "iam:GetPolicy",
    (PolicyArn: string) => new GetPolicyCommand({ PolicyArn }),
    ({ Policy }) => Policy?.Tags ?? [],
  );
  /** An inline policy of a user. */
  readonly userPolicy = this.find(
    "iam:GetUserPolicy",
    (UserName: string, PolicyName: string) => new GetUserPolicyCommand({ UserName, PolicyName }),
    (policy) => policy,
  );
  /** An inline policy of a role. */
  readonly rolePolicy = this.find(
    "iam:GetRolePolicy",
    (RoleName: string, PolicyName: string) => new GetRolePolicyCommand({ RoleName, PolicyName }),
    (policy) => policy,
  );
  /** Managed policies on a role; none where there is no such role. */
  readonly attachedPolicies = this.list(
    "iam:ListAttachedRolePolicies",
    (RoleName: string) => paginateListAttachedRolePolicies({ client: this.client }, { RoleName }),
    ({ AttachedPolicies }) => AttachedPolicies,
  );
  /** A user's access keys; none where there is no such user. */
  readonly accessKeys = this.list(
    "iam:ListAccessKeys",
    (UserName: string) => paginateListAccessKeys({ client: this.client }, { UserName }),
    ({ AccessKeyMetadata }) => AccessKeyMetadata,
  );
  /** When an access key was used last; undefined if never. */
  readonly lastUsed = this.ask(
    "iam:GetAccessKeyLastUsed",
    (AccessKeyId: string) => new GetAccessKeyLastUsedCommand({ AccessKeyId }),
    ({ AccessKeyLastUsed }) => AccessKeyLastUsed?.LastUsedDate,
  );
  readonly openIdConnectProvider = this.find(
    "iam:GetOpenIDConnectProvider",
    (url: string) =>
      new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: this.openIdConnectProviderArn(url) }),
    (provider) => provider,
  );

  /** The account's own managed policy of a name. Names are unique, but ARNs have a path in them. */
  async policy(name: string): Promise<Policy | undefined> {
    return (await this.policies()).find(({ PolicyName }) => PolicyName === name);
  }

  /** ARN that the account's OpenID Connect provider of an issuer has. */
  openIdConnectProviderArn(url: string): string {
    return `arn:aws:iam::${this.asker.accountId}:oidc-provider/${url.replace(/^https:\/\//, "")}`;
  }
}
