import type { IAM, Policy } from "@aws-sdk/client-iam";
import { Service } from "./service";

/** What is asked of IAM. */
export class Iam extends Service<IAM> {
  readonly role = this.find("iam:GetRole", async (RoleName: string) => (await this.client.getRole({ RoleName })).Role);
  readonly instanceProfile = this.find(
    "iam:GetInstanceProfile",
    async (name: string) => (await this.client.getInstanceProfile({ InstanceProfileName: name })).InstanceProfile,
  );
  readonly user = this.find("iam:GetUser", async (UserName: string) => (await this.client.getUser({ UserName })).User);
  private readonly policies = this.list("iam:ListPolicies", "Policies", () =>
    this.client.paginateListPolicies({ Scope: "Local" }),
  );
  /** Tags of a managed policy, which no list of policies has. */
  readonly policyTags = this.ask(
    "iam:GetPolicy",
    async (PolicyArn: string) => (await this.client.getPolicy({ PolicyArn })).Policy?.Tags ?? [],
  );
  /** An inline policy of a user. */
  readonly userPolicy = this.find("iam:GetUserPolicy", (UserName: string, PolicyName: string) =>
    this.client.getUserPolicy({ UserName, PolicyName }),
  );
  /** An inline policy of a role. */
  readonly rolePolicy = this.find("iam:GetRolePolicy", (RoleName: string, PolicyName: string) =>
    this.client.getRolePolicy({ RoleName, PolicyName }),
  );
  /** Managed policies on a role; none where there is no such role. */
  readonly attachedPolicies = this.list("iam:ListAttachedRolePolicies", "AttachedPolicies", (RoleName: string) =>
    this.client.paginateListAttachedRolePolicies({ RoleName }),
  );
  /** Names of the inline policies of a role; none where there is no such role. */
  readonly rolePolicies = this.list("iam:ListRolePolicies", "PolicyNames", (RoleName: string) =>
    this.client.paginateListRolePolicies({ RoleName }),
  );
  /** Managed policies on a user; none where there is no such user. */
  readonly attachedUserPolicies = this.list("iam:ListAttachedUserPolicies", "AttachedPolicies", (UserName: string) =>
    this.client.paginateListAttachedUserPolicies({ UserName }),
  );
  /** Names of the inline policies of a user; none where there is no such user. */
  readonly userPolicies = this.list("iam:ListUserPolicies", "PolicyNames", (UserName: string) =>
    this.client.paginateListUserPolicies({ UserName }),
  );
  /** The groups that a user is in; none where there is no such user. */
  readonly groupsOfUser = this.list("iam:ListGroupsForUser", "Groups", (UserName: string) =>
    this.client.paginateListGroupsForUser({ UserName }),
  );
  /** The password by which a user logs in to the console. */
  readonly loginProfile = this.find(
    "iam:GetLoginProfile",
    async (UserName: string) => (await this.client.getLoginProfile({ UserName })).LoginProfile,
  );
  /** A user's access keys; none where there is no such user. */
  readonly accessKeys = this.list("iam:ListAccessKeys", "AccessKeyMetadata", (UserName: string) =>
    this.client.paginateListAccessKeys({ UserName }),
  );
  /** When an access key was used last; undefined if never. */
  readonly lastUsed = this.ask(
    "iam:GetAccessKeyLastUsed",
    async (AccessKeyId: string) =>
      (await this.client.getAccessKeyLastUsed({ AccessKeyId })).AccessKeyLastUsed?.LastUsedDate,
  );
  readonly openIdConnectProvider = this.find("iam:GetOpenIDConnectProvider", (url: string) =>
    this.client.getOpenIDConnectProvider({ OpenIDConnectProviderArn: this.openIdConnectProviderArn(url) }),
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
